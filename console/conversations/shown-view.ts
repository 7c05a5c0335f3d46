/** One view: which of the known conversations stand in it, and the pages of it that have been read from the server. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Reply } from '../../shared/errors.ts';
import { fitsRow, needsClock, needsServer, statusesOf } from '../../shared/view-filter.ts';
import { screenClock } from '../ui/screen-clock.ts';
import { type AskedView, compareKeys, type SortKey, sortKey } from './list-views.ts';

export interface ConversationPage {
  items: ConversationSummary[];
  next: string | null;
}

/** How a view asks the server; `limit` and `cursor` are of a page. */
export interface ViewSource {
  listPage: (view: AskedView, page: { cursor: string | null; limit: number }) => Promise<Reply<ConversationPage>>;
  /** Which of these are in a view that the server alone can judge. */
  listFitting: (view: AskedView, ids: readonly string[]) => Promise<Reply<{ items: ConversationSummary[] }>>;
}

/** `idle`: nothing is being read, and there is more. */
export type PagePhase = 'idle' | 'loading' | 'failed' | 'complete';

/** What a view needs of the list that it is a part of. */
export interface KnownConversations {
  readonly summaries: ReadonlySignal<ReadonlyMap<string, ConversationSummary>>;
  /** Everything that is not resolved is among the summaries. */
  readonly isWhole: ReadonlySignal<boolean>;
  /** Counts the sessions: what was read in an earlier one may have changed unseen. */
  readonly session: ReadonlySignal<number>;
  readonly mentions: { readonly ids: ReadonlySignal<ReadonlySet<string>> };
  readonly mentionedLately: ReadonlySignal<ReadonlySet<string>>;
  readonly looker: ReadonlySignal<{ agentId: string; teamIds: readonly string[] }>;
  learnAll: (summaries: readonly ConversationSummary[]) => void;
  forgetUnsure: (isMissing: (summary: ConversationSummary) => boolean) => void;
}

const PAGE = 50;
const PAGE_MAX = 200;
const FITTING_AT_ONCE = 200;
/** A server that has looked far and found nothing is asked to look on so often before the agent is. */
const LOOK_ON_MAX = 20;

export class ShownView {
  readonly asked: AskedView;
  readonly ids: ReadonlySignal<readonly string[]>;
  /** Whether all there is to see of the view is known here. */
  readonly isComplete: ReadonlySignal<boolean>;
  readonly phase = signal<PagePhase>('idle');
  /** False until there is something true to show: some page, or the whole list. */
  readonly isReady: ReadonlySignal<boolean>;
  readonly #isAllHere: ReadonlySignal<boolean>;
  readonly #known: KnownConversations;
  readonly #source: ViewSource;
  /** How far the pages reach; what is known by chance from beyond is not shown, or later pages would push it apart. */
  readonly #reach = signal<SortKey | 'end' | null>(null);
  /** Verdicts of the server, where a row alone does not say whether it is in. */
  readonly #verdicts = signal<ReadonlyMap<string, boolean>>(new Map());
  #cursor: string | null = null;
  /** The session in which the pages were read. */
  readonly #session = signal(-1);
  #question = 0;

  constructor(asked: AskedView, known: KnownConversations, source: ViewSource) {
    this.asked = asked;
    this.#known = known;
    this.#source = source;
    const { filter } = asked;
    const isLocal = !needsServer(filter) && !statusesOf(filter).includes('resolved');
    const isAllHere = computed(() => isLocal && known.isWhole.value);
    this.#isAllHere = isAllHere;
    this.isComplete = computed(() => isAllHere.value || (this.#reach.value === 'end' && this.#session.value === known.session.value));
    this.isReady = computed(() => known.session.value > 0 && (isAllHere.value || this.#reach.value !== null));
    this.ids = computed(() => this.#sorted(isAllHere.value ? 'end' : this.#reach.value));
  }

  /** Reads the first page, or after a new session as much as was shown before. Called again whenever the session changes. */
  async follow(): Promise<void> {
    const session = this.#known.session.value;
    if (session === 0 || session === this.#session.value) return;
    this.#session.value = session;
    if (this.#isAllHere.value) {
      this.phase.value = 'complete';
      return;
    }
    await this.#read(null, this.ids.value.length);
  }

  /** The next page, or the one that failed. */
  async more(): Promise<void> {
    if (this.#session.value !== this.#known.session.value) return this.follow();
    if (this.phase.value === 'loading' || this.isComplete.value) return;
    await this.#read(this.#cursor, 1);
  }

  /** Asks about those that came to be known otherwise, and may be in the view. */
  async judge(): Promise<void> {
    const { filter } = this.asked;
    if (!needsServer(filter) || this.#reach.value === null) return;
    const verdicts = this.#verdicts.value;
    const summaries = this.#known.summaries.value;
    const fitting = [...summaries.values()].filter((one) => this.#fitsRow(one)).map(({ id }) => id);
    const unknown = filter.isMentioned ? [...this.#known.mentionedLately.value].filter((id) => !summaries.has(id)) : [];
    const unjudged = [...unknown, ...fitting].filter((id) => !verdicts.has(id));
    const ids = unjudged.slice(0, FITTING_AT_ONCE);
    if (ids.length === 0) return;
    const reply = await this.#source.listFitting(this.asked, ids);
    if (!reply.ok) return;
    const judged = new Set(reply.data.items.map(({ id }) => id));
    this.#known.learnAll(reply.data.items);
    this.#verdicts.value = new Map([...this.#verdicts.value, ...ids.map((id) => [id, judged.has(id)] as const)]);
    if (unjudged.length > ids.length) await this.judge();
  }

  /** A customer file has changed: what was said of its conversations may be wrong now. */
  doubt(conversationIds: readonly string[]): void {
    const left = new Map(this.#verdicts.value);
    const doubted = conversationIds.filter((id) => left.delete(id));
    if (doubted.length > 0) this.#verdicts.value = left;
  }

  /** These may be in the view by now. What is in it stays meanwhile. */
  hope(conversationIds: readonly string[]): void {
    const verdicts = this.#verdicts.peek();
    this.doubt(conversationIds.filter((id) => verdicts.get(id) === false));
  }

  /** At least so many, if there are; shown all at once, so that nothing shrinks and grows again. */
  async #read(from: string | null, wanted: number): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    this.phase.value = 'loading';
    const limit = Math.min(PAGE_MAX, Math.max(PAGE, wanted));
    const items: ConversationSummary[] = [];
    let cursor = from;
    for (let round = 0; round < LOOK_ON_MAX && (round === 0 || cursor !== null); round += 1) {
      const reply = await this.#source.listPage(this.asked, { cursor, limit });
      if (question !== this.#question) return;
      if (!reply.ok) {
        this.phase.value = 'failed';
        if (from === null) this.#session.value = -1;
        return;
      }
      items.push(...reply.data.items);
      cursor = reply.data.next;
      if (items.length >= Math.max(1, wanted)) break;
    }
    batch(() => this.#take({ items, next: cursor }, from === null));
    this.phase.value = cursor === null ? 'complete' : 'idle';
  }

  #take({ items, next }: ConversationPage, isAnew: boolean): void {
    const last = items.at(-1);
    const reach = this.#reach.value;
    this.#known.learnAll(items);
    this.#verdicts.value = new Map([...(isAnew ? [] : this.#verdicts.value), ...items.map(({ id }) => [id, true] as const)]);
    this.#cursor = next;
    if (next === null) this.#reach.value = 'end';
    else if (last) this.#reach.value = sortKey(last, this.asked.sort);
    else if (reach === null || isAnew) this.#reach.value = { stretch: Number.NEGATIVE_INFINITY, at: 0, id: '' };
    if (isAnew && !needsServer(this.asked.filter)) {
      this.#known.forgetUnsure((summary) => this.#fitsRow(summary) && this.#isInReach(summary));
    }
  }

  #sorted(reach: SortKey | 'end' | null): readonly string[] {
    if (reach === null) return [];
    const { filter, sort } = this.asked;
    const verdicts = needsServer(filter) ? this.#verdicts.value : null;
    const lately = filter.isMentioned ? this.#known.mentionedLately.value : null;
    const keys: SortKey[] = [];
    for (const summary of this.#known.summaries.value.values()) {
      if (!this.#fitsRow(summary) || (verdicts && !verdicts.get(summary.id))) continue;
      const key = sortKey(summary, sort);
      if (reach === 'end' || lately?.has(key.id) || compareKeys(key, reach, sort) <= 0) keys.push(key);
    }
    const ids = keys.sort((a, b) => compareKeys(a, b, sort)).map(({ id }) => id);
    if (!filter.isMentioned) return ids;
    const unseen = this.#known.mentions.ids.value;
    return [...ids.filter((id) => unseen.has(id)), ...ids.filter((id) => !unseen.has(id))];
  }

  #isInReach(summary: ConversationSummary): boolean {
    const reach = this.#reach.value;
    const { sort } = this.asked;
    return reach === 'end' || (reach !== null && compareKeys(sortKey(summary, sort), reach, sort) <= 0);
  }

  #fitsRow(summary: ConversationSummary): boolean {
    const { filter } = this.asked;
    const now = needsClock(filter) ? screenClock.value : 0;
    return fitsRow(summary, filter, { ...this.#known.looker.value, now });
  }
}
