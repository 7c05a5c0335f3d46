/** What stands in the rows of a file of purchases: the order that they say, and what was judged of it. */
import { grouped } from '../../shared/grouped.ts';
import type { PurchaseUpsertRequest } from '../../shared/purchase.ts';
import type { App } from '../app.ts';
import { businessClock } from '../hours/business-clock.ts';
import type { JudgingMemory } from '../purchases/judging-memory.ts';
import { type PurchaseColumn, purchaseColumnOf } from '../purchases/purchase-headings.ts';
import { type JudgedOrder, type OrderToJudge, refusedRows } from '../purchases/purchase-judging.ts';
import { faultIn, type Reading, type ReadOrder, readEntry, readOrder, saidIn } from '../purchases/purchase-orders.ts';
import type { Transaction } from '../storage/database.ts';
import type { ImportRowRow } from '../storage/tables.ts';
import { listRowsOfLeads, updateJudged } from './customer-job-store.ts';
import type { PurchaseFileRequest, RefusedDraft } from './purchase-imports.ts';

type JudgedRow = Parameters<typeof updateJudged>[1][number];
type RefusedOrder = JudgedOrder & { verdict: 'refused' };

/** An order as the check has read it. */
export interface OrderDraft {
  externalId: string | null;
  request: PurchaseUpsertRequest;
  /** Derived, where it has none of its own. */
  id: string | null;
}

export async function orderReader(
  app: App,
  { format, headings, plan }: PurchaseFileRequest,
): Promise<(rows: readonly ImportRowRow[]) => ReadOrder> {
  const clock = await businessClock(app);
  const columns = headings.map(purchaseColumnOf);
  const headingOf = (column: PurchaseColumn | null) => headings[columns.indexOf(column)] ?? null;
  return (rows) => {
    const read = rows.map(({ line, cells }) => ({ line, cells: JSON.parse(cells) as string[] }));
    if (format === 'json') return readEntry(JSON.parse(read[0]?.cells[0] ?? 'null'), read[0]?.line ?? 0, plan.currency);
    const faults = read.flatMap(({ line, cells }) => faultIn(cells, line) ?? []);
    const reading: Reading = { currency: plan.currency, clock, headingOf, fault: faults[0] ?? null };
    return readOrder(
      read.map((row) => ({ ...row, said: saidIn(row.cells, columns) })),
      reading,
    );
  };
}

/** Of an order the first row holds it; of one that is refused each says why. */
export function judgedRows(one: JudgedOrder, rows: readonly ImportRowRow[], memory: JudgingMemory): JudgedRow[] {
  if (one.verdict === 'refused') return toRefused(one, rows);
  const { order, verdict, contactId, id } = one;
  const whose = contactId !== null && memory.isToOpen(contactId) ? null : contactId;
  return rows.map((row, at) => {
    const draft =
      at === 0 && order.request ? JSON.stringify({ externalId: order.externalId, request: order.request, id } satisfies OrderDraft) : null;
    return { id: row.id, outcome: at === 0 ? verdict : null, reason: null, draft, contactId: whose };
  });
}

function toRefused({ order, why }: RefusedOrder, rows: readonly ImportRowRow[]): JudgedRow[] {
  const reasons = new Map(refusedRows(order, why).map((row) => [row.line, row]));
  return rows.map(({ id, line }) => {
    const { code = 'other-row', column = null, values = {} } = reasons.get(line) ?? {};
    const draft: RefusedDraft = { column, values };
    return { id, outcome: 'refused', reason: code, draft: JSON.stringify(draft), contactId: null };
  });
}

/** Those that turned out wrong after the check, with all their rows. Returns how many rows that are. */
export async function refuseOrders(trx: Transaction, jobId: string, judged: readonly JudgedOrder[]): Promise<number> {
  const refused = new Map(judged.flatMap((one) => (one.verdict === 'refused' ? [[one.order.rows[0]?.line ?? 0, one] as const] : [])));
  const found = grouped(await listRowsOfLeads(trx, jobId, [...refused.keys()]), ({ line, lead }) => lead ?? line);
  const rows = [...refused].flatMap(([lead, one]) => {
    const own = found.get(lead) ?? [];
    return toRefused({ ...one, order: { ...one.order, rows: own.map(({ line }) => ({ line, cells: [] })) } }, own);
  });
  await updateJudged(trx, rows);
  return rows.length;
}

export function toOrder({ line, draft }: ImportRowRow): OrderToJudge {
  const { externalId, request, id } = JSON.parse(draft ?? 'null') as OrderDraft;
  return { rows: [{ line, cells: [] }], externalId, request, id, fault: null };
}
