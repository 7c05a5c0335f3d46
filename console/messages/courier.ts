/**
 * Carries what the agent has sent to the server, in order within each conversation, until the server has said ok; so it does
 * the wish to resolve behind a message. What is not yet carried lies in the outbox, so it outlives this page; a failure is a
 * state of the message, never an exception.
 */
import { signal } from '@preact/signals';
import type { PendingFile } from '../../shared/attachment.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { type ErrorCode, type ErrorReply, isTemporary, type Reply } from '../../shared/errors.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { MacroRunReply, MacroRunRequest } from '../../shared/macro.ts';
import type { Mention } from '../../shared/mention.ts';
import type { AgentMessageDraft, Message, MessageListRequest, MessagePage, Visibility } from '../../shared/message.ts';
import type { Outbox, PendingMacro, PendingMessage } from '../../shared/outbox.ts';
import type { Schedule } from '../connection.ts';

/** Why a conversation stays open although the agent sent with the wish to resolve it. */
export type NotResolvedReason = ErrorCode | 'visitor-wrote';

export interface CourierOptions {
  outbox: Outbox;
  agentId: string;
  now: () => number;
  schedule: Schedule;
  createId: () => string;
  isLive: () => boolean;
  post: (draft: AgentMessageDraft) => Promise<Reply<{ message: Message; conversation: ConversationSummary }>>;
  runMacro: (request: MacroRunRequest) => Promise<Reply<MacroRunReply>>;
  /** Everything of the macro was done with the message. */
  onMacroRun: (macroId: string, ran: MacroRunReply) => void;
  list: (request: MessageListRequest) => Promise<Reply<MessagePage>>;
  /** Gives the server's ids of a message's files when all of them are there. */
  upload: (files: readonly PendingFile[]) => Promise<Reply<string[]>>;
  /** The message is stored. Called before it leaves the outbox, so that it is never on neither side. */
  onPosted: (message: Message, conversation: ConversationSummary) => void;
  resolve: (conversationId: string) => Promise<Reply<unknown>>;
  onNotResolved: (conversationId: string, why: NotResolvedReason) => void;
}

export interface Sending {
  conversationId: string;
  text: string;
  files?: readonly PendingFile[];
  visibility: Visibility;
  /** The last message that the agent had in sight; a colleague's later answer makes the message `stale` instead of sent. */
  expectedSeq?: number;
  /** Of a note. */
  mentions?: readonly Mention[];
  isWhisper?: boolean;
  /** Resolve the conversation behind it, unless the visitor has written after this `seq`. */
  resolving?: { seenSeq: number };
  /** It is the reply of a macro, whose other steps are done with it. */
  macro?: PendingMacro;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;

export class Courier {
  /** Every message in the outbox that is not stored yet, oldest first, whichever tab put it there. */
  readonly pending = signal<readonly PendingMessage[]>([]);
  readonly #options: CourierOptions;
  readonly #busy = new Set<string>();
  /** Per conversation, after a temporary refusal: how many there were in a row, and how to cancel the next attempt. */
  readonly #refusals = new Map<string, number>();
  readonly #waits = new Map<string, () => void>();
  #lastCreatedAt = 0;

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#show();
  }

  /** Returns the message's id for life. Throws where the browser's storage is full: then the caller keeps the text. */
  send({ conversationId, text, files = [], visibility, mentions = [], isWhisper, expectedSeq, resolving, macro }: Sending): string {
    const { outbox, createId, now } = this.#options;
    const id = createId();
    // Two messages of one millisecond keep their order.
    this.#lastCreatedAt = Math.max(now(), this.#lastCreatedAt + 1);
    outbox.put({
      id,
      conversationId,
      text,
      ...(files.length > 0 && { files }),
      visibility,
      ...(mentions.length > 0 && { mentions }),
      ...(isWhisper && { isWhisper }),
      createdAt: this.#lastCreatedAt,
      ...(expectedSeq !== undefined && visibility === 'public' && { expectedSeq }),
      ...(resolving && { resolving }),
      ...(macro && visibility === 'public' && { macro }),
    });
    this.refresh();
    return id;
  }

  /** Sends a refused message again. `isUnguarded`: whatever colleagues wrote meanwhile. */
  retry(id: string, { isUnguarded = false } = {}): void {
    const message = this.#find(id);
    if (!message) return;
    const { failed: _, expectedSeq, ...rest } = message;
    this.#options.outbox.put({ ...rest, ...(expectedSeq !== undefined && !isUnguarded && { expectedSeq }) });
    this.refresh();
  }

  /** Takes a refused message back; the server never stored it. */
  discard(id: string): PendingMessage | undefined {
    const message = this.#find(id);
    this.#options.outbox.remove(id);
    this.refresh();
    return message;
  }

  /** A broadcast showed a message stored: the acknowledgement, if it was lost, is not needed any more. */
  confirm(id: string): void {
    this.#stored(id);
    this.refresh();
  }

  /** Reads the outbox again, because this tab or another one has written, and carries on. */
  refresh(): void {
    this.#show();
    for (const conversationId of new Set(this.#options.outbox.list().map((message) => message.conversationId))) {
      if (conversationId !== undefined) void this.#carry(conversationId);
    }
  }

  /** The session is live again: nobody waits any longer. */
  resume(): void {
    this.close();
    this.refresh();
  }

  close(): void {
    for (const cancel of this.#waits.values()) cancel();
    this.#waits.clear();
    this.#refusals.clear();
  }

  async #carry(conversationId: string): Promise<void> {
    if (this.#busy.has(conversationId) || this.#waits.has(conversationId)) return;
    this.#busy.add(conversationId);
    try {
      for (;;) {
        const next = this.#next(conversationId);
        if (!next || !this.#options.isLive()) return;
        const refusal = next.isPosted ? await this.#resolve(next, conversationId) : await this.#post(next, conversationId);
        if (refusal) return this.#retryLater(conversationId, refusal.retryAfterMs);
      }
    } finally {
      this.#busy.delete(conversationId);
    }
  }

  /** Returns a refusal after which the same may be tried again. */
  async #post(message: PendingMessage, conversationId: string): Promise<ErrorReply | null> {
    const uploaded = message.files && (await this.#options.upload(message.files));
    const reply = uploaded && !uploaded.ok ? uploaded : await this.#say(toDraft(message, conversationId, uploaded?.data), message.macro);
    if (reply.ok) {
      this.#deliver(reply.data.message, reply.data.conversation);
      return null;
    }
    if (isTemporary(reply.error.code)) return reply.error;
    // A macro may resolve, so it is not run behind words that the agent has not read.
    if (reply.error.code !== 'stale' || message.macro) {
      this.#fail(message.id, reply.error.code);
      return null;
    }
    // The guard is against answering twice. Where only the visitor went on writing, nobody has answered, and the agent's
    // words go out behind the visitor's.
    const later = await this.#lookAfter(conversationId, message.expectedSeq ?? 0, (other) => this.#isAnswerByOther(other));
    if (!later.ok) return later.error;
    // A server that calls it stale and has nothing to show for it is not asked the same again.
    if (later.data.isFound || later.data.seq === message.expectedSeq) this.#fail(message.id, 'stale');
    else this.#change(message.id, { expectedSeq: later.data.seq });
    return null;
  }

  async #say(
    draft: AgentMessageDraft,
    macro: PendingMacro | undefined,
  ): Promise<Reply<{ message: Message; conversation: ConversationSummary }>> {
    if (!macro) return this.#options.post(draft);
    const { id, conversationId, text, attachmentIds, expectedSeq } = draft;
    const { id: macroId, version, note, until } = macro;
    const reply = await this.#options.runMacro({
      ...{ id, macroId, version, conversationId, text },
      ...(attachmentIds && { attachmentIds }),
      ...(expectedSeq !== undefined && { expectedSeq }),
      ...(note !== undefined && { note }),
      ...(until !== undefined && { until }),
    });
    if (!reply.ok) return reply;
    const { message, conversation } = reply.data;
    // The macro says nothing any more; what was written is kept.
    if (!message) return { ok: false, error: { code: 'stale', message: 'This macro has no reply now.' } };
    this.#options.onMacroRun(macroId, reply.data);
    return { ok: true, data: { message, conversation } };
  }

  /** Returns a refusal after which the same may be tried again. Words that nobody has read are not put away with the rest. */
  async #resolve({ id, resolving }: PendingMessage, conversationId: string): Promise<ErrorReply | null> {
    const later = await this.#lookAfter(conversationId, resolving?.seenSeq ?? 0, ({ author }) => author.kind === 'visitor');
    // Gone meanwhile means that another tab has done it.
    if (!this.#find(id)) return null;
    const isWanted = later.ok && !later.data.isFound;
    const reply = isWanted ? await this.#options.resolve(conversationId) : later;
    if (!reply.ok && isTemporary(reply.error.code)) return reply.error;
    this.#refusals.delete(conversationId);
    if (!this.#find(id)) return null;
    this.#options.outbox.remove(id);
    if (!reply.ok) this.#options.onNotResolved(conversationId, reply.error.code);
    else if (!isWanted) this.#options.onNotResolved(conversationId, 'visitor-wrote');
    return null;
  }

  #next(conversationId: string): PendingMessage | undefined {
    return this.#options.outbox.list().find((message) => message.conversationId === conversationId && !message.failed);
  }

  #deliver(message: Message, conversation: ConversationSummary): void {
    this.#refusals.delete(message.conversationId);
    this.#options.onPosted(message, conversation);
    this.#stored(message.id);
    this.#show();
  }

  /** The message is safe. A wish to resolve stays behind, in less room than before: it fits even where the storage is full. */
  #stored(id: string): void {
    const message = this.#find(id);
    if (!message || message.isPosted) return;
    const { visibility: _, expectedSeq: __, failed: ___, files: ____, macro: _____, ...rest } = message;
    if (message.resolving) this.#options.outbox.put({ ...rest, text: '', isPosted: true });
    else this.#options.outbox.remove(id);
  }

  #show(): void {
    this.pending.value = this.#options.outbox.list().filter((message) => !message.isPosted);
  }

  #fail(id: string, code: ErrorCode): void {
    this.#change(id, { failed: code });
    this.#show();
  }

  /** Gone meanwhile means that another tab has seen it stored: nothing to change then. */
  #change(id: string, change: Partial<PendingMessage>): void {
    const message = this.#find(id);
    if (message) this.#options.outbox.put({ ...message, ...change });
  }

  /** Reads what came after `seq`, up to the first message that `fits` or to the end: the last `seq` that was read. */
  async #lookAfter(
    conversationId: string,
    seq: number,
    fits: (message: Message) => boolean,
  ): Promise<Reply<{ seq: number; isFound: boolean }>> {
    let last = seq;
    for (let isMore = true; isMore; ) {
      const reply = await this.#options.list({ conversationId, after: last, limit: MESSAGE_PAGE_MAX });
      if (!reply.ok) return reply;
      const { messages, more } = reply.data;
      last = messages.at(-1)?.seq ?? last;
      if (messages.some(fits)) return { ok: true, data: { seq: last, isFound: true } };
      isMore = more && messages.length > 0;
    }
    return { ok: true, data: { seq: last, isFound: false } };
  }

  #isAnswerByOther({ author, visibility }: Message): boolean {
    const isWord = author.kind === 'agent' || author.kind === 'bot';
    return visibility === 'public' && isWord && author.id !== this.#options.agentId;
  }

  #retryLater(conversationId: string, retryAfterMs: number | undefined): void {
    const refusals = this.#refusals.get(conversationId) ?? 0;
    this.#refusals.set(conversationId, refusals + 1);
    const cancel = this.#options.schedule(retryAfterMs ?? Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** refusals), () => {
      this.#waits.delete(conversationId);
      void this.#carry(conversationId);
    });
    this.#waits.set(conversationId, cancel);
  }

  #find(id: string): PendingMessage | undefined {
    return this.#options.outbox.list().find((message) => message.id === id);
  }
}

function toDraft(
  { id, text, visibility, mentions, isWhisper, expectedSeq }: PendingMessage,
  conversationId: string,
  attachmentIds: string[] | undefined,
): AgentMessageDraft {
  return {
    id,
    conversationId,
    text,
    ...(attachmentIds && { attachmentIds }),
    ...(visibility !== undefined && { visibility }),
    ...(mentions && { mentions: [...mentions] }),
    ...(isWhisper && { isWhisper }),
    ...(expectedSeq !== undefined && { expectedSeq }),
  };
}
