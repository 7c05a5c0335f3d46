import { afterEach, describe, expect, it } from 'vitest';
import { formatSoon, locale } from '../../console/ui/format.ts';
import { formatMinutes } from '../../console/ui/format-minutes.ts';

const now = new Date(2026, 10, 21, 21, 30).getTime();
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

afterEach(() => {
  locale.value = 'en';
});

describe('somebody who reads when a conversation comes back', () => {
  it('reads the clock time today, and never that it is now', () => {
    expect(plain(formatSoon(now + 30_000, now))).toBe('9:30 PM');
    expect(plain(formatSoon(now + 60 * 60_000, now))).toBe('10:30 PM');
  });

  it('reads the day where it is another one', () => {
    expect(plain(formatSoon(new Date(2026, 10, 22, 9).getTime(), now))).toBe('Sun 9:00 AM');
    expect(plain(formatSoon(new Date(2026, 11, 1, 9).getTime(), now))).toMatch(/^Dec 1,? (at )?9:00 AM$/);
  });
});

it('how long it is until a reminder is said as people say it, in Hebrew without the one', () => {
  const said = () => [1, 30, 60, 120, 1_440, 2_880].map((minutes) => plain(formatMinutes(minutes)));
  expect(said()).toEqual(['1 minute', '30 minutes', '1 hour', '2 hours', '1 day', '2 days']);
  locale.value = 'he';
  expect(said()).toEqual(['דקה', '30 דקות', 'שעה', 'שעתיים', 'יום', 'יומיים']);
});
