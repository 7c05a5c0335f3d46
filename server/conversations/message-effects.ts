/** What one message does to its conversation: a pure rule, applied message by message in the order of `seq`. */
import type { ConversationSummary } from '../../shared/conversation.ts';
import { PREVIEW_MAX } from '../../shared/limits.ts';
import type { Message } from '../../shared/message.ts';
import type { ConversationState } from './conversation-store.ts';

export function withMessage(row: ConversationState, message: Message): ConversationState {
  const isPublic = message.visibility === 'public';
  const next: ConversationState = {
    ...row,
    lastSeq: message.seq,
    lastPublicSeq: isPublic ? message.seq : row.lastPublicSeq,
    lastMessage: JSON.stringify(preview(message)),
    updatedAt: message.createdAt,
  };
  if (message.author.kind === 'visitor') return withVisitorMessage(next, message);
  if (message.author.kind === 'agent') return withAgentMessage(next, message, isPublic);
  return next;
}

/** The clock of waiting starts with the first unanswered message, and a sleeping or closed conversation is open again. */
function withVisitorMessage(row: ConversationState, message: Message): ConversationState {
  return {
    ...row,
    status: 'open',
    snoozedUntil: null,
    resolvedAt: null,
    unread: row.unread + 1,
    visitorReadSeq: message.seq,
    waitingSince: row.status === 'resolved' ? message.createdAt : (row.waitingSince ?? message.createdAt),
  };
}

/** Whoever answers an unassigned conversation takes it; an answer opens what was closed. A note does neither. */
function withAgentMessage(row: ConversationState, message: Message, isPublic: boolean): ConversationState {
  if (!isPublic) return row;
  return {
    ...row,
    status: row.status === 'resolved' ? 'open' : row.status,
    resolvedAt: null,
    assigneeId: row.assigneeId ?? message.author.id ?? null,
    agentReadSeq: message.seq,
    unread: 0,
    waitingSince: null,
    firstResponseAt: row.firstResponseAt ?? message.createdAt,
  };
}

function preview(message: Message): ConversationSummary['lastMessage'] {
  const { seq, author, visibility, createdAt, text, attachments } = message;
  const [first] = attachments;
  // Cut between characters, not inside one; most messages are too short to be cut.
  const shown = text.length <= PREVIEW_MAX ? text : [...text.slice(0, PREVIEW_MAX * 2)].slice(0, PREVIEW_MAX).join('');
  return {
    seq,
    author,
    visibility,
    createdAt,
    text: shown,
    ...(first && { attachments: { name: first.name, type: first.type, count: attachments.length } }),
  };
}
