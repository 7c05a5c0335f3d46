import type { Db, Transaction } from '../storage/database.ts';
import type { TagRow } from '../storage/tables.ts';

/** By name. */
export async function listTagRows(db: Db, { after, limit }: { after: string | null; limit: number }): Promise<TagRow[]> {
  const query = db.selectFrom('tag').selectAll().orderBy('name').limit(limit);
  return (after === null ? query : query.where('name', '>', after)).execute();
}

export async function findTag(db: Db, name: string): Promise<TagRow | undefined> {
  return db.selectFrom('tag').selectAll().where('name', '=', name).executeTakeFirst();
}

/** The oldest of those that are to go. */
export async function findLeaving(db: Db): Promise<TagRow | undefined> {
  return db.selectFrom('tag').selectAll().where('isLeaving', '=', 1).orderBy('name').limit(1).executeTakeFirst();
}

/** Nothing where the name is known. */
export async function insertTag(
  trx: Transaction,
  { name, colour, createdAt }: Pick<TagRow, 'name' | 'colour' | 'createdAt'>,
): Promise<boolean> {
  const made = await trx
    .insertInto('tag')
    .values({ name, colour, createdAt, conversations: 0, isLeaving: 0, becomes: null })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateTag(
  trx: Transaction,
  name: string,
  values: Partial<Pick<TagRow, 'colour' | 'isLeaving' | 'becomes'>>,
): Promise<void> {
  await trx.updateTable('tag').set(values).where('name', '=', name).execute();
}

/** What was to become the one becomes the other. */
export async function redirectTags(trx: Transaction, from: string, to: string | null): Promise<void> {
  await trx.updateTable('tag').set({ becomes: to }).where('isLeaving', '=', 1).where('becomes', '=', from).execute();
}

export async function listCarriers(db: Db, name: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('conversationTag')
    .select('conversationId')
    .where('name', '=', name)
    .orderBy('conversationId')
    .limit(limit)
    .execute();
  return rows.map(({ conversationId }) => conversationId);
}

/** False if somebody carries it again. */
export async function deleteTag(trx: Transaction, name: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom('tag')
    .where('name', '=', name)
    .where('isLeaving', '=', 1)
    .where('conversations', '<=', 0)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('conversationTag').select('name').where('name', '=', name))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('contactTag').select('tag').where('tag', '=', name))))
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
