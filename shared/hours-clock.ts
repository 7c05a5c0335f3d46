import type { HoursState } from './business-hours.ts';

/** Everything that asks for business hours asks one of these: the widget, routing, SLA and callbacks. Times are milliseconds, UTC. */
export interface HoursClock {
  /** By whose wall clock the hours are meant; null: there are none. */
  timeZone: string | null;
  isOpenAt: (at: number) => boolean;
  /** `at` itself while open; null when it does not open within the next 400 days. */
  opensAt: (at: number) => number | null;
  /** `at` itself while closed; null when it does not close within the next 400 days. */
  closesAt: (at: number) => number | null;
  /** Open time between two moments. */
  openMsBetween: (from: number, to: number) => number;
  /** The moment at which so much open time has passed since `from`; null beyond 400 days. */
  afterOpenMs: (from: number, ms: number) => number | null;
  /** The open spans that touch `from` to `to`, cut to it, in order. */
  spansBetween: (from: number, to: number) => { from: number; to: number }[];
}

/** Of whoever has set no hours. */
export const alwaysOpen: HoursClock = {
  timeZone: null,
  isOpenAt: () => true,
  opensAt: (at) => at,
  closesAt: () => null,
  openMsBetween: (from, to) => Math.max(0, to - from),
  afterOpenMs: (from, ms) => from + ms,
  spansBetween: (from, to) => (from < to ? [{ from, to }] : []),
};

export function stateAt(clock: HoursClock, at: number): HoursState {
  const isOpen = clock.isOpenAt(at);
  return { isOpen, opensAt: isOpen ? null : clock.opensAt(at), closesAt: isOpen ? clock.closesAt(at) : null };
}
