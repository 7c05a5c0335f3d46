/** From what a person typed to what holds it: Hebrew with and without what is written onto a word, and a slip of the finger forgiven. */
import type { App } from '../app.ts';
import type { Db } from '../storage/database.ts';
import { matchEntries } from '../storage/entry-words.ts';
import type { FoundRows } from '../storage/found-condition.ts';
import { listIdsByNumber, listKeptEntries } from './kept-word-store.ts';
import { catchUp, type WordIndex } from './kept-words.ts';
import { type ReadQuery, readQuery } from './word-query.ts';

/** More than these are so many that a walk through a list, looking at each, comes to enough of them at once. */
const FEW_MAX = 4_000;
const EVERYTHING = { before: Number.MAX_SAFE_INTEGER, from: 0 };

export interface Found extends FoundRows {
  corrections: ReadQuery['corrections'];
}

/** For a list in any order, which is narrowed to what was found. */
export async function findByWords(app: App, index: WordIndex, query: string): Promise<Found> {
  const { db } = app.storage;
  await catchUp(app, index);
  const read = await readQuery(db, `${index.of}Word`, query);
  if (read === null || read.groups.some((group) => group.length === 0)) return { ids: [], groups: [], corrections: [] };
  const { groups, corrections } = read;
  const numbers = await matchEntries(db, `${index.of}Entry`, { ...read, ...EVERYTHING, limit: FEW_MAX + 1 });
  const ids = numbers.length > FEW_MAX ? null : await listIdsByNumber(db, index, numbers);
  return { ids, groups, corrections };
}

/** What holds the words, the newest first. */
export async function listIdsHolding(db: Db, index: WordIndex, { read, limit }: { read: ReadQuery; limit: number }): Promise<string[]> {
  return listIdsByNumber(db, index, await matchEntries(db, `${index.of}Entry`, { ...read, ...EVERYTHING, limit }));
}

/** Every word that one of these is found by. */
export async function listWordsOf(db: Db, index: WordIndex, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await listKeptEntries(db, index, ids)).flatMap(({ text }) => text.split(' ')));
}
