/**
 * A list that the server tells the changes of, held whole: read when it is first wanted, kept true by facts, and asked for again after a
 * lost connection only if it has changed meanwhile.
 */
import { signal } from '@preact/signals';
import type { RepertoirePage } from '../../shared/canned-response.ts';
import type { Reply } from '../../shared/errors.ts';

interface Kept {
  id: string;
  updatedAt: number;
}

export interface ShelfQuery {
  [name: string]: string | number | undefined;
  cursor?: string | undefined;
  unless?: string | undefined;
  limit: number;
}

const PAGE = 200;

export class LiveShelf<Item extends Kept> {
  /** `loading` and `failed` only while nothing whole is here. */
  readonly phase = signal<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  /** Another number after every change of what is here. */
  readonly turn = signal(0);
  readonly #load: (query: ShelfQuery) => Promise<Reply<RepertoirePage<Item>>>;
  #items = new Map<string, Item>();
  #stamp: string | undefined;
  #isWanted = false;
  #readings = 0;
  /** What was told while a list was being read: newer than what that list says. Null: gone. */
  #told: Map<string, Item | null> | null = null;

  constructor(load: (query: ShelfQuery) => Promise<Reply<RepertoirePage<Item>>>) {
    this.#load = load;
  }

  /** Somebody is about to look. */
  want(): void {
    const isFirst = !this.#isWanted || this.phase.value === 'failed';
    this.#isWanted = true;
    if (isFirst) void this.#read();
  }

  /** The session is live, or live again with perhaps other rights. */
  started(): void {
    if (this.#isWanted) void this.#read();
  }

  changed(item: Item): void {
    this.#told?.set(item.id, item);
    // Before the first reading nobody keeps what would be incomplete.
    if (this.phase.value === 'idle') return;
    this.#items.set(item.id, item);
    this.turn.value += 1;
  }

  removed(id: string): void {
    this.#told?.set(id, null);
    if (this.#items.delete(id)) this.turn.value += 1;
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  all(): IterableIterator<Item> {
    return this.#items.values();
  }

  get size(): number {
    return this.#items.size;
  }

  async #read(): Promise<void> {
    this.#readings += 1;
    const mine = this.#readings;
    const isReady = this.phase.value === 'ready';
    if (!isReady) this.phase.value = 'loading';
    this.#told = new Map();
    const fresh = new Map<string, Item>();
    let cursor: string | undefined;
    let stamp: string | undefined;
    do {
      const reply = await this.#load({ cursor, limit: PAGE, unless: isReady && cursor === undefined ? this.#stamp : undefined });
      if (mine !== this.#readings) return;
      if (!reply.ok) {
        if (!isReady) this.phase.value = 'failed';
        return;
      }
      if (reply.data.isSame) return;
      stamp ??= reply.data.stamp;
      for (const item of reply.data.items) fresh.set(item.id, item);
      cursor = reply.data.next ?? undefined;
    } while (cursor !== undefined);
    for (const [id, item] of this.#told) {
      if (item === null) fresh.delete(id);
      else fresh.set(id, item);
    }
    this.#told = null;
    this.#items = fresh;
    this.#stamp = stamp;
    this.phase.value = 'ready';
    this.turn.value += 1;
  }
}
