import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, readRows, updateRows } from '../storage/rows.ts';
import type { LeftPurchaseRow, PurchaseChangeRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** Fewer than either database takes as parameters of one statement. */
const KEPT_AT_ONCE = 5_000;

interface Page {
  after: string;
  limit: number;
}

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

/** Newest first. `since`: of one that is there, when it was made; what went before is of another one that had its id. */
export async function listPurchaseChangeRows(
  db: Db,
  purchaseId: string,
  { since, before, limit }: { since: number | null; before: Cursor | null; limit: number },
): Promise<PurchaseChangeRow[]> {
  let query = db
    .selectFrom('purchaseChange')
    .selectAll()
    .where('purchaseId', '=', purchaseId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (since !== null) query = query.where('at', '>=', since).where('kind', '=', 'changed');
  if (before) query = query.where(beforeInTime('at', 'id', before));
  return query.execute();
}

/** Whose they were up to now: the purchases do not say it any more. */
export async function keepForFile(trx: Transaction, purchaseIds: readonly string[], contactId: string): Promise<void> {
  for (let at = 0; at < purchaseIds.length; at += KEPT_AT_ONCE) {
    await trx
      .updateTable('purchaseChange')
      .set({ contactId })
      .where('purchaseId', 'in', purchaseIds.slice(at, at + KEPT_AT_ONCE))
      .where('contactId', 'is', null)
      .execute();
  }
}

/** The same of the purchases that are in the file. */
export async function keepAllForFile(trx: Transaction, contactId: string): Promise<void> {
  const own = trx.selectFrom('purchase').select('id').where('contactId', '=', contactId);
  await trx.updateTable('purchaseChange').set({ contactId }).where('purchaseId', 'in', own).where('contactId', 'is', null).execute();
}

export async function insertLeftPurchases(trx: Transaction, rows: readonly LeftPurchaseRow[]): Promise<void> {
  await insertRows(trx, 'leftPurchase', rows, { id: 'text', contactId: 'text' });
}

/** In the order of their ids. `isFromAnother`: it brought a purchase into the file, so that what it was before is another one's. */
export async function listChangesInFile(
  trx: Transaction,
  contactId: string,
  { after, limit }: Page,
): Promise<(Pick<PurchaseChangeRow, 'id' | 'changes'> & { isFromAnother: boolean })[]> {
  const rows = await trx
    .selectFrom('purchaseChange')
    .leftJoin('leftPurchase', 'leftPurchase.id', 'purchaseChange.id')
    .select(['purchaseChange.id', 'purchaseChange.changes', 'leftPurchase.contactId as leftBy'])
    .where('purchaseChange.contactId', '=', contactId)
    .where('purchaseChange.id', '>', after)
    .orderBy('purchaseChange.id')
    .limit(limit)
    .execute();
  return rows.map(({ leftBy, ...row }) => ({ ...row, isFromAnother: leftBy !== null }));
}

/** In the order of their ids: what put purchases of this file into others. */
export async function listChangesOutOf(
  trx: Transaction,
  contactId: string,
  { after, limit }: Page,
): Promise<Pick<PurchaseChangeRow, 'id' | 'changes'>[]> {
  return trx
    .selectFrom('leftPurchase')
    .innerJoin('purchaseChange', 'purchaseChange.id', 'leftPurchase.id')
    .select(['purchaseChange.id', 'purchaseChange.changes'])
    .where('leftPurchase.contactId', '=', contactId)
    .where('leftPurchase.id', '>', after)
    .orderBy('leftPurchase.id')
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
