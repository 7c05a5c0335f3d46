/**
 * An index of words of what changes: of customer files, tickets, opportunities. Triggers note in a queue which have changed, whoever changed
 * them; the index follows in the background, and a search brings it up to date before it looks.
 */
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { addEntries, type NewEntry, removeAllEntries, removeEntries, WORDS_VERSION } from './entries.ts';
import { findIndexVersion, hasQueued, type IndexPlaces, listKeptEntries, startIndex, takeQueued } from './kept-word-store.ts';

/** Batches that a search waits for; during a long import it does not wait for all. */
const BATCHES_BEFORE_SEARCH = 5;

export interface WordIndex extends IndexPlaces {
  /** Brought up to date at once. */
  batch: number;
  /** Which words each of these is found by now; those that are no more are left out. */
  listEntries: (trx: Transaction, ids: readonly string[]) => Promise<NewEntry[]>;
  /** In the same transaction. */
  hasIndexed?: (app: App, trx: Transaction, ids: readonly string[]) => Promise<void>;
}

/** Brings some that have changed into the index. False when there was nothing to do. */
export async function indexChanged(app: App, index: WordIndex): Promise<boolean> {
  const { storage } = app;
  const [version, hasChanges] = await Promise.all([findIndexVersion(storage.db, index), hasQueued(storage.db, index)]);
  if (version !== WORDS_VERSION) {
    await storage.write(async (trx) => {
      if ((await findIndexVersion(trx, index)) === WORDS_VERSION) return;
      await removeAllEntries(trx, `${index.of}Entry`);
      await startIndex(trx, index, WORDS_VERSION);
    });
    return true;
  }
  if (!hasChanges) return false;
  await storage.write(async (trx) => {
    const ids = await takeQueued(trx, index, index.batch);
    if (ids.length === 0) return;
    await forgetWords(trx, index, ids);
    const entries = await index.listEntries(trx, ids);
    await addEntries(
      trx,
      `${index.of}Entry`,
      entries.filter(({ words }) => words.length > 0),
    );
    await index.hasIndexed?.(app, trx, ids);
  });
  return true;
}

/** What an agent has just written down is found at once. */
export async function catchUp(app: App, index: WordIndex): Promise<void> {
  for (let batch = 0; batch < BATCHES_BEFORE_SEARCH; batch += 1) if (!(await indexChanged(app, index))) return;
}

/** Nobody finds these by what they said, from this moment on. */
export async function forgetWords(trx: Transaction, index: WordIndex, ids: readonly string[]): Promise<void> {
  const entries = await listKeptEntries(trx, index, ids);
  await removeEntries(
    trx,
    `${index.of}Entry`,
    entries.map(({ number, text }) => ({ number, words: text.split(' ') })),
  );
}
