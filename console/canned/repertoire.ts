/** All that an agent has at hand for a reply: canned responses, macros, tags. Loaded when it is first wanted, true from then on. */
import { signal } from '@preact/signals';
import type { CannedResponse, RepertoirePage } from '../../shared/canned-response.ts';
import type { Macro } from '../../shared/macro.ts';
import type { KeyValueStore } from '../../shared/outbox.ts';
import type { Tag } from '../../shared/tag.ts';
import type { Connection } from '../connection.ts';
import type { Http } from '../http.ts';
import { AnswerNews } from './answer-news.ts';
import { LiveShelf } from './live-shelf.ts';
import { type Offer, OfferIndex } from './offers.ts';
import { TagShelf } from './tag-shelf.ts';

const RECENT_MAX = 50;
/** Longer would be felt by who is typing. */
const PREPARING_MS = 8;

export class Repertoire {
  readonly canned: LiveShelf<CannedResponse>;
  readonly macros: LiveShelf<Macro>;
  readonly tags: TagShelf;
  readonly answers = new AnswerNews();
  readonly #index = new OfferIndex();
  readonly #store: KeyValueStore;
  readonly #key: string;
  readonly #recentIds = signal<readonly string[]>([]);
  #isPreparing = false;

  constructor(http: Http, { store, agentId }: { store: KeyValueStore; agentId: string }) {
    this.canned = new LiveShelf((query) => http.get<RepertoirePage<CannedResponse>>('/canned-responses', query));
    this.macros = new LiveShelf((query) => http.get<RepertoirePage<Macro>>('/macros', query));
    this.tags = new TagShelf((cursor) => http.get<{ items: Tag[]; next: string | null }>('/tags', { cursor, limit: 500 }));
    this.#store = store;
    this.#key = `kesher:canned-used:${agentId}`;
    this.#recentIds.value = readIds(store.getItem(this.#key));
    this.canned.turn.subscribe(() => this.#prepare());
  }

  listen(connection: Connection): void {
    connection.on('canned:changed', (response) => this.canned.changed(response));
    connection.on('canned:removed', ({ id }) => this.canned.removed(id));
    connection.on('macro:changed', (macro) => this.macros.changed(macro));
    connection.on('macro:removed', ({ id }) => this.macros.removed(id));
    connection.on('tags:changed', () => this.tags.refresh());
    this.answers.listen(connection);
  }

  started(): void {
    this.canned.started();
    this.macros.started();
    this.tags.refresh();
    this.answers.started();
  }

  /** A reply is about to be written. */
  want(): void {
    this.canned.want();
    this.macros.want();
  }

  get isLoading(): boolean {
    return [this.canned, this.macros].some(({ phase }) => phase.value === 'idle' || phase.value === 'loading');
  }

  find(query: string, limit: number): Offer[] {
    return this.#index.find(query, {
      canned: this.canned.all(),
      macros: this.macros.all(),
      recentIds: this.#recentIds.value,
      limit,
    });
  }

  findCanned(query: string, limit: number): CannedResponse[] {
    const found = this.#index.find(query, { canned: this.canned.all(), macros: [], recentIds: [], limit });
    return found.flatMap((offer) => (offer.kind === 'canned' ? [offer.response] : []));
  }

  findMacros(query: string): Macro[] {
    const found = this.#index.find(query, { canned: [], macros: this.macros.all(), recentIds: [], limit: this.macros.size });
    return found.flatMap((offer) => (offer.kind === 'macro' ? [offer.macro] : []));
  }

  used(id: string): void {
    this.#recentIds.value = [id, ...this.#recentIds.value.filter((other) => other !== id)].slice(0, RECENT_MAX);
    try {
      this.#store.setItem(this.#key, JSON.stringify(this.#recentIds.value));
    } catch {
      // Full or forbidden storage: the order is then this page's.
    }
  }

  /** Ten thousand texts are folded in slices, so that the first slash finds them ready and no key press waits. */
  #prepare(): void {
    if (this.#isPreparing) return;
    this.#isPreparing = true;
    const turn = this.canned.turn.peek();
    const rest = this.canned.all();
    const slice = () => {
      const startedAt = performance.now();
      while (performance.now() - startedAt < PREPARING_MS) {
        const { value, done } = rest.next();
        if (done) {
          this.#index.settle();
          this.#isPreparing = false;
          if (this.canned.turn.peek() !== turn) this.#prepare();
          return;
        }
        this.#index.prepare(value);
      }
      setTimeout(slice);
    };
    slice();
  }
}

function readIds(json: string | null): string[] {
  try {
    const ids: unknown = JSON.parse(json ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
