import type { Db, Transaction } from '../storage/database.ts';
import { readRows, rowsFrom } from '../storage/rows.ts';
import type { ContactRow, IdentityRow } from '../storage/tables.ts';

const INDEX = 'contacts';

export async function hasContactChanges(db: Db): Promise<boolean> {
  return (await db.selectFrom('contactChange').select('contactId').limit(1).executeTakeFirst()) !== undefined;
}

export async function findContactIndexVersion(db: Db | Transaction): Promise<number | undefined> {
  return (await db.selectFrom('wordIndex').select('version').where('id', '=', INDEX).executeTakeFirst())?.version;
}

/** From now on the index is one of this version, and every customer file is still to come into it. */
export async function startContactIndex(trx: Transaction, version: number): Promise<void> {
  const fresh = { version, sweepAt: null, sweepId: null, sweptAt: null, followedTo: 0 };
  await trx
    .insertInto('wordIndex')
    .values({ id: INDEX, ...fresh })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
    .execute();
  await trx
    .insertInto('contactChange')
    .columns(['contactId'])
    .expression((from) => from.selectFrom('contact').select('id').where('id', 'is not', null))
    .onConflict((conflict) => conflict.column('contactId').doNothing())
    .execute();
}

/** Takes some of the changes away: whoever took them brings the index up to date in the same transaction. */
export async function takeContactChanges(trx: Transaction, limit: number): Promise<string[]> {
  const rows = await trx
    .deleteFrom('contactChange')
    .where('contactId', 'in', (from) => from.selectFrom('contactChange').select('contactId').limit(limit))
    .returning('contactId')
    .execute();
  return rows.map(({ contactId }) => contactId);
}

export async function listContactEntries(trx: Transaction, contactIds: readonly string[]): Promise<{ number: number; text: string }[]> {
  return trx.selectFrom('contactEntry').select(['number', 'text']).where('contactId', 'in', contactIds).execute();
}

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

/** In the order of the numbers. */
export async function listContactIdsByNumber(db: Db, numbers: readonly number[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const given = numbers.map((wanted) => ({ wanted }));
  const rows = await db
    .selectFrom(rowsFrom(db, given, { wanted: 'bigint' }).as('given'))
    .innerJoin('contactEntry', 'contactEntry.number', 'given.wanted')
    .select('contactEntry.contactId')
    .orderBy('given.ordinal')
    .execute();
  return rows.map(({ contactId }) => contactId);
}

export async function listContactNames(db: Db, ids: readonly string[]): Promise<Pick<ContactRow, 'id' | 'name' | 'company'>[]> {
  return readRows(db, 'contact', ids, ['id', 'name', 'company']);
}
