/**
 * The one door: visitors' messages, agents' replies, notes, automatic answers and system lines all come through
 * `postMessage`. Waiting messages are stored as one batch while the next gathers, so a busy moment costs one synced
 * commit, not one a message.
 */
import type { VisitorConversation } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import { MESSAGE_PAGE_FIRST, MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { AutomaticMark, Message, MessageListRequest, MessagePage, Notice, Visibility } from '../../shared/message.ts';
import type { App, Standing } from '../app.ts';
import { tellNotices } from '../notices/agent-notices.ts';
import { type Db, isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { ConversationRow } from '../storage/tables.ts';
import type { ConversationChanges } from './conversation-changes.ts';
import { type ConversationState, lockConversations, updateConversation } from './conversation-store.ts';
import { listAssignees, toVisitorConversation } from './conversation-views.ts';
import { appendMessages, type Outcome, type Post, type Posted, RepeatedPostError } from './message-batch.ts';
import {
  eraseTexts,
  findMessageIdAt,
  hasPublicByOthersAfter,
  insertMessages,
  listMessageRows,
  listMessagesByIds,
  toMessage,
  updateAutomatic,
} from './message-store.ts';
import { addNotice, asAgentsRead } from './notices.ts';
import type { QueueBoard } from './queue-board.ts';

/** What may gather while one batch is being synced. Beyond it, refusing beats growing. */
const WAITING_MAX = 20_000;
const BATCH_MAX = 1_000;

/** A stored message, and its conversation as its visitor sees it. */
interface PostReply {
  message: Message;
  conversation: VisitorConversation;
}

interface Waiting {
  post: Post;
  /** The socket that gets the message as its reply, and so not as a broadcast. */
  fromSocketId: string | null;
  resolve: (reply: PostReply) => void;
  reject: (error: unknown) => void;
}

export class MessageDoor {
  readonly #app: App;
  readonly #changes: ConversationChanges;
  readonly #queue: QueueBoard;
  #waiting: Waiting[] = [];
  #isStoring = false;

  constructor({ app, changes, queue }: { app: App; changes: ConversationChanges; queue: QueueBoard }) {
    this.#app = app;
    this.#changes = changes;
    this.#queue = queue;
  }

  /** Resolves after the synced commit, with the first copy if this id was posted before. Broadcasts what is new. */
  postMessage(post: Post, fromSocketId: string | null = null): Promise<PostReply> {
    if (this.#waiting.length >= WAITING_MAX) {
      return Promise.reject(new AppError('unavailable', 'The server is too busy just now.', { retryAfterMs: 1_000 }));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ post, fromSocketId, resolve, reject });
      if (this.#isStoring) return;
      this.#isStoring = true;
      // The turn of the event loop ends first: everything that it brought in goes into the same batch.
      setImmediate(() => void this.#storeWaiting());
    });
  }

  async #storeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_MAX);
      await this.#store(batch);
    }
    this.#isStoring = false;
  }

  /** A batch that fails as a whole for a reason that is not the storage's is tried one by one: only the culprit is refused. */
  async #store(batch: readonly Waiting[]): Promise<void> {
    const posts = batch.map((waiting) => waiting.post);
    let outcomes: Outcome[];
    try {
      outcomes = await this.#append(posts);
    } catch (error) {
      if (batch.length === 1 || error instanceof AppError) {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      this.#app.log.error({ err: error }, 'a batch of messages failed and is stored one by one');
      for (const waiting of batch) await this.#store([waiting]);
      return;
    }
    // Told a turn later: the next batch is on its way to the disk before the telling keeps this thread busy.
    setImmediate(() => {
      for (const [index, { fromSocketId }] of batch.entries()) this.#announce(outcomes[index] as Outcome, fromSocketId);
      void this.#reply(batch, outcomes);
    });
  }

  async #append(posts: readonly Post[]): Promise<Outcome[]> {
    const append = (mayRepeat: boolean) =>
      this.#app.storage.write((trx) => appendMessages(trx, posts, { now: this.#app.now(), mayRepeat }));
    try {
      return await append(false);
    } catch (error) {
      if (!isUniqueViolation(error) && !(error instanceof RepeatedPostError)) throw error;
      return append(true);
    }
  }

  /** All replies of a batch show their conversations after one query. */
  async #reply(batch: readonly Waiting[], outcomes: readonly Outcome[]): Promise<void> {
    try {
      const conversations = outcomes.flatMap((outcome) => (outcome instanceof AppError ? [] : [outcome.conversation]));
      const assignees = await listAssignees(this.#app.storage.db, conversations);
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index] as Outcome;
        if (outcome instanceof AppError) reject(outcome);
        else resolve({ message: outcome.message, conversation: toVisitorConversation(outcome.conversation, assignees, this.#queue) });
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** Whoever has the message as a reply hears the lines before it like everybody else. */
  #announce(outcome: Outcome, fromSocketId: string | null): void {
    if (!(outcome instanceof AppError)) announcePosted({ app: this.#app, changes: this.#changes }, outcome, fromSocketId);
  }
}

/** The door's way within a transaction of the caller's, who tells of it after the commit (`announcePosted`). One that is refused refuses all. */
export async function postWithin(trx: Transaction, posts: readonly Post[], now: number): Promise<Posted[]> {
  if (posts.length === 0) return [];
  const outcomes = await appendMessages(trx, posts, { now, mayRepeat: true });
  return outcomes.map((outcome) => {
    if (outcome instanceof AppError) throw outcome;
    return outcome;
  });
}

/** What was posted under this id, if anything was. */
export async function findMessage(db: Db, id: string): Promise<Message | null> {
  const [row] = await listMessagesByIds(db, [id]);
  return row ? toMessage(row) : null;
}

/** Of a message that answered by itself. Told by whoever notes it. */
export async function noteAutomatic(trx: Transaction, id: string, automatic: AutomaticMark): Promise<void> {
  await updateAutomatic(trx, id, automatic);
}

/** `stale` if anybody but this agent has said something public after `seq`. */
export async function requireNothingNew(
  trx: Transaction,
  conversationId: string,
  { seq, agentId }: { seq: number; agentId: string },
): Promise<void> {
  if (!(await hasPublicByOthersAfter(trx, conversationId, seq, agentId))) return;
  throw new AppError('stale', 'Somebody else has written here meanwhile.');
}

/** After the commit, to everybody whom a new message concerns. */
export function announcePosted(
  { app, changes }: { app: App; changes: ConversationChanges },
  { message, notices, conversation, before, isNew, told = [] }: Posted,
  fromSocketId: string | null,
): void {
  if (!isNew) return;
  app.followers.messagePosted(message);
  changes.moved(conversation.id, before, conversation);
  changes.turned(before, conversation);
  for (const notice of notices) announceMessage(app, notice, conversation, null);
  announceMessage(app, message, conversation, fromSocketId);
  const isForVisitor = message.visibility === 'public' && message.author.kind !== 'visitor';
  changes.mark(conversation.id, { isForVisitor });
  tellNotices(app, told);
}

/** To the agents who have the conversation open, and what is public to its visitor. `exceptSocketId` has it as its reply. */
function announceMessage(app: App, message: Message, conversation: ConversationState, exceptSocketId: string | null): void {
  app.broadcast.toViewers(conversation.id, exceptSocketId, 'message:posted', asAgentsRead(message));
  if (message.visibility === 'public') app.broadcast.toVisitor(conversation, exceptSocketId, 'message:posted', message);
}

/** What is done to a conversation, and the line that it leaves in the transcript. Null where there is nothing left to do. */
export interface Deed {
  values: Partial<ConversationRow>;
  notice?: Notice | undefined;
  /** A line before it that agents alone read. */
  inner?: { id: string; authorId: string; notice: Notice } | undefined;
}

export interface Done {
  conversation: ConversationState;
  /** How it stood before. */
  before: Standing;
  lines: Message[];
}

/**
 * Within a transaction of the caller's, who tells of it after the commit (`announceDone`). The conversation is locked from here on.
 * `app` where a person may change who waits for whom.
 */
export async function doInConversation(
  trx: Transaction,
  id: string,
  { app, decide, now }: { app?: App; decide: (row: ConversationState) => Deed | null | Promise<Deed | null>; now: number },
): Promise<Done | null> {
  const [row] = await lockConversations(trx, [id]);
  if (!row) throw new AppError('not-found', 'There is no such conversation.');
  const deed = await decide(row);
  if (!deed) return null;
  const { inner, notice, values } = deed;
  const first = inner && addNotice({ ...row, ...values }, inner.notice, now, { ...inner, isInner: true });
  const second = notice && addNotice(first?.row ?? { ...row, ...values }, notice, now);
  const lines = [first, second].flatMap((added) => (added ? [added.line] : []));
  await insertMessages(trx, lines);
  const { lastSeq, lastPublicSeq } = second?.row ?? first?.row ?? row;
  const conversation = await updateConversation(trx, id, { ...values, lastSeq, lastPublicSeq, updatedAt: now });
  const isTurned = row.status !== conversation.status || row.assigneeId !== conversation.assigneeId;
  if (isTurned) await app?.followers.conversationTurning(trx, row, conversation);
  return { conversation, before: row, lines: lines.map(toMessage) };
}

/**
 * Takes the words out of conversations: all of them, or those of one visitor. Lines, their order and their times stay, and
 * no visitor goes on there.
 * Resolves with how many lines that were.
 */
export async function eraseWords(
  trx: Transaction,
  conversationIds: readonly string[],
  { visitorId, now }: { visitorId: string | null; now: number },
): Promise<number> {
  let count = 0;
  for (const id of conversationIds) {
    const [row] = await lockConversations(trx, [id]);
    if (!row) continue;
    count += await eraseTexts(trx, id, visitorId);
    const rating = row.rating === null ? null : JSON.stringify({ ...JSON.parse(row.rating), comment: null });
    const tags = visitorId === null ? { tags: '[]' } : {};
    const end = { status: 'resolved', resolvedAt: now, endedAt: now, snoozedUntil: null, joinedIds: '' };
    const isOver = row.status === 'resolved' ? {} : end;
    await updateConversation(trx, id, { rating, erasedAt: now, waitingSince: null, unread: 0, ...tags, ...isOver });
  }
  return count;
}

export function announceDone({ app, changes }: { app: App; changes: ConversationChanges }, done: Done | null): void {
  if (!done) return;
  changes.moved(done.conversation.id, done.before, done.conversation);
  changes.turned(done.before, done.conversation);
  for (const line of done.lines) announceMessage(app, line, done.conversation, null);
  changes.mark(done.conversation.id, { isForVisitor: true });
}

/**
 * A page of messages. A client that says which message it holds at `after` and holds another one than we do has seen
 * a history that a restore took away: it gets the newest page, fresh. So does one whose `after` lies ahead of us.
 */
export async function listMessages(
  db: Db,
  request: Omit<MessageListRequest, 'conversationId'>,
  conversation: { id: string; lastSeq: number },
  visibility?: Visibility,
): Promise<MessagePage> {
  const { after, afterId, before } = request;
  if (after !== undefined && (await isForeignHistory(db, conversation, after, afterId))) {
    return { ...(await listMessages(db, {}, conversation, visibility)), isFresh: true };
  }
  const limit = request.limit ?? (after === undefined ? MESSAGE_PAGE_FIRST : MESSAGE_PAGE_MAX);
  const rows = await listMessageRows(db, conversation.id, { after, before, visibility, limit: limit + 1 });
  const more = rows.length > limit;
  const shown = after === undefined ? rows.slice(-limit) : rows.slice(0, limit);
  const messages = shown.map(toMessage);
  return { messages: visibility === 'public' ? messages : messages.map(asAgentsRead), more };
}

async function isForeignHistory(
  db: Db,
  conversation: { id: string; lastSeq: number },
  after: number,
  afterId: string | undefined,
): Promise<boolean> {
  if (after > conversation.lastSeq) return true;
  return afterId !== undefined && after > 0 && (await findMessageIdAt(db, conversation.id, after)) !== afterId;
}
