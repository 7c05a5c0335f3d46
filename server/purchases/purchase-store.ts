import { AppError } from '../../shared/errors.ts';
import type { PurchaseQuery } from '../../shared/purchase.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, lockRows, readRows, updateRows } from '../storage/rows.ts';
import type { PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** Fewer than either database takes as parameters of one statement. */
const DELETED_AT_ONCE = 5_000;

export type PurchaseListRow = PurchaseRow & { contactName: string | null };

const purchaseColumns = {
  id: 'text',
  contactId: 'text',
  companyId: 'text',
  externalId: 'text',
  number: 'text',
  status: 'text',
  currency: 'text',
  total: 'bigint',
  at: 'bigint',
  note: 'text',
  source: 'text',
  opportunityId: 'text',
  endsAt: 'bigint',
  createdBy: 'text',
  version: 'integer',
  createdAt: 'bigint',
  updatedAt: 'bigint',
} as const;

const lineColumns = {
  id: 'text',
  purchaseId: 'text',
  position: 'integer',
  product: 'text',
  sku: 'text',
  quantity: 'bigint',
  unitPrice: 'bigint',
  total: 'bigint',
  startsAt: 'bigint',
  endsAt: 'bigint',
} as const;

export async function findPurchaseRow(db: Db, id: string): Promise<PurchaseListRow | undefined> {
  return withName(db).where('purchase.id', '=', id).executeTakeFirst();
}

export async function findPurchaseByExternalId(db: Db, externalId: string): Promise<PurchaseListRow | undefined> {
  return withName(db).where('purchase.externalId', '=', externalId).executeTakeFirst();
}

export async function lockPurchase(trx: Transaction, id: string): Promise<PurchaseRow> {
  const [row] = await lockRows(trx, 'purchase', [id]);
  if (!row) throw new AppError('not-found', 'There is no such purchase.');
  return row as PurchaseRow;
}

/** Latest first. `before` is the last row of the page before. */
export async function listPurchaseRows(
  db: Db,
  { before, limit, ...query }: Omit<PurchaseQuery, 'cursor'> & { before: Cursor | null },
): Promise<PurchaseListRow[]> {
  const { contactId, companyId, opportunityId, externalId, status, currency, from, to } = query;
  let rows = withName(db);
  if (contactId !== undefined) rows = rows.where('purchase.contactId', '=', contactId);
  if (companyId !== undefined) rows = rows.where('purchase.companyId', '=', companyId);
  if (opportunityId !== undefined) rows = rows.where('purchase.opportunityId', '=', opportunityId);
  if (externalId !== undefined) rows = rows.where('purchase.externalId', '=', externalId);
  if (status !== undefined) rows = rows.where('purchase.status', '=', status);
  if (currency !== undefined) rows = rows.where('purchase.currency', '=', currency);
  if (from !== undefined) rows = rows.where('purchase.at', '>=', from);
  if (to !== undefined) rows = rows.where('purchase.at', '<', to);
  if (before) rows = rows.where(beforeInTime('purchase.at', 'purchase.id', before));
  return rows.orderBy('purchase.at', 'desc').orderBy('purchase.id', 'desc').limit(limit).execute();
}

export async function listLineRows(db: Db, purchaseIds: readonly string[]): Promise<PurchaseLineRow[]> {
  if (purchaseIds.length === 0) return [];
  return db
    .selectFrom('purchaseLine')
    .selectAll()
    .where('purchaseId', 'in', purchaseIds)
    .orderBy('purchaseId')
    .orderBy('position')
    .execute();
}

export async function insertPurchases(trx: Transaction, rows: readonly PurchaseRow[], lines: readonly PurchaseLineRow[]): Promise<void> {
  await insertRows(trx, 'purchase', rows, purchaseColumns);
  await insertRows(trx, 'purchaseLine', lines, lineColumns);
}

export async function updatePurchase(trx: Transaction, id: string, values: Partial<Omit<PurchaseRow, 'id'>>): Promise<void> {
  await trx.updateTable('purchase').set(values).where('id', '=', id).execute();
}

export async function replaceLines(trx: Transaction, purchaseId: string, lines: readonly PurchaseLineRow[]): Promise<void> {
  await trx.deleteFrom('purchaseLine').where('purchaseId', '=', purchaseId).execute();
  await insertRows(trx, 'purchaseLine', lines, lineColumns);
}

export async function deletePurchase(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('purchaseLine').where('purchaseId', '=', id).execute();
  await trx.deleteFrom('purchase').where('id', '=', id).execute();
}

export async function listPurchasesByIds(trx: Transaction, ids: readonly string[]): Promise<Pick<PurchaseRow, 'id' | 'contactId'>[]> {
  return readRows(trx, 'purchase', ids, ['id', 'contactId']);
}

export async function deletePurchases(trx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await deleteLinesOf(trx, ids);
  await trx.deleteFrom('purchase').where('id', 'in', ids).execute();
}

/** By external id where one has it, else by id. */
export async function listKnownPurchases(
  db: Db,
  { externalIds, ids }: { externalIds: readonly string[]; ids: readonly string[] },
): Promise<Map<string, PurchaseRow>> {
  const rows: PurchaseRow[] = [];
  if (externalIds.length > 0) rows.push(...(await db.selectFrom('purchase').selectAll().where('externalId', 'in', externalIds).execute()));
  if (ids.length > 0) rows.push(...(await db.selectFrom('purchase').selectAll().where('id', 'in', ids).execute()));
  return new Map(rows.flatMap((row) => [[row.id, row] as const, ...(row.externalId === null ? [] : [[row.externalId, row] as const])]));
}

/** What somebody has changed since it was read ends all of it. */
export async function rewritePurchases(trx: Transaction, changed: readonly { before: PurchaseRow; row: PurchaseRow }[]): Promise<void> {
  const versions = new Map(changed.map(({ before }) => [before.id, before.version]));
  const held = await lockRows(trx, 'purchase', [...versions.keys()].sort(), ['id', 'version']);
  if (held.length < versions.size || held.some(({ id, version }) => versions.get(id) !== version)) {
    throw new AppError('conflict', 'Somebody has changed these purchases meanwhile. Please import the file again.');
  }
  await updateRows(
    trx,
    'purchase',
    changed.map(({ row }) => row),
    purchaseColumns,
  );
}

export async function deleteLinesOf(trx: Transaction, purchaseIds: readonly string[]): Promise<void> {
  for (let at = 0; at < purchaseIds.length; at += DELETED_AT_ONCE) {
    await trx
      .deleteFrom('purchaseLine')
      .where('purchaseId', 'in', purchaseIds.slice(at, at + DELETED_AT_ONCE))
      .execute();
  }
}

/** What was paid stays; what it was, and what was written to it, goes. */
export async function blankPurchases(trx: Transaction, contactId: string): Promise<void> {
  const ids = trx.selectFrom('purchase').select('id').where('contactId', '=', contactId);
  await trx.updateTable('purchaseLine').set({ product: '', sku: null }).where('purchaseId', 'in', ids).execute();
  await trx.updateTable('purchase').set({ note: null, number: null, externalId: null }).where('contactId', '=', contactId).execute();
}

function withName(db: Db) {
  return db
    .selectFrom('purchase')
    .leftJoin('contact', 'contact.id', 'purchase.contactId')
    .selectAll('purchase')
    .select('contact.name as contactName');
}
