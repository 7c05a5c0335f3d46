/** One conversation that the agent has on the desk: its messages, its customer, and what goes on in it this moment. */
import { signal } from '@preact/signals';
import type { Contact } from '../../shared/contact.ts';
import { type ErrorCode, type ErrorReply, isTemporary } from '../../shared/errors.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import type { Message, Visibility } from '../../shared/message.ts';
import { type Connection, RETRY_AFTER_MS, type Schedule } from '../connection.ts';
import { TranscriptState } from '../messages/transcript-state.ts';

/** A preview that is not renewed belongs to somebody who is gone. */
const PREVIEW_KEPT_MS = 30_000;
/** While the agent types, the others are told at most this often. */
const TYPING_EVERY_MS = 3_000;
const TYPING_STOPS_AFTER_MS = 6_000;

export interface Viewers {
  agentIds: readonly string[];
  replyingIds: readonly string[];
}

const nobody: Viewers = { agentIds: [], replyingIds: [] };

export interface OpenConversationOptions {
  connection: Connection;
  schedule: Schedule;
  onOpened: (opened: OpenedConversation) => void;
}

export class OpenConversation {
  readonly id: string;
  readonly messages: TranscriptState;
  readonly contact = signal<Contact | null>(null);
  /** `opening` only before anything is here to be read. */
  readonly phase = signal<'opening' | 'open' | 'failed'>('opening');
  readonly failure = signal<ErrorCode | null>(null);
  /** What the visitor is writing right now; null while nothing. */
  readonly preview = signal<string | null>(null);
  readonly viewers = signal<Viewers>(nobody);
  readonly #connection: Connection;
  readonly #schedule: Schedule;
  readonly #onOpened: (opened: OpenedConversation) => void;
  #opening: Promise<void> | null = null;
  /** Whether it lies open on some screen: only then is a refused opening tried again. */
  #isWanted = false;
  #cancelRetry: () => void = () => undefined;
  #readSeq = 0;
  #cancelPreview: () => void = () => undefined;
  #typing: { visibility: Visibility; mayTellAgain: boolean; cancelStop: () => void; cancelAgain: () => void } | null = null;

  constructor(id: string, { connection, schedule, onOpened }: OpenConversationOptions) {
    this.id = id;
    this.#connection = connection;
    this.#schedule = schedule;
    this.#onOpened = onOpened;
    this.messages = new TranscriptState(id, {
      list: (request) => connection.request('message:list', request),
      schedule,
      isLive: () => connection.isLive,
    });
  }

  /** Opens, or resumes after a lost connection: asks only for what is not here. One question at a time. */
  open({ isProbe = false } = {}): Promise<void> {
    this.#isWanted = true;
    this.#cancelRetry();
    this.#opening ??= this.#open(isProbe).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  posted(message: Message): void {
    this.messages.posted(message);
    if (message.author.kind === 'visitor') this.#showPreview('');
  }

  visitorTyped(text: string): void {
    this.#showPreview(text);
  }

  viewed(viewers: Viewers): void {
    this.viewers.value = viewers;
  }

  contactChanged(contact: Contact): void {
    if (this.contact.value?.id === contact.id) this.contact.value = contact;
  }

  /** Its customer's file was merged with another one, or parted from it: who it is now is asked anew. */
  belongsTo(contactId: string): void {
    if (this.#isWanted && this.contact.value !== null && this.contact.value.id !== contactId) void this.open();
  }

  /** The customer had everything erased: nothing of it stays on a screen. */
  erased(contact: Contact): void {
    this.contact.value = contact;
    this.#showPreview('');
    this.messages.forget();
    if (this.#isWanted) void this.open();
  }

  /** Everything up to `seq` was on the agent's screen. */
  read(seq: number): void {
    if (seq <= this.#readSeq) return;
    this.#readSeq = seq;
    void this.#connection.request('conversation:read', { conversationId: this.id, seq }).then((reply) => {
      if (!reply.ok) this.#readSeq = 0;
    });
  }

  /** The agent has changed what is in the composer. */
  typed(isWriting: boolean, visibility: Visibility): void {
    if (!isWriting) return this.#stopTyping();
    if (this.#typing && this.#typing.visibility !== visibility) this.#stopTyping();
    if (!this.#typing) {
      this.#typing = { visibility, mayTellAgain: true, cancelStop: () => undefined, cancelAgain: () => undefined };
    }
    const typing = this.#typing;
    typing.cancelStop();
    typing.cancelStop = this.#schedule(TYPING_STOPS_AFTER_MS, () => this.#stopTyping());
    if (!typing.mayTellAgain) return;
    typing.mayTellAgain = false;
    typing.cancelAgain = this.#schedule(TYPING_EVERY_MS, () => {
      typing.mayTellAgain = true;
    });
    this.#connection.tell('typing:set', { conversationId: this.id, typing: true, visibility });
  }

  /** Given to somebody else, out of this agent's sight: nothing of it stays on the screen. */
  gone(): void {
    this.#cancelRetry();
    this.failure.value = 'not-found';
    this.phase.value = 'failed';
    this.viewers.value = nobody;
    this.#showPreview('');
  }

  close(): void {
    this.#isWanted = false;
    this.#cancelRetry();
    this.messages.rest();
    this.messages.shorten();
    this.#stopTyping();
    this.#showPreview('');
    this.viewers.value = nobody;
  }

  async #open(isProbe: boolean): Promise<void> {
    const { mark } = this.messages;
    this.messages.opening();
    const request = { conversationId: this.id, ...mark };
    const reply = await (isProbe
      ? this.#connection.probe('conversation:open', request)
      : this.#connection.request('conversation:open', request));
    if (reply.ok) {
      this.contact.value = reply.data.contact;
      this.messages.opened(reply.data, mark.after !== undefined);
      this.phase.value = 'open';
      this.failure.value = null;
      this.#onOpened(reply.data);
    } else {
      this.messages.notOpened();
      this.#notOpened(reply.error);
    }
  }

  #stopTyping(): void {
    if (!this.#typing) return;
    const { visibility, cancelStop, cancelAgain } = this.#typing;
    this.#typing = null;
    cancelStop();
    cancelAgain();
    this.#connection.tell('typing:set', { conversationId: this.id, typing: false, visibility });
  }

  #showPreview(text: string): void {
    this.#cancelPreview();
    this.preview.value = text === '' ? null : text;
    if (text !== '') {
      this.#cancelPreview = this.#schedule(PREVIEW_KEPT_MS, () => {
        this.preview.value = null;
      });
    }
  }

  /**
   * A lost connection is no failure of the conversation: the desk opens it again by itself. What a live server refuses for the
   * moment is told where nothing is here to be read, and asked again.
   */
  #notOpened({ code, retryAfterMs = RETRY_AFTER_MS }: ErrorReply): void {
    if (!this.#connection.isLive) return;
    this.failure.value = code;
    if (this.contact.value === null || code === 'not-found' || code === 'forbidden') this.phase.value = 'failed';
    if (this.#isWanted && isTemporary(code)) this.#cancelRetry = this.#schedule(retryAfterMs, () => void this.open());
  }
}
