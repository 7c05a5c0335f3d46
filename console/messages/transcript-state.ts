/** The messages of one conversation as this desk holds them: kept whole through lost facts, reconnects and restored servers. */
import { signal } from '@preact/signals';
import type { Reply } from '../../shared/errors.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { Message, MessageListRequest, MessagePage } from '../../shared/message.ts';
import { emptyTranscript, resumeMark, type Transcript, withEarlier, withNewer, withPosted } from '../../shared/transcript.ts';

type ListMessages = (request: MessageListRequest) => Promise<Reply<MessagePage>>;

export type EarlierPhase = 'idle' | 'loading' | 'failed';

export class TranscriptState {
  readonly transcript = signal<Transcript>(emptyTranscript);
  readonly earlierPhase = signal<EarlierPhase>('idle');
  readonly #conversationId: string;
  readonly #list: ListMessages;
  /** Facts that came while a page was on its way: a page that replaces everything may have been read before them. */
  #early: Message[] | null = null;
  #isCatchingUp = false;

  constructor(conversationId: string, list: ListMessages) {
    this.#conversationId = conversationId;
    this.#list = list;
  }

  /** What to ask for when opening: nothing (the newest page), or what is after the last message held. */
  get mark(): { after?: number; afterId?: string } {
    return resumeMark(this.transcript.value);
  }

  /** A page has been asked for: `opened` or `notOpened` follows. */
  opening(): void {
    this.#early = [];
  }

  opened(page: MessagePage, wasResume: boolean): void {
    const held = withNewer(this.transcript.value, wasResume ? page : { ...page, isFresh: true });
    const early = this.#early ?? [];
    this.#early = null;
    this.transcript.value = early.reduce((transcript, message) => withPosted(transcript, message).transcript, held);
    const hasMore = wasResume && page.more && !page.isFresh;
    if (hasMore || this.#hasGap) void this.#catchUp(hasMore);
  }

  notOpened(): void {
    this.#early = null;
    if (this.#hasGap) void this.#catchUp();
  }

  posted(message: Message): void {
    this.#early?.push(message);
    if (this.#early && this.transcript.value.messages.length === 0) return;
    this.transcript.value = withPosted(this.transcript.value, message).transcript;
    if (!this.#early && this.#hasGap) void this.#catchUp();
  }

  async loadEarlier(): Promise<void> {
    const { messages, hasEarlier } = this.transcript.value;
    const oldest = messages[0];
    if (!oldest || !hasEarlier || this.earlierPhase.value === 'loading') return;
    this.earlierPhase.value = 'loading';
    const reply = await this.#list({ conversationId: this.#conversationId, before: oldest.seq, limit: MESSAGE_PAGE_MAX });
    // A fresh page may have replaced everything while this one was on its way.
    const isStillOldest = this.transcript.value.messages[0] === oldest;
    if (reply.ok && isStillOldest) this.transcript.value = withEarlier(this.transcript.value, reply.data);
    this.earlierPhase.value = reply.ok ? 'idle' : 'failed';
  }

  get #hasGap(): boolean {
    const { messages, syncedSeq } = this.transcript.value;
    return (messages.at(-1)?.seq ?? 0) > syncedSeq;
  }

  /** Asks for what is missing until nothing is. Gives up without a connection: opening again resumes from the same place. */
  async #catchUp(hasMore = false): Promise<void> {
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    try {
      let isIncomplete = hasMore || this.#hasGap;
      while (isIncomplete) {
        const { after = 0, afterId } = this.mark;
        const reply = await this.#list({
          conversationId: this.#conversationId,
          after,
          ...(afterId !== undefined && { afterId }),
          limit: MESSAGE_PAGE_MAX,
        });
        if (!reply.ok) return;
        const hasProgress = reply.data.isFresh || reply.data.messages.length > 0;
        this.transcript.value = withNewer(this.transcript.value, reply.data);
        isIncomplete = hasProgress && !reply.data.isFresh && (reply.data.more || this.#hasGap);
      }
    } finally {
      this.#isCatchingUp = false;
    }
  }
}
