/** The words that opportunities are found by: the name, the customer's, and what was noted, also of why it was lost. */
import type { Transaction } from '../storage/database.ts';
import { entryWords, type NewEntry } from '../words/entries.ts';
import type { WordIndex } from '../words/kept-words.ts';
import { listOpportunityTexts } from './opportunity-store.ts';

export const opportunityIndex: WordIndex = {
  of: 'opportunity',
  id: 'opportunities',
  queue: 'opportunityToIndex',
  batch: 100,
  listEntries,
};

async function listEntries(trx: Transaction, ids: readonly string[]): Promise<NewEntry[]> {
  const opportunities = await listOpportunityTexts(trx, ids);
  return opportunities.map(({ id, name, contactName, note, lostNote, createdAt }) => {
    const texts = [name, contactName, note, lostNote];
    return { id, createdAt, words: entryWords(texts.filter(Boolean).join('\n')) };
  });
}
