import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HoursSpan } from '../../shared/business-hours.ts';
import { clockOfDays, type DayHours } from '../../shared/opening-times.ts';
import { toDate, toDay, WallClock, weekdayOf } from '../../shared/wall-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const seen = { seed: 20_261_122 };

/* The oracle knows nothing but what a clock on the wall shows: it looks at it every minute and writes down whether the door is open. */

interface Schedule {
  timeZone: string;
  week: HoursSpan[][];
  /** By date, instead of the week. */
  days: Record<string, HoursSpan[]>;
  /** Nothing is open then, but what begins on one of `spared`. */
  cut: { from: number; to: number } | null;
  spared: string[];
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('sv-SE', { timeZone, hourCycle: 'h23', ...parts });
}

/** `2026-11-22 09:05`, which sorts like time. */
function shownAt(format: Intl.DateTimeFormat, at: number): string {
  return format.format(at).replace('T', ' ');
}

function written(date: string, minute: number): string {
  const later = Math.floor(minute / 1_440);
  const rest = minute - later * 1_440;
  const on = later === 0 ? date : new Date(Date.parse(date) + later * DAY_MS).toISOString().slice(0, 10);
  return `${on} ${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`;
}

/** Whether it is open, for each minute from `from` on: what the clock shows a second time changes nothing. */
function watchDoor(schedule: Schedule, from: number, minutes: number): boolean[] {
  const format = formatIn(schedule.timeZone);
  const spansFrom = (date: string) => schedule.days[date] ?? schedule.week[new Date(date).getUTCDay()] ?? [];
  let latest = '';
  const door: boolean[] = [];
  // Four hours earlier, so that a change of the clock just before is seen.
  for (let at = from - 4 * HOUR_MS; at < from + minutes * MINUTE_MS; at += MINUTE_MS) {
    const shown = shownAt(format, at);
    if (shown > latest) latest = shown;
    if (at < from) continue;
    const today = latest.slice(0, 10);
    const yesterday = new Date(Date.parse(today) - DAY_MS).toISOString().slice(0, 10);
    const isCut = schedule.cut !== null && at >= schedule.cut.from && at < schedule.cut.to;
    door.push(
      [yesterday, today].some((date) => {
        if (isCut && !schedule.spared.includes(date)) return false;
        return spansFrom(date).some((span) => written(date, span.from) <= latest && latest < written(date, span.to));
      }),
    );
  }
  return door;
}

function clockOf({ timeZone, week, days, cut, spared }: Schedule) {
  const hoursOf = (day: number): DayHours => {
    const date = toDate(day);
    return { spans: days[date] ?? week[weekdayOf(day)] ?? [], cuts: cut && !spared.includes(date) ? [cut] : [] };
  };
  return clockOfDays(new WallClock(timeZone), hoursOf);
}

/** Everything that the clock says in these days is what the door did. */
function compare(schedule: Schedule, from: number, days: number, asked: number[]): void {
  const minutes = days * 1_440;
  const door = watchDoor(schedule, from, minutes);
  const clock = clockOf(schedule);
  const end = from + minutes * MINUTE_MS;
  const spans: { from: number; to: number }[] = [];
  door.forEach((isOpen, minute) => {
    const at = from + minute * MINUTE_MS;
    const last = spans.at(-1);
    if (isOpen && last?.to === at) last.to = at + MINUTE_MS;
    else if (isOpen) spans.push({ from: at, to: at + MINUTE_MS });
  });
  expect(clock.spansBetween(from, end)).toEqual(spans);
  for (const part of asked) {
    const minute = Math.floor(part * minutes);
    const at = from + minute * MINUTE_MS;
    const moment = at + 12_345;
    expect([clock.isOpenAt(at), clock.isOpenAt(moment)]).toEqual([door[minute], door[minute]]);
    const turn = door.findIndex((isOpen, later) => later > minute && isOpen !== door[minute]);
    const turnsAt = turn < 0 ? null : from + turn * MINUTE_MS;
    // What comes after these days the oracle does not know.
    const within = (answer: number | null) => (answer !== null && answer < end ? answer : null);
    expect(within(clock.opensAt(moment))).toBe(door[minute] ? moment : turnsAt);
    expect(within(clock.closesAt(moment))).toBe(door[minute] ? turnsAt : moment);
    const passed = door.slice(minute).filter(Boolean).length * MINUTE_MS;
    expect(clock.openMsBetween(at, end)).toBe(passed);
    expect(clock.openMsBetween(from, at) + passed).toBe(clock.openMsBetween(from, end));
    const wanted = Math.floor(passed * part) + 1;
    if (wanted > passed) continue;
    const after = clock.afterOpenMs(at, wanted);
    expect(after).not.toBeNull();
    expect(clock.openMsBetween(at, after ?? at)).toBe(wanted);
    expect(clock.openMsBetween(at, (after ?? at) - 1)).toBe(wanted - 1);
  }
}

const spansArbitrary = fc
  .array(fc.tuple(fc.nat({ max: 1_439 }), fc.integer({ min: 1, max: 1_440 }), fc.constantFrom(1, 5, 15, 30, 60)), { maxLength: 4 })
  .map((pieces) => {
    const spans: HoursSpan[] = [];
    // Round hours meet the changes of the clock, odd minutes everything else.
    const rounded = pieces.map(([from, length, step]) => ({
      from: Math.floor(from / step) * step,
      length: Math.max(step, Math.floor(length / step) * step),
    }));
    for (const { from, length } of rounded.sort((one, other) => one.from - other.from)) {
      const last = spans.at(-1);
      if (!last || from > last.to) spans.push({ from, to: from + Math.min(length, 1_440) });
    }
    return spans;
  });

const weekArbitrary = fc.array(spansArbitrary, { minLength: 7, maxLength: 7 });
const askedArbitrary = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 4 });

/** A schedule around this day. */
function scheduleArbitrary(timeZone: string, day: number): fc.Arbitrary<Schedule> {
  const nearDate = fc.integer({ min: -1, max: 2 }).map((later) => toDate(day + later));
  return fc.record({
    timeZone: fc.constant(timeZone),
    week: weekArbitrary,
    days: fc.dictionary(nearDate, spansArbitrary, { maxKeys: 2 }),
    cut: fc.option(
      fc
        .tuple(fc.nat({ max: 2_880 }), fc.integer({ min: 1, max: 3_000 }))
        .map(([from, length]) => ({ from: day * DAY_MS + from * MINUTE_MS, to: day * DAY_MS + (from + length) * MINUTE_MS })),
    ),
    spared: fc.array(nearDate, { maxLength: 1 }),
  });
}

const zones = [
  'Asia/Jerusalem',
  'America/New_York',
  'Australia/Lord_Howe',
  'Europe/London',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Chatham',
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
  'Pacific/Kiritimati',
  'UTC',
];

/** The days of a year on which the zone's clock is changed, found by looking at noon. */
function changesIn(timeZone: string, year: number): number[] {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const changes: number[] = [];
  for (let day = toDay(`${year}-01-01`); day < toDay(`${year + 1}-01-01`); day += 1) {
    if (hour.format(day * DAY_MS) !== hour.format((day - 1) * DAY_MS)) changes.push(day - 1);
  }
  return changes;
}

describe('what the clock says is what the door does, minute by minute', () => {
  test('with any hours, in any zone, in any year', () => {
    const scene = fc
      .tuple(fc.constantFrom(...zones), fc.integer({ min: toDay('2024-01-01'), max: toDay('2035-12-28') }))
      .chain(([timeZone, day]) => fc.tuple(scheduleArbitrary(timeZone, day), fc.constant(day), fc.nat({ max: 1_439 }), askedArbitrary));
    fc.assert(
      fc.property(scene, ([schedule, day, minute, asked]) => compare(schedule, day * DAY_MS + minute * MINUTE_MS, 3, asked)),
      { ...seen, numRuns: 60 },
    );
  }, 60_000);

  test.each(['Asia/Jerusalem', 'America/New_York', 'Australia/Lord_Howe'])(
    'through both nights of a year on which clocks change in %s',
    (timeZone) => {
      const nights = Array.from({ length: 12 }, (_, later) => changesIn(timeZone, 2024 + later)).flat();
      expect(nights).toHaveLength(24);
      const scene = fc.constantFrom(...nights).chain((day) => fc.tuple(scheduleArbitrary(timeZone, day), fc.constant(day), askedArbitrary));
      // The night is in the middle, and hours begin and end in it more often than by chance.
      const nightSpans = fc.tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 16 }), weekArbitrary);
      fc.assert(
        fc.property(scene, nightSpans, ([schedule, day, asked], [from, length, week]) => {
          const span = { from: from * 15, to: (from + length) * 15 };
          const nightly = week.map((spans) => [span, ...spans.filter((other) => other.from > span.to)]);
          compare({ ...schedule, week: nightly }, day * DAY_MS - 12 * HOUR_MS, 2, asked);
        }),
        { ...seen, numRuns: 30 },
      );
    },
    60_000,
  );

  test('where midnight itself is skipped or comes twice', () => {
    for (const [timeZone, date] of [
      ['Africa/Cairo', '2026-04-24'],
      ['Africa/Cairo', '2026-10-29'],
      ['America/Santiago', '2026-09-06'],
      ['America/Santiago', '2026-04-04'],
      ['America/Havana', '2026-03-08'],
      ['America/Havana', '2026-11-01'],
      ['Asia/Beirut', '2026-03-29'],
      ['Asia/Beirut', '2026-10-24'],
    ] as const) {
      for (const span of [
        { from: 0, to: 1_440 },
        { from: 1_380, to: 1_500 },
        { from: 0, to: 30 },
        { from: 30, to: 90 },
        { from: 1_410, to: 1_470 },
      ]) {
        const week = Array.from({ length: 7 }, () => [span]);
        compare({ timeZone, week, days: {}, cut: null, spared: [] }, toDay(date) * DAY_MS - DAY_MS, 3, [0.1, 0.5, 0.9]);
      }
    }
  }, 60_000);
});

describe('on the nights when clocks change in Israel', () => {
  const nightly = (span: HoursSpan) =>
    clockOf({ timeZone: 'Asia/Jerusalem', week: Array.from({ length: 7 }, () => [span]), days: {}, cut: null, spared: [] });
  const spring = [Date.parse('2026-03-27T00:00:00+02:00'), Date.parse('2026-03-27T06:00:00+03:00')] as const;
  const autumn = [Date.parse('2026-10-25T00:00:00+03:00'), Date.parse('2026-10-25T06:00:00+02:00')] as const;

  test('a night shift is an hour shorter in spring and an hour longer in autumn', () => {
    const shift = nightly({ from: 60, to: 240 });
    expect(shift.openMsBetween(...spring)).toBe(2 * HOUR_MS);
    expect(shift.openMsBetween(...autumn)).toBe(4 * HOUR_MS);
  });

  test('hours within the skipped one are no hours, and of the hour that comes twice the second is as the first ended', () => {
    expect(nightly({ from: 130, to: 170 }).openMsBetween(...spring)).toBe(0);
    expect(nightly({ from: 150, to: 240 }).spansBetween(...spring)).toEqual([
      { from: Date.parse('2026-03-27T03:00:00+03:00'), to: Date.parse('2026-03-27T04:00:00+03:00') },
    ]);
    expect(nightly({ from: 0, to: 90 }).spansBetween(...autumn)).toEqual([
      { from: autumn[0], to: Date.parse('2026-10-25T01:30:00+03:00') },
    ]);
    expect(nightly({ from: 90, to: 180 }).openMsBetween(...autumn)).toBe(2.5 * HOUR_MS);
  });
});

describe('far ahead', () => {
  const never: Schedule = { timeZone: 'Asia/Jerusalem', week: Array(7).fill([]), days: {}, cut: null, spared: [] };
  const now = Date.parse('2026-11-22T10:00:00Z');

  test('a business without hours never opens, and one that never closes never closes', () => {
    expect([clockOf(never).opensAt(now), clockOf(never).afterOpenMs(now, 1)]).toEqual([null, null]);
    const always = clockOf({ ...never, week: Array(7).fill([{ from: 0, to: 1_440 }]) });
    expect([always.opensAt(now), always.closesAt(now), always.isOpenAt(now + 5_000 * DAY_MS)]).toEqual([now, null, true]);
    expect(always.openMsBetween(now - 900 * DAY_MS, now)).toBe(900 * DAY_MS);
    expect(always.afterOpenMs(now, 399 * DAY_MS)).toBe(now + 399 * DAY_MS);
    expect(always.afterOpenMs(now, 401 * DAY_MS)).toBeNull();
  });

  test('an opening within four hundred days is known, a later one is not', () => {
    const opensOn = (later: number) => clockOf({ ...never, days: { [toDate(toDay('2026-11-22') + later)]: [{ from: 540, to: 600 }] } });
    expect(opensOn(399).opensAt(now)).toBe(Date.parse('2027-12-26T09:00:00+02:00'));
    expect(opensOn(401).opensAt(now)).toBeNull();
  });

  test('a leap day is a day like any other', () => {
    const hours = clockOf({ ...never, days: { '2028-02-29': [{ from: 540, to: 600 }] } });
    expect(hours.opensAt(Date.parse('2028-02-01T00:00:00Z'))).toBe(Date.parse('2028-02-29T09:00:00+02:00'));
  });

  test('a question in a loop takes microseconds', () => {
    const office = clockOf({ ...never, week: Array(7).fill([{ from: 540, to: 1_080 }]) });
    office.opensAt(now);
    const before = performance.now();
    let opened = 0;
    for (let count = 0; count < 100_000; count += 1) opened += office.isOpenAt(now + count * MINUTE_MS) ? 1 : 0;
    expect((performance.now() - before) / 100_000).toBeLessThan(0.1);
    expect(opened).toBeGreaterThan(0);
  });
});
