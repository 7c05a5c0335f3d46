/** What a filter asks for, as far as the row of a conversation tells. No validator: the console's first screen carries this. */
import type { ConversationSummary } from './conversation.ts';
import { USUAL_WAIT_MS, USUAL_WARN_MS } from './usual-wait.ts';
import type { ViewFilter, ViewPromise, ViewStatus } from './view.ts';

/** The views that everybody has. */
export const readyMadeViews = {
  mine: { assignees: ['me'] },
  unassigned: { assignees: ['none'] },
  teams: { teams: ['mine'] },
  open: {},
  mentions: { isMentioned: true, statuses: ['open', 'snoozed', 'resolved'] },
  snoozed: { statuses: ['snoozed'] },
  resolved: { statuses: ['resolved'] },
} as const satisfies Record<string, ViewFilter>;

/** Who looks, and when. */
export interface Looker {
  agentId: string;
  teamIds: readonly string[];
  now: number;
}

export function statusesOf({ statuses }: ViewFilter): readonly ViewStatus[] {
  return statuses?.length ? statuses : ['open'];
}

/** Whether the filter looks into the customer file. */
export function needsFile({ languages, lifecycles, isVerified, fields }: ViewFilter): boolean {
  return isVerified !== undefined || [languages, lifecycles, fields].some((wanted) => (wanted?.length ?? 0) > 0);
}

/** Whether the row alone does not say who is in: it asks for what only the server knows, of the customer or of mentions. */
export function needsServer(filter: ViewFilter): boolean {
  return filter.isMentioned === true || needsFile(filter);
}

/** All conditions but those that only the server can judge. */
export function fitsRow(summary: ConversationSummary, filter: ViewFilter, { agentId, teamIds, now }: Looker): boolean {
  const { assignees = [], teams = [], tags = [], inboxIds = [], promises = [], isUnread, waitingMs } = filter;
  const { status, assigneeId, teamId } = summary;
  if (!statusesOf(filter).includes(status === 'pending' ? 'open' : status)) return false;
  if (assignees.length > 0 && !assignees.some((one) => (one === 'none' ? null : one === 'me' ? agentId : one) === assigneeId)) return false;
  if (teams.length > 0 && !teams.some((one) => isOfTeam(teamId, one, teamIds))) return false;
  if (tags.length > 0 && !tags.some((tag) => summary.tags.includes(tag))) return false;
  if (inboxIds.length > 0 && !inboxIds.includes(summary.inboxId)) return false;
  if (isUnread && summary.unread === 0) return false;
  if (promises.length > 0 && !promises.some((one) => one === promiseOf(summary, now))) return false;
  if (waitingMs === undefined) return true;
  return status !== 'resolved' && summary.waitingSince !== null && now - summary.waitingSince >= waitingMs;
}

/** When the answer that somebody waits for is due, and from when on that is near; null where nobody waits. */
export function momentsOf({ status, waitingSince, sla }: ConversationSummary): { warnAt: number; dueAt: number } | null {
  if (status !== 'open' || waitingSince === null) return null;
  return sla ?? { warnAt: waitingSince + USUAL_WARN_MS, dueAt: waitingSince + USUAL_WAIT_MS };
}

function promiseOf(summary: ConversationSummary, now: number): ViewPromise | null {
  const moments = momentsOf(summary);
  if (!moments || now < moments.warnAt) return null;
  return now < moments.dueAt ? 'soon' : 'breached';
}

/** Whether who is in changes by the clock alone. */
export function needsClock({ waitingMs, promises }: ViewFilter): boolean {
  return waitingMs !== undefined || (promises?.length ?? 0) > 0;
}

function isOfTeam(teamId: string | null, wanted: string, mine: readonly string[]): boolean {
  if (wanted === 'mine') return teamId !== null && mine.includes(teamId);
  return wanted === 'none' ? teamId === null : teamId === wanted;
}
