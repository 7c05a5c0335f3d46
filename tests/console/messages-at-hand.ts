import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';

export const conversationId = 'conversation-000000001';

/** Message number `seq` of the one conversation, the visitor's unless said otherwise. */
export function makeMessage(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `message-${String(seq).padStart(13, '0')}`,
    conversationId,
    seq,
    author: { kind: 'visitor', id: 'visitor-1' },
    visibility: 'public',
    text: `text ${seq}`,
    attachments: [],
    createdAt: 1_700_000_000_000 + seq * 1_000,
    ...change,
  };
}

export function makeMessages(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, index) => makeMessage(from + index));
}

export function makeSummary(id: string, change: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id,
    inboxId: 'inbox-1',
    status: 'open',
    contact: { id: `contact-of-${id}`, name: `Customer ${id}` },
    assigneeId: null,
    teamId: null,
    tags: [],
    lastSeq: 1,
    lastMessage: { seq: 1, author: { kind: 'visitor' }, visibility: 'public', text: `preview of ${id}`, createdAt: 1_000 },
    unread: 0,
    visitorReadSeq: 0,
    waitingSince: null,
    priority: 'normal',
    sla: null,
    snoozedUntil: null,
    createdAt: 1_000,
    updatedAt: 1_000,
    ...change,
  };
}
