/**
 * Keeps the agent's drafts alike in all their browsers, through the server. The later version counts; what is being typed here
 * this moment gives way to nothing.
 */
import type { AgentDraft, DraftListRequest, DraftPage } from '../../shared/agent-draft.ts';
import { isTemporary, type Reply } from '../../shared/errors.ts';
import { DRAFT_TEXT_MAX } from '../../shared/limits.ts';
import { RETRY_AFTER_MS, type Schedule } from '../connection.ts';
import { type Draft, type Drafts, isSameWriting } from './drafts.ts';

interface DraftSyncOptions {
  drafts: Drafts;
  now: () => number;
  schedule: Schedule;
  isLive: () => boolean;
  set: (draft: AgentDraft) => Promise<Reply<{ draft: AgentDraft }>>;
  list: (request: DraftListRequest) => Promise<Reply<DraftPage>>;
  /** What was written here, and reached nobody, gave way to a later draft from another browser. */
  onReplaced: (conversationId: string, lost: Draft) => void;
}

/** While somebody types, the server hears of it this often. */
const TOLD_EVERY_MS = 1_000;
/** Who wrote so short a time ago is still writing. */
const TYPING_MS = 10_000;
/** An agent who has begun more than these many hundreds finds the rest in the browser where they were begun. */
const PAGES_MAX = 10;

export class DraftSync {
  readonly #options: DraftSyncOptions;
  readonly #timers = new Map<string, () => void>();
  readonly #busy = new Set<string>();
  readonly #writtenAt = new Map<string, number>();

  constructor(options: DraftSyncOptions) {
    this.#options = options;
  }

  written(conversationId: string): void {
    const { drafts, now } = this.#options;
    this.#writtenAt.set(conversationId, now());
    // What was sent or cleared goes from the other screens at once.
    if (drafts.of(conversationId).peek().text === '') void this.#tell(conversationId);
    else this.#tellLater(conversationId, TOLD_EVERY_MS);
  }

  /** A session has started: learns what was written elsewhere, and tells what was written here meanwhile. */
  async resume(): Promise<void> {
    const { drafts, list } = this.#options;
    const told = new Set<string>();
    let cursor: string | null | undefined;
    for (let page = 0; page < PAGES_MAX && cursor !== null; page += 1) {
      const reply: Reply<DraftPage> = await list(cursor ? { cursor } : {});
      if (!reply.ok) return this.#resumeLater(reply);
      for (const draft of reply.data.drafts) {
        told.add(draft.conversationId);
        this.received(draft);
      }
      cursor = reply.data.next;
    }
    // What the server did not list has been sent or cleared elsewhere, or it has never heard of it: its answer says which.
    for (const id of drafts.ids()) if (drafts.mark(id).isUnsent || !told.has(id)) await this.#tell(id, { isKnown: !told.has(id) });
  }

  /** From the server: another browser's, or the one that counts instead of what was told. */
  received(theirs: AgentDraft): void {
    const { drafts } = this.#options;
    const { conversationId } = theirs;
    const ours = drafts.of(conversationId).peek();
    const { version, isUnsent } = drafts.mark(conversationId);
    if (theirs.version < version) return;
    if (isSameWriting(ours, theirs)) {
      drafts.agree(theirs);
      return;
    }
    if (isUnsent && this.#isTyping(conversationId)) {
      drafts.hold(conversationId, theirs.version);
      this.#tellLater(conversationId, TOLD_EVERY_MS);
      return;
    }
    const isLost = isUnsent && ours.text.trim() !== '' && !theirs.text.includes(ours.text);
    drafts.take(theirs);
    if (isLost) this.#options.onReplaced(conversationId, ours);
  }

  /** The page is about to be left: nobody waits for more words. */
  flush(): void {
    for (const id of [...this.#timers.keys()]) void this.#tell(id);
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #tellLater(conversationId: string, ms: number): void {
    if (this.#timers.has(conversationId)) return;
    const cancel = this.#options.schedule(ms, () => void this.#tell(conversationId));
    this.#timers.set(conversationId, cancel);
  }

  /** `isKnown`: asks about one that the server had, too. Without a connection the next session does it. */
  async #tell(conversationId: string, { isKnown = false } = {}): Promise<void> {
    const { drafts, isLive, set } = this.#options;
    this.#timers.get(conversationId)?.();
    this.#timers.delete(conversationId);
    if (this.#busy.has(conversationId)) return;
    const { version, isUnsent } = drafts.mark(conversationId);
    const { text, visibility, seenSeq } = drafts.of(conversationId).peek();
    const isDue = isUnsent || (isKnown && version > 0);
    if (!isDue || !isLive() || text.length > DRAFT_TEXT_MAX) return;
    const told: AgentDraft = { conversationId, text, visibility, ...(seenSeq !== undefined && { seenSeq }), version };
    this.#busy.add(conversationId);
    const reply = await set(told);
    this.#busy.delete(conversationId);
    // What is refused for good (a conversation out of sight) stays here.
    if (!reply.ok) {
      if (isTemporary(reply.error.code) && isLive()) this.#tellLater(conversationId, reply.error.retryAfterMs ?? RETRY_AFTER_MS);
      return;
    }
    const { draft } = reply.data;
    if (draft.version !== version || !isSameWriting(draft, told)) this.received(draft);
    else if (drafts.mark(conversationId).version === version) drafts.acknowledge(conversationId);
    if (drafts.mark(conversationId).isUnsent) {
      this.#tellLater(conversationId, drafts.of(conversationId).peek().text === '' ? 0 : TOLD_EVERY_MS);
    }
  }

  #resumeLater({ error }: Extract<Reply<unknown>, { ok: false }>): void {
    if (!isTemporary(error.code) || !this.#options.isLive()) return;
    this.#options.schedule(error.retryAfterMs ?? RETRY_AFTER_MS, () => void this.resume());
  }

  #isTyping(conversationId: string): boolean {
    return this.#options.now() - (this.#writtenAt.get(conversationId) ?? 0) < TYPING_MS;
  }
}
