import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { type FoundWord, wordsOf } from '../../shared/fold.ts';
import { endingOf, phoneEndings, phoneQuery } from '../../shared/phone-digits.ts';
import type { ConversationSearchReply } from '../../shared/search.ts';
import { bareForms, meantBeginnings } from '../../shared/word-forms.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { listFoundConversations, listTextsBefore } from './search-store.ts';

const FOUND_MAX = 500;
const LOOKED_THROUGH_MAX = 20_000;
const PAGE = 100;
const LOOK_FOR_MS = 2_000;

interface AskedFinds {
  conversationId: string;
  query: string;
  /** Where to stop, in milliseconds: what is found by then is told as cut. */
  lookForMs?: number;
}

/**
 * Looks through the texts themselves instead of the index, so that it knows the newest message too. Beginnings of words
 * count, slips do not: who looks in one conversation sees the word that was meant.
 */
export async function findInConversation(app: App, caller: Caller, asked: AskedFinds): Promise<ConversationSearchReply> {
  const { conversationId, query, lookForMs = LOOK_FOR_MS } = asked;
  const { db } = app.storage;
  const seen = await listFoundConversations(db, { filter: { sight: caller }, id: conversationId, before: null, limit: 1 });
  if (seen.length === 0) throw new AppError('not-found', 'There is no such conversation.');
  const reply: ConversationSearchReply = { seqs: [], words: [], isCut: false };
  const wanted = wordsOf(query).map(({ word }) => meantBeginnings(word));
  const ending = endingOf(phoneQuery(query) ?? '');
  if (wanted.length === 0) return reply;
  const words = new Set<string>();
  let before = 2_147_483_647;
  const startedAt = performance.now();
  for (let looked = 0; looked < LOOKED_THROUGH_MAX && performance.now() - startedAt < lookForMs; looked += PAGE) {
    const rows = await listTextsBefore(db, conversationId, before, PAGE);
    for (const { seq, text } of rows) {
      const found = findWords(text, wanted) ?? (ending !== null && phoneEndings(text).includes(ending) ? wordsOf(query) : null);
      if (found === null) continue;
      for (const { word } of found) words.add(word);
      reply.seqs.push(seq);
    }
    // Long texts take their time: everybody else has a turn between the pages.
    await nextTurn();
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return { ...reply, words: [...words] };
    if (reply.seqs.length >= FOUND_MAX) break;
    before = last.seq;
  }
  return { seqs: reply.seqs, words: [...words], isCut: true };
}

/** The text's words that were meant, or null unless all that were asked for are there. */
function findWords(text: string, wanted: readonly (readonly string[])[]): FoundWord[] | null {
  const found: FoundWord[] = [];
  const met = new Set<number>();
  for (const one of wordsOf(text)) {
    const forms = [one.word, ...bareForms(one.word)];
    for (const [at, beginnings] of wanted.entries()) {
      if (!beginnings.some((beginning) => forms.some((form) => form.startsWith(beginning)))) continue;
      met.add(at);
      found.push(one);
    }
  }
  return met.size === wanted.length ? found : null;
}
