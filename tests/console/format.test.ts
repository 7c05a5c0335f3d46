import { afterEach, describe, expect, it } from 'vitest';
import { formatSoon, locale } from '../../console/ui/format.ts';

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
