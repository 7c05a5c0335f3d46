/** From what a person typed to the words that were really written. */
import { wordsOf } from '../../shared/fold.ts';
import { endingOf, phoneQuery } from '../../shared/phone-digits.ts';
import { meantBeginnings } from '../../shared/word-forms.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { oneSlipAway, onOtherKeyboard, slipsAllowed, slipsBetween } from './near-words.ts';
import { type KnownWord, listKnownWords, listWordsFrom, type Vocabulary } from './word-store.ts';

/** Words of a query that count; the rest is passed over. */
const WORDS_MAX = 8;
/** Written words that one typed word may stand for. */
const MEANT_MAX = 40;
const NEAR_MAX = 6;
/** Words compared one by one for two slips: those that begin with the same two letters. */
const COMPARED_MAX = 4_000;

export interface ReadQuery {
  /** One word of each group must be there. */
  groups: string[][];
  corrections: { typed: string; used: string[] }[];
}

/** Null where nothing that was typed is a word. */
export async function readQuery(db: Db | Transaction, vocabulary: Vocabulary, query: string): Promise<ReadQuery | null> {
  const phone = phoneQuery(query);
  if (phone !== null) return readPhone(db, vocabulary, phone, query);
  const typed = [...new Map(wordsOf(query).map((found) => [found.word, found])).values()].slice(0, WORDS_MAX);
  if (typed.length === 0) return null;
  const read: ReadQuery = { groups: [], corrections: [] };
  for (const { word, from, to } of typed) {
    const written = await listMeant(db, vocabulary, word);
    if (written.length > 0) {
      read.groups.push(written);
      continue;
    }
    const near = await listNear(db, vocabulary, word);
    read.groups.push(near);
    if (near.length > 0) read.corrections.push({ typed: query.slice(from, to), used: near });
  }
  return read;
}

async function readPhone(db: Db | Transaction, vocabulary: Vocabulary, digits: string, query: string): Promise<ReadQuery> {
  const ending = endingOf(digits);
  const beginnings = [
    digits,
    ...wordsOf(query)
      .map(({ word }) => word)
      .filter((word) => word.length >= 7),
  ];
  const known = await Promise.all([...new Set(beginnings)].map((one) => listWordsFrom(db, vocabulary, one, MEANT_MAX)));
  const words = new Set([...(ending === null ? [] : [ending]), ...known.flat().map(({ word }) => word)]);
  return { groups: [[...words]], corrections: [] };
}

async function listMeant(db: Db | Transaction, vocabulary: Vocabulary, word: string): Promise<string[]> {
  const beginnings = meantBeginnings(word);
  const [exact, ...known] = await Promise.all([
    listKnownWords(db, vocabulary, [word]),
    ...beginnings.map((beginning) => listWordsFrom(db, vocabulary, beginning, MEANT_MAX)),
  ]);
  return [...new Set([...exact, ...known.flat()].map((one) => one.word))].slice(0, 2 * MEANT_MAX);
}

async function listNear(db: Db | Transaction, vocabulary: Vocabulary, word: string): Promise<string[]> {
  const other = onOtherKeyboard(word);
  if (other !== null) {
    const meant = await listMeant(db, vocabulary, wordsOf(other)[0]?.word ?? other);
    if (meant.length > 0) return meant;
  }
  const slips = slipsAllowed(word);
  if (slips === 0) return [];
  const close = await listKnownWords(db, vocabulary, oneSlipAway(word));
  if (close.length > 0 || slips === 1) return mostFrequent(close);
  const candidates = await listWordsFrom(db, vocabulary, word.slice(0, 2), COMPARED_MAX);
  return mostFrequent(candidates.filter((candidate) => slipsBetween(word, candidate.word, slips) <= slips));
}

function mostFrequent(words: readonly KnownWord[]): string[] {
  return words
    .toSorted((a, b) => b.entries - a.entries)
    .slice(0, NEAR_MAX)
    .map(({ word }) => word);
}
