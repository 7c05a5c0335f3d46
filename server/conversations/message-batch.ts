/**
 * Stores a batch of messages in one transaction: a fixed number of statements, however many messages. Each message
 * is judged by itself, in order of arrival; a refusal of one is no matter to its neighbours.
 */
import { nanoid } from 'nanoid';
import type { Attachment } from '../../shared/attachment.ts';
import { AppError } from '../../shared/errors.ts';
import type { Mention } from '../../shared/mention.ts';
import type { Author, AutomaticMark, Choice, Message, Visibility } from '../../shared/message.ts';
import { maySee, type Sight } from '../access/sight.ts';
import type { Standing } from '../app.ts';
import { bindAttachments, takeAttachments } from '../attachments/attachments.ts';
import { withContact } from '../contacts/visitors.ts';
import { addNotices } from '../notices/agent-notices.ts';
import { keepMentions } from '../notices/mentions.ts';
import type { Transaction } from '../storage/database.ts';
import type { ConversationRow, MessageRow, NoticeRow } from '../storage/tables.ts';
import {
  type ConversationState,
  insertConversation,
  listVisitorRows,
  lockConversations,
  updateAfterMessages,
} from './conversation-store.ts';
import { withMessage, withNobodyWaiting } from './message-effects.ts';
import { hasPublicByOthersAfter, insertMessages, listMessagesByIds, toMessage } from './message-store.ts';
import { addNotice, noticesBefore } from './notices.ts';

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
  choices?: Choice[] | undefined;
  /** The bot says it by itself. */
  automatic?: AutomaticMark | undefined;
  /** Nobody waits for anybody any more: the bot has answered all that was asked. */
  isSettling?: boolean | undefined;
  /** Of a note: whom it names, and whether it is meant for whoever has the conversation. */
  mentions?: readonly Mention[] | undefined;
  isWhisper?: boolean | undefined;
  expectedSeq?: number | undefined;
  /** An automatic answer goes where this message is, which may be on its way in the same batch, unless a person has joined there. */
  answers?: string | undefined;
  /** Set for an agent: only what it may see can be posted to. */
  sight?: Sight | undefined;
  /** Set for a visitor: whose conversations may be posted to. */
  visitor?: PostingVisitor | undefined;
  /** An agent speaks first to this visitor: nobody else may be talking with it, and it may not be waiting out of the agent's sight. */
  isGreeting?: boolean | undefined;
}

export interface PostingVisitor {
  id: string;
  verifiedContactId: string | null;
  page: { url: string; title: string } | null;
  /** A message to a conversation resolved longer ago than this opens a new one. */
  returnWithinMs: number;
}

export interface Posted {
  message: Message;
  /** The lines that it leaves before itself. */
  notices: Message[];
  conversation: ConversationState;
  /** How it stood before this message: an answer takes what nobody had. */
  before: Standing;
  /** False for the first copy found again: it has been broadcast before. */
  isNew: boolean;
  /** Who is told of it by name. */
  told?: NoticeRow[];
}

export type Outcome = Posted | AppError;

/** A refused post may be the repetition of one that was stored: the batch must look for first copies. */
export class RepeatedPostError extends Error {}

/**
 * One outcome per post, in the same order. Nearly all ids are new, so without `mayRepeat` nobody looks for first copies:
 * where there is one, the transaction fails with a unique violation or a RepeatedPostError and stores nothing.
 */
export async function appendMessages(
  trx: Transaction,
  posts: readonly Post[],
  { now, mayRepeat }: { now: number; mayRepeat: boolean },
): Promise<Outcome[]> {
  const batch = await readBefore(trx, posts, { now, mayRepeat });
  const { conversations, added } = batch;
  const before = new Map(conversations.rows);
  const outcomes: Outcome[] = [];
  for (const post of posts) {
    const outcome = await place(trx, post, batch);
    outcomes.push(outcome);
    if (outcome instanceof AppError || !outcome.isNew) continue;
    conversations.rows.set(outcome.conversation.id, outcome.conversation);
  }
  const refused = posts.filter((_, index) => outcomes[index] instanceof AppError);
  if (!mayRepeat && (await listFirstCopies(trx, refused)).length > 0) throw new RepeatedPostError();
  const changedIds = new Set(added.map((row) => row.conversationId));
  const changes = [...changedIds].map((id) => ({ before: getRow(before, id), after: getRow(conversations.rows, id) }));
  const messages = outcomes.flatMap((outcome) => (outcome instanceof AppError || !outcome.isNew ? [] : [outcome.message]));
  await Promise.all([insertMessages(trx, added), updateAfterMessages(trx, changes), bindAttachments(trx, messages)]);
  await tellNamed(trx, outcomes, now);
  return outcomes;
}

/** Nearly no message names anybody, and then there is no query. */
async function tellNamed(trx: Transaction, outcomes: readonly Outcome[], now: number): Promise<void> {
  const naming = outcomes.filter((outcome) => !(outcome instanceof AppError) && outcome.isNew && outcome.message.mentions) as Posted[];
  if (naming.length === 0) return;
  const named = await keepMentions(
    trx,
    naming.map(({ message, conversation }) => ({ message, place: conversation })),
  );
  const rows = await addNotices(trx, named, now);
  for (const outcome of naming) outcome.told = rows.filter(({ messageId }) => messageId === outcome.message.id);
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
  /** Where the posts of this visitor go that name no conversation, or one that is left; or why there is no such place. */
  current: Map<string, string | AppError>;
}

/** The first copies of what was posted before, the files that come with the rest, and the conversations that the posts may go to. */
async function readBefore(
  trx: Transaction,
  posts: readonly Post[],
  { now, mayRepeat }: { now: number; mayRepeat: boolean },
): Promise<Batch> {
  const stored = new Map(mayRepeat ? (await listFirstCopies(trx, posts)).map((row) => [row.id, row]) : []);
  for (const row of await listAnsweredElsewhere(trx, posts)) stored.set(row.id, row);
  const files = await takeAttachments(
    trx,
    posts.filter((post) => !stored.has(post.id)),
  );
  const good = posts.filter((post) => !(files.get(post) instanceof AppError));
  return { stored, files, conversations: await openConversations(trx, good, stored, now), added: [], now };
}

async function listFirstCopies(trx: Transaction, posts: readonly Post[]): Promise<MessageRow[]> {
  if (posts.length === 0) return [];
  return listMessagesByIds(
    trx,
    posts.map((post) => post.id),
  );
}

/** Questions whose automatic answers did not come into the same batch. */
async function listAnsweredElsewhere(trx: Transaction, posts: readonly Post[]): Promise<MessageRow[]> {
  const answers = posts.flatMap((post) => post.answers ?? []);
  if (answers.length === 0) return [];
  const here = new Set(posts.map((post) => post.id));
  return listMessagesByIds(
    trx,
    answers.filter((id) => !here.has(id)),
  );
}

async function openConversations(
  trx: Transaction,
  posts: readonly Post[],
  stored: ReadonlyMap<string, MessageRow>,
  now: number,
): Promise<OpenConversations> {
  const namedIds = posts
    .flatMap((post) => [stored.get(post.id)?.conversationId, stored.get(post.answers ?? '')?.conversationId, post.conversationId])
    .filter((id) => id !== undefined);
  const rows = new Map((await lockConversations(trx, [...new Set(namedIds)])).map((row) => [row.id, row]));
  const current = new Map<string, string | AppError>();
  const placedIds = new Set<string>();
  for (const post of posts) {
    // A copy whose first one is refused, because the conversation it names is not there, still finds a place.
    if (stored.has(post.id) || placedIds.has(post.id)) continue;
    const named = post.conversationId === undefined ? undefined : rows.get(post.conversationId);
    const isNamed = post.conversationId !== undefined && !(post.visitor && isLeft(named, post.visitor, now));
    if (!isNamed || (named && (!post.visitor || isOwn(named, post.visitor)))) placedIds.add(post.id);
    if (!post.visitor || isNamed || current.has(post.visitor.id)) continue;
    const row = await openConversation(trx, post.visitor, now);
    if (!(row instanceof AppError)) rows.set(row.id, rows.get(row.id) ?? row);
    current.set(post.visitor.id, row instanceof AppError ? row : row.id);
  }
  return { rows, current };
}

/** The visitor's conversation that is not resolved, or a new one with its customer file. Who was erased has none. */
async function openConversation(trx: Transaction, visitor: PostingVisitor, now: number): Promise<ConversationState | AppError> {
  const owner = await withContact(trx, visitor.id, visitor.page, now).catch(asRefusal);
  if (owner instanceof AppError) return owner;
  const { contactId, inboxId } = owner;
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
    unread: 0,
    agentReadSeq: 0,
    visitorReadSeq: 0,
    waitingSince: null,
    firstResponseAt: null,
    snoozedUntil: null,
    resolvedAt: null,
    endedAt: null,
    joinedIds: '',
    priority: 1,
    rating: null,
    createdAt: now,
    updatedAt: now,
    erasedAt: null,
  };
  await insertConversation(trx, row);
  return row;
}

/** One post's matter, not its batch's. */
function asRefusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

async function place(trx: Transaction, post: Post, { stored, files, conversations, added, now }: Batch): Promise<Outcome> {
  const first = stored.get(post.id);
  if (first) return firstCopy(post, first, conversations.rows, now);
  const attachments = files.get(post) ?? [];
  if (attachments instanceof AppError) return attachments;

  const conversationId = post.answers === undefined ? post.conversationId : stored.get(post.answers)?.conversationId;
  const named = conversationId === undefined ? undefined : conversations.rows.get(conversationId);
  const isElsewhere = post.visitor && (post.conversationId === undefined || isLeft(named, post.visitor, now));
  const current = isElsewhere ? (conversations.current.get(post.visitor?.id ?? '') ?? '') : null;
  if (current instanceof AppError) return current;
  const conversation = current === null ? named : getRow(conversations.rows, current);
  if (!conversation || (post.visitor && !isOwn(conversation, post.visitor))) {
    return new AppError('not-found', 'There is no such conversation.');
  }
  // What a greeting has just begun is in nobody's sight yet.
  const isUnseen = post.sight && !(post.isGreeting && conversation.lastSeq === 0) && !maySee(post.sight, conversation);
  if (isUnseen && !post.isGreeting) return new AppError('not-found', 'There is no such conversation.');
  if (post.isGreeting && (isUnseen || (conversation.assigneeId !== null && conversation.assigneeId !== post.author.id))) {
    return new AppError('conflict', 'A colleague is talking with this visitor already.', { field: 'visitorId' });
  }
  // A visitor's own goes elsewhere (`isLeft`).
  if (conversation.erasedAt !== null) return new AppError('conflict', 'The customer had this conversation erased.');
  if (
    post.expectedSeq !== undefined &&
    conversation.lastPublicSeq > post.expectedSeq &&
    (await isAnswered(trx, post, conversation, added))
  ) {
    return new AppError('stale', 'Somebody else has written here meanwhile.');
  }
  if (post.answers !== undefined && conversation.firstResponseAt !== null) {
    return new AppError('stale', 'A person has joined the conversation.');
  }
  if (post.isWhisper && (conversation.assigneeId === null || conversation.assigneeId === post.author.id)) {
    return new AppError('conflict', 'Nobody else has this conversation.', { field: 'isWhisper' });
  }
  let latest = conversation;
  const notices: Message[] = [];
  for (const notice of noticesBefore(conversation, post)) {
    const { line, row } = addNotice(latest, notice, now);
    added.push(line);
    notices.push(toMessage(line));
    latest = row;
  }
  const row = toRow(post, latest, { attachments, now });
  stored.set(row.id, row);
  added.push(row);
  const message = toMessage(row);
  const after = withMessage(latest, message);
  return { message, notices, conversation: post.isSettling ? withNobodyWaiting(after) : after, before: conversation, isNew: true };
}

/** A retry finds the first copy; the same id from anyone else, or for another conversation, is a conflict. */
function firstCopy(post: Post, first: MessageRow, rows: ReadonlyMap<string, ConversationState>, now: number): Outcome {
  const isSameConversation =
    post.conversationId === undefined ||
    post.conversationId === first.conversationId ||
    (post.visitor && isLeft(rows.get(post.conversationId), post.visitor, now));
  const isSame = isSameConversation && first.authorKind === post.author.kind && first.authorId === post.author.id;
  if (!isSame) return new AppError('conflict', 'This message id has been used already.', { field: 'id' });
  const conversation = getRow(rows, first.conversationId);
  return { message: toMessage(first), notices: [], conversation, before: conversation, isNew: false };
}

async function isAnswered(trx: Transaction, post: Post, conversation: ConversationState, added: readonly MessageRow[]): Promise<boolean> {
  const expectedSeq = post.expectedSeq ?? 0;
  const isInBatch = added.some(
    (row) =>
      row.conversationId === conversation.id &&
      row.seq > expectedSeq &&
      row.visibility === 'public' &&
      row.authorKind !== 'system' &&
      row.authorId !== post.author.id,
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
    notice: null,
    choices: post.choices ? JSON.stringify(post.choices) : null,
    attachments: attachments.length > 0 ? JSON.stringify(attachments) : null,
    mentions: mentionsOf(post, conversation),
    automatic: post.automatic ? JSON.stringify(post.automatic) : null,
    createdAt: now,
  };
}

function mentionsOf({ mentions = [], isWhisper }: Post, { assigneeId }: ConversationState): string | null {
  const whispered: Mention[] = isWhisper && assigneeId !== null ? [{ agentId: assigneeId, at: 0, length: 0, isWhisper: true }] : [];
  return mentions.length + whispered.length > 0 ? JSON.stringify([...mentions, ...whispered]) : null;
}

export function isOwn(conversation: ConversationState, visitor: { id: string; verifiedContactId: string | null }): boolean {
  return conversation.visitorId === visitor.id || conversation.contactId === visitor.verifiedContactId;
}

/** Whether the visitor's own conversation was erased, or resolved so long ago, that a message to it belongs to a new one. */
function isLeft(conversation: ConversationState | undefined, visitor: PostingVisitor, now: number): boolean {
  if (!conversation || !isOwn(conversation, visitor)) return false;
  if (conversation.erasedAt !== null) return true;
  if (conversation.status !== 'resolved') return false;
  return (conversation.resolvedAt ?? now) < now - visitor.returnWithinMs;
}

function getRow(rows: ReadonlyMap<string, ConversationState>, id: string): ConversationState {
  const row = rows.get(id);
  if (!row) throw new Error(`conversation ${id} is not part of this batch`);
  return row;
}
