import type { IdentityKind } from '../../shared/contact.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { ContactRow } from '../storage/tables.ts';
import { isMoreThanHearsay } from './hearsay-store.ts';

/** More files than this that claim the same are no clue. */
const CLAIMS_MAX = 2;

export async function lockFileRow(trx: Transaction, id: string): Promise<ContactRow | undefined> {
  const [row] = await lockRows(trx, 'contact', [id]);
  return row as ContactRow | undefined;
}

/** Files that are neither erased nor merged into another one: the one that holds it as verified, else a few of those that claim it. */
export async function listHolders(db: Db, kind: IdentityKind, value: string): Promise<string[]> {
  const rows = await db
    .selectFrom('identity')
    .innerJoin('contact', 'contact.id', 'identity.contactId')
    .select(['identity.contactId', 'identity.isVerified'])
    .where('identity.kind', '=', kind)
    .where('identity.value', '=', value)
    .where('contact.erasedAt', 'is', null)
    .where(isMoreThanHearsay)
    .where('contact.mergedInto', 'is', null)
    .orderBy('identity.isVerified', 'desc')
    .limit(CLAIMS_MAX)
    .execute();
  return (rows[0]?.isVerified === 1 ? rows.slice(0, 1) : rows).map(({ contactId }) => contactId);
}
