/** What a change in the list means to one agent: the conversations say it themselves, so the server keeps no notice of it. */
import type { ConversationSummary } from '../../shared/conversation.ts';

/** `before` is what the list held; undefined for one that it did not know. */
export function newsOf(before: ConversationSummary | undefined, after: ConversationSummary, agentId: string): 'mine' | 'waiting' | null {
  if (after.status !== 'open') return null;
  const { assigneeId, unread } = after;
  if (assigneeId === null) return isWaiting(after) && !(before && isWaiting(before)) ? 'waiting' : null;
  const wasMine = before === undefined || before.assigneeId === agentId;
  return assigneeId === agentId && wasMine && unread > (before?.unread ?? 0) ? 'mine' : null;
}

function isWaiting({ status, assigneeId, waitingSince }: ConversationSummary): boolean {
  return status === 'open' && assigneeId === null && waitingSince !== null;
}
