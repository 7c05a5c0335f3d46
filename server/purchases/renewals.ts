import type { RenewalPage, RenewalQuery } from '../../shared/purchase.ts';
import type { App } from '../app.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import { listRenewalRows } from './renewal-store.ts';

/** Packages and subscriptions by when they end. */
export async function listRenewals(app: App, { cursor, limit, ...query }: RenewalQuery): Promise<RenewalPage> {
  const rows = await listRenewalRows(app.storage.db, { ...query, after: parseCursor(cursor), limit: limit + 1 });
  const items = rows.slice(0, limit).map(({ id, purchaseId, product, total, currency, endsAt, contactId, contactName }) => ({
    id,
    purchaseId,
    contact: { id: contactId, name: contactName },
    product,
    total,
    currency,
    endsAt: endsAt ?? 0,
  }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? formatCursor({ at: last.endsAt, id: last.id }) : null };
}
