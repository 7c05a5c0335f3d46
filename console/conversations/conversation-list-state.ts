/** Every conversation that the desk knows a summary of, and the views on them. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { CONVERSATION_LIST_MAX } from '../../shared/limits.ts';
import { fitsRow, readyMadeViews } from '../../shared/view-filter.ts';
import type { UnseenMentions } from '../notices/unseen-mentions.ts';
import { type AskedView, isReadyMade, readView, type ViewName, writeView } from './list-views.ts';
import { type KnownConversations, ShownView, type ViewSource } from './shown-view.ts';

/** Where mentions of this agent have not been seen. */
type Mentions = Pick<UnseenMentions, 'ids' | 'isMore'>;

/** Views whose pages are remembered, so that coming back shows them at once. */
const VIEWS_KEPT_MAX = 60;

export class ConversationListState implements KnownConversations {
  readonly summaries = signal<ReadonlyMap<string, ConversationSummary>>(new Map());
  readonly isWhole = signal(false);
  readonly session = signal(0);
  /** The rows as they stand on the screen, where a list is held still; the keys walk along them. */
  onScreen: readonly string[] = [];
  /** How many wait behind a list that is held still, and how they come in. */
  readonly held = signal<{ count: number; letIn: () => void } | null>(null);
  readonly looker: KnownConversations['looker'];
  readonly mentions: Mentions;
  /** With those that have been seen since: they stay where they can be found. */
  readonly mentionedLately = signal<ReadonlySet<string>>(new Set());
  /** False until the first session has brought the list. */
  readonly isLoaded = computed(() => this.session.value > 0);
  /** Conversations with something unread that this agent is expected to see: mine and nobody's. */
  readonly unreadCount: ReadonlySignal<number>;
  readonly #source: ViewSource;
  readonly #teamIds = signal<readonly string[]>([]);
  /** Least recently used first. */
  readonly #views = new Map<string, ShownView>();
  /** No longer this agent's to see: only the live connection, which tells in order, may bring one back. */
  readonly #gone = new Set<string>();
  /** Known from an earlier session, and shown until a view that is read anew does not hold them any more. */
  #unsure = new Set<string>();

  constructor(agentId: string, source: ViewSource, mentions: Mentions) {
    this.#source = source;
    this.mentions = mentions;
    mentions.ids.subscribe((ids) => this.#mentioned(ids));
    this.looker = computed(() => ({ agentId, teamIds: this.#teamIds.value }));
    this.unreadCount = computed(() => this.#withUnread([readyMadeViews.mine, readyMadeViews.unassigned]));
  }

  set teamIds(teamIds: readonly string[]) {
    if (teamIds.join() !== this.#teamIds.value.join()) this.#teamIds.value = teamIds;
  }

  /** A view by its name; a saved one by what it asks for. */
  shown(view: ViewName | AskedView): ShownView {
    const { filter, sort } = typeof view === 'string' ? (readView(view) ?? { filter: {}, sort: 'waiting' as const }) : view;
    const asked = { filter, sort };
    const key = writeView(asked);
    const shown = this.#views.get(key) ?? new ShownView(asked, this, this.#source);
    this.#views.delete(key);
    this.#views.set(key, shown);
    const [oldest] = this.#views.keys();
    if (this.#views.size > VIEWS_KEPT_MAX && oldest !== undefined) this.#views.delete(oldest);
    return shown;
  }

  /** Ids of a view in its order. */
  view(view: ViewName | AskedView): ReadonlySignal<readonly string[]> {
    return this.shown(view).ids;
  }

  /** How many there are with something unread, as far as is known here. */
  unreadIn(view: ViewName): number {
    if (view === 'mentions') return this.mentions.ids.value.size;
    return isReadyMade(view) ? this.#withUnread([readyMadeViews[view]]) : 0;
  }

  /**
   * A session has started: these are all the open ones, or the newest. What is not among them is kept if `isKept`, and where it may
   * still be as it was.
   */
  replace(conversations: readonly ConversationSummary[], isKept: (id: string) => boolean): void {
    const isWhole = conversations.length < CONVERSATION_LIST_MAX;
    const told = new Set(conversations.map(({ id }) => id));
    const before = [...this.summaries.value.values()].filter(({ id }) => !told.has(id));
    const kept = before.filter(({ id, status }) => isKept(id) || !isWhole || status === 'resolved');
    this.#gone.clear();
    this.#unsure = new Set(kept.filter(({ id }) => !isKept(id)).map(({ id }) => id));
    batch(() => {
      this.summaries.value = new Map([...kept, ...conversations].map((summary) => [summary.id, summary]));
      this.isWhole.value = isWhole;
      this.session.value += 1;
    });
  }

  /** A view has been read anew: what it should hold, and does not, is not so any more. */
  forgetUnsure(isMissing: (summary: ConversationSummary) => boolean): void {
    const left = new Map(this.summaries.value);
    for (const id of this.#unsure) {
      const summary = left.get(id);
      if (!summary || !isMissing(summary)) continue;
      this.#unsure.delete(id);
      left.delete(id);
    }
    if (left.size < this.summaries.value.size) this.summaries.value = left;
  }

  /** From the live connection, which tells changes in their order. */
  put(summary: ConversationSummary): void {
    this.#gone.delete(summary.id);
    this.#unsure.delete(summary.id);
    this.summaries.value = new Map(this.summaries.value).set(summary.id, summary);
  }

  /** Given to somebody else, out of this agent's sight. */
  remove(id: string): void {
    this.#gone.add(id);
    const left = new Map(this.summaries.value);
    if (left.delete(id)) this.summaries.value = left;
  }

  /** From a reply or a page, which may be older news than what the live connection has told since. */
  learn(summary: ConversationSummary): void {
    this.learnAll([summary]);
  }

  learnAll(summaries: readonly ConversationSummary[]): void {
    for (const { id } of summaries) this.#unsure.delete(id);
    const news = summaries.filter((summary) => this.#isNews(summary)).map((summary) => this.#withMarksHeld(summary));
    if (news.length > 0) this.summaries.value = new Map([...this.summaries.value, ...news.map((one) => [one.id, one] as const)]);
  }

  /** A customer file has changed: the rows show its name, and views may look into it. */
  renamed({ id, name }: { id: string; name: string | null }): void {
    const theirs = [...this.summaries.value.values()].filter(({ contact }) => contact.id === id);
    for (const view of this.#views.values()) view.doubt(theirs.map((summary) => summary.id));
    for (const summary of theirs) if (summary.contact.name !== name) this.put({ ...summary, contact: { id, name } });
  }

  visitorRead(conversationId: string, seq: number): void {
    const summary = this.summaries.value.get(conversationId);
    if (summary && summary.visitorReadSeq < seq) this.put({ ...summary, visitorReadSeq: seq });
  }

  /** Those that were not before may be in the views of mentions now. */
  #mentioned(ids: ReadonlySet<string>): void {
    const before = this.mentionedLately.peek();
    const added = [...ids].filter((id) => !before.has(id));
    if (added.length === 0) return;
    for (const view of this.#views.values()) if (view.asked.filter.isMentioned) view.hope(added);
    this.mentionedLately.value = new Set([...before, ...added]);
  }

  #isNews(summary: ConversationSummary): boolean {
    if (this.#gone.has(summary.id)) return false;
    const held = this.summaries.value.get(summary.id);
    return !held || (held.updatedAt <= summary.updatedAt && held.lastSeq <= summary.lastSeq);
  }

  /** Reading changes no `updatedAt`: what is held may know of more that was read. */
  #withMarksHeld(summary: ConversationSummary): ConversationSummary {
    const held = this.summaries.value.get(summary.id);
    if (!held) return summary;
    const unread = held.lastSeq === summary.lastSeq ? Math.min(held.unread, summary.unread) : summary.unread;
    return { ...summary, unread, visitorReadSeq: Math.max(held.visitorReadSeq, summary.visitorReadSeq) };
  }

  #withUnread(filters: readonly AskedView['filter'][]): number {
    const looker = { ...this.looker.value, now: 0 };
    let count = 0;
    for (const summary of this.summaries.value.values()) {
      if (summary.unread > 0 && filters.some((filter) => fitsRow(summary, filter, looker))) count += 1;
    }
    return count;
  }
}
