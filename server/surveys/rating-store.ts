import type { Db, Transaction } from '../storage/database.ts';
import type { RatingRow } from '../storage/tables.ts';

export async function findRatingRow(db: Db, conversationId: string, endedAt: number): Promise<RatingRow | undefined> {
  return db.selectFrom('rating').selectAll().where('conversationId', '=', conversationId).where('endedAt', '=', endedAt).executeTakeFirst();
}

export async function insertRating(trx: Transaction, row: RatingRow): Promise<void> {
  await trx.insertInto('rating').values(row).execute();
}

export async function updateRating(
  trx: Transaction,
  id: string,
  values: Pick<RatingRow, 'score' | 'comment' | 'changedAt'>,
): Promise<void> {
  await trx.updateTable('rating').set(values).where('id', '=', id).execute();
}

export async function clearComments(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  await trx.updateTable('rating').set({ comment: null }).where('conversationId', 'in', conversationIds).execute();
}
