/** What one message does to its conversation: a pure rule, applied message by message in the order of `seq`. */
import type { Message } from '../../shared/message.ts';
import type { ConversationState } from './conversation-store.ts';
import { withJoined } from './notices.ts';

export function withMessage(before: ConversationState, message: Message): ConversationState {
  const isPublic = message.visibility === 'public';
  const row = { ...before };
  row.lastSeq = message.seq;
  if (isPublic) row.lastPublicSeq = message.seq;
  row.updatedAt = message.createdAt;
  if (message.author.kind === 'visitor') addVisitorMessage(row, message);
  if (message.author.kind === 'agent' && isPublic) addAnswer(row, message);
  return row;
}

/** What was asked is answered without a person: it is in no queue, and nobody has to read it. */
export function withNobodyWaiting<Row extends Pick<ConversationState, 'waitingSince' | 'unread'>>(row: Row): Row {
  return { ...row, waitingSince: null, unread: 0 };
}

/** The clock of waiting starts with the first unanswered message, and a sleeping or closed conversation is open again. */
function addVisitorMessage(row: ConversationState, message: Message): void {
  if (row.status === 'resolved') row.waitingSince = null;
  row.waitingSince ??= message.createdAt;
  row.status = 'open';
  row.snoozedUntil = null;
  row.resolvedAt = null;
  row.unread += 1;
  row.visitorReadSeq = message.seq;
}

/** Whoever answers an unassigned conversation takes it; an answer opens what was closed. A note does neither. */
function addAnswer(row: ConversationState, message: Message): void {
  if (row.status === 'resolved') row.status = 'open';
  row.resolvedAt = null;
  row.assigneeId ??= message.author.id ?? null;
  if (message.author.id !== undefined) row.joinedIds = withJoined(row.joinedIds, message.author.id);
  row.agentReadSeq = message.seq;
  row.unread = 0;
  row.waitingSince = null;
  row.firstResponseAt ??= message.createdAt;
}
