/** What the indexes of messages, customer files, tickets and opportunities have in common: numbers in the order of time, and counted words. */
import { wordsOf } from '../../shared/fold.ts';
import { phoneEndings } from '../../shared/phone-digits.ts';
import { bareForms } from '../../shared/word-forms.ts';
import type { Transaction } from '../storage/database.ts';
import type { EntryOwner, EntryTable } from '../storage/words-dialect.ts';
import {
  clearEntries,
  countWords,
  deleteEntries,
  getHighestNumber,
  insertEntries,
  listTakenNumbers,
  type Vocabulary,
  type WordCount,
} from './word-store.ts';

/** Rises when words are folded or formed in another way than before: every index is then built anew, in the background. */
export const WORDS_VERSION = 1;

const vocabularyOf: Record<EntryTable, Vocabulary> = {
  messageEntry: 'messageWord',
  contactEntry: 'contactWord',
  ticketEntry: 'ticketWord',
  opportunityEntry: 'opportunityWord',
};
const ownerOf: Record<EntryTable, EntryOwner> = {
  messageEntry: 'messageId',
  contactEntry: 'contactId',
  ticketEntry: 'ticketId',
  opportunityEntry: 'opportunityId',
};

/** Every word that a text is found by, once. */
export function entryWords(text: string): string[] {
  const found = new Set<string>();
  for (const { word } of wordsOf(text)) {
    if (found.has(word)) continue;
    found.add(word);
    for (const form of bareForms(word)) found.add(form);
  }
  for (const ending of phoneEndings(text)) found.add(ending);
  return [...found];
}

export interface NewEntry {
  id: string;
  words: readonly string[];
  createdAt: number;
}

export async function addEntries(trx: Transaction, table: EntryTable, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const column = ownerOf[table];
  const inTime = entries.toSorted((a, b) => a.createdAt - b.createdAt);
  const numbers = await takeNumbers(
    trx,
    table,
    inTime.map(({ createdAt }) => createdAt),
  );
  const rows = inTime.map(({ id, words }, index) => ({ number: numbers[index] as number, [column]: id, words: words.join(' ') }));
  await insertEntries(trx, table, rows, column);
  const numbered = inTime.map(({ words }, index) => ({ number: numbers[index] as number, words }));
  await countWords(trx, vocabularyOf[table], countedIn(numbered, 1));
}

/** `words` are those that the entries were added with. */
export async function removeEntries(
  trx: Transaction,
  table: EntryTable,
  entries: readonly { number: number; words: readonly string[] }[],
): Promise<void> {
  await deleteEntries(
    trx,
    table,
    entries.map(({ number }) => number),
  );
  await countWords(trx, vocabularyOf[table], countedIn(entries, -1));
}

export async function removeAllEntries(trx: Transaction, table: EntryTable): Promise<void> {
  await clearEntries(trx, table, vocabularyOf[table]);
}

/**
 * An entry's number is its moment, or the next that is free. Where a thousand fell on one moment, and no place is free
 * nearby, it comes after all others.
 */
async function takeNumbers(trx: Transaction, table: EntryTable, moments: readonly number[]): Promise<number[]> {
  const room = 4 * moments.length + 64;
  const starts = [...new Set(moments)];
  const taken = new Set(
    await listTakenNumbers(
      trx,
      table,
      starts.map((low) => ({ low, high: low + room })),
    ),
  );
  let highest: number | null = null;
  const numbers: number[] = [];
  for (const moment of moments) {
    let number = moment;
    while (taken.has(number)) number += 1;
    if (number >= moment + room) {
      highest ??= Math.max(await getHighestNumber(trx, table), ...numbers);
      highest += 1;
      number = highest;
    }
    taken.add(number);
    numbers.push(number);
  }
  return numbers;
}

function countedIn(entries: readonly { number: number; words: readonly string[] }[], each: 1 | -1): Map<string, WordCount> {
  const counts = new Map<string, WordCount>();
  for (const { number, words } of entries) {
    for (const word of words) {
      const count = counts.get(word);
      if (count === undefined) counts.set(word, { entries: each, newest: number });
      else {
        count.entries += each;
        count.newest = Math.max(count.newest, number);
      }
    }
  }
  return counts;
}
