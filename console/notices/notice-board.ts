/** What this agent was told by name, how much of it has not been seen, and a voice for everything that is news this moment. */
import { computed, signal } from '@preact/signals';
import type { AgentNotice, AgentNoticePage, NoticeSeenRequest } from '../../shared/agent-notice.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { isTemporary, type Reply } from '../../shared/errors.ts';
import type { NoticeKind } from '../../shared/profile.ts';
import type { Schedule } from '../connection.ts';
import type { Http } from '../http.ts';
import { newsOf } from './list-news.ts';
import { UnseenMentions } from './unseen-mentions.ts';

/** Something that has just happened. `notice` is there for what the server keeps. */
export interface News {
  kind: NoticeKind;
  /** The same news has the same key in all tabs. */
  key: string;
  conversationId: string | null;
  contact: { id: string; name: string | null } | null;
  text: string;
  notice?: AgentNotice;
}

/** Hears together what came together: everything that was missed, after a connection that was lost. */
type NewsListener = (news: readonly News[]) => void;

export interface NoticeBoardOptions {
  agentId: string;
  http: Http;
  schedule: Schedule;
  see: (which: NoticeSeenRequest) => Promise<Reply<unknown>>;
}

export const noticeKinds = {
  mention: 'mentioned',
  whisper: 'mentioned',
  assignment: 'assigned',
  transfer: 'assigned',
  'sla-warning': 'late',
  'sla-breach': 'late',
  ticket: 'assigned',
} as const;

export class NoticeBoard {
  /** Newest first. */
  readonly items = signal<readonly AgentNotice[]>([]);
  readonly unseenCount = signal(0);
  readonly phase = signal<'loading' | 'idle' | 'failed'>('loading');
  readonly hasMore = computed(() => this.#next.value !== null);
  /** Beyond the notices, which grow old: a mention stays one. */
  readonly mentions: UnseenMentions;
  readonly #next = signal<string | null>(null);
  readonly #options: NoticeBoardOptions;
  readonly #listeners = new Set<NewsListener>();
  #hasLoaded = false;
  #asked = 0;

  constructor(options: NoticeBoardOptions) {
    this.#options = options;
    this.mentions = new UnseenMentions(options.http, options.schedule);
  }

  onNews(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** At the start of each session: what was told while nobody listened is news now. */
  async load(): Promise<void> {
    void this.mentions.load();
    const known = new Set(this.items.value.map(({ id }) => id));
    const wasLoaded = this.#hasLoaded;
    const page = await this.#read(null);
    if (!page) return;
    const missed = wasLoaded ? page.items.filter(({ id, seenAt }) => seenAt === null && !known.has(id)) : [];
    this.#hasLoaded = true;
    this.items.value = page.items;
    this.#tell(missed.toReversed().map(newsOfNotice));
  }

  async loadMore(): Promise<void> {
    const page = await this.#read(this.#next.value);
    if (page) this.items.value = [...this.items.value, ...page.items];
  }

  posted(notice: AgentNotice): void {
    if (this.items.value.some(({ id }) => id === notice.id)) return;
    this.items.value = [notice, ...this.items.value];
    this.unseenCount.value += 1;
    if (noticeKinds[notice.kind] === 'mentioned' && notice.conversationId !== null) this.mentions.add(notice.conversationId);
    this.#tell([newsOfNotice(notice)]);
  }

  /** The list is about to show these conversations as they are now. */
  conversationsChanged(known: ReadonlyMap<string, ConversationSummary>, changed: readonly ConversationSummary[]): void {
    const news: News[] = [];
    for (const after of changed) {
      const { id, contact, lastMessage, lastSeq } = after;
      const kind = newsOf(known.get(id), after, this.#options.agentId);
      // A note may have come behind it: that is no word of the visitor's.
      const text = lastMessage?.author.kind === 'visitor' ? lastMessage.text : '';
      if (kind) news.push({ kind, key: `${id}:${lastSeq}`, conversationId: id, contact, text });
    }
    this.#tell(news);
  }

  /** Shown as seen at once; a refusal is put right by the next look at the server. */
  async see(which: NoticeSeenRequest): Promise<void> {
    const isOfMention = which.conversationId !== undefined && this.mentions.drop(which.conversationId);
    if (!this.#markSeen(which) && !isOfMention) return;
    const reply = await this.#options.see(which);
    if (which.conversationId === undefined) void this.mentions.load();
    // Told as unseen again, what lies open would be looked at again, and so for ever: the next session puts this right.
    if (!reply.ok && isTemporary(reply.error.code) && which.conversationId !== undefined) return;
    if (!reply.ok || this.#next.value !== null) await this.load();
  }

  seenElsewhere(which: NoticeSeenRequest): void {
    this.#markSeen(which);
    if (which.conversationId === undefined) void this.mentions.load();
    else this.mentions.drop(which.conversationId);
  }

  /** The agent looks at this conversation, and so at what a notice would lead to. */
  lookedAt(conversationId: string): void {
    void this.see({ conversationId });
  }

  async #read(cursor: string | null): Promise<AgentNoticePage | null> {
    this.#asked += 1;
    const mine = this.#asked;
    this.phase.value = 'loading';
    const reply = await this.#options.http.get<AgentNoticePage>('/notices', { cursor: cursor ?? undefined });
    if (mine !== this.#asked) return null;
    this.phase.value = reply.ok ? 'idle' : 'failed';
    if (!reply.ok) return null;
    this.#next.value = reply.data.next;
    this.unseenCount.value = reply.data.unseen;
    return reply.data;
  }

  /** False where nothing of it was unseen. */
  #markSeen({ id, conversationId, until }: NoticeSeenRequest): boolean {
    const isMeant = (notice: AgentNotice) =>
      notice.seenAt === null && (notice.id === id || notice.conversationId === (conversationId ?? '') || notice.createdAt <= (until ?? 0));
    const count = this.items.value.filter(isMeant).length;
    if (count === 0) return false;
    const now = Date.now();
    this.items.value = this.items.value.map((notice) => (isMeant(notice) ? { ...notice, seenAt: now } : notice));
    this.unseenCount.value = Math.max(0, this.unseenCount.value - count);
    return true;
  }

  #tell(news: readonly News[]): void {
    if (news.length === 0) return;
    for (const listener of this.#listeners) listener(news);
  }
}

function newsOfNotice(notice: AgentNotice): News {
  const { id, kind, conversationId, contact, text } = notice;
  return { kind: noticeKinds[kind], key: id, conversationId, contact, text: text ?? '', notice };
}
