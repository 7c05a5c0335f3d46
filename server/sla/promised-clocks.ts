/** Which policy counts for a conversation or a ticket, and when its promises run out: pure rules. */
import { alwaysOpen, type HoursClock } from '../../shared/hours-clock.ts';
import { type Priority, priorities } from '../../shared/routing.ts';
import type { SlaPolicy, SlaRules, SlaSubject, SlaTarget } from '../../shared/sla.ts';
import { type Ledger, momentOf } from './waiting-ledger.ts';

/** What a policy's conditions look at. */
export interface PolicySubject {
  /** A chat unless said. */
  kind?: SlaSubject;
  inboxId: string | null;
  teamId: string | null;
  priority: Priority;
  lifecycle: string;
  fields: Readonly<Record<string, string>>;
  /** Of a ticket: its category, and what that stands under. */
  categoryIds?: readonly string[];
}

/** A promise whose clock runs. */
export interface RunningClock {
  target: SlaTarget;
  startedAt: number;
  warnAt: number;
  dueAt: number;
}

export interface RunningClocks {
  response: RunningClock | null;
  resolution: RunningClock | null;
}

/** The first that fits, in their order. */
export function policyFor(policies: readonly SlaPolicy[], subject: PolicySubject): SlaPolicy | null {
  return policies.find((policy) => policy.isOn && isFor(policy, subject.kind) && fits(policy, subject)) ?? null;
}

export function isFor({ appliesTo = ['chats'] }: Pick<SlaRules, 'appliesTo'>, kind: SlaSubject = 'chats'): boolean {
  return appliesTo.includes(kind);
}

/** Whether it depends on the customer file, which changes without its conversations. */
export function looksAtCustomer({ when }: SlaRules): boolean {
  return (when.lifecycles?.length ?? 0) > 0 || (when.fields?.length ?? 0) > 0;
}

function fits({ when }: SlaRules, { inboxId, teamId, priority, lifecycle, fields, categoryIds = [] }: PolicySubject): boolean {
  const isAmong = <Value>(wanted: readonly Value[] | undefined, value: Value | null) =>
    !wanted?.length || (value !== null && wanted.includes(value));
  return (
    isAmong(when.inboxIds, inboxId) &&
    isAmong(when.teamIds, teamId) &&
    isAmong(when.priorities, priority) &&
    isAmong(when.lifecycles, lifecycle) &&
    (!when.ticketCategoryIds?.length || categoryIds.some((id) => when.ticketCategoryIds?.includes(id))) &&
    (when.fields ?? []).every(({ key, value }) => sameWord(fields[key], value))
  );
}

function sameWord(held: string | undefined, wanted: string): boolean {
  return held !== undefined && held.trim().toLowerCase() === wanted.trim().toLowerCase();
}

export function toPriority(rank: number): Priority {
  return priorities[rank] ?? 'normal';
}

/** By the hours, or by the calendar where the policy says so. */
export function timeOf({ isBusinessTime }: Pick<SlaRules, 'isBusinessTime'>, hours: HoursClock): HoursClock {
  return isBusinessTime ? hours : alwaysOpen;
}

export function reckon(policy: SlaRules, ledger: Ledger, { createdAt, hours }: { createdAt: number; hours: HoursClock }): RunningClocks {
  const clock = timeOf(policy, hours);
  const spentMs = policy.isBusinessTime ? ledger.spentOpenMs : ledger.spentMs;
  const run = (target: SlaTarget, startedAt: number | null, ms: number | null, spent: number): RunningClock | null => {
    if (ms === null || startedAt === null) return null;
    const warnAt = momentOf(ledger, { startedAt, ms: Math.round(ms * policy.warnAfter) - spent }, clock);
    const dueAt = momentOf(ledger, { startedAt, ms: ms - spent }, clock);
    return warnAt === null || dueAt === null ? null : { target, startedAt, warnAt, dueAt };
  };
  return {
    response: ledger.hasResponded
      ? run('next-response', ledger.waitingSince, policy.nextResponseMs, 0)
      : run('first-response', ledger.waitingSince, policy.firstResponseMs, 0),
    resolution: run('resolution', createdAt, policy.resolutionMs, spentMs),
  };
}

/** What lists show: the one that runs out first. */
export function nearest({ response, resolution }: RunningClocks): RunningClock | null {
  if (!response || !resolution) return response ?? resolution;
  return resolution.dueAt < response.dueAt ? resolution : response;
}
