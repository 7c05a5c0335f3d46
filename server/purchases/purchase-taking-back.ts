/** What a file has brought is taken back: what it added goes, what it changed says what it said, unless somebody has changed it since. */

import { formatQuantity } from '../../shared/purchase.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { ContactRow, PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { settleValues } from './customer-value.ts';
import { noteChanged } from './purchase-changes.ts';
import { lineRows } from './purchase-content.ts';
import { deleteLinesOf, deletePurchases, insertPurchases, listLineRows, listPurchasesByIds, rewritePurchases } from './purchase-store.ts';

/** What became of an order, as it is remembered until then. */
export interface Brought {
  purchaseId: string;
  version: number;
  /** Null: it was not there before. */
  before: { row: PurchaseRow; lines: PurchaseLineRow[] } | null;
}

/** Returns which of the purchases stay as they are, and whose files say something else now. */
export async function takeBackPurchases(
  app: App,
  trx: Transaction,
  { agentId }: Pick<Caller, 'agentId'>,
  brought: readonly Brought[],
): Promise<{ kept: Set<string>; contactIds: string[] }> {
  const now = app.now();
  const seen = await listPurchasesByIds(
    trx,
    brought.map(({ purchaseId }) => purchaseId),
  );
  const files = (await lockRows(
    trx,
    'contact',
    [...new Set([...seen.map(({ contactId }) => contactId), ...brought.flatMap(({ before }) => before?.row.contactId ?? [])])].sort(),
  )) as ContactRow[];
  const isOpen = new Set(files.filter(({ erasedAt, mergedInto }) => erasedAt === null && mergedInto === null).map(({ id }) => id));
  const erased = new Set(files.filter(({ erasedAt }) => erasedAt !== null).map(({ id }) => id));
  const held = new Map(((await lockRows(trx, 'purchase', seen.map(({ id }) => id).sort())) as PurchaseRow[]).map((row) => [row.id, row]));
  const untouched = brought.flatMap((one) => {
    const row = held.get(one.purchaseId);
    // What an erased person had bought is not told of anybody again.
    const isForgotten = one.before !== null && erased.has(one.before.row.contactId);
    return row && row.version === one.version && isOpen.has(row.contactId) && !isForgotten ? [{ ...one, row }] : [];
  });
  const added = untouched.filter(({ before }) => before === null).map(({ row }) => row.id);
  const changed = untouched.flatMap(({ before, row }) => (before ? [{ before, row }] : []));
  const lines = await listLineRows(
    trx,
    changed.map(({ row }) => row.id),
  );
  const restored = changed.map(({ before, row }) => {
    // A file that is no more takes nothing back; one that was merged has taken its purchases along.
    const contactId = isOpen.has(before.row.contactId) ? before.row.contactId : row.contactId;
    const next = { ...before.row, contactId, version: row.version + 1, updatedAt: now };
    return {
      held: { row, lines: lines.filter(({ purchaseId }) => purchaseId === row.id) },
      next: { row: next, lines: again(before.lines) },
    };
  });
  await deletePurchases(trx, added);
  await rewritePurchases(
    trx,
    restored.map(({ held: { row }, next }) => ({ before: row, row: next.row })),
  );
  await deleteLinesOf(
    trx,
    restored.map(({ next }) => next.row.id),
  );
  await insertPurchases(
    trx,
    [],
    restored.flatMap(({ next }) => next.lines),
  );
  await noteChanged(
    trx,
    restored.map(({ held: before, next }) => ({ before, after: next })),
    { agentId, source: 'import', at: now },
  );
  const ids = [...untouched.map(({ row }) => row.contactId), ...restored.map(({ next }) => next.row.contactId)];
  const contactIds = await settleValues(app, trx, { ids });
  const taken = new Set(untouched.map(({ purchaseId }) => purchaseId));
  return { kept: new Set(brought.map(({ purchaseId }) => purchaseId).filter((id) => !taken.has(id))), contactIds };
}

/** Under ids of their own: those that they had may have been given away. */
function again(lines: readonly PurchaseLineRow[]): PurchaseLineRow[] {
  const [first] = lines;
  return first
    ? lineRows(
        first.purchaseId,
        lines.map(({ quantity, ...line }) => ({ ...line, quantity: formatQuantity(quantity) })),
      )
    : [];
}
