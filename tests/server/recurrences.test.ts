import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { nextTime, type Series, timesAfter } from '../../server/tasks/recurrences.ts';
import { alwaysOpen } from '../../shared/hours-clock.ts';
import { type Recurrence, recurrenceSchema } from '../../shared/recurrence.ts';
import { clockOfSpans } from '../helpers/span-clock.ts';

const zone = 'Asia/Jerusalem';
const at = (text: string, timeZone = zone) => DateTime.fromISO(text, { zone: timeZone }).toMillis();
const said = (moment: number, timeZone = zone) => DateTime.fromMillis(moment, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm");
const rule = (part: Partial<Recurrence> & Pick<Recurrence, 'unit'>): Recurrence => recurrenceSchema.parse({ timeZone: zone, ...part });

function firstTimes(part: Partial<Recurrence> & Pick<Recurrence, 'unit'>, began: string, count: number): string[] {
  const timeZone = part.timeZone ?? zone;
  const beganAt = at(began, timeZone);
  const times: string[] = [];
  for (const time of timesAfter({ rule: rule(part), beganAt }, beganAt)) {
    times.push(said(time, timeZone));
    if (times.length === count) return times;
  }
  return times;
}

describe('what comes again is due', () => {
  test.each<[string, Partial<Recurrence> & Pick<Recurrence, 'unit'>, string, string[]]>([
    ['every day', { unit: 'day' }, '2026-02-27T09:00', ['2026-02-28T09:00', '2026-03-01T09:00', '2026-03-02T09:00']],
    ['every third day', { unit: 'day', every: 3 }, '2026-12-30T09:00', ['2027-01-02T09:00', '2027-01-05T09:00']],
    ['at nine before and after Israel’s summer time begins', { unit: 'day' }, '2026-03-26T09:00', ['2026-03-27T09:00', '2026-03-28T09:00']],
    ['at nine before and after it ends', { unit: 'day' }, '2026-10-24T09:00', ['2026-10-25T09:00', '2026-10-26T09:00']],
    [
      'an hour later on the night that has no such hour, and at its own again after it',
      { unit: 'day' },
      '2026-03-26T02:30',
      ['2026-03-27T03:30', '2026-03-28T02:30'],
    ],
    ['once in the night that has the hour twice', { unit: 'day' }, '2026-10-24T01:30', ['2026-10-25T01:30', '2026-10-26T01:30']],
    ['every week on its day', { unit: 'week' }, '2026-11-22T09:00', ['2026-11-29T09:00', '2026-12-06T09:00']],
    [
      'on Sunday, Tuesday and Thursday',
      { unit: 'week', weekdays: [7, 2, 4] },
      '2026-11-22T09:00',
      ['2026-11-24T09:00', '2026-11-26T09:00', '2026-11-29T09:00'],
    ],
    [
      'every second week, with the week of Israel',
      { unit: 'week', every: 2, weekdays: [7, 1], weekStartsOn: 7 },
      '2026-11-22T09:00',
      ['2026-11-23T09:00', '2026-12-06T09:00', '2026-12-07T09:00'],
    ],
    [
      'every second week, with the week of Europe',
      { unit: 'week', every: 2, weekdays: [7, 1], weekStartsOn: 1 },
      '2026-11-22T09:00',
      ['2026-11-30T09:00', '2026-12-06T09:00', '2026-12-14T09:00'],
    ],
    [
      'on the last day of a month that is too short, and on the 31st again where there is one',
      { unit: 'month' },
      '2026-01-31T09:00',
      ['2026-02-28T09:00', '2026-03-31T09:00', '2026-04-30T09:00', '2026-05-31T09:00'],
    ],
    ['on the 29th of a leap year’s February', { unit: 'month' }, '2028-01-30T09:00', ['2028-02-29T09:00', '2028-03-30T09:00']],
    [
      'on the last day of each month',
      { unit: 'month', isMonthEnd: true },
      '2026-04-30T09:00',
      ['2026-05-31T09:00', '2026-06-30T09:00', '2026-07-31T09:00'],
    ],
    ['every quarter', { unit: 'month', every: 3 }, '2026-11-30T09:00', ['2027-02-28T09:00', '2027-05-30T09:00']],
    ['every year', { unit: 'year' }, '2026-11-22T09:00', ['2027-11-22T09:00', '2028-11-22T09:00']],
    [
      'every year since a 29th of February',
      { unit: 'year' },
      '2028-02-29T09:00',
      ['2029-02-28T09:00', '2030-02-28T09:00', '2031-02-28T09:00', '2032-02-29T09:00'],
    ],
    [
      'at the wall clock of New York, too',
      { unit: 'week', timeZone: 'America/New_York' },
      '2026-10-28T09:00',
      ['2026-11-04T09:00', '2026-11-11T09:00'],
    ],
    [
      'at the wall clock of a zone with half hours',
      { unit: 'day', timeZone: 'Australia/Lord_Howe' },
      '2026-10-03T09:00',
      ['2026-10-04T09:00', '2026-10-05T09:00'],
    ],
  ])('%s', (_, part, began, times) => {
    expect(firstTimes(part, began, times.length)).toEqual(times);
  });

  test('the same, wherever in the series one begins to reckon', () => {
    const parts: Parameters<typeof rule>[0][] = [
      { unit: 'day', every: 5 },
      { unit: 'week', every: 3, weekdays: [1, 5] },
      { unit: 'month', every: 2 },
      { unit: 'year' },
    ];
    for (const part of parts) {
      const series = { rule: rule(part), beganAt: at('2024-01-31T08:15') };
      const all: number[] = [];
      for (const time of timesAfter(series, series.beganAt)) {
        all.push(time);
        if (all.length === 40) break;
      }
      expect(all).toEqual(all.toSorted((one, other) => one - other));
      for (const [place, time] of all.slice(0, -1).entries()) {
        for (const from of [time, time + 1, (all[place + 1] as number) - 1]) {
          const [next] = timesAfter(series, from);
          expect(next).toBe(all[place + 1]);
        }
      }
    }
  });
});

describe('the next one', () => {
  const series = (part: Partial<Recurrence> & Pick<Recurrence, 'unit'>, began: string, number = 1): Series => ({
    rule: rule(part),
    beganAt: at(began),
    plannedAt: at(began),
    number,
  });
  const next = (one: Series, after: string, clock = alwaysOpen) => {
    const time = nextTime(one, { after: at(after), dueAt: one.plannedAt, clock });
    return time && [said(time.plannedAt), said(time.dueAt)];
  };

  test('comes after the one that was done early, and makes up for none that was missed', () => {
    const daily = series({ unit: 'day' }, '2026-11-22T09:00');
    expect(next(daily, '2026-11-21T15:00')).toEqual(['2026-11-23T09:00', '2026-11-23T09:00']);
    expect(next(daily, '2026-11-25T08:59')).toEqual(['2026-11-25T09:00', '2026-11-25T09:00']);
    expect(next(daily, '2026-11-25T09:00')).toEqual(['2026-11-26T09:00', '2026-11-26T09:00']);
  });

  test('does not come after the last day, or after so many', () => {
    const ending = series({ unit: 'day', until: at('2026-11-24T23:59') }, '2026-11-22T09:00');
    expect(next(ending, '2026-11-23T10:00')?.[0]).toBe('2026-11-24T09:00');
    expect(next(ending, '2026-11-24T10:00')).toBeNull();
    expect(next(series({ unit: 'day', count: 3 }, '2026-11-22T09:00', 2), '2026-11-22T10:00')).not.toBeNull();
    expect(next(series({ unit: 'day', count: 3 }, '2026-11-22T09:00', 3), '2026-11-22T10:00')).toBeNull();
  });

  test('moves to the next working day, each of them once', () => {
    // Open on Thursday the 26th and on Sunday the 29th, closed between them.
    const open = clockOfSpans(
      ['2026-11-26', '2026-11-29', '2026-11-30'].map((day) => ({ from: at(`${day}T09:00`), to: at(`${day}T17:00`) })),
    );
    const daily = series({ unit: 'day', isOnWorkingDays: true }, '2026-11-26T18:00');
    expect(next(daily, '2026-11-26T19:00', open)).toEqual(['2026-11-27T18:00', '2026-11-29T18:00']);
    const moved = nextTime(
      { ...daily, plannedAt: at('2026-11-27T18:00') },
      { after: at('2026-11-27T08:00'), dueAt: at('2026-11-29T18:00'), clock: open },
    );
    expect(moved && said(moved.dueAt)).toBe('2026-11-30T18:00');
    // Whoever has set no hours works every day.
    expect(next(daily, '2026-11-26T19:00')).toEqual(['2026-11-27T18:00', '2026-11-27T18:00']);
  });
});
