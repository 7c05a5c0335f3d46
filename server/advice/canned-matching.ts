/**
 * Finds canned responses for a question. Looked through in this process, since there are few of them and they are read by the words alone;
 * nothing is read before an agent asks for the first time, and nothing again before one of them has changed.
 */
import type { App } from '../app.ts';
import type { CannedResponseRow } from '../storage/tables.ts';
import { listCannedAfter, stampOfCanned } from './advice-store.ts';
import { inTurns } from './bit-by-bit.ts';
import { CannedFinder, type CannedMatch, type IndexedCanned } from './canned-finder.ts';

/** Whether something has changed is asked no more often. */
const LOOK_EVERY_MS = 1_000;
const PORTION = 200;

export class CannedMatching {
  readonly #app: App;
  #index: CannedFinder | null = null;
  #stamp = '';
  #lookedAt = -LOOK_EVERY_MS;
  #rows = new Map<string, { updatedAt: number; row: IndexedCanned }>();
  #building: Promise<CannedFinder> | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** Of those in these places. What was changed a moment ago is found as it was, until it is read anew. */
  async find(question: string, places: readonly string[]): Promise<CannedMatch[]> {
    const index = await this.#current();
    return index.find(question, places);
  }

  async #current(): Promise<CannedFinder> {
    const now = performance.now();
    if (now - this.#lookedAt >= LOOK_EVERY_MS && !this.#building) {
      this.#lookedAt = now;
      const stamp = await stampOfCanned(this.#app.storage.db);
      if (stamp !== this.#stamp || !this.#index) void this.#build(stamp);
    }
    return this.#index ?? (await (this.#building ?? this.#build(this.#stamp)));
  }

  #build(stamp: string): Promise<CannedFinder> {
    this.#building ??= this.#read(stamp).finally(() => {
      this.#building = null;
    });
    // Whoever does not wait for it asks again later.
    this.#building.catch((error: unknown) =>
      this.#app.log.warn({ err: error }, 'canned responses could not be made ready for suggestions'),
    );
    return this.#building;
  }

  async #read(stamp: string): Promise<CannedFinder> {
    const rows = new Map<string, { updatedAt: number; row: IndexedCanned }>();
    for (let last: CannedResponseRow | undefined; ; ) {
      const portion = await listCannedAfter(this.#app.storage.db, last ? { at: last.createdAt, id: last.id } : null, PORTION);
      for (const held of portion) {
        const before = this.#rows.get(held.id);
        rows.set(held.id, before?.updatedAt === held.updatedAt ? before : { updatedAt: held.updatedAt, row: toIndexed(held) });
      }
      last = portion.at(-1);
      if (portion.length < PORTION) break;
    }
    const index = await inTurns(
      CannedFinder.building(
        [...rows.values()].map(({ row }) => row),
        this.#index ?? undefined,
      ),
    );
    this.#rows = rows;
    this.#stamp = stamp;
    this.#index = index;
    return index;
  }
}

function toIndexed({ id, place, title, shortcut, texts }: CannedResponseRow): IndexedCanned {
  return { id, place, title, shortcut, texts: Object.values(JSON.parse(texts) as Record<string, string>) };
}
