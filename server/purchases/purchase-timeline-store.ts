import type { Db } from '../storage/database.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';
import { listLineRows } from './purchase-store.ts';

export interface PurchaseMoment {
  id: string;
  at: number;
  number: string | null;
  note: string | null;
  products: string[];
  status: string;
  total: number;
  currency: string;
  endsAt: number | null;
  agentId: string | null;
  agentName: string | null;
}

/** Newest first. */
export async function listPurchaseMoments(
  db: Db,
  { contactId, before, limit }: { contactId: string; before: Cursor | null; limit: number },
): Promise<PurchaseMoment[]> {
  let query = db
    .selectFrom('purchase')
    .leftJoin('agent', 'agent.id', 'purchase.createdBy')
    .select([
      'purchase.id',
      'purchase.at',
      'purchase.number',
      'purchase.note',
      'purchase.status',
      'purchase.total',
      'purchase.currency',
      'purchase.endsAt',
      'agent.id as agentId',
      'agent.name as agentName',
    ])
    .where('purchase.contactId', '=', contactId);
  if (before) query = query.where(beforeInTime('purchase.at', 'purchase.id', before));
  const rows = await query.orderBy('purchase.at', 'desc').orderBy('purchase.id', 'desc').limit(limit).execute();
  const lines = await listLineRows(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, products: lines.filter(({ purchaseId }) => purchaseId === row.id).map(({ product }) => product) }));
}
