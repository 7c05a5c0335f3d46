/**
 * Carries what the agent has sent to the server, in order within each conversation, until the server has said ok. What is
 * not yet carried lies in the outbox, so it outlives this page; a failure is a state of the message, never an exception.
 */
import { signal } from '@preact/signals';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { type ErrorCode, isTemporary, type Reply } from '../../shared/errors.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { AgentMessageDraft, Message, MessageListRequest, MessagePage, Visibility } from '../../shared/message.ts';
import type { Outbox, PendingMessage } from '../../shared/outbox.ts';
import type { Schedule } from '../connection.ts';

export interface CourierOptions {
  outbox: Outbox;
  agentId: string;
  now: () => number;
  schedule: Schedule;
  createId: () => string;
  isLive: () => boolean;
  post: (draft: AgentMessageDraft) => Promise<Reply<{ message: Message; conversation: ConversationSummary }>>;
  list: (request: MessageListRequest) => Promise<Reply<MessagePage>>;
  /** The message is stored. Called before it leaves the outbox, so that it is never on neither side. */
  onPosted: (message: Message, conversation: ConversationSummary) => void;
}

export interface Sending {
  conversationId: string;
  text: string;
  visibility: Visibility;
  /** The last message that the agent had in sight; a colleague's later answer makes the message `stale` instead of sent. */
  expectedSeq?: number;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;

export class Courier {
  /** Everything in the outbox, oldest first, whichever tab put it there. */
  readonly pending = signal<readonly PendingMessage[]>([]);
  readonly #options: CourierOptions;
  readonly #busy = new Set<string>();
  /** Per conversation, after a temporary refusal: how many there were in a row, and how to cancel the next attempt. */
  readonly #refusals = new Map<string, number>();
  readonly #waits = new Map<string, () => void>();
  #lastCreatedAt = 0;

  constructor(options: CourierOptions) {
    this.#options = options;
    this.pending.value = options.outbox.list();
  }

  /** Returns the message's id for life. Throws where the browser's storage is full: then the caller keeps the text. */
  send({ conversationId, text, visibility, expectedSeq }: Sending): string {
    const { outbox, createId, now } = this.#options;
    const id = createId();
    // Two messages of one millisecond keep their order.
    this.#lastCreatedAt = Math.max(now(), this.#lastCreatedAt + 1);
    outbox.put({
      id,
      conversationId,
      text,
      visibility,
      createdAt: this.#lastCreatedAt,
      ...(expectedSeq !== undefined && visibility === 'public' && { expectedSeq }),
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
    if (!this.#find(id)) return;
    this.#options.outbox.remove(id);
    this.refresh();
  }

  /** Reads the outbox again, because this tab or another one has written, and carries on. */
  refresh(): void {
    this.pending.value = this.#options.outbox.list();
    for (const conversationId of new Set(this.pending.value.map((message) => message.conversationId))) {
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
        const reply = await this.#options.post(toDraft(next, conversationId));
        if (reply.ok) this.#deliver(reply.data.message, reply.data.conversation);
        else if (isTemporary(reply.error.code)) return this.#retryLater(conversationId, reply.error.retryAfterMs);
        else if (reply.error.code !== 'stale') this.#fail(next.id, reply.error.code);
        else {
          const seen = await this.#seenWithoutAnswer(next, conversationId);
          if (!seen.ok) return this.#retryLater(conversationId, seen.error.retryAfterMs);
          if (seen.data === null) this.#fail(next.id, 'stale');
          else this.#change(next.id, { expectedSeq: seen.data });
        }
      }
    } finally {
      this.#busy.delete(conversationId);
    }
  }

  #next(conversationId: string): PendingMessage | undefined {
    return this.#options.outbox.list().find((message) => message.conversationId === conversationId && !message.failed);
  }

  #deliver(message: Message, conversation: ConversationSummary): void {
    this.#refusals.delete(message.conversationId);
    this.#options.onPosted(message, conversation);
    this.#options.outbox.remove(message.id);
    this.pending.value = this.#options.outbox.list();
  }

  #fail(id: string, code: ErrorCode): void {
    this.#change(id, { failed: code });
    this.pending.value = this.#options.outbox.list();
  }

  /** Gone meanwhile means that another tab has seen it stored: nothing to change then. */
  #change(id: string, change: Partial<PendingMessage>): void {
    const message = this.#find(id);
    if (message) this.#options.outbox.put({ ...message, ...change });
  }

  /**
   * The guard is against answering twice. Where only the visitor went on writing, nobody has answered, and the agent's words
   * go out behind the visitor's: the `seq` up to which that is so, or null if a colleague has answered.
   */
  async #seenWithoutAnswer({ expectedSeq = 0 }: PendingMessage, conversationId: string): Promise<Reply<number | null>> {
    let seen = expectedSeq;
    for (let isMore = true; isMore; ) {
      const reply = await this.#options.list({ conversationId, after: seen, limit: MESSAGE_PAGE_MAX });
      if (!reply.ok) return reply;
      const { messages, more } = reply.data;
      if (messages.some((message) => this.#isAnswerByOther(message))) return { ok: true, data: null };
      seen = messages.at(-1)?.seq ?? seen;
      isMore = more && messages.length > 0;
    }
    return { ok: true, data: seen };
  }

  #isAnswerByOther({ author, visibility }: Message): boolean {
    return visibility === 'public' && author.kind !== 'visitor' && author.id !== this.#options.agentId;
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

function toDraft({ id, text, visibility, expectedSeq }: PendingMessage, conversationId: string): AgentMessageDraft {
  return { id, conversationId, text, ...(visibility !== undefined && { visibility }), ...(expectedSeq !== undefined && { expectedSeq }) };
}
