/** What was done to purchases, written down with every write that does it: one row for each purchase, with all that became otherwise. */
import { nanoid } from 'nanoid';
import { formatQuantity, type PurchaseSource } from '../../shared/purchase.ts';
import {
  type PurchaseChange,
  type PurchaseChangeField,
  purchaseChangeFields,
  type Said,
  type SaidLine,
} from '../../shared/purchase-change.ts';
import type { FileShelf } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import type { PurchaseChangeRow, PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';
import { insertPurchaseChanges, keepForFile, listChangesInFile, rewriteChanges } from './purchase-change-store.ts';
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

const BLANKED_AT_ONCE = 500;
/** What was bought and noted, and under which number: not when, and for how much. */
const ownWords = new Set<PurchaseChangeField>(['number', 'externalId', 'note', 'lines']);
const plain = purchaseChangeFields.filter((field) => field !== 'lines');

export function changeRow(before: Standing, after: Standing, doing: Doing): PurchaseChangeRow {
  const changes: StoredChange[] = plain
    .filter((field) => before.row[field] !== after.row[field])
    .map((field) => ({ field, before: before.row[field], after: after.row[field] }));
  if (!sameLines(before.lines, after.lines))
    changes.push({ field: 'lines', before: before.lines.map(toSaid), after: after.lines.map(toSaid) });
  return rowOf(after.row, 'changed', { doing, changes });
}

export async function noteChanged(trx: Transaction, before: Standing, after: Standing, doing: Doing): Promise<void> {
  await insertPurchaseChanges(trx, [changeRow(before, after, doing)]);
}

/** All that stood in it, and how it came to be, which nothing else says any more. */
export async function noteRemoved(trx: Transaction, { row, lines }: Standing, doing: Doing): Promise<void> {
  const changes: StoredChange[] = plain.filter((field) => row[field] !== null).map((field) => ({ field, before: row[field], after: null }));
  if (lines.length > 0) changes.push({ field: 'lines', before: lines.map(toSaid), after: null });
  await insertPurchaseChanges(trx, [createdRow(row), rowOf(row, 'removed', { doing, changes })]);
  await keepForFile(trx, row.id, row.contactId);
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

/** The history of a purchase goes with it; that of one which is gone goes with the file. Of a person who is erased it says when, who and how much. */
export const purchaseChangeShelf: FileShelf = {
  name: 'purchaseChange',
  move: (trx, move) => moveFileRows(trx, 'purchaseChange', move),
  erase: async (trx, contactId) => {
    for (let after = ''; ; ) {
      const rows = await listChangesInFile(trx, contactId, { after, limit: BLANKED_AT_ONCE });
      await rewriteChanges(
        trx,
        rows.map(({ id, changes }) => ({ id, changes: JSON.stringify((JSON.parse(changes) as StoredChange[]).map(blank)) })),
      );
      const last = rows.at(-1);
      if (!last || rows.length < BLANKED_AT_ONCE) return;
      after = last.id;
    }
  },
};

function blank(change: StoredChange): StoredChange {
  return ownWords.has(change.field) ? { ...change, before: null, after: null } : change;
}
