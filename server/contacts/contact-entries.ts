/** The words that customer files are found by. */
import { phoneParts } from '../../shared/phone-digits.ts';
import type { Transaction } from '../storage/database.ts';
import { entryWords, type NewEntry } from '../words/entries.ts';
import type { WordIndex } from '../words/kept-words.ts';
import { listContactsToIndex } from './contact-entry-store.ts';

export const contactIndex: WordIndex = {
  of: 'contact',
  id: 'contacts',
  queue: 'contactChange',
  batch: 100,
  listEntries,
  hasIndexed: (app, trx, ids) => app.followers.contactsIndexed(trx, ids),
};

async function listEntries(trx: Transaction, ids: readonly string[]): Promise<NewEntry[]> {
  const { contacts, identities } = await listContactsToIndex(trx, ids);
  return contacts.map(({ id, name, company, createdAt }) => {
    const own = identities.filter(({ contactId }) => contactId === id);
    const texts = [name, company, ...own.filter(({ kind }) => kind !== 'phone').map(({ value }) => value)];
    const phones = own.filter(({ kind }) => kind === 'phone').flatMap(({ value }) => phoneParts(value));
    return { id, createdAt, words: [...new Set([...entryWords(texts.filter(Boolean).join('\n')), ...phones])] };
  });
}
