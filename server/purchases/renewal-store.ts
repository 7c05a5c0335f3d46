import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { Cursor } from '../transport/cursor.ts';

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

/** What these customers have for a time, whenever it ends: by index, from their running purchases alone. */
export async function listRunningLines(db: Db, contactIds: readonly string[]) {
  if (contactIds.length === 0) return [];
  return db
    .selectFrom('purchase')
    .innerJoin('purchaseLine', 'purchaseLine.purchaseId', 'purchase.id')
    .select(['purchase.contactId', 'purchaseLine.product', 'purchaseLine.sku', 'purchaseLine.endsAt'])
    .where('purchase.contactId', 'in', contactIds)
    .where('purchase.status', '=', sql.lit('paid'))
    .where('purchase.endsAt', 'is not', null)
    .where('purchaseLine.endsAt', 'is not', null)
    .execute();
}
