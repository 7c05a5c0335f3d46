/** The history of a purchase as it is read. */
import { AppError } from '../../shared/errors.ts';
import type { PurchaseSource } from '../../shared/purchase.ts';
import type { PurchaseChange, PurchaseChangePage, PurchaseChangeQuery, Said } from '../../shared/purchase-change.ts';
import type { App } from '../app.ts';
import type { Db } from '../storage/database.ts';
import type { PurchaseChangeRow } from '../storage/tables.ts';
import { type Cursor, formatCursor, parseCursor } from '../transport/cursor.ts';
import { listCalled, listPurchaseChangeRows } from './purchase-change-store.ts';
import { createdRow, type StoredChange } from './purchase-changes.ts';
import { findPurchaseRow } from './purchase-store.ts';

export async function listPurchaseChanges(app: App, id: string, { cursor, limit }: PurchaseChangeQuery): Promise<PurchaseChangePage> {
  const { db } = app.storage;
  const before = parseCursor(cursor);
  const purchase = await findPurchaseRow(db, id);
  const told = await listPurchaseChangeRows(db, id, { since: purchase?.createdAt ?? null, before, limit: limit + 1 });
  if (!purchase && told.length === 0 && before === null) throw new AppError('not-found', 'There is no such purchase.');
  const made = purchase ? [createdRow(purchase)].filter((row) => before === null || isAfter(before, row)) : [];
  const rows = [...told, ...made].toSorted((one, other) => (isAfter(one, other) ? -1 : 1));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: await toChanges(db, shown), next: rows.length > limit && last ? formatCursor(last) : null };
}

/** In a list that is newest first. */
function isAfter(one: Cursor, other: Cursor): boolean {
  return one.at > other.at || (one.at === other.at && one.id > other.id);
}

async function toChanges(db: Db, rows: readonly PurchaseChangeRow[]): Promise<PurchaseChange[]> {
  const stored = rows.map((row) => ({ row, changes: JSON.parse(row.changes) as StoredChange[] }));
  const idsOf = (wanted: string) => [
    ...new Set(
      stored.flatMap(({ changes }) =>
        changes.flatMap(({ field, before, after }) => (field === wanted ? [before, after].filter((id) => typeof id === 'string') : [])),
      ),
    ),
  ];
  const [contacts, companies, agents] = await Promise.all([
    listCalled(db, 'contact', idsOf('contactId')),
    listCalled(db, 'company', idsOf('companyId')),
    listCalled(db, 'agent', [...new Set(rows.flatMap(({ agentId }) => agentId ?? []))]),
  ]);
  const nameOf = (field: string, id: Said) => {
    const names = field === 'contactId' ? contacts : field === 'companyId' ? companies : null;
    return typeof id === 'string' ? (names?.get(id) ?? null) : null;
  };
  return stored.map(({ row: { id, at, agentId, source, kind, currency }, changes }) => ({
    ...{ id, at, currency, source: source as PurchaseSource, kind: kind as PurchaseChange['kind'] },
    agent: agentId === null ? null : { id: agentId, name: agents.get(agentId) ?? '' },
    changes: changes.map((change) => ({
      ...change,
      beforeName: nameOf(change.field, change.before),
      afterName: nameOf(change.field, change.after),
    })),
  }));
}
