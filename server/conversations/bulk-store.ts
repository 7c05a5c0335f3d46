import type { Db, Transaction } from '../storage/database.ts';
import { insertRows } from '../storage/rows.ts';
import type { BulkUndoRow } from '../storage/tables.ts';

const kinds = {
  bulkId: 'text',
  conversationId: 'text',
  agentId: 'text',
  was: 'text',
  became: 'text',
  createdAt: 'bigint',
} as const;

/** What is kept already is kept: undone is what was before the first change under this id. */
export async function insertUndoRows(trx: Transaction, rows: readonly BulkUndoRow[]): Promise<void> {
  await insertRows(trx, 'bulkUndo', rows, kinds);
}

/** Those of these conversations that were changed under this id before. */
export async function listUndoIds(trx: Transaction, bulkId: string, conversationIds: readonly string[]): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('bulkUndo')
    .select('conversationId')
    .where('bulkId', '=', bulkId)
    .where('conversationId', 'in', conversationIds)
    .execute();
  return new Set(rows.map(({ conversationId }) => conversationId));
}

export async function findBulkOwner(db: Db, bulkId: string): Promise<string | undefined> {
  const row = await db.selectFrom('bulkUndo').select('agentId').where('bulkId', '=', bulkId).limit(1).executeTakeFirst();
  return row?.agentId;
}

export async function listUndoRows(db: Db, bulkId: string, limit: number): Promise<BulkUndoRow[]> {
  return db.selectFrom('bulkUndo').selectAll().where('bulkId', '=', bulkId).orderBy('conversationId').limit(limit).execute();
}

export async function deleteUndoRows(trx: Transaction, bulkId: string, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  await trx.deleteFrom('bulkUndo').where('bulkId', '=', bulkId).where('conversationId', 'in', conversationIds).execute();
}

export async function deleteUndoBefore(trx: Transaction, before: number): Promise<void> {
  await trx.deleteFrom('bulkUndo').where('createdAt', '<', before).execute();
}
