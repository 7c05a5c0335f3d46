/** What was done to purchases, written down with every write that does it: one row for each purchase, with all that became otherwise. */
import { nanoid } from 'nanoid';
import { grouped } from '../../shared/grouped.ts';
import { formatQuantity, type PurchaseSource } from '../../shared/purchase.ts';
import {
  type PurchaseChange,
  type PurchaseChangeField,
  purchaseChangeFields,
  type Said,
  type SaidLine,
} from '../../shared/purchase-change.ts';
import type { Transaction } from '../storage/database.ts';
import { idBeside } from '../storage/neighbour-ids.ts';
import type { PurchaseChangeRow, PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';
import { insertLeftPurchases, insertPurchaseChanges, keepForFile } from './purchase-change-store.ts';
import { sameLines } from './purchase-content.ts';

export interface StoredChange {
  field: PurchaseChangeField;
  before: Said;
  after: Said;
}

/** Who does it, and by which door. */
export interface Doing {
  agentId: string | null;
  source: PurchaseSource;
  at: number;
}

interface Standing {
  row: PurchaseRow;
  lines: readonly PurchaseLineRow[];
}

const plain = purchaseChangeFields.filter((field) => field !== 'lines');

function changeRow(before: Standing, after: Standing, doing: Doing): PurchaseChangeRow {
  const changes: StoredChange[] = plain
    .filter((field) => before.row[field] !== after.row[field])
    .map((field) => ({ field, before: before.row[field], after: after.row[field] }));
  if (!sameLines(before.lines, after.lines))
    changes.push({ field: 'lines', before: before.lines.map(toSaid), after: after.lines.map(toSaid) });
  return rowOf(after.row, 'changed', { doing, changes });
}

/** One that goes to another customer leaves its history with whose it was. */
export async function noteChanged(
  trx: Transaction,
  changed: readonly { before: Standing; after: Standing }[],
  doing: Doing,
): Promise<void> {
  const written = changed.map(({ before, after }) => ({ before: before.row, after: after.row, row: changeRow(before, after, doing) }));
  const left = written.filter(({ before, after }) => before.contactId !== after.contactId);
  for (const [contactId, gone] of grouped(left, ({ before }) => before.contactId)) {
    await keepForFile(
      trx,
      gone.map(({ before }) => before.id),
      contactId,
    );
  }
  await insertPurchaseChanges(
    trx,
    written.map(({ row }) => row),
  );
  await insertLeftPurchases(
    trx,
    left.map(({ before, row }) => ({ id: row.id, contactId: before.contactId })),
  );
}

/** All that stood in it, and how it came to be, which nothing else says any more. */
export async function noteRemoved(trx: Transaction, { row, lines }: Standing, doing: Doing): Promise<void> {
  const changes: StoredChange[] = plain.filter((field) => row[field] !== null).map((field) => ({ field, before: row[field], after: null }));
  if (lines.length > 0) changes.push({ field: 'lines', before: lines.map(toSaid), after: null });
  // The same purchase may come again, under the same id, and go again.
  const created = { ...createdRow(row), id: idBeside(row.id) };
  await insertPurchaseChanges(trx, [created, rowOf(row, 'removed', { doing, changes })]);
  await keepForFile(trx, [row.id], row.contactId);
}

/** Told of a purchase that is there; written down only with its end. */
export function createdRow(row: PurchaseRow): PurchaseChangeRow {
  const { createdBy: agentId, createdAt: at } = row;
  const made = rowOf(row, 'created', { doing: { agentId, at, source: row.source as PurchaseSource }, changes: [] });
  return { ...made, id: row.id };
}

interface Told {
  doing: Doing;
  changes: readonly StoredChange[];
}

function rowOf({ id, currency }: PurchaseRow, kind: PurchaseChange['kind'], { doing, changes }: Told): PurchaseChangeRow {
  return { id: nanoid(), purchaseId: id, contactId: null, kind, currency, changes: JSON.stringify(changes), ...doing };
}

function toSaid({ product, sku, quantity, unitPrice, total, startsAt, endsAt }: PurchaseLineRow): SaidLine {
  return { product, sku, quantity: formatQuantity(quantity), unitPrice, total, startsAt, endsAt };
}
