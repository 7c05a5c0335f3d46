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

export async function insertUndoRows(trx: Transaction, rows: readonly BulkUndoRow[]): Promise<void> {
  await insertRows(trx, 'bulkUndo', rows, kinds);
}

/** Those of these conversations that this id has come to before, and what it did there. */
export async function listKnownOutcomes(
  trx: Transaction,
  bulkId: string,
  conversationIds: readonly string[],
): Promise<Map<string, 'done' | 'same'>> {
  const rows = await trx
    .selectFrom('bulkUndo')
    .select(['conversationId', 'was', 'became'])
    .where('bulkId', '=', bulkId)
    .where('conversationId', 'in', conversationIds)
    .execute();
  return new Map(rows.map(({ conversationId, was, became }) => [conversationId, was === became ? 'same' : 'done']));
}

export async function findBulkOwner(db: Db, bulkId: string): Promise<string | undefined> {
  const row = await db.selectFrom('bulkUndo').select('agentId').where('bulkId', '=', bulkId).limit(1).executeTakeFirst();
  return row?.agentId;
}

/** What there is to undo: not what was so already. */
export async function listUndoRows(db: Db, bulkId: string, limit: number): Promise<BulkUndoRow[]> {
  const rows = db.selectFrom('bulkUndo').selectAll().where('bulkId', '=', bulkId).whereRef('was', '<>', 'became');
  return rows.orderBy('conversationId').limit(limit).execute();
}

export async function deleteUndoRows(trx: Transaction, bulkId: string, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  await trx.deleteFrom('bulkUndo').where('bulkId', '=', bulkId).where('conversationId', 'in', conversationIds).execute();
}

export async function deleteUndoBefore(trx: Transaction, before: number): Promise<void> {
  await trx.deleteFrom('bulkUndo').where('createdAt', '<', before).execute();
}

/** That they were changed is all that stays. */
export async function emptyUndoRows(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  await trx.updateTable('bulkUndo').set({ was: '', became: '' }).where('conversationId', 'in', conversationIds).execute();
}
