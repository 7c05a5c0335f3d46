/** Keeps the words that customer files are found by. Triggers note which files have changed, whoever changed them. */

import { phoneParts } from '../../shared/phone-digits.ts';
import type { App } from '../app.ts';
import { addEntries, entryWords, removeAllEntries, removeEntries, WORDS_VERSION } from '../words/entries.ts';
import {
  findContactIndexVersion,
  hasContactChanges,
  listContactEntries,
  listContactsToIndex,
  startContactIndex,
  takeContactChanges,
} from './contact-entry-store.ts';

const BATCH = 100;
/** Files that a search brings up to date before it looks; during a long import it does not wait for all. */
const BATCHES_BEFORE_SEARCH = 5;

/** Brings some changed files into the index. False when there was nothing to do. */
export async function indexContacts(app: App): Promise<boolean> {
  const { storage } = app;
  const [version, hasChanges] = await Promise.all([findContactIndexVersion(storage.db), hasContactChanges(storage.db)]);
  if (version !== WORDS_VERSION) {
    await storage.write(async (trx) => {
      if ((await findContactIndexVersion(trx)) === WORDS_VERSION) return;
      await removeAllEntries(trx, 'contactEntry');
      await startContactIndex(trx, WORDS_VERSION);
    });
    return true;
  }
  if (!hasChanges) return false;
  await storage.write(async (trx) => {
    const ids = await takeContactChanges(trx, BATCH);
    if (ids.length === 0) return;
    const before = await listContactEntries(trx, ids);
    await removeEntries(
      trx,
      'contactEntry',
      before.map(({ number, text }) => ({ number, words: text.split(' ') })),
    );
    const { contacts, identities } = await listContactsToIndex(trx, ids);
    const entries = contacts.map(({ id, name, company, createdAt }) => {
      const own = identities.filter(({ contactId }) => contactId === id);
      const texts = [name, company, ...own.filter(({ kind }) => kind !== 'phone').map(({ value }) => value)];
      const phones = own.filter(({ kind }) => kind === 'phone').flatMap(({ value }) => phoneParts(value));
      return { id, createdAt, words: [...new Set([...entryWords(texts.filter(Boolean).join('\n')), ...phones])] };
    });
    await addEntries(
      trx,
      'contactEntry',
      entries.filter(({ words }) => words.length > 0),
    );
    await app.followers.contactsIndexed(trx, ids);
  });
  return true;
}

/** What an agent has just written down is found at once. */
export async function catchUpContacts(app: App): Promise<void> {
  for (let batch = 0; batch < BATCHES_BEFORE_SEARCH; batch += 1) if (!(await indexContacts(app))) return;
}
