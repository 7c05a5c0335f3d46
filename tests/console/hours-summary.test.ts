import { beforeEach, describe, expect, it } from 'vitest';
import { hoursSentence, rulesSentence, stateWords, weekWords } from '../../console/hours/hours-summary.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import type { HoursRules, HoursSpan } from '../../shared/business-hours.ts';

const hours = (from: number, to: number): HoursSpan[] => [{ from: from * 60, to: to * 60 }];
const israel: HoursRules = {
  name: 'Shop',
  timeZone: 'Asia/Jerusalem',
  week: [hours(9, 18), hours(9, 18), hours(9, 18), hours(9, 18), hours(9, 18), hours(9, 13), []],
  exceptions: [],
  holidays: [],
  jewish: null,
  calendars: [],
};
const week = (...spans: HoursSpan[][]) => weekWords(spans);
/** Without the isolates, which nobody sees. */
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');
const saturday = Date.parse('2026-11-28T12:00:00+02:00');
const at = (moment: string) => Date.parse(moment);

describe('in English', () => {
  beforeEach(() => setLanguage('en'));

  it('an administrator reads the week, what closes it, and when it opens next, in one sentence', () => {
    const closed = { isOpen: false, opensAt: at('2026-11-29T09:00:00+02:00'), closesAt: null };
    const jewish = { isDiaspora: false, days: {}, shortUntil: 780, shabbat: { city: 'tel-aviv', beginsBefore: 20, endsAfter: 40 } };
    expect(plain(hoursSentence({ ...israel, jewish }, closed, saturday))).toBe(
      'Sunday–Thursday 9–18, Friday 9–13, closed on Shabbat and holidays, shorter on eves (until 13:00); now closed, opens tomorrow 09:00',
    );
  });

  it('days that go together are named together', () => {
    expect(plain(week(hours(9, 17), [], hours(9, 17), [], hours(9, 17), hours(9, 17), []))).toBe(
      'Sunday, Tuesday, Thursday, and Friday 9–17',
    );
    expect(plain(weekWords(Array.from({ length: 7 }, () => hours(8, 22))))).toBe('Every day 8–22');
    expect(weekWords(Array.from({ length: 7 }, () => hours(0, 24)))).toBe('Around the clock, every day');
    expect(weekWords(Array.from({ length: 7 }, (): HoursSpan[] => []))).toBe('Closed every day of the week');
    expect(plain(week([], hours(0, 24), [], [], [], [...hours(9.5, 13), ...hours(18, 26)], []))).toBe(
      'Monday all day, Friday 9:30–13, 18–2',
    );
  });

  it('what is over is not told any more', () => {
    const day = (from: string, to: string) => ({ id: from, name: 'Inventory', from, to, spans: [] });
    const exceptions = [day('2026-11-01', '2026-11-02'), day('2026-11-27', '2026-11-28'), day('2026-12-31', '2026-12-31')];
    const rules = { ...israel, exceptions, holidays: [{ country: 'DE', region: 'BY', off: [] }] };
    expect(plain(rulesSentence(rules, saturday))).toContain('closed on public holidays (Germany), 2 special days');
  });

  it('the moment is as near as it is: today, tomorrow, a weekday, a date', () => {
    const opens = (moment: string) => plain(stateWords({ isOpen: false, opensAt: at(moment), closesAt: null }, 'Asia/Jerusalem', saturday));
    expect(opens('2026-11-28T20:30:00+02:00')).toBe('now closed, opens at 20:30');
    expect(opens('2026-11-29T09:00:00+02:00')).toBe('now closed, opens tomorrow 09:00');
    expect(opens('2026-12-01T09:00:00+02:00')).toBe('now closed, opens Tuesday 09:00');
    expect(opens('2026-12-07T09:00:00+02:00')).toBe('now closed, opens December 7, 09:00');
    expect(stateWords({ isOpen: true, opensAt: null, closesAt: null }, 'UTC', saturday)).toBe('now open');
    expect(plain(stateWords({ isOpen: true, opensAt: null, closesAt: at('2026-11-28T12:30:00Z') }, 'America/New_York', saturday))).toBe(
      'now open, closes at 07:30',
    );
  });
});

describe('in Hebrew', () => {
  beforeEach(() => setLanguage('he'));

  it('an administrator reads the same, with the letters of the days and times that run from left to right', () => {
    const closed = { isOpen: false, opensAt: at('2026-12-01T09:00:00+02:00'), closesAt: null };
    const sentence = hoursSentence(israel, closed, saturday);
    expect(plain(sentence)).toBe('א׳–ה׳ 9:00–18:00, ו׳ 9:00–13:00; עכשיו סגור, פתיחה ביום שלישי ב־09:00');
    expect(sentence).toContain('\u20669:00–18:00\u2069');
  });

  it('numbers of days have their forms', () => {
    const day = (id: string) => ({ id, name: 'ספירת מלאי', from: '2026-12-31', to: '2026-12-31', spans: [] });
    const words = (count: number) =>
      plain(rulesSentence({ ...israel, exceptions: Array.from({ length: count }, (_, n) => day(`${n}`)) }, saturday));
    expect([1, 2, 3].map((count) => words(count).split(', ').at(-1))).toEqual(['יום מיוחד אחד', 'שני ימים מיוחדים', '3 ימים מיוחדים']);
  });
});
