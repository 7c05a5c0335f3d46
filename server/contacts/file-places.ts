import { requireRight } from '../access/rights.ts';
import type { Db } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { getContact } from './contacts.ts';

/** Whose documents these are, for who may see the file, and may change it. */
export async function findFilePlace(
  db: Db,
  caller: Pick<Caller, 'permissions'>,
  { id, isToChange }: { id: string; isToChange: boolean },
): Promise<{ contactId: string }> {
  requireRight(caller, isToChange ? 'contacts:edit' : 'contacts:view');
  return { contactId: (await getContact(db, id)).id };
}
