/** What the transcript says of itself: calm lines that count for nobody as unread and move no clock. */
import { nanoid } from 'nanoid';
import type { Author, Message, Notice, Visibility } from '../../shared/message.ts';
import type { MessageRow } from '../storage/tables.ts';
import type { ConversationState } from './conversation-store.ts';

/** The lines that stand before a message: that the conversation is open again, and who comes into it. */
export function noticesBefore(row: ConversationState, { author, visibility }: { author: Author; visibility: Visibility }): Notice[] {
  if (visibility === 'internal' || (author.kind !== 'visitor' && author.kind !== 'agent')) return [];
  const reopened: Notice[] = row.status === 'resolved' ? [{ kind: 'reopened' }] : [];
  if (author.kind === 'visitor' || author.id === undefined || hasJoined(row, author.id)) return reopened;
  return [...reopened, { kind: 'joined', ...(author.name !== undefined && { name: author.name }) }];
}

/** The way to change a call is the visitor's own: who only reads the conversation may not change what was promised in it. */
export function asAgentsRead(message: Message): Message {
  if (message.notice?.link === undefined) return message;
  const { link: _, ...notice } = message.notice;
  return { ...message, notice };
}

export function hasJoined(row: Pick<ConversationState, 'joinedIds'>, agentId: string): boolean {
  return row.joinedIds.includes(` ${agentId} `);
}

export function withJoined(joinedIds: string, agentId: string): string {
  return joinedIds.includes(` ${agentId} `) ? joinedIds : `${joinedIds || ' '}${agentId} `;
}

export function withoutJoined(joinedIds: string, agentId: string): string {
  return joinedIds.replace(` ${agentId} `, ' ');
}

/**
 * The next line of the conversation, and the conversation with it. What lists show of it stays what somebody said. An inner one is
 * for agents alone.
 */
export function addNotice(
  row: ConversationState,
  notice: Notice,
  now: number,
  { id = nanoid(), authorId = null, isInner = false }: { id?: string; authorId?: string | null; isInner?: boolean } = {},
): { line: MessageRow; row: ConversationState } {
  const seq = row.lastSeq + 1;
  const line: MessageRow = {
    id,
    conversationId: row.id,
    seq,
    authorKind: 'system',
    authorId,
    authorName: null,
    visibility: isInner ? 'internal' : 'public',
    text: inEnglish(notice),
    replyTo: null,
    notice: JSON.stringify(notice),
    choices: null,
    attachments: null,
    mentions: null,
    automatic: null,
    createdAt: now,
  };
  return { line, row: { ...row, lastSeq: seq, ...(!isInner && { lastPublicSeq: seq }) } };
}

function inEnglish({ kind, name = 'An agent', to, at, priority = 'normal' }: Notice): string {
  switch (kind) {
    case 'joined':
      return `${name} joined.`;
    case 'left':
      return `${name} left.`;
    case 'transferred':
      return `${name} takes over.`;
    case 'handed':
      return `${name} handed the conversation to ${to ?? 'a colleague'}.`;
    case 'prioritized':
      return `${name} set the priority to ${priority}.`;
    case 'routed':
      return to === undefined ? 'Back in the queue.' : `Routed to ${to}.`;
    case 'called':
      return `${name} talked with the customer by phone.`;
    case 'ended':
      return 'The conversation has ended.';
    case 'reopened':
      return 'The conversation is open again.';
    case 'callback':
      return at === undefined ? 'A call back was requested.' : `A call back was requested for ${new Date(at).toISOString()}.`;
    case 'callbackOurs':
      return `A call was promised for ${new Date(at ?? 0).toISOString()}.`;
    case 'callbackCancelled':
      return 'The call back was cancelled.';
  }
}
