/** One conversation that the agent has on the desk: its messages, its customer, and what goes on in it this moment. */
import { signal } from '@preact/signals';
import type { Contact } from '../../shared/contact.ts';
import type { ErrorCode, Reply } from '../../shared/errors.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import type { Message, Visibility } from '../../shared/message.ts';
import type { Connection, Schedule } from '../connection.ts';
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
  #opening: Promise<Reply<OpenedConversation>> | null = null;
  #readSeq = 0;
  #cancelPreview: () => void = () => undefined;
  #typing: { visibility: Visibility; mayTellAgain: boolean; cancelStop: () => void; cancelAgain: () => void } | null = null;

  constructor(id: string, connection: Connection, schedule: Schedule) {
    this.id = id;
    this.#connection = connection;
    this.#schedule = schedule;
    this.messages = new TranscriptState(id, (request) => connection.request('message:list', request));
  }

  /** Opens, or resumes after a lost connection: asks only for what is not here. One question at a time. */
  open({ isProbe = false } = {}): Promise<Reply<OpenedConversation>> {
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

  close(): void {
    this.#stopTyping();
    this.#showPreview('');
    this.viewers.value = nobody;
  }

  async #open(isProbe: boolean): Promise<Reply<OpenedConversation>> {
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
    } else {
      this.messages.notOpened();
      this.#notOpened(reply.error.code);
    }
    return reply;
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

  /** A lost connection is no failure of the conversation: the desk opens it again by itself. */
  #notOpened(code: ErrorCode): void {
    if (code === 'unavailable') return;
    this.failure.value = code;
    if (this.contact.value === null || code === 'not-found' || code === 'forbidden') this.phase.value = 'failed';
  }
}
