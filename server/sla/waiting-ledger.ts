/**
 * When a customer has waited for us, stretch by stretch: pure, so that every clock can be reckoned anew from it, by other hours and
 * another policy than before. Time in which it waits for nobody (answered, snoozed, resolved) is no part of it.
 */
import type { HoursClock } from '../../shared/hours-clock.ts';

/** What is older is kept as a sum: it is not reckoned anew when hours change. */
const STRETCHES_MAX = 60;

export interface Ledger {
  /** Of stretches that are no longer listed, by the calendar and by the hours of then. */
  spentMs: number;
  spentOpenMs: number;
  /** In order, each ended. */
  stretches: [from: number, to: number][];
  /** Since when the customer waits without a pause; null while it does not. */
  runsSince: number | null;
  /** Of the wait that was seen last. */
  waitingSince: number | null;
  hasResponded: boolean;
}

/** A conversation as clocks see it. `changedAt` is when it came to be like this; `answeredAt` when the wait that went on before was answered, if it was. */
export interface WaitFacts {
  status: string;
  waitingSince: number | null;
  firstResponseAt: number | null;
  resolvedAt: number | null;
  /** When it was resolved last, which stays when it goes on. */
  endedAt: number | null;
  changedAt: number;
  answeredAt: number | null;
}

export const firstLedger: Ledger = {
  spentMs: 0,
  spentOpenMs: 0,
  stretches: [],
  runsSince: null,
  waitingSince: null,
  hasResponded: false,
};

function isRunning({ status, waitingSince }: Pick<WaitFacts, 'status' | 'waitingSince'>): boolean {
  return status === 'open' && waitingSince !== null;
}

/** Whether the wait of before is over: answered, or begun anew. */
export function hasWaitEnded(before: Ledger, { waitingSince }: Pick<WaitFacts, 'waitingSince'>): boolean {
  return before.waitingSince !== null && before.waitingSince !== waitingSince;
}

/** The ledger after the conversation was seen like this. */
export function keepLedger(before: Ledger, facts: WaitFacts, clock: HoursClock): Ledger {
  const { waitingSince } = facts;
  const runs = isRunning(facts);
  const hasResponded = facts.firstResponseAt !== null;
  const isSameWait = before.waitingSince === waitingSince;
  // Resolved and opened again before anybody looked: that was a pause all the same.
  const hasPaused = before.runsSince !== null && (facts.endedAt ?? 0) > before.runsSince;
  if (runs && isSameWait && before.runsSince !== null && !hasPaused) return { ...before, hasResponded };
  const stretches = [...before.stretches];
  if (before.runsSince !== null) stretches.push([before.runsSince, Math.max(before.runsSince, endOf(before, facts))]);
  const lastEnd = stretches.at(-1)?.[1] ?? 0;
  const since = isSameWait || waitingSince === null ? facts.changedAt : waitingSince;
  const runsSince = runs ? Math.max(since, lastEnd) : null;
  return fold({ ...before, stretches, runsSince, waitingSince, hasResponded }, clock);
}

/** When the stretch that went on ended. */
export function endOf(before: Ledger, facts: WaitFacts): number {
  const { waitingSince, answeredAt, changedAt } = facts;
  const resolvedAt = (facts.endedAt ?? 0) > (before.runsSince ?? 0) ? facts.endedAt : facts.resolvedAt;
  if (!hasWaitEnded(before, facts)) return resolvedAt ?? changedAt;
  const ends = [answeredAt, resolvedAt].filter((end) => end !== null);
  return ends.length > 0 ? Math.min(...ends) : Math.min(changedAt, waitingSince ?? changedAt);
}

function fold(ledger: Ledger, clock: HoursClock): Ledger {
  const extra = ledger.stretches.length - STRETCHES_MAX;
  if (extra <= 0) return ledger;
  const folded = ledger.stretches.slice(0, extra);
  return {
    ...ledger,
    spentMs: folded.reduce((sum, [from, to]) => sum + to - from, ledger.spentMs),
    spentOpenMs: folded.reduce((sum, [from, to]) => sum + clock.openMsBetween(from, to), ledger.spentOpenMs),
    stretches: ledger.stretches.slice(extra),
  };
}

/**
 * The moment at which the customer has waited so long since `startedAt`, pauses left out; null while it does not wait, or where the
 * hours end before. Time that is over counts as well: the moment may have passed.
 */
export function momentOf(
  { stretches, runsSince }: Pick<Ledger, 'stretches' | 'runsSince'>,
  { startedAt, ms }: { startedAt: number; ms: number },
  clock: HoursClock,
): number | null {
  if (runsSince === null) return null;
  let left = ms;
  for (const [from, to] of stretches) {
    if (to <= startedAt) continue;
    const begin = Math.max(from, startedAt);
    const open = clock.openMsBetween(begin, to);
    if (left <= 0) return begin;
    if (open >= left) return clock.afterOpenMs(begin, left);
    left -= open;
  }
  const begin = Math.max(runsSince, startedAt);
  return left <= 0 ? begin : clock.afterOpenMs(begin, left);
}

/** How long the customer has waited between two moments, pauses left out. */
export function waitedMs(
  { stretches }: Pick<Ledger, 'stretches'>,
  { from, until }: { from: number; until: number },
  clock: HoursClock,
): number {
  return stretches.reduce((sum, [begin, end]) => {
    const [first, last] = [Math.max(begin, from), Math.min(end, until)];
    return first < last ? sum + clock.openMsBetween(first, last) : sum;
  }, 0);
}
