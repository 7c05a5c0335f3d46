/** Places and expected waits: pure rules, so that whoever hands conversations out can reckon with the same. */
import type { AnsweredWait } from './queue-store.ts';

/** Fewer answers than this say nothing of the next one. */
const ANSWERS_MIN = 3;
/** Whoever waited longer had written to a closed shop. */
const WAIT_MAX_MS = 2 * 60 * 60 * 1_000;
/** Nobody is promised less than this, and beyond an hour a promise is a guess. */
const PROMISE_MIN_MS = 30_000;
const PROMISE_MAX_MS = 60 * 60 * 1_000;

/** As measured of late: how long one waits, and how often somebody's turn comes. */
export interface Pace {
  waitMs: number;
  turnMs: number;
}

/** Null when too little is known. */
export function measurePace(answered: readonly AnsweredWait[]): Pace | null {
  const usual = answered.filter(({ waitedMs }) => waitedMs >= 0 && waitedMs <= WAIT_MAX_MS);
  if (usual.length < ANSWERS_MIN) return null;
  const moments = usual.map(({ answeredAt }) => answeredAt).sort((one, other) => one - other);
  const turns = moments.slice(1).map((at, index) => at - (moments[index] ?? at));
  const busyTurns = turns.filter((ms) => ms <= WAIT_MAX_MS);
  return { waitMs: median(usual.map(({ waitedMs }) => waitedMs)), turnMs: busyTurns.length === 0 ? 0 : median(busyTurns) };
}

/** From now on, for whoever has waited `waitedMs` and stands at `place`; null when nothing honest can be said. */
export function expectWait(pace: Pace | null, place: number, waitedMs = 0): number | null {
  if (!pace) return null;
  const ms = Math.max(PROMISE_MIN_MS, pace.waitMs - waitedMs, pace.turnMs * (place - 1));
  return ms > PROMISE_MAX_MS ? null : Math.round(ms);
}

export interface QueuePlace {
  place: number;
  expectedWaitMs: number | null;
  offersCallback?: true;
}

/** Near the front every step counts; far behind it, and in the expectation, only what a person would notice. */
export function isNews(told: QueuePlace | undefined, now: QueuePlace): boolean {
  if (!told || told.offersCallback !== now.offersCallback) return true;
  const steps = Math.abs(told.place - now.place);
  if (steps > 0 && (Math.min(told.place, now.place) <= 20 || steps * 10 >= now.place)) return true;
  return toMinutes(told.expectedWaitMs) !== toMinutes(now.expectedWaitMs);
}

function toMinutes(ms: number | null): number | null {
  return ms === null ? null : Math.ceil(ms / 60_000);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
