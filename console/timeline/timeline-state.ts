/** One person's timeline as far as it is read, without a screen. */
import { signal } from '@preact/signals';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { TimelineItem, TimelineKind, TimelinePage } from '../../shared/timeline.ts';
import type { Http } from '../http.ts';

const PAGE = 50;
/** What is looked at again when there is news: so many of the newest at the most. */
const AGAIN_MAX = 200;

export interface TimelineFilter {
  /** None: all of them. */
  kinds: readonly TimelineKind[];
  q: string;
}

export class TimelineState {
  readonly items = signal<readonly TimelineItem[]>([]);
  readonly phase = signal<'loading' | 'idle'>('loading');
  readonly error = signal<ErrorReply | null>(null);
  readonly hasMore = signal(false);
  /** It begins with an item that was asked for: there is newer. */
  readonly isMidway = signal(false);
  readonly filter = signal<TimelineFilter>({ kinds: [], q: '' });
  /** A colleague has put something at the top since it was read. */
  readonly hasNews = signal(false);
  readonly #http: Http;
  readonly #contactId: string;
  #next: string | null = null;
  #asked = 0;
  /** There was news while it was being read. */
  #isStale = false;

  constructor(http: Http, contactId: string) {
    this.#http = http;
    this.#contactId = contactId;
  }

  /** From the newest on. What is on screen stays until the answer is here. */
  async open(filter: TimelineFilter = this.filter.value): Promise<void> {
    this.filter.value = filter;
    await this.#begin({});
  }

  /** From this item on (`kind:id`), whatever the filter says. */
  async openAt(item: string): Promise<void> {
    this.filter.value = { kinds: [], q: '' };
    await this.#begin({ around: item });
  }

  async loadMore(): Promise<void> {
    if (this.phase.value === 'loading' || this.#next === null) return;
    const reply = await this.#ask({ cursor: this.#next });
    if (!reply?.ok) return;
    const known = new Set(this.items.value.map(keyOf));
    this.items.value = [...this.items.value, ...reply.data.items.filter((item) => !known.has(keyOf(item)))];
    this.#go(reply.data.next);
  }

  /** The newest are read again; what came before them stays as it was. */
  async refresh(): Promise<void> {
    if (this.isMidway.value) return;
    // What is on its way may have been read before the news.
    this.#isStale = this.phase.value === 'loading';
    if (this.#isStale) return;
    const held = this.items.value;
    const limit = Math.min(AGAIN_MAX, Math.max(PAGE, held.length));
    const reply = await this.#ask({ limit }, true);
    if (!reply?.ok) return;
    const { items, next } = reply.data;
    const known = new Set(held.map(keyOf));
    const first = items[0];
    this.hasNews.value = held.length > 0 && first !== undefined && !known.has(keyOf(first));
    const end = items.at(-1);
    const fresh = new Set(items.map(keyOf));
    const rest = next === null || !end ? [] : held.filter((item) => item.at <= end.at && !fresh.has(keyOf(item)));
    this.items.value = [...items, ...rest];
    if (rest.length === 0) this.#go(next);
  }

  /** What one's own change was answered with. */
  put(changed: TimelineItem): void {
    const others = this.items.value.filter((item) => keyOf(item) !== keyOf(changed));
    const at = others.findIndex((item) => item.at <= changed.at);
    this.items.value = at === -1 ? [...others, changed] : [...others.slice(0, at), changed, ...others.slice(at)];
  }

  drop(gone: Pick<TimelineItem, 'kind' | 'id'>): void {
    this.items.value = this.items.value.filter((item) => keyOf(item) !== keyOf(gone));
  }

  async #begin(query: { around?: string }): Promise<void> {
    const reply = await this.#ask(query);
    if (!reply?.ok) return;
    this.items.value = reply.data.items;
    this.isMidway.value = reply.data.isMidway ?? false;
    this.hasNews.value = false;
    this.#go(reply.data.next);
  }

  #go(next: string | null): void {
    this.#next = next;
    this.hasMore.value = next !== null;
  }

  /** Null where a later question has overtaken this one. A quiet one leaves the screen as it is where it fails. */
  async #ask(query: { around?: string; cursor?: string; limit?: number }, isQuiet = false): Promise<Reply<TimelinePage> | null> {
    this.#asked += 1;
    const mine = this.#asked;
    this.phase.value = 'loading';
    const { kinds, q } = this.filter.value;
    const filter = query.around === undefined ? { kinds: kinds.join() || undefined, q: q || undefined } : {};
    const reply = await this.#http.get<TimelinePage>(`/contacts/${this.#contactId}/timeline`, { limit: PAGE, ...filter, ...query });
    if (mine !== this.#asked) return null;
    this.phase.value = 'idle';
    if (reply.ok) this.error.value = null;
    else if (!isQuiet) this.error.value = reply.error;
    if (this.#isStale) {
      this.#isStale = false;
      // Once what was answered stands on the screen.
      queueMicrotask(() => void this.refresh());
    }
    return reply;
  }
}

export function keyOf({ kind, id }: Pick<TimelineItem, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}
