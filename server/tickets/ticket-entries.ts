/** Keeps the words that tickets are found by: subject, description, external id and work log. Triggers note which have changed, whoever changed them. */
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { addEntries, entryWords, removeAllEntries, removeEntries, WORDS_VERSION } from '../words/entries.ts';
import {
  findTicketIndexVersion,
  hasTicketsToIndex,
  listTicketEntries,
  listTicketTexts,
  listWorkTexts,
  startTicketIndex,
  takeTicketsToIndex,
} from './ticket-entry-store.ts';

const BATCH = 50;
/** Tickets that a search brings up to date before it looks; during a long import it does not wait for all. */
const BATCHES_BEFORE_SEARCH = 5;
/** Of a long log the latest entries, and as many characters, are found: nobody's ticket holds up the rest. */
const WORK_MAX = 300;
const CHARACTERS_MAX = 60_000;

/** Brings some changed tickets into the index. False when there was nothing to do. */
export async function indexTickets(app: App): Promise<boolean> {
  const { storage } = app;
  const [version, hasChanges] = await Promise.all([findTicketIndexVersion(storage.db), hasTicketsToIndex(storage.db)]);
  if (version !== WORDS_VERSION) {
    await storage.write(async (trx) => {
      if ((await findTicketIndexVersion(trx)) === WORDS_VERSION) return;
      await removeAllEntries(trx, 'ticketEntry');
      await startTicketIndex(trx, WORDS_VERSION);
    });
    return true;
  }
  if (!hasChanges) return false;
  await storage.write(async (trx) => {
    const ids = await takeTicketsToIndex(trx, BATCH);
    if (ids.length === 0) return;
    await forgetTicketWords(trx, ids);
    const entries = [];
    for (const { id, subject, description, externalId, createdAt } of await listTicketTexts(trx, ids)) {
      const log = await listWorkTexts(trx, id, WORK_MAX);
      const text = [subject, externalId, description, ...log].filter(Boolean).join('\n').slice(0, CHARACTERS_MAX);
      entries.push({ id, createdAt, words: entryWords(text) });
    }
    await addEntries(
      trx,
      'ticketEntry',
      entries.filter(({ words }) => words.length > 0),
    );
  });
  return true;
}

/** What an agent has just written down is found at once. */
export async function catchUpTickets(app: App): Promise<void> {
  for (let batch = 0; batch < BATCHES_BEFORE_SEARCH; batch += 1) if (!(await indexTickets(app))) return;
}

/** Nobody finds these by what they said, from this moment on. */
export async function forgetTicketWords(trx: Transaction, ids: readonly string[]): Promise<void> {
  const entries = await listTicketEntries(trx, ids);
  await removeEntries(
    trx,
    'ticketEntry',
    entries.map(({ number, text }) => ({ number, words: text.split(' ') })),
  );
}
