import type { Db, Transaction } from '../storage/database.ts';
import { readRows } from '../storage/rows.ts';
import type { ContactRow, IdentityRow } from '../storage/tables.ts';

export async function listContactsToIndex(
  trx: Transaction,
  contactIds: readonly string[],
): Promise<{
  contacts: Pick<ContactRow, 'id' | 'name' | 'company' | 'createdAt'>[];
  identities: Pick<IdentityRow, 'contactId' | 'kind' | 'value'>[];
}> {
  const [contacts, identities] = await Promise.all([
    trx.selectFrom('contact').select(['id', 'name', 'company', 'createdAt']).where('id', 'in', contactIds).execute(),
    trx.selectFrom('identity').select(['contactId', 'kind', 'value']).where('contactId', 'in', contactIds).execute(),
  ]);
  return { contacts, identities };
}

export async function listContactNames(db: Db, ids: readonly string[]): Promise<Pick<ContactRow, 'id' | 'name' | 'company'>[]> {
  return readRows(db, 'contact', ids, ['id', 'name', 'company']);
}
