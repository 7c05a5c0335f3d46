/** What becomes of one conversation's clocks when it is looked at: pure, so that whoever looks twice, or late, comes to the same. */
import type { HoursClock } from '../../shared/hours-clock.ts';
import type { NoticeSla, SlaPolicy, SlaTarget } from '../../shared/sla.ts';
import type { SlaClockRow } from '../storage/tables.ts';
import { nearest, type PolicySubject, policyFor, type RunningClock, reckon, timeOf } from './promised-clocks.ts';
import type { NewBreach } from './sla-clock-store.ts';
import { endOf, hasWaitEnded, keepLedger, type Ledger, type WaitFacts, waitedMs } from './waiting-ledger.ts';

/** A conversation as it was read. `seen` stands for everything that clocks depend on. */
export interface Looked {
  id: string;
  seen: string;
  createdAt: number;
  facts: WaitFacts;
  subject: PolicySubject;
  assigneeId: string | null;
}

export interface Turn {
  row: SlaClockRow;
  /** Those that began, or are over and were not known. */
  breaches: NewBreach[];
  /** Breaches that are over, and how late they were if they were due at that moment; and those that are not due yet after all. */
  ended: { target: SlaTarget; startedAt: number; endedAt: number; lateMsAfter: (dueAt: number) => number }[];
  takenBack: { target: SlaTarget; startedAt: number }[];
  /** What is to be told, once for each clock. */
  told: ({ kind: 'sla-warning' | 'sla-breach' } & NoticeSla)[];
}

/** What is kept of one clock besides its moments. */
interface Said {
  warnedAt: number | null;
  breachedAt: number | null;
}

const nothingSaid: Said = { warnedAt: null, breachedAt: null };

export function takeTurn(before: SlaClockRow, looked: Looked, { policies, hours, now }: Setting): Turn {
  const { facts, subject, createdAt } = looked;
  const was: Ledger = JSON.parse(before.ledger);
  const ledger = keepLedger(was, facts, hours);
  const policy = policyFor(policies, subject);
  const running = policy ? reckon(policy, ledger, { createdAt, hours }) : { response: null, resolution: null };
  const turn: Turn = { row: before, breaches: [], ended: [], takenBack: [], told: [] };
  const setting = { policies, hours, now, policy, looked, ledger, turn };

  // The wait that was reckoned before is over: what is known of it is closed, and another one may have begun.
  const isOver = hasWaitEnded(was, facts) || facts.status === 'resolved';
  if (isOver && before.responseTarget !== null && before.responseStartedAt !== null) {
    closeClock(setting, before, {
      target: before.responseTarget as SlaTarget,
      startedAt: before.responseStartedAt,
      end: endOf(was, facts),
    });
  }
  if (facts.status === 'resolved') closeClock(setting, before, { target: 'resolution', startedAt: createdAt, end: endOf(was, facts) });

  const isSameWait = ledger.waitingSince !== null && before.responseStartedAt === ledger.waitingSince;
  const response = speak(setting, running.response, isSameWait ? saidOf(before, 'response') : nothingSaid);
  const resolution = speak(setting, running.resolution, saidOf(before, 'resolution'));
  const first = nearest(running);
  turn.row = {
    id: before.id,
    policyId: policy?.id ?? null,
    seen: looked.seen,
    ledger: JSON.stringify(ledger),
    responseTarget: running.response?.target ?? (isSameWait ? before.responseTarget : null),
    responseStartedAt: running.response?.startedAt ?? (isSameWait ? before.responseStartedAt : null),
    responseWarnAt: running.response?.warnAt ?? null,
    responseDueAt: running.response?.dueAt ?? null,
    responseWarnedAt: response.warnedAt,
    responseBreachedAt: response.breachedAt,
    resolutionWarnAt: running.resolution?.warnAt ?? null,
    resolutionDueAt: running.resolution?.dueAt ?? null,
    resolutionWarnedAt: resolution.warnedAt,
    resolutionBreachedAt: resolution.breachedAt,
    target: first?.target ?? null,
    warnAt: first?.warnAt ?? null,
    dueAt: first?.dueAt ?? null,
    nextAt: earliest([nextOf(running.response, response), nextOf(running.resolution, resolution)]),
  };
  return turn;
}

export interface Setting {
  policies: readonly SlaPolicy[];
  hours: HoursClock;
  now: number;
}

type Turning = Setting & { policy: SlaPolicy | null; looked: Looked; ledger: Ledger; turn: Turn };

function saidOf(row: SlaClockRow, clock: 'response' | 'resolution'): Said {
  return clock === 'response'
    ? { warnedAt: row.responseWarnedAt, breachedAt: row.responseBreachedAt }
    : { warnedAt: row.resolutionWarnedAt, breachedAt: row.resolutionBreachedAt };
}

/** Says what is due to be said. What was said too early, by other hours or another policy, is taken back. */
function speak({ looked, policy, now, turn }: Turning, clock: RunningClock | null, said: Said): Said {
  if (!clock || !policy) return said;
  const { target, startedAt, warnAt, dueAt } = clock;
  if (now < dueAt && said.breachedAt !== null) turn.takenBack.push({ target, startedAt });
  const breachedAt = now < dueAt ? null : said.breachedAt;
  const warnedAt = now < warnAt ? null : said.warnedAt;
  if (now >= dueAt) {
    if (breachedAt === null) {
      turn.breaches.push(breachOf(looked, policy.id, { target, startedAt, dueAt }));
      turn.told.push({ kind: 'sla-breach', target, dueAt });
    }
    return { warnedAt: warnedAt ?? now, breachedAt: breachedAt ?? now };
  }
  if (now < warnAt || warnedAt !== null) return { warnedAt, breachedAt };
  turn.told.push({ kind: 'sla-warning', target, dueAt });
  return { warnedAt: now, breachedAt };
}

/** A clock that ran has come to its end. If it was late and nobody has noticed, that is written down without a word. */
function closeClock(
  { policies, hours, looked, ledger, turn }: Turning,
  before: SlaClockRow,
  { target, startedAt, end }: { target: SlaTarget; startedAt: number; end: number },
): void {
  const isResolution = target === 'resolution';
  const dueAt = isResolution ? before.resolutionDueAt : before.responseDueAt;
  const isKnown = (isResolution ? before.resolutionBreachedAt : before.responseBreachedAt) !== null;
  const policy = policies.find(({ id }) => id === before.policyId);
  const time = timeOf(policy ?? { isBusinessTime: false }, hours);
  const lateMsAfter = (moment: number) => {
    const listedMs = waitedMs(ledger, { from: moment, until: end }, time);
    const spentMs = policy?.isBusinessTime ? ledger.spentOpenMs : ledger.spentMs;
    // The moment lies in what is kept as a sum by now: late is all of the wait, less what was promised.
    if (!isResolution || !policy?.resolutionMs || spentMs <= policy.resolutionMs) return listedMs;
    return Math.max(listedMs, spentMs + waitedMs(ledger, { from: 0, until: end }, time) - policy.resolutionMs);
  };
  if (isKnown) turn.ended.push({ target, startedAt, endedAt: end, lateMsAfter });
  else if (dueAt !== null && end > dueAt && before.policyId !== null) {
    turn.breaches.push({ ...breachOf(looked, before.policyId, { target, startedAt, dueAt }), endedAt: end, lateMs: lateMsAfter(dueAt) });
  }
}

function breachOf(
  { id, subject: { inboxId, teamId }, assigneeId }: Looked,
  policyId: string,
  clock: Pick<RunningClock, 'target' | 'startedAt' | 'dueAt'>,
): NewBreach {
  return { conversationId: id, policyId, ...clock, endedAt: null, lateMs: null, inboxId: inboxId ?? '', teamId, assigneeId };
}

function nextOf(clock: RunningClock | null, { warnedAt, breachedAt }: Said): number | null {
  if (!clock || breachedAt !== null) return null;
  return warnedAt === null ? clock.warnAt : clock.dueAt;
}

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}
