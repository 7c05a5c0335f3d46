import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, readRows, updateRows } from '../storage/rows.ts';
import type { PurchaseChangeRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

const changeColumns = {
  id: 'text',
  purchaseId: 'text',
  contactId: 'text',
  at: 'bigint',
  agentId: 'text',
  source: 'text',
  kind: 'text',
  currency: 'text',
  changes: 'text',
} as const;

export async function insertPurchaseChanges(trx: Transaction, rows: readonly PurchaseChangeRow[]): Promise<void> {
  await insertRows(trx, 'purchaseChange', rows, changeColumns);
}

/** Newest first. */
export async function listPurchaseChangeRows(
  db: Db,
  purchaseId: string,
  { before, limit }: { before: Cursor | null; limit: number },
): Promise<PurchaseChangeRow[]> {
  let query = db
    .selectFrom('purchaseChange')
    .selectAll()
    .where('purchaseId', '=', purchaseId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('at', 'id', before));
  return query.execute();
}

/** Whose it was: the purchase that could say it is gone. */
export async function keepForFile(trx: Transaction, purchaseId: string, contactId: string): Promise<void> {
  await trx.updateTable('purchaseChange').set({ contactId }).where('purchaseId', '=', purchaseId).execute();
}

/** In the order of their ids: what was done to a file's purchases, also to those that are gone. */
export async function listChangesInFile(
  trx: Transaction,
  contactId: string,
  { after, limit }: { after: string; limit: number },
): Promise<Pick<PurchaseChangeRow, 'id' | 'changes'>[]> {
  const own = trx.selectFrom('purchase').select('id').where('contactId', '=', contactId);
  return trx
    .selectFrom('purchaseChange')
    .select(['id', 'changes'])
    .where((is) => is.or([is('contactId', '=', contactId), is('purchaseId', 'in', own)]))
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function rewriteChanges(trx: Transaction, rows: readonly Pick<PurchaseChangeRow, 'id' | 'changes'>[]): Promise<void> {
  await updateRows(trx, 'purchaseChange', rows, { id: 'text', changes: 'text' });
}

/** What these are called today. */
export async function listCalled(db: Db, table: 'contact' | 'company' | 'agent', ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await readRows(db, table as 'contact', ids, ['id', 'name']);
  return new Map(rows.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
}
