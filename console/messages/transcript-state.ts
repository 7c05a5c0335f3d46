/** The messages of one conversation as this desk holds them: kept whole through lost facts, reconnects and restored servers. */
import { signal } from '@preact/signals';
import { type ErrorReply, isTemporary, type Reply } from '../../shared/errors.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { AnswerRateRequest, Message, MessageListRequest, MessagePage } from '../../shared/message.ts';
import { emptyTranscript, resumeMark, type Transcript, withEarlier, withNewer, withPosted, withRated } from '../../shared/transcript.ts';
import { RETRY_AFTER_MS, type Schedule } from '../connection.ts';

export interface TranscriptOptions {
  list: (request: MessageListRequest) => Promise<Reply<MessagePage>>;
  schedule: Schedule;
  isLive: () => boolean;
}

/** What a screen remembers of a conversation that it may draw again. */
export interface Reading {
  /** The first message in sight, and how far it stood from the edge at which scroll position; null while the newest are read. */
  place: { seq: number; fromEdge: number; scrollTop: number } | null;
  /** Of blocks of messages that are not drawn. */
  heights: Map<number, number>;
}

/** Of a conversation that nobody reads any more: enough to be there at once when it is opened again. */
const KEPT_UNREAD = 200;

export type EarlierPhase = 'idle' | 'loading' | 'failed';

export class TranscriptState {
  readonly transcript = signal<Transcript>(emptyTranscript);
  readonly earlierPhase = signal<EarlierPhase>('idle');
  readonly reading: Reading = { place: null, heights: new Map() };
  readonly #conversationId: string;
  readonly #options: TranscriptOptions;
  /** Facts that came while a page was on its way: a page that replaces everything may have been read before them. */
  #early: Message[] | null = null;
  #isCatchingUp = false;
  /** The server has said that there is more after what is here. */
  #hasMore = false;
  /** Set while a refused question waits to be asked again; nothing else asks it meanwhile. */
  #cancelRetry: (() => void) | null = null;

  constructor(conversationId: string, options: TranscriptOptions) {
    this.#conversationId = conversationId;
    this.#options = options;
  }

  /** What to ask for when opening: nothing (the newest page), or what is after the last message held. */
  get mark(): { after?: number; afterId?: string } {
    return resumeMark(this.transcript.value);
  }

  /** A page has been asked for: `opened` or `notOpened` follows. */
  opening(): void {
    this.#early = [];
    this.rest();
  }

  opened(page: MessagePage, wasResume: boolean): void {
    const held = withNewer(this.transcript.value, wasResume ? page : { ...page, isFresh: true });
    const early = this.#early ?? [];
    this.#early = null;
    this.transcript.value = early.reduce((transcript, message) => withPosted(transcript, message).transcript, held);
    this.#hasMore = wasResume && page.more && !page.isFresh;
    void this.#catchUp();
  }

  rated(rating: AnswerRateRequest): void {
    this.transcript.value = withRated(this.transcript.value, rating);
  }

  notOpened(): void {
    this.#early = null;
  }

  /** What is held is to be seen no more: it is asked for anew. */
  forget(): void {
    this.rest();
    this.#early = null;
    this.#hasMore = false;
    this.transcript.value = emptyTranscript;
    this.#forgetReading();
  }

  /** Nobody has it open any more: what lies far back is asked for again when somebody goes there. */
  shorten(): void {
    const { messages } = this.transcript.value;
    if (messages.length > KEPT_UNREAD) {
      this.transcript.value = { ...this.transcript.value, messages: messages.slice(-KEPT_UNREAD), hasEarlier: true };
    }
    this.#forgetReading();
  }

  /** Nobody looks any more: what is missing is asked for when it is opened again. */
  rest(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  posted(message: Message): void {
    this.#early?.push(message);
    if (this.#early && this.transcript.value.messages.length === 0) return;
    this.transcript.value = withPosted(this.transcript.value, message).transcript;
    if (!this.#early) void this.#catchUp();
  }

  async loadEarlier(): Promise<void> {
    const { messages, hasEarlier } = this.transcript.value;
    const oldest = messages[0];
    if (!oldest || !hasEarlier || this.earlierPhase.value === 'loading') return;
    this.earlierPhase.value = 'loading';
    const reply = await this.#options.list({ conversationId: this.#conversationId, before: oldest.seq, limit: MESSAGE_PAGE_MAX });
    // A fresh page may have replaced everything while this one was on its way.
    const isStillOldest = this.transcript.value.messages[0] === oldest;
    if (reply.ok && isStillOldest) this.transcript.value = withEarlier(this.transcript.value, reply.data);
    this.earlierPhase.value = reply.ok ? 'idle' : 'failed';
  }

  /** Loads history until the message at `seq` is here, or nothing older is. */
  async loadBackTo(seq: number): Promise<void> {
    while (this.earlierPhase.value !== 'loading') {
      const { messages, hasEarlier } = this.transcript.value;
      const oldest = messages[0];
      if (!oldest || !hasEarlier || oldest.seq <= seq) return;
      await this.loadEarlier();
      if (this.earlierPhase.value === 'failed') return;
    }
  }

  #forgetReading(): void {
    this.reading.place = null;
    this.reading.heights.clear();
  }

  get #hasGap(): boolean {
    const { messages, syncedSeq } = this.transcript.value;
    return (messages.at(-1)?.seq ?? 0) > syncedSeq;
  }

  /** Asks for what is missing until nothing is. Without a connection it stops: opening again resumes from the same place. */
  async #catchUp(): Promise<void> {
    if (this.#isCatchingUp || this.#cancelRetry) return;
    this.#isCatchingUp = true;
    try {
      while ((this.#hasMore || this.#hasGap) && this.#options.isLive()) {
        const { after = 0, afterId } = this.mark;
        const reply = await this.#options.list({
          conversationId: this.#conversationId,
          after,
          ...(afterId !== undefined && { afterId }),
          limit: MESSAGE_PAGE_MAX,
        });
        if (!reply.ok) return this.#retryLater(reply.error);
        const { messages, more, isFresh = false } = reply.data;
        this.transcript.value = withNewer(this.transcript.value, reply.data);
        this.#hasMore = more && !isFresh && messages.length > 0;
        if (isFresh || messages.length === 0) return;
      }
    } finally {
      this.#isCatchingUp = false;
    }
  }

  /** The connection lives and the server was busy or without its database: nobody else would ask again. */
  #retryLater({ code, retryAfterMs = RETRY_AFTER_MS }: ErrorReply): void {
    // While a page is on its way that page tells what is missing.
    if (!isTemporary(code) || !this.#options.isLive() || this.#early) return;
    this.#cancelRetry = this.#options.schedule(retryAfterMs, () => {
      this.#cancelRetry = null;
      void this.#catchUp();
    });
  }
}
