/**
 * The orders of a file, portion by portion: by their lines and not by their number, since one may have hundreds. They are read before the
 * transaction that writes what is judged of them, for which everybody else's writes wait.
 */
import { grouped } from '../../shared/grouped.ts';
import type { OrderToJudge } from '../purchases/purchase-judging.ts';
import type { ReadOrder } from '../purchases/purchase-orders.ts';
import type { Db } from '../storage/database.ts';
import type { ImportRowRow } from '../storage/tables.ts';
import { listRowsByLead } from './customer-job-store.ts';

const LINES_AT_ONCE = 300;
/** An entry that says nothing useful at length is read, too. */
const LETTERS_OF_A_LINE = 1_000;
/** More than one order of a table can have. */
const TABLE_ROWS = 300;
/** Each of a list is an order with all its lines. */
const LIST_ROWS = 25;
const LINES_TO_A_TURN = 100;

export interface OrderPortion {
  /** The rows of each, and what they say. */
  orders: { rows: ImportRowRow[]; order: ReadOrder }[];
  isLast: boolean;
}

export async function readPortion(
  db: Db,
  { jobId, after, isList }: { jobId: string; after: number; isList: boolean },
  read: (rows: readonly ImportRowRow[]) => ReadOrder,
): Promise<OrderPortion> {
  const orders: OrderPortion['orders'] = [];
  const limit = isList ? LIST_ROWS : TABLE_ROWS;
  let lines = 0;
  for (let from = after; ; from = orders.at(-1)?.rows[0]?.line ?? from) {
    const found = await listRowsByLead(db, { jobId, after: from, limit });
    const groups = [...grouped(found, ({ lead }) => lead).values()];
    const isEnd = found.length < limit;
    for (const [at, rows] of groups.entries()) {
      // It may go on behind what was found.
      if (!isEnd && at === groups.length - 1) break;
      const order = read(rows);
      const turn = Math.floor(lines / LINES_TO_A_TURN);
      lines += Math.max(rows.length, order.request?.lines.length ?? 0, lettersIn(rows) / LETTERS_OF_A_LINE);
      orders.push({ rows, order });
      if (lines >= LINES_AT_ONCE) return { orders, isLast: isEnd && at === groups.length - 1 };
      if (Math.floor(lines / LINES_TO_A_TURN) > turn) await new Promise((resolve) => setImmediate(resolve));
    }
    if (isEnd) return { orders, isLast: true };
  }
}

function lettersIn(rows: readonly ImportRowRow[]): number {
  return rows.reduce((sum, { cells }) => sum + cells.length, 0);
}

/** Of orders that were judged or written the first, as many as have so many lines together, and at least one. */
export function upToLines(rows: readonly ImportRowRow[]): ImportRowRow[] {
  let lines = 0;
  const end = rows.findIndex(({ draft, before }, at) => {
    const { request }: Partial<OrderToJudge> = JSON.parse(draft ?? '{}');
    const { before: was }: { before?: { lines: unknown[] } | null } = JSON.parse(before ?? '{}') ?? {};
    lines += Math.max(1, request?.lines.length ?? 0, was?.lines.length ?? 0);
    return at > 0 && lines > LINES_AT_ONCE;
  });
  return rows.slice(0, end === -1 ? rows.length : end);
}
