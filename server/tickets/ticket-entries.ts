/** The words that tickets are found by: subject, description, external id and work log. */
import type { Transaction } from '../storage/database.ts';
import { entryWords, type NewEntry } from '../words/entries.ts';
import type { WordIndex } from '../words/kept-words.ts';
import { listTicketTexts } from './ticket-store.ts';
import { listLatestWork } from './ticket-work-store.ts';

/** Of a long text so many characters are found: nobody's ticket holds up the rest. */
const CHARACTERS_MAX = 60_000;

export const ticketIndex: WordIndex = { of: 'ticket', id: 'tickets', queue: 'ticketToIndex', batch: 50, listEntries };

async function listEntries(trx: Transaction, ids: readonly string[]): Promise<NewEntry[]> {
  const [tickets, logs] = [await listTicketTexts(trx, ids), await listLatestWork(trx, ids)];
  return tickets.map(({ id, subject, description, externalId, createdAt }) => {
    const texts = [subject, externalId, description, ...(logs.get(id) ?? [])];
    return { id, createdAt, words: entryWords(texts.filter(Boolean).join('\n').slice(0, CHARACTERS_MAX)) };
  });
}
