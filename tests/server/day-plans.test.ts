import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planDays } from '../../server/hours/day-plans.ts';
import { previewHours } from '../../server/hours/day-previews.ts';
import type { HoursException, HoursRules, HoursSpan } from '../../shared/business-hours.ts';
import { clockOfDays, joinSpans } from '../../shared/opening-times.ts';
import { toDate, toDay, WallClock } from '../../shared/wall-clock.ts';

const usual = [{ from: 480, to: 1_200 }];
const week: HoursRules = {
  name: 'x',
  timeZone: 'Asia/Jerusalem',
  week: Array(7).fill(usual),
  exceptions: [],
  holidays: [],
  jewish: null,
  calendars: [],
};
const jewish = { isDiaspora: false, days: {}, shortUntil: 780, shabbat: null };
const on = (date: string, spans: HoursSpan[], to = date): HoursException => ({
  id: date + to,
  name: `${date} to ${to}`,
  from: date,
  to,
  spans,
});

async function spansOn(rules: Partial<HoursRules>, date: string): Promise<readonly HoursSpan[]> {
  return (await planDays({ ...week, ...rules }))(toDay(date)).spans;
}

describe('what is said of a day more specially wins', () => {
  // The second day of Rosh Hashana 2026 is a public holiday too; the eve is none.
  const [eve, second] = ['2026-09-11', '2026-09-13'];
  const holidays = [{ country: 'IL', region: null, off: [] }];
  const noon = [{ from: 700, to: 740 }];
  const calendars = [{ id: 'a', name: 'a.ics', days: [on(second, noon)] }];

  test('the week, public holidays, the Jewish calendar, an imported calendar, a dated exception', async () => {
    expect(await spansOn({}, second)).toEqual(usual);
    expect(await spansOn({ holidays }, second)).toEqual([]);
    expect(await spansOn({ holidays: [{ country: 'IL', region: null, off: ['2 Tishrei'] }] }, second)).toEqual(usual);
    expect(await spansOn({ jewish }, second)).toEqual([]);
    expect(await spansOn({ jewish }, eve)).toEqual([{ from: 480, to: 780 }]);
    expect(await spansOn({ jewish: { ...jewish, days: { 'rosh-hashana': 'short' } } }, second)).toEqual([{ from: 480, to: 780 }]);
    expect(await spansOn({ holidays, jewish, calendars }, second)).toEqual(noon);
    expect(await spansOn({ holidays, jewish, calendars, exceptions: [on(second, usual)] }, second)).toEqual(usual);
    expect(await spansOn({ holidays, jewish, calendars, exceptions: [on(second, [])] }, second)).toEqual([]);
  });

  test('a day that the Jewish calendar leaves as usual is as public holidays say', async () => {
    expect(await spansOn({ holidays, jewish: { ...jewish, days: { 'rosh-hashana': 'usual' } } }, second)).toEqual([]);
  });

  test('of two exceptions the shorter one, of equals the first', async () => {
    const month = on('2026-08-01', [], '2026-08-31');
    const day = on('2026-08-10', noon);
    for (const exceptions of [
      [month, day],
      [day, month],
    ]) {
      expect(await spansOn({ exceptions }, '2026-08-10')).toEqual(noon);
      expect(await spansOn({ exceptions }, '2026-08-11')).toEqual([]);
    }
    expect(await spansOn({ exceptions: [{ ...day, id: 'b', spans: usual }, day] }, '2026-08-10')).toEqual(usual);
  });

  test('a holiday of several days closes each of them', async () => {
    const saudi = [{ country: 'SA', region: null, off: [] }];
    expect(
      await Promise.all(['2026-03-18', '2026-03-19', '2026-03-22', '2026-03-23'].map((date) => spansOn({ holidays: saudi }, date))),
    ).toEqual([usual, [], [], usual]);
  });

  test('marks say what decided, and do not boast of what changed nothing', async () => {
    const marksOn = async (rules: Partial<HoursRules>, date: string) =>
      (await planDays({ ...week, ...rules }))(toDay(date)).marks.map(({ kind, isDeciding }) => `${kind}${isDeciding ? '!' : ''}`);
    expect(await marksOn({ holidays, jewish }, second)).toEqual(['holiday!', 'jewish']);
    expect(await marksOn({ holidays, jewish, exceptions: [on(second, usual)] }, second)).toEqual(['exception!', 'jewish', 'holiday']);
    expect(await marksOn({ jewish }, '2026-12-06')).toEqual(['jewish']);
  });
});

test('a preview shows day by day what the clock says', async () => {
  const spans = fc
    .tuple(fc.nat({ max: 1_439 }), fc.integer({ min: 1, max: 1_440 }))
    .map(([from, length]): HoursSpan[] => [{ from, to: from + length }]);
  const zones = ['Asia/Jerusalem', 'America/New_York', 'Australia/Lord_Howe'];
  const scene = fc.record({
    timeZone: fc.constantFrom(...zones),
    week: fc.array(fc.oneof(spans, fc.constant<HoursSpan[]>([])), { minLength: 7, maxLength: 7 }),
    first: fc.integer({ min: toDay('2024-01-01'), max: toDay('2035-12-01') }),
    exceptions: fc.array(fc.tuple(fc.nat({ max: 13 }), fc.nat({ max: 3 }), spans), { maxLength: 3 }),
    city: fc.constantFrom('jerusalem', 'new-york', 'melbourne'),
    shortUntil: fc.nat({ max: 1_440 }),
  });
  await fc.assert(
    fc.asyncProperty(scene, async ({ first, exceptions, city, shortUntil, ...hours }) => {
      const rules: HoursRules = {
        ...week,
        ...hours,
        exceptions: exceptions.map(([later, days, on], at) => ({
          id: String(at),
          name: 'x',
          from: toDate(first + later),
          to: toDate(first + later + days),
          spans: on,
        })),
        jewish: { isDiaspora: false, days: {}, shortUntil, shabbat: { city, beginsBefore: 20, endsAfter: 40 } },
      };
      const wall = new WallClock(rules.timeZone);
      const { days } = await previewHours({ hours: rules, from: toDate(first), days: 14 }, Date.now());
      const clock = clockOfDays(wall, await planDays(rules));
      const [from, to] = [wall.momentOf(first, 0), wall.momentOf(first + 14, 0)];
      // What began before the first day is none of its own.
      const shown = joinSpans(days.flatMap((day) => day.spans)).map((span) => ({ from: span.from, to: Math.min(span.to, to) }));
      const before = clock.spansBetween(from, to).filter((span) => !shown.some((own) => own.from <= span.from && span.to <= own.to));
      expect(before.every((span) => span.from === from)).toBe(true);
      const isWithin = (span: { from: number; to: number }) => clock.openMsBetween(span.from, span.to) === span.to - span.from;
      expect(shown.every(isWithin)).toBe(true);
    }),
    { seed: 20_261_122, numRuns: 60 },
  );
});
