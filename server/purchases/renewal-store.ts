import type { Db } from '../storage/database.ts';
import type { Cursor } from '../transport/cursor.ts';
import { listLineRows } from './purchase-store.ts';

export interface RenewalAsk {
  contactId?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  after: Cursor | null;
  limit: number;
}

/** The first to end first. */
export async function listRenewalRows(db: Db, { contactId, from, to, limit, after }: RenewalAsk) {
  let rows = db
    .selectFrom('purchaseLine')
    .innerJoin('purchase', 'purchase.id', 'purchaseLine.purchaseId')
    .leftJoin('contact', 'contact.id', 'purchase.contactId')
    .select([
      'purchaseLine.id',
      'purchaseLine.purchaseId',
      'purchaseLine.product',
      'purchaseLine.sku',
      'purchaseLine.total',
      'purchaseLine.endsAt',
      'purchase.currency',
      'purchase.contactId',
      'contact.name as contactName',
      'contact.ownerId',
    ])
    .where('purchaseLine.endsAt', 'is not', null)
    .where('purchase.status', '=', 'paid');
  if (contactId !== undefined) rows = rows.where('purchase.contactId', '=', contactId);
  if (from !== undefined) rows = rows.where('purchaseLine.endsAt', '>=', from);
  if (to !== undefined) rows = rows.where('purchaseLine.endsAt', '<', to);
  if (after) {
    rows = rows.where((where) =>
      where.or([
        where('purchaseLine.endsAt', '>', after.at),
        where.and([where('purchaseLine.endsAt', '=', after.at), where('purchaseLine.id', '>', after.id)]),
      ]),
    );
  }
  return rows.orderBy('purchaseLine.endsAt').orderBy('purchaseLine.id').limit(limit).execute();
}

export type RenewalRow = Awaited<ReturnType<typeof listRenewalRows>>[number];

/** What these customers have for a time, whenever it ends. By their own purchases: of the index of all ends a database would read too much. */
export async function listRunningLines(db: Db, contactIds: readonly string[]) {
  if (contactIds.length === 0) return [];
  const bought = await db
    .selectFrom('purchase')
    .select(['id', 'contactId', 'endsAt'])
    .where('contactId', 'in', contactIds)
    .where('status', '=', 'paid')
    .execute();
  const buyerOf = new Map(bought.filter(({ endsAt }) => endsAt !== null).map(({ id, contactId }) => [id, contactId]));
  const lines = await listLineRows(db, [...buyerOf.keys()]);
  return lines.flatMap(({ purchaseId, product, sku, endsAt }) =>
    endsAt === null ? [] : [{ contactId: buyerOf.get(purchaseId) ?? '', product, sku, endsAt }],
  );
}
