/**
 * From what the wall clock says of each day to what is open when: the one function behind every question about hours. Pure; which hours
 * a day has, and why, is decided elsewhere and asked for day by day, each day once.
 *
 * Spans are meant by the wall clock. In the hour that the clock skips in spring nothing is open, and a span that would begin in it
 * begins with the change. The hour that comes twice in autumn goes on the second time as the first one ended.
 */
import type { HoursSpan } from './business-hours.ts';
import type { HoursClock } from './hours-clock.ts';
import { DAY_MS, type WallClock } from './wall-clock.ts';

export interface TimeSpan {
  from: number;
  to: number;
}

/** The hours that begin on one day, and what they are cut by, in order: moments, not minutes. */
export interface DayHours {
  spans: readonly HoursSpan[];
  cuts: readonly TimeSpan[];
}

export type HoursOfDay = (day: number) => DayHours;

const HORIZON_MS = 400 * DAY_MS;
/** How far is looked at first, then further: mostly the next change is near. */
const REACHES_MS = [8 * DAY_MS, 64 * DAY_MS, HORIZON_MS];
const DAYS_AT_ONCE = 32;
/** A question about a far year begins anew, instead of filling the years between. */
const DAYS_BETWEEN_MAX = 800;
/** Nobody asks about other times in earnest. */
const FIRST_MS = 0;
const LAST_MS = Date.UTC(2200, 0, 1);

export function clockOfDays(wall: WallClock, hoursOf: HoursOfDay): HoursClock {
  const line = new Timeline(wall, hoursOf);
  return {
    timeZone: wall.timeZone,
    isOpenAt: (at) => line.isOpenAt(at),
    opensAt: (at) => (line.isOpenAt(at) ? at : line.nextChange(at)),
    closesAt: (at) => (line.isOpenAt(at) ? line.nextChange(at) : at),
    openMsBetween: (from, to) => (from < to ? line.openBefore(to, from) - line.openBefore(from, to) : 0),
    afterOpenMs: (from, ms) => line.after(from, ms),
    spansBetween: (from, to) => line.between(from, to),
  };
}

/** What the hours of one day come to: open spans that begin on it or, cut, later. They may overlap those of the next day. */
export function spansOfDay(wall: WallClock, day: number, { spans, cuts }: DayHours): TimeSpan[] {
  const moments = spans.map(({ from, to }) => ({ from: wall.momentOf(day, from), to: wall.momentOf(day, to) }));
  return cuts.reduce<TimeSpan[]>((left, cut) => left.flatMap((span) => cutOut(span, cut)), moments).filter(({ from, to }) => from < to);
}

function cutOut(span: TimeSpan, cut: TimeSpan): TimeSpan[] {
  if (cut.to <= span.from || cut.from >= span.to) return [span];
  return [
    { from: span.from, to: cut.from },
    { from: cut.to, to: span.to },
  ].filter(({ from, to }) => from < to);
}

/** In order, none touching another. */
export function joinSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const joined: TimeSpan[] = [];
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** All that was ever asked about, in one row that grows at both ends. */
class Timeline {
  readonly #wall: WallClock;
  readonly #hoursOf: HoursOfDay;
  #spans: TimeSpan[] = [];
  /** Open time before each span. */
  #sums: number[] = [];
  /** The days that are in it, the last one not included, and the moments between which nothing is missing. */
  #firstDay = 0;
  #lastDay = 0;
  #since = Number.POSITIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;

  constructor(wall: WallClock, hoursOf: HoursOfDay) {
    this.#wall = wall;
    this.#hoursOf = hoursOf;
  }

  isOpenAt(at: number): boolean {
    this.#reach(at, at);
    const span = this.#spans[this.#placeOf(at)];
    return span !== undefined && at < span.to;
  }

  /** The end of the span that `at` is in, or else the beginning of the next one. */
  nextChange(at: number): number | null {
    for (const reach of REACHES_MS) {
      this.#reach(at, at + reach);
      const place = this.#placeOf(at);
      const span = this.#spans[place];
      const change = span && at < span.to ? span.to : this.#spans[place + 1]?.from;
      // What ends where the row ends may go on.
      if (change !== undefined && change <= at + HORIZON_MS && change < this.#until) return change;
    }
    return null;
  }

  /** Open time from the row's beginning to `at`; to be compared with the same asked of `other`. */
  openBefore(at: number, other: number): number {
    this.#reach(Math.min(at, other), Math.max(at, other));
    const place = this.#placeOf(at);
    const span = this.#spans[place];
    return span ? (this.#sums[place] ?? 0) + Math.min(at, span.to) - span.from : 0;
  }

  after(from: number, ms: number): number | null {
    if (ms <= 0) return from;
    for (const reach of REACHES_MS) {
      const until = from + reach;
      const wanted = this.openBefore(from, until) + ms;
      if (this.openBefore(until, from) < wanted) continue;
      const place = lastPlace(this.#sums, (sum) => sum < wanted);
      return (this.#spans[place]?.from ?? from) + wanted - (this.#sums[place] ?? 0);
    }
    return null;
  }

  between(from: number, to: number): TimeSpan[] {
    if (from >= to) return [];
    this.#reach(from, to);
    const found: TimeSpan[] = [];
    for (let place = Math.max(0, this.#placeOf(from)); place < this.#spans.length; place += 1) {
      const span = this.#spans[place] as TimeSpan;
      if (span.from >= to) break;
      if (span.to > from) found.push({ from: Math.max(from, span.from), to: Math.min(to, span.to) });
    }
    return found;
  }

  /** Of the last span that has begun by then; -1 before the first. */
  #placeOf(at: number): number {
    return lastPlace(this.#spans, ({ from }) => from <= at);
  }

  /** Afterwards nothing is missing between the two. */
  #reach(from: number, to: number): void {
    if (this.#since <= from && to < this.#until) return;
    const first = this.#wall.dayAt(limited(from)) - 2;
    const last = this.#wall.dayAt(limited(to)) + 2;
    if (first - this.#lastDay > DAYS_BETWEEN_MAX || this.#firstDay - last > DAYS_BETWEEN_MAX) this.#forget();
    if (this.#firstDay === this.#lastDay) this.#firstDay = this.#lastDay = first;
    if (first < this.#firstDay) this.#add(Math.min(first, this.#firstDay - DAYS_AT_ONCE), this.#firstDay);
    if (last > this.#lastDay) this.#add(this.#lastDay, Math.max(last, this.#lastDay + DAYS_AT_ONCE));
    // A day's spans end with the next day at the latest.
    this.#since = this.#wall.momentOf(this.#firstDay + 1, 0);
    this.#until = this.#wall.momentOf(this.#lastDay, 0);
  }

  #forget(): void {
    this.#spans = [];
    this.#firstDay = this.#lastDay = 0;
  }

  #add(first: number, last: number): void {
    const added: TimeSpan[] = [];
    for (let day = first; day < last; day += 1) added.push(...spansOfDay(this.#wall, day, this.#hoursOf(day)));
    this.#spans = joinSpans([...this.#spans, ...added]);
    let sum = 0;
    this.#sums = this.#spans.map(({ from, to }) => {
      const before = sum;
      sum += to - from;
      return before;
    });
    this.#firstDay = Math.min(first, this.#firstDay);
    this.#lastDay = Math.max(last, this.#lastDay);
  }
}

function limited(at: number): number {
  return Math.min(Math.max(at, FIRST_MS), LAST_MS);
}

/** Of the last entry of which it holds; it holds of all before that one. -1: of none. */
function lastPlace<Entry>(entries: readonly Entry[], holds: (entry: Entry) => boolean): number {
  let [low, high] = [-1, entries.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(entries[middle] as Entry)) low = middle;
    else high = middle;
  }
  return low;
}
