import { grouped } from '../../shared/grouped.ts';
import type { Purchase, PurchaseSource, PurchaseStatus } from '../../shared/purchase.ts';
import { formatQuantity } from '../../shared/purchase.ts';
import type { Db } from '../storage/database.ts';
import type { PurchaseLineRow } from '../storage/tables.ts';
import { listLineRows, type PurchaseListRow } from './purchase-store.ts';

export async function viewPurchases(db: Db, rows: readonly PurchaseListRow[]): Promise<Purchase[]> {
  const lines = grouped(
    await listLineRows(
      db,
      rows.map(({ id }) => id),
    ),
    ({ purchaseId }) => purchaseId,
  );
  return rows.map((row) => toPurchase(row, lines.get(row.id) ?? []));
}

function toPurchase(row: PurchaseListRow, lines: readonly PurchaseLineRow[]): Purchase {
  return {
    id: row.id,
    contact: { id: row.contactId, name: row.contactName },
    companyId: row.companyId,
    externalId: row.externalId,
    number: row.number,
    status: row.status as PurchaseStatus,
    currency: row.currency,
    total: row.total,
    at: row.at,
    note: row.note,
    source: row.source as PurchaseSource,
    opportunityId: row.opportunityId,
    lines: lines.map(({ id, product, sku, quantity, unitPrice, total, startsAt, endsAt }) => ({
      id,
      product,
      sku,
      quantity: formatQuantity(quantity),
      unitPrice,
      total,
      startsAt,
      endsAt,
    })),
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
