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
const MEANT_MAX = 24;
const NEAR_MAX = 6;
/** Words compared one by one for two slips: those that begin with the same two letters. */
const COMPARED_MAX = 4_000;

export interface ReadQuery {
  /** One word of each group must be there. */
  groups: string[][];
  /** At most so many entries can hold them all. */
  entriesMost: number;
  /** The number of the newest entry that can hold them all. */
  newest: number;
  corrections: { typed: string; used: string[] }[];
}

/** Null where nothing that was typed is a word. */
export async function readQuery(db: Db | Transaction, vocabulary: Vocabulary, query: string): Promise<ReadQuery | null> {
  const phone = phoneQuery(query);
  if (phone !== null) return readPhone(db, vocabulary, phone, query);
  const typed = [...new Map(wordsOf(query).map((found) => [found.word, found])).values()].slice(0, WORDS_MAX);
  if (typed.length === 0) return null;
  const meant = await listMeant(
    db,
    vocabulary,
    typed.map(({ word }) => word),
  );
  const corrections: ReadQuery['corrections'] = [];
  for (const [at, { word, from, to }] of typed.entries()) {
    if (meant[at]?.length !== 0) continue;
    const near = await listNear(db, vocabulary, word);
    meant[at] = near;
    if (near.length > 0) corrections.push({ typed: query.slice(from, to), used: near.map((one) => one.word) });
  }
  return toRead(meant, corrections);
}

async function readPhone(db: Db | Transaction, vocabulary: Vocabulary, digits: string, query: string): Promise<ReadQuery> {
  const ending = endingOf(digits);
  const written = wordsOf(query).map(({ word }) => word);
  const beginnings = [...new Set([digits, ...(ending === null ? [] : [ending]), ...written.filter((word) => word.length >= 7)])];
  return toRead([await listWordsFrom(db, vocabulary, beginnings, MEANT_MAX)], []);
}

function toRead(meant: readonly (readonly KnownWord[])[], corrections: ReadQuery['corrections']): ReadQuery {
  const sizes = meant.map((words) => words.reduce((sum, { entries }) => sum + entries, 0));
  const newest = Math.min(...meant.map((words) => Math.max(...words.map((word) => word.newest))));
  return {
    groups: meant.map((words) => [...new Set(words.map(({ word }) => word))]),
    entriesMost: Math.min(...sizes),
    newest,
    corrections,
  };
}

/** For each typed word those that are written: itself first, then its forms and what begins so. */
async function listMeant(db: Db | Transaction, vocabulary: Vocabulary, words: readonly string[]): Promise<KnownWord[][]> {
  const beginnings = words.flatMap((word, at) => meantBeginnings(word).map((beginning) => ({ at, beginning })));
  const known = await listWordsFrom(
    db,
    vocabulary,
    beginnings.map(({ beginning }) => beginning),
    MEANT_MAX,
  );
  return words.map((_, at) => known.filter(({ place }) => beginnings[place]?.at === at).slice(0, 2 * MEANT_MAX));
}

async function listNear(db: Db | Transaction, vocabulary: Vocabulary, word: string): Promise<KnownWord[]> {
  const other = onOtherKeyboard(word);
  if (other !== null) {
    const [meant = []] = await listMeant(db, vocabulary, [wordsOf(other)[0]?.word ?? other]);
    if (meant.length > 0) return meant;
  }
  const slips = slipsAllowed(word);
  if (slips === 0) return [];
  const close = await listKnownWords(db, vocabulary, oneSlipAway(word));
  if (close.length > 0 || slips === 1) return mostFrequent(close);
  const candidates = await listWordsFrom(db, vocabulary, [word.slice(0, 2)], COMPARED_MAX);
  return mostFrequent(candidates.filter((candidate) => slipsBetween(word, candidate.word, slips) <= slips));
}

function mostFrequent(words: readonly KnownWord[]): KnownWord[] {
  return words.toSorted((a, b) => b.entries - a.entries).slice(0, NEAR_MAX);
}

/** Questions for words as they are written, one of each group. Null for one that asks for a word that no entry holds. */
export async function readWordGroups(
  db: Db | Transaction,
  vocabulary: Vocabulary,
  questions: readonly (readonly (readonly string[])[])[],
): Promise<(ReadQuery | null)[]> {
  const asked = [...new Set(questions.flat(2))];
  const known = new Map((await listKnownWords(db, vocabulary, asked)).map((word) => [word.word, word]));
  return questions.map((groups) => {
    const meant = groups.map((group) => group.flatMap((word) => known.get(word) ?? []));
    return meant.length === 0 || meant.some((words) => words.length === 0) ? null : toRead(meant, []);
  });
}
