/** When what comes again is due next: pure rules over a wall clock. Every time is reckoned from the first one, so that nothing drifts. */
import { DateTime } from 'luxon';
import type { HoursClock } from '../../shared/hours-clock.ts';
import type { Recurrence } from '../../shared/recurrence.ts';

/** A series as it stands in the row of each of its tasks. */
export interface Series {
  rule: Recurrence;
  /** When the first one was due. */
  beganAt: number;
  /** When this one is due by the rule, whatever it was moved to. */
  plannedAt: number;
  /** This is the first, second, third… */
  number: number;
}

export interface NextTime {
  plannedAt: number;
  dueAt: number;
}

/** A rule that comes again less often than this is none. */
const STEPS_MAX = 2_000;
const CLOSED_DAYS_MAX = 60;
const MONTHS_OF = { month: 1, year: 12 } as const;

/** The first time that is due after `after`, and after this one; null when the series is over. Times that have been missed are not made up for. */
export function nextTime(series: Series, { after, dueAt, clock }: { after: number; dueAt: number; clock: HoursClock }): NextTime | null {
  const { rule, plannedAt, number } = series;
  if (typeof rule.count === 'number' && number >= rule.count) return null;
  const later = Math.max(after, dueAt, plannedAt);
  let step = 0;
  for (const planned of timesAfter(series, plannedAt)) {
    step += 1;
    if (step > STEPS_MAX || (typeof rule.until === 'number' && planned > rule.until)) return null;
    const moved = rule.isOnWorkingDays ? workingTime(planned, rule.timeZone, clock) : planned;
    if (moved > later) return { plannedAt: planned, dueAt: moved };
  }
  return null;
}

/** By the rule alone, in order, each later than `at`. */
export function* timesAfter({ rule, beganAt }: Pick<Series, 'rule' | 'beganAt'>, at: number): Generator<number> {
  const first = DateTime.fromMillis(beganAt, { zone: rule.timeZone });
  const there = DateTime.fromMillis(at, { zone: rule.timeZone });
  for (const time of rule.unit === 'week' ? weeks(rule, first, there) : steps(rule, first, there)) {
    const moment = time.toMillis();
    if (moment > at && moment >= beganAt) yield moment;
  }
}

function* steps({ unit, every, isMonthEnd }: Recurrence, first: DateTime, there: DateTime): Generator<DateTime> {
  const passed =
    unit === 'day'
      ? there.startOf('day').diff(first.startOf('day'), 'days').days
      : (there.year - first.year) * 12 + there.month - first.month;
  const size = unit === 'day' ? every : every * MONTHS_OF[unit === 'year' ? 'year' : 'month'];
  for (let turn = Math.max(0, Math.floor(passed / size) - 1); ; turn += 1) {
    const time = first.plus(unit === 'day' ? { days: turn * size } : { months: turn * size });
    yield isMonthEnd ? time.set({ day: time.daysInMonth ?? time.day }) : time;
  }
}

function* weeks({ every, weekdays, weekStartsOn }: Recurrence, first: DateTime, there: DateTime): Generator<DateTime> {
  const days = weekdays?.length ? weekdays : [first.weekday];
  const offsets = [...new Set(days.map((day) => (day - weekStartsOn + 7) % 7))].sort((one, other) => one - other);
  const begin = first.minus({ days: (first.weekday - weekStartsOn + 7) % 7 });
  const passed = there.startOf('day').diff(begin.startOf('day'), 'weeks').weeks;
  for (let turn = Math.max(0, Math.floor(passed / every) - 1); ; turn += 1) {
    for (const offset of offsets) yield begin.plus({ days: turn * every * 7 + offset });
  }
}

/** The same time on the first day from there on that has hours. Whoever has set none works every day. */
function workingTime(at: number, timeZone: string, clock: HoursClock): number {
  const there = DateTime.fromMillis(at, { zone: timeZone });
  for (let days = 0; days <= CLOSED_DAYS_MAX; days += 1) {
    const time = there.plus({ days });
    if (clock.spansBetween(time.startOf('day').toMillis(), time.endOf('day').toMillis()).length > 0) return time.toMillis();
  }
  return at;
}
