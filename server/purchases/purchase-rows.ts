/** A whole file of purchases as it came in one request. Rows with the same order stand for its lines. */
import { AppError } from '../../shared/errors.ts';
import { PURCHASE_ROWS_MAX, type PurchaseImportRequest } from '../../shared/purchase-import.ts';
import type { WallClock } from '../../shared/wall-clock.ts';
import { readCsv } from '../answers/csv.ts';
import { isPurchaseTable, type PurchaseColumn, purchaseColumnOf } from './purchase-headings.ts';
import { faultIn, orderKeyOf, type ReadOrder, readEntry, readOrder, type SaidRow, saidIn } from './purchase-orders.ts';

/** Each order is read when it is asked for, so that others have their turn in a long file. */
export interface ReadFile {
  headings: string[];
  ignoredColumns: string[];
  rows: number;
  orders: (() => ReadOrder)[];
}

const ROWS_AT_ONCE = 1_000;

export async function readPurchases({ format, text, currency }: PurchaseImportRequest, clock: WallClock): Promise<ReadFile> {
  return format === 'json' ? readJson(text, currency) : readTable(text, currency, clock);
}

async function readTable(text: string, currency: string, clock: WallClock): Promise<ReadFile> {
  const rows = readCsv(text);
  const headings = rows.next().value?.cells ?? [];
  const columns = headings.map(purchaseColumnOf);
  if (!isPurchaseTable(columns)) {
    throw new AppError('invalid', 'text: the first line must name the columns, at least a date and a total or a price', { field: 'text' });
  }
  const orders = new Map<string, SaidRow[]>();
  const faults = new Map<string, ReadOrder['fault']>();
  let count = 0;
  for (const { line, cells, isOpen, isEmpty } of rows) {
    if (isEmpty) continue;
    count += 1;
    if (count > PURCHASE_ROWS_MAX) throw tooMany();
    if (count % ROWS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const said = saidIn(cells, columns);
    const key = orderKeyOf(said, line);
    const order = orders.get(key) ?? [];
    order.push({ line, cells, said });
    orders.set(key, order);
    const fault = faultIn(cells, line, isOpen);
    if (fault) faults.set(key, fault);
  }
  const headingOf = (column: PurchaseColumn | null) => headings[columns.indexOf(column)] ?? null;
  return {
    headings,
    ignoredColumns: headings.filter((heading, at) => columns[at] === null && heading.trim() !== ''),
    rows: count,
    orders: [...orders].map(
      ([key, order]) =>
        () =>
          readOrder(order, { currency, clock, headingOf, fault: faults.get(key) ?? null }),
    ),
  };
}

function readJson(text: string, currency: string): ReadFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid', `text: this is no JSON (${(error as Error).message.slice(0, 120)})`, { field: 'text' });
  }
  const list = Array.isArray(parsed) ? parsed : (parsed as { items?: unknown } | null)?.items;
  if (!Array.isArray(list)) throw new AppError('invalid', 'text: must be a list of purchases', { field: 'text' });
  if (list.length > PURCHASE_ROWS_MAX) throw tooMany();
  const orders = list.map((said: unknown, at) => () => readEntry(said, at + 1, currency));
  return { headings: [], ignoredColumns: [], rows: list.length, orders };
}

function tooMany(): AppError {
  return new AppError('too-large', `text: holds more than ${PURCHASE_ROWS_MAX} rows`, { field: 'text' });
}
