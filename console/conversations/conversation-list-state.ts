/** Every conversation that the desk knows a summary of, and the pages of resolved ones. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Reply } from '../../shared/errors.ts';
import { byWaiting, isInView, type ViewName } from './list-views.ts';

export interface ConversationPage {
  items: ConversationSummary[];
  next: string | null;
}

type ListResolved = (cursor: string | null) => Promise<Reply<ConversationPage>>;

export type PagePhase = 'idle' | 'loading' | 'failed' | 'complete';

export class ConversationListState {
  readonly summaries = signal<ReadonlyMap<string, ConversationSummary>>(new Map());
  /** False until the first session has brought the list. */
  readonly isLoaded = signal(false);
  readonly resolvedPhase = signal<PagePhase>('idle');
  /** Conversations with something unread that this agent is expected to see: mine and nobody's. */
  readonly unreadCount: ReadonlySignal<number>;
  readonly #agentId: string;
  readonly #listResolved: ListResolved;
  readonly #views: Record<ViewName, ReadonlySignal<readonly string[]>>;
  #resolvedCursor: string | null = null;
  /** No longer this agent's to see: only the live connection, which tells in order, may bring one back. */
  readonly #gone = new Set<string>();

  constructor(agentId: string, listResolved: ListResolved) {
    this.#agentId = agentId;
    this.#listResolved = listResolved;
    const view = (name: ViewName) => computed(() => this.#sorted(name));
    this.#views = {
      mine: view('mine'),
      unassigned: view('unassigned'),
      open: view('open'),
      snoozed: view('snoozed'),
      resolved: view('resolved'),
    };
    this.unreadCount = computed(() => this.#withUnread(['mine', 'unassigned']));
  }

  /** Ids of a view in its order. */
  view(name: ViewName): ReadonlySignal<readonly string[]> {
    return this.#views[name];
  }

  unreadIn(name: ViewName): number {
    return this.#withUnread([name]);
  }

  /** A session has started: these are all the open ones. What is not among them is kept only if `isKept`. */
  replace(conversations: readonly ConversationSummary[], isKept: (id: string) => boolean): void {
    this.#gone.clear();
    const kept = [...this.summaries.value.values()].filter((summary) => isKept(summary.id));
    this.summaries.value = new Map([...kept, ...conversations].map((summary) => [summary.id, summary]));
    this.isLoaded.value = true;
    this.#resolvedCursor = null;
    this.resolvedPhase.value = 'idle';
  }

  /** From the live connection, which tells changes in their order. */
  put(summary: ConversationSummary): void {
    this.#gone.delete(summary.id);
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
    if (this.#isNews(summary)) this.put(this.#withMarksHeld(summary));
  }

  /** A customer file has changed: the rows show its name. */
  renamed({ id, name }: { id: string; name: string | null }): void {
    for (const summary of this.summaries.value.values()) {
      if (summary.contact.id === id && summary.contact.name !== name) this.put({ ...summary, contact: { id, name } });
    }
  }

  visitorRead(conversationId: string, seq: number): void {
    const summary = this.summaries.value.get(conversationId);
    if (summary && summary.visitorReadSeq < seq) this.put({ ...summary, visitorReadSeq: seq });
  }

  async loadResolved(): Promise<void> {
    if (this.resolvedPhase.value === 'loading' || this.resolvedPhase.value === 'complete') return;
    this.resolvedPhase.value = 'loading';
    const reply = await this.#listResolved(this.#resolvedCursor);
    if (!reply.ok) {
      this.resolvedPhase.value = 'failed';
      return;
    }
    this.#resolvedCursor = reply.data.next;
    this.resolvedPhase.value = reply.data.next === null ? 'complete' : 'idle';
    const news = reply.data.items.filter((summary) => this.#isNews(summary)).map((summary) => this.#withMarksHeld(summary));
    this.summaries.value = new Map([...this.summaries.value, ...news.map((summary) => [summary.id, summary] as const)]);
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

  #sorted(name: ViewName): readonly string[] {
    const shown = [...this.summaries.value.values()].filter((summary) => isInView(summary, name, this.#agentId));
    return shown.sort(byWaiting).map((summary) => summary.id);
  }

  #withUnread(views: readonly ViewName[]): number {
    let count = 0;
    for (const summary of this.summaries.value.values()) {
      if (summary.unread > 0 && views.some((view) => isInView(summary, view, this.#agentId))) count += 1;
    }
    return count;
  }
}
