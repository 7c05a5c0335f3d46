/** What would become of orders from a file, by who and what is here already. Nothing is written. */
import { nanoid } from 'nanoid';
import { grouped } from '../../shared/grouped.ts';
import { toDecimal } from '../../shared/money.ts';
import type { PurchaseUpsertRequest } from '../../shared/purchase.ts';
import { buyerKey, listClosedFiles, type NewFile } from '../contacts/file-finder.ts';
import { derivedId } from '../conversations/derived-id.ts';
import type { Db } from '../storage/database.ts';
import type { PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';
import type { JudgingMemory } from './judging-memory.ts';
import { ContentError, contentRow, lineRows, sameLines } from './purchase-content.ts';
import type { ReadOrder } from './purchase-orders.ts';
import { type Refusal, refusal } from './purchase-refusals.ts';
import { listKnownPurchases, listLineRows } from './purchase-store.ts';

/** An order that was read; `id`, where one without an id of its own was judged before. */
export type OrderToJudge = ReadOrder & { id?: string | null };

interface Standing {
  row: PurchaseRow;
  lines: readonly PurchaseLineRow[];
}

export type JudgedOrder = { order: OrderToJudge } & (
  | { verdict: 'refused'; why: Refusal & { column?: string | null } }
  /** Nobody's, where the one who had bought it was erased. */
  | { verdict: 'same'; contactId: string | null; opened: NewFile | null; id: string | null }
  | { verdict: 'add'; next: Standing; contactId: string; opened: NewFile | null; id: string | null }
  | { verdict: 'update'; before: Standing; next: Standing; contactId: string; opened: NewFile | null; id: string | null }
);

interface Judging {
  memory: JudgingMemory;
  opensFiles: boolean;
  agentId: string;
  now: number;
  /** For what is added; ids that stand beside one another are written faster. */
  newId?: (order: ReadOrder) => string;
}

interface Named {
  order: OrderToJudge;
  request: PurchaseUpsertRequest;
  contactId: string;
  opened: NewFile | null;
  /** Derived, where the order has none of its own. */
  id: string | null;
}

/** In their order. */
export async function judgeOrders(
  db: Db,
  orders: readonly OrderToJudge[],
  { memory, opensFiles, agentId, now, newId = () => nanoid() }: Judging,
): Promise<JudgedOrder[]> {
  await memory.finder.look(
    db,
    orders.flatMap(({ request }) => (request ? [request] : [])),
  );
  const ids = orders.map((order) => order.id ?? sameAgain(order, memory));
  const known = await listKnownPurchases(db, {
    externalIds: orders.flatMap(({ externalId }) => externalId ?? []),
    ids: ids.flatMap((id) => id ?? []),
  });
  const heldRows = [...new Map([...known.values()].map((row) => [row.id, row])).values()];
  const lines = grouped(
    await listLineRows(
      db,
      heldRows.map(({ id }) => id),
    ),
    ({ purchaseId }) => purchaseId,
  );
  const erased = await listClosedFiles(db, [...new Set(heldRows.map(({ contactId }) => contactId))]);
  return orders.map((order, at): JudgedOrder => {
    const { request, fault, externalId } = order;
    const id = ids[at] ?? null;
    if (!request) return { order, verdict: 'refused', why: fault ?? refusal('field') };
    if (externalId !== null && memory.hasSeen(externalId)) return { order, verdict: 'refused', why: refusal('repeated') };
    const why = contentFault(request);
    // Nobody's file is opened for what is refused.
    if (why) return { order, verdict: 'refused', why };
    const row = known.get(externalId ?? id ?? '');
    // Nor anew for what somebody had bought who was erased.
    if (row && erased.has(row.contactId)) return { order, verdict: 'same', contactId: null, opened: null, id };
    const found = memory.finder.find(request, opensFiles, () => newId(order));
    if ('why' in found) {
      return { order, verdict: 'refused', why: refusal(found.why, found.text === undefined ? {} : { text: found.text }) };
    }
    if (externalId !== null) memory.see(externalId);
    if (found.opened) memory.open(found.id);
    const named = { order, request, contactId: found.id, opened: found.opened, id };
    return take(named, { held: row && { row, lines: lines.get(row.id) ?? [] }, agentId, now, newId });
  });
}

interface Taking extends Pick<Judging, 'agentId' | 'now'> {
  held: Standing | undefined;
  newId: (order: ReadOrder) => string;
}

function take({ order, request, ...found }: Named, { held, agentId, now, newId }: Taking): JudgedOrder {
  const content = contentRow(request);
  const id = held?.row.id ?? found.id ?? newId(order);
  const lines = lineRows(id, request.lines);
  if (!held) {
    const brought = { source: 'import', opportunityId: null, createdBy: agentId, version: 1, createdAt: now, updatedAt: now };
    const row = { id, contactId: found.contactId, externalId: order.externalId, ...content, ...brought };
    return { order, verdict: 'add', next: { row, lines }, ...found };
  }
  const row = { ...held.row, ...content, contactId: found.contactId };
  const isSame = Object.entries(row).every(([name, value]) => held.row[name as keyof PurchaseRow] === value);
  if (isSame && sameLines(held.lines, lines)) return { order, verdict: 'same', ...found };
  const next = { row: { ...row, version: row.version + 1, updatedAt: now }, lines };
  return { order, verdict: 'update', before: held, next, ...found };
}

/** What cannot be reckoned. */
function contentFault(request: PurchaseUpsertRequest): Refusal | null {
  try {
    contentRow(request);
    return null;
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const { currency } = request;
    return refusal(error.why, error.why === 'lines-sum' ? { sum: toDecimal({ amount: error.sum, currency }), currency } : {});
  }
}

/** An order without an id of its own is known again by what it says, so that a file read twice adds nothing. */
function sameAgain({ externalId, request }: OrderToJudge, memory: JudgingMemory): string | null {
  const buyer = request && buyerKey(request);
  if (externalId !== null || !buyer) return null;
  const { number, currency, at, total, lines } = request;
  for (let copy = 0; ; copy += 1) {
    const id = derivedId(`purchase ${JSON.stringify([buyer, number, currency, at, total, lines, copy])}`);
    if (memory.hasSeen(id)) continue;
    memory.see(id);
    return id;
  }
}

/** The rows of one order are refused together, each with why. */
export function refusedRows(
  order: ReadOrder,
  { code, values, sentence, column = null }: Refusal & { column?: string | null },
): (Refusal & { line: number; column: string | null; cells: string[] })[] {
  const at = order.fault?.line ?? order.rows[0]?.line ?? 0;
  return order.rows.map(({ line, cells }) => {
    const isAtFault = line === at;
    const why = isAtFault ? { code, values, sentence } : refusal('other-row', { line: String(at) });
    return { line, column: isAtFault ? column : null, ...why, cells };
  });
}
