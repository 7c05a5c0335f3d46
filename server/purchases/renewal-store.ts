import type { RenewalQuery } from '../../shared/purchase.ts';
import type { Db } from '../storage/database.ts';
import type { Cursor } from '../transport/cursor.ts';

/** The first to end first. */
export async function listRenewalRows(
  db: Db,
  { contactId, from, to, limit, after }: Omit<RenewalQuery, 'cursor'> & { after: Cursor | null },
) {
  let rows = db
    .selectFrom('purchaseLine')
    .innerJoin('purchase', 'purchase.id', 'purchaseLine.purchaseId')
    .leftJoin('contact', 'contact.id', 'purchase.contactId')
    .select([
      'purchaseLine.id',
      'purchaseLine.purchaseId',
      'purchaseLine.product',
      'purchaseLine.total',
      'purchaseLine.endsAt',
      'purchase.currency',
      'purchase.contactId',
      'contact.name as contactName',
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
