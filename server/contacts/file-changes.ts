/** The one door for what agents and programs change in a customer file: locked, written down, and told once it is committed. */
import { AppError } from '../../shared/errors.ts';
import type { App, FileChange } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { lockContact, updateContact } from './contact-store.ts';
import { getContact } from './contacts.ts';
import { tellContact } from './masking.ts';

/** What `edit` has changed; nothing is written down, and nobody is told, where that is nothing. */
interface Edited<Result> {
  result: Result;
  changes: FileChange['changes'];
}

export async function changeFile<Result>(
  app: App,
  caller: Pick<Caller, 'agentId' | 'name'>,
  contactId: string,
  edit: (trx: Transaction, now: number, row: ContactRow) => Promise<Edited<Result>>,
): Promise<Result> {
  const { result, contact } = await app.storage.write(async (trx) => {
    const row = await lockContact(trx, contactId);
    requireLive(row);
    const now = app.now();
    const edited = await edit(trx, now, row);
    if (edited.changes.length === 0) return { result: edited.result, contact: null };
    await updateContact(trx, contactId, { updatedAt: now });
    await writeDown(app, trx, caller, { contactId, changes: edited.changes, at: now });
    return { result: edited.result, contact: await getContact(trx, contactId) };
  });
  if (contact) tellContact(app, contact);
  return result;
}

/** For a room that changes files in a transaction of its own; it tells them after the commit. */
export async function writeDown(
  app: App,
  trx: Transaction,
  { agentId, name }: Pick<Caller, 'agentId' | 'name'>,
  change: Omit<FileChange, 'agent'>,
): Promise<void> {
  await app.followers.filesChanged(trx, [{ ...change, agent: { id: agentId, name } }]);
}

/** Nothing comes into a file whose person was erased, or that has gone into another one. */
export function requireLive(row: Pick<ContactRow, 'erasedAt' | 'mergedInto'>): void {
  if (row.erasedAt !== null) throw new AppError('conflict', 'This person has been erased.');
  if (row.mergedInto !== null) {
    throw new AppError('conflict', 'This file has gone into another one.', { field: 'contactId', subjectId: row.mergedInto });
  }
}
