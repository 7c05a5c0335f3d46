/** Which conversations a view shows, in which order, and how long somebody may wait. */
import type { ConversationSummary } from '../../shared/conversation.ts';

/** `resolved` is paged over HTTP; the others are parts of what the live session holds. */
export const viewNames = ['mine', 'unassigned', 'open', 'snoozed', 'resolved'] as const;
export type ViewName = (typeof viewNames)[number];

export function isViewName(name: string | null | undefined): name is ViewName {
  return viewNames.some((known) => known === name);
}

export function isInView(conversation: ConversationSummary, view: ViewName, agentId: string): boolean {
  if (view === 'resolved' || view === 'snoozed') return conversation.status === view;
  if (conversation.status !== 'open' && conversation.status !== 'pending') return false;
  if (view === 'mine') return conversation.assigneeId === agentId;
  return view === 'open' || conversation.assigneeId === null;
}

/** Since when somebody waits for an answer. A resolved conversation keeps that time only for being opened again. */
export function waitsSince({ status, waitingSince }: ConversationSummary): number | null {
  return status === 'resolved' ? null : waitingSince;
}

/** Who waits longest first, then those who do not wait, the latest change first. */
export function byWaiting(a: ConversationSummary, b: ConversationSummary): number {
  const [aSince, bSince] = [waitsSince(a), waitsSince(b)];
  if (aSince !== null && bSince !== null) return aSince - bSince || byId(a, b);
  if (aSince !== null || bSince !== null) return aSince !== null ? -1 : 1;
  return b.updatedAt - a.updatedAt || byId(a, b);
}

/** The same order on every screen where the clocks agree. */
function byId(a: ConversationSummary, b: ConversationSummary): number {
  return a.id < b.id ? -1 : 1;
}

const AMBER_AFTER_MS = 2 * 60_000;
const RED_AFTER_MS = 5 * 60_000;

export function waitingTone(waitedMs: number): 'neutral' | 'amber' | 'red' {
  if (waitedMs >= RED_AFTER_MS) return 'red';
  return waitedMs >= AMBER_AFTER_MS ? 'amber' : 'neutral';
}

/**
 * The order on screen while the pointer is over the list: nothing that is shown moves, and what is new waits to be let in.
 * `held` is the order before, `wanted` the order that would be.
 */
export function heldOrder(held: readonly string[], wanted: readonly string[]): { ids: readonly string[]; newIds: readonly string[] } {
  const known = new Set(held);
  return { ids: held, newIds: wanted.filter((id) => !known.has(id)) };
}
