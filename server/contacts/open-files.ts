import { AppError } from '../../shared/errors.ts';
import { requireRight } from '../access/rights.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { lockContact } from './contact-store.ts';
import { getContact } from './contacts.ts';

/** As many merges may stand behind one link. */
const MERGES_MAX = 20;

/** Locked for whoever puts something into it. A file that was merged leads to the one that holds it now; an erased one takes nothing. */
export async function lockOpenFile(trx: Transaction, id: string): Promise<ContactRow> {
  let row = await lockContact(trx, id);
  for (let steps = 0; row.mergedInto !== null && steps < MERGES_MAX; steps += 1) row = await lockContact(trx, row.mergedInto);
  if (row.erasedAt !== null) throw new AppError('conflict', 'This person has been erased.', { field: 'contactId' });
  return row;
}

/** Whose documents these are, for who may see the file, and may change it. */
export async function findFilePlace(
  db: Db,
  caller: Pick<Caller, 'permissions'>,
  { id, isToChange }: { id: string; isToChange: boolean },
): Promise<{ contactId: string }> {
  requireRight(caller, isToChange ? 'contacts:edit' : 'contacts:view');
  return { contactId: (await getContact(db, id)).id };
}
