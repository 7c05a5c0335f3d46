/** Days and minutes of a time zone's wall clock. A day is a number: days since 1970-01-01 of the calendar, whatever the zone. */
export const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60_000;

/** Of a date like 2026-09-12. */
export function toDay(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

export function toDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

export class WallClock {
  readonly timeZone: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** How far ahead of UTC the wall clock is, in milliseconds. */
  offsetAt(at: number): number {
    const [month = 1, date = 1, year = 1970, hour = 0, minute = 0, second = 0] = (this.#format.format(at).match(/\d+/g) ?? []).map(Number);
    return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
  }

  /** The day that it shows. */
  dayAt(at: number): number {
    return Math.floor((at + this.offsetAt(at)) / DAY_MS);
  }

  /**
   * The first moment at which it shows this minute of this day, or a later one. So a time that is skipped in spring is the moment of
   * the change, and of a time that comes twice in autumn the first is meant. The minutes may run on into the next days.
   */
  momentOf(day: number, minute: number): number {
    const shown = day * DAY_MS + minute * MINUTE_MS;
    const midnight = Math.floor(shown / DAY_MS);
    const around = [midnight - 1, midnight, midnight + 1, midnight + 2].map((utcDay) => ({
      at: utcDay * DAY_MS,
      offset: this.#offsetOfUtcDay(utcDay),
    }));
    const [first, ...later] = around as [{ at: number; offset: number }, ...{ at: number; offset: number }[]];
    let offset = first.offset;
    let since = first.at;
    for (const next of later) {
      if (next.offset === offset) continue;
      const change = this.#changeBetween(since, next.at);
      if (shown - offset < change) break;
      since = change;
      offset = next.offset;
    }
    return Math.max(since, shown - offset);
  }

  #offsetOfUtcDay(utcDay: number): number {
    const known = this.#offsets.get(utcDay);
    if (known !== undefined) return known;
    const offset = this.offsetAt(utcDay * DAY_MS);
    this.#offsets.set(utcDay, offset);
    return offset;
  }

  /** The first moment with the offset of `after`; no clock is changed twice in three days. */
  #changeBetween(before: number, after: number): number {
    const offset = this.offsetAt(after);
    let [low, high] = [before, after];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetAt(middle) === offset) high = middle;
      else low = middle;
    }
    return high;
  }
}
