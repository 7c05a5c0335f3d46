/**
 * Stores a batch of messages in one transaction: a fixed number of statements, however many messages. Each message
 * is judged by itself, in order of arrival; a refusal of one is no matter to its neighbours.
 */
import { nanoid } from 'nanoid';
import type { Attachment } from '../../shared/attachment.ts';
import { AppError } from '../../shared/errors.ts';
import type { Author, Message, Visibility } from '../../shared/message.ts';
import { bindAttachments, takeAttachments } from '../attachments/attachments.ts';
import { withContact } from '../contacts/visitors.ts';
import type { Transaction } from '../storage/database.ts';
import type { ConversationRow, MessageRow } from '../storage/tables.ts';
import {
  type ConversationState,
  insertConversation,
  listVisitorRows,
  lockConversations,
  updateAfterMessages,
} from './conversation-store.ts';
import { withMessage } from './message-effects.ts';
import { hasPublicByOthersAfter, insertMessages, listMessagesByIds, toMessage } from './message-store.ts';

/** A visitor's message to a conversation resolved longer ago than this opens a new one. */
const REOPEN_WITHIN_MS = 7 * 24 * 60 * 60 * 1_000;

/** A message on its way through the door. */
export interface Post {
  id: string;
  /** Absent: the visitor's open conversation, or a new one. */
  conversationId?: string | undefined;
  author: Author & { id: string };
  visibility: Visibility;
  text: string;
  /** Files that the author has uploaded. */
  attachmentIds?: readonly string[] | undefined;
  replyTo?: string | undefined;
  expectedSeq?: number | undefined;
  /** Set for a visitor: whose conversations may be posted to. */
  visitor?: { id: string; verifiedContactId: string | null; page: { url: string; title: string } | null } | undefined;
}

interface Posted {
  message: Message;
  conversation: ConversationState;
  /** False for the first copy found again: it has been broadcast before. */
  isNew: boolean;
}

export type Outcome = Posted | AppError;

/** One outcome per post, in the same order. */
export async function appendMessages(trx: Transaction, posts: readonly Post[], now: number): Promise<Outcome[]> {
  const batch = await readBefore(trx, posts, now);
  const { conversations, added } = batch;
  const before = new Map(conversations.rows);
  const outcomes: Outcome[] = [];
  for (const post of posts) {
    const outcome = await place(trx, post, batch);
    outcomes.push(outcome);
    if (outcome instanceof AppError || !outcome.isNew) continue;
    conversations.rows.set(outcome.conversation.id, outcome.conversation);
  }
  const changedIds = new Set(added.map((row) => row.conversationId));
  const changes = [...changedIds].map((id) => ({ before: getRow(before, id), after: getRow(conversations.rows, id) }));
  const messages = outcomes.flatMap((outcome) => (outcome instanceof AppError || !outcome.isNew ? [] : [outcome.message]));
  await Promise.all([insertMessages(trx, added), updateAfterMessages(trx, changes), bindAttachments(trx, messages)]);
  return outcomes;
}

/** What the rules judge a post by, and what they make of it. */
interface Batch {
  /** The messages that have these ids already. */
  stored: Map<string, MessageRow>;
  /** The files of the posts that have some, or why such a post is refused. */
  files: ReadonlyMap<Post, Attachment[] | AppError>;
  conversations: OpenConversations;
  added: MessageRow[];
  now: number;
}

interface OpenConversations {
  rows: Map<string, ConversationState>;
  /** Where the posts of this visitor go that name no conversation, or one closed long ago. */
  current: Map<string, string>;
}

/** The first copies of what was posted before, and the conversations that the posts may go to. */
async function readBefore(trx: Transaction, posts: readonly Post[], now: number): Promise<Batch> {
  const namedIds = new Set(posts.map((post) => post.conversationId).filter((id) => id !== undefined));
  const ids = posts.map((post) => post.id);
  const [copies, named] = await Promise.all([listMessagesByIds(trx, ids), lockConversations(trx, [...namedIds])]);
  const stored = new Map(copies.map((row) => [row.id, row]));
  const unnamedIds = new Set(copies.map((row) => row.conversationId).filter((id) => !namedIds.has(id)));
  const rows = new Map([...named, ...(await lockConversations(trx, [...unnamedIds]))].map((row) => [row.id, row]));
  const files = await takeAttachments(
    trx,
    posts.filter((post) => !stored.has(post.id)),
  );
  const good = posts.filter((post) => !(files.get(post) instanceof AppError));
  return { stored, files, conversations: await openConversations(trx, good, { stored, rows }, now), added: [], now };
}

async function openConversations(
  trx: Transaction,
  posts: readonly Post[],
  { stored, rows }: { stored: ReadonlyMap<string, MessageRow>; rows: Map<string, ConversationState> },
  now: number,
): Promise<OpenConversations> {
  const current = new Map<string, string>();
  const seenIds = new Set<string>();
  for (const post of posts) {
    const isRepeated = stored.has(post.id) || seenIds.has(post.id);
    seenIds.add(post.id);
    if (!post.visitor || isRepeated || current.has(post.visitor.id)) continue;
    const named = post.conversationId === undefined ? undefined : rows.get(post.conversationId);
    if (post.conversationId !== undefined && !isLeft(named, post.visitor, now)) continue;
    const row = await openConversation(trx, post.visitor, now);
    rows.set(row.id, rows.get(row.id) ?? row);
    current.set(post.visitor.id, row.id);
  }
  return { rows, current };
}

/** The visitor's conversation that is not resolved, or a new one with its customer file. */
async function openConversation(trx: Transaction, visitor: NonNullable<Post['visitor']>, now: number): Promise<ConversationState> {
  const { contactId, inboxId } = await withContact(trx, visitor.id, visitor.page, now);
  const known = await listVisitorRows(trx, { visitorId: visitor.id, verifiedContactId: visitor.verifiedContactId }, 20);
  const open = known.find((row) => row.status !== 'resolved');
  const [locked] = open ? await lockConversations(trx, [open.id]) : [];
  if (locked) return locked;
  const row: ConversationRow = {
    id: nanoid(),
    inboxId,
    visitorId: visitor.id,
    contactId,
    status: 'open',
    assigneeId: null,
    teamId: null,
    tags: '[]',
    lastSeq: 0,
    lastPublicSeq: 0,
    lastMessage: null,
    unread: 0,
    agentReadSeq: 0,
    visitorReadSeq: 0,
    waitingSince: null,
    firstResponseAt: null,
    snoozedUntil: null,
    resolvedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await insertConversation(trx, row);
  return row;
}

async function place(trx: Transaction, post: Post, { stored, files, conversations, added, now }: Batch): Promise<Outcome> {
  const first = stored.get(post.id);
  if (first) return firstCopy(post, first, conversations.rows, now);
  const attachments = files.get(post) ?? [];
  if (attachments instanceof AppError) return attachments;

  const named = post.conversationId === undefined ? undefined : conversations.rows.get(post.conversationId);
  const isElsewhere = post.visitor && (post.conversationId === undefined || isLeft(named, post.visitor, now));
  const conversation = isElsewhere ? getRow(conversations.rows, conversations.current.get(post.visitor?.id ?? '') ?? '') : named;
  if (!conversation || (post.visitor && !isOwn(conversation, post.visitor))) {
    return new AppError('not-found', 'There is no such conversation.');
  }
  if (
    post.expectedSeq !== undefined &&
    conversation.lastPublicSeq > post.expectedSeq &&
    (await isAnswered(trx, post, conversation, added))
  ) {
    return new AppError('stale', 'Somebody else has written here meanwhile.');
  }
  const row = toRow(post, conversation, { attachments, now });
  stored.set(row.id, row);
  added.push(row);
  const message = toMessage(row);
  return { message, conversation: withMessage(conversation, message), isNew: true };
}

/** A retry finds the first copy; the same id from anyone else, or for another conversation, is a conflict. */
function firstCopy(post: Post, first: MessageRow, rows: ReadonlyMap<string, ConversationState>, now: number): Outcome {
  const isSameConversation =
    post.conversationId === undefined ||
    post.conversationId === first.conversationId ||
    (post.visitor && isLeft(rows.get(post.conversationId), post.visitor, now));
  const isSame = isSameConversation && first.authorKind === post.author.kind && first.authorId === post.author.id;
  if (!isSame) return new AppError('conflict', 'This message id has been used already.', { field: 'id' });
  return { message: toMessage(first), conversation: getRow(rows, first.conversationId), isNew: false };
}

async function isAnswered(trx: Transaction, post: Post, conversation: ConversationState, added: readonly MessageRow[]): Promise<boolean> {
  const expectedSeq = post.expectedSeq ?? 0;
  const isInBatch = added.some(
    (row) =>
      row.conversationId === conversation.id && row.seq > expectedSeq && row.visibility === 'public' && row.authorId !== post.author.id,
  );
  return isInBatch || hasPublicByOthersAfter(trx, conversation.id, expectedSeq, post.author.id);
}

function toRow(
  post: Post,
  conversation: ConversationState,
  { attachments, now }: { attachments: readonly Attachment[]; now: number },
): MessageRow {
  return {
    id: post.id,
    conversationId: conversation.id,
    seq: conversation.lastSeq + 1,
    authorKind: post.author.kind,
    authorId: post.author.id,
    authorName: post.author.name ?? null,
    visibility: post.visibility,
    text: post.text,
    replyTo: post.replyTo ?? null,
    attachments: attachments.length > 0 ? JSON.stringify(attachments) : null,
    createdAt: now,
  };
}

export function isOwn(conversation: ConversationState, visitor: { id: string; verifiedContactId: string | null }): boolean {
  return conversation.visitorId === visitor.id || conversation.contactId === visitor.verifiedContactId;
}

/** Whether the visitor's own conversation was resolved so long ago that a message to it belongs to a new one. */
function isLeft(conversation: ConversationState | undefined, visitor: NonNullable<Post['visitor']>, now: number): boolean {
  if (conversation?.status !== 'resolved' || !isOwn(conversation, visitor)) return false;
  return (conversation.resolvedAt ?? now) < now - REOPEN_WITHIN_MS;
}

function getRow(rows: ReadonlyMap<string, ConversationState>, id: string): ConversationState {
  const row = rows.get(id);
  if (!row) throw new Error(`conversation ${id} is not part of this batch`);
  return row;
}
