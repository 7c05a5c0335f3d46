import type { Db, Transaction } from '../storage/database.ts';
import { updateRows } from '../storage/rows.ts';
import type { ContactRow } from '../storage/tables.ts';

/** Fewer than either database takes as parameters of one statement. */
const READ_AT_ONCE = 5_000;

export interface BoughtIn {
  contactId: string;
  currency: string;
  count: number;
  total: number;
  firstAt: number;
  lastAt: number;
  endsAt: number | null;
}

/** What was paid, by file and currency; read from an index alone. */
export async function listBought(db: Db, contactIds: readonly string[]): Promise<BoughtIn[]> {
  const rows: BoughtIn[] = [];
  for (let at = 0; at < contactIds.length; at += READ_AT_ONCE) rows.push(...(await boughtBy(db, contactIds.slice(at, at + READ_AT_ONCE))));
  return rows;
}

async function boughtBy(db: Db, contactIds: readonly string[]): Promise<BoughtIn[]> {
  const rows = await db
    .selectFrom('purchase')
    .select((select) => [
      'contactId',
      'currency',
      select.fn.countAll<number>().as('count'),
      select.fn.sum<number>('total').as('total'),
      select.fn.min('at').as('firstAt'),
      select.fn.max('at').as('lastAt'),
      select.fn.max('endsAt').as('endsAt'),
    ])
    .where('contactId', 'in', contactIds)
    .where('status', '=', 'paid')
    .groupBy(['contactId', 'currency'])
    .execute();
  return rows.map((row) => ({
    ...row,
    count: Number(row.count),
    total: Number(row.total),
    firstAt: Number(row.firstAt),
    lastAt: Number(row.lastAt),
    endsAt: row.endsAt === null ? null : Number(row.endsAt),
  }));
}

/** When, and for how much, in one currency; the earliest first. */
export async function listPaid(db: Db, contactId: string, currency: string): Promise<{ at: number; total: number }[]> {
  return db
    .selectFrom('purchase')
    .select(['at', 'total'])
    .where('contactId', '=', contactId)
    .where('status', '=', 'paid')
    .where('currency', '=', currency)
    .orderBy('at')
    .execute();
}

const valueColumns = {
  purchaseCount: 'bigint',
  purchaseTotal: 'bigint',
  firstPurchaseAt: 'bigint',
  lastPurchaseAt: 'bigint',
  activeUntil: 'bigint',
  lifecycle: 'text',
  isLifecycleByHand: 'integer',
} as const;
export type ValueRow = Pick<ContactRow, 'id' | keyof typeof valueColumns>;

export async function updateValues(trx: Transaction, rows: readonly ValueRow[]): Promise<void> {
  await updateRows(trx, 'contact', rows, { id: 'text', ...valueColumns });
}

/** The next files, in the order of their ids, that anything was bought by. */
export async function listBuyerIds(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('purchase')
    .select('contactId')
    .distinct()
    .where('contactId', '>', after)
    .orderBy('contactId')
    .limit(limit)
    .execute();
  return rows.map(({ contactId }) => contactId);
}

/** Customers who have been quiet since before `cutoff`. */
export async function listIdsToLapse(db: Db, cutoff: number, limit: number): Promise<string[]> {
  const rows = await ruled(db, 'customer').where('activeUntil', '<', cutoff).orderBy('activeUntil').limit(limit).execute();
  return rows.map(({ id }) => id);
}

/** Those whom the rule had let lapse, and would no more. */
export async function listIdsToRevive(db: Db, cutoff: number, limit: number): Promise<string[]> {
  const rows = await ruled(db, 'lapsed').where('activeUntil', '>=', cutoff).orderBy('activeUntil').limit(limit).execute();
  return rows.map(({ id }) => id);
}

function ruled(db: Db, lifecycle: string) {
  return db
    .selectFrom('contact')
    .select('id')
    .where('lifecycle', '=', lifecycle)
    .where((where) => where('isLifecycleByHand', '=', where.lit(0)))
    .where('activeUntil', 'is not', null);
}
