import { requireRight } from '../access/rights.ts';
import type { Db } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { getOpportunityContact } from './opportunity-store.ts';

/** Whose documents these are, for who may see opportunities, and may change them. */
export async function findOpportunityPlace(
  db: Db,
  caller: Pick<Caller, 'permissions'>,
  { id, isToChange }: { id: string; isToChange: boolean },
): Promise<{ contactId: string }> {
  requireRight(caller, isToChange ? 'opportunities:edit' : 'opportunities:view');
  return { contactId: await getOpportunityContact(db, id) };
}
