/** Purchases from a file: judged row by row first, then written all at once or not at all. */
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import { grouped } from '../../shared/grouped.ts';
import { toDecimal } from '../../shared/money.ts';
import type { PurchaseUpsertRequest } from '../../shared/purchase.ts';
import { type PurchaseImportRequest, type PurchaseReport, REFUSED_SHOWN } from '../../shared/purchase-import.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import { noteImported } from '../contacts/file-batch.ts';
import { FileFinder, insertNewFiles, type NewFile, requireOpenFiles } from '../contacts/file-finder.ts';
import { derivedId } from '../conversations/derived-id.ts';
import { businessClock } from '../hours/business-clock.ts';
import { isUniqueViolation } from '../storage/database.ts';
import type { PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { settleValues } from './customer-value.ts';
import { ContentError, contentRow, lineRows, sameLines } from './purchase-content.ts';
import { type Refusal, refusal } from './purchase-refusals.ts';
import { type ReadOrder, readPurchases } from './purchase-rows.ts';
import { deleteLinesOf, insertPurchases, listKnownPurchases, listLineRows, rewritePurchases } from './purchase-store.ts';
import { tell } from './purchases.ts';

const AT_ONCE = 200;
const WRITTEN_AT_ONCE = 2_000;
/** So many files are told of one by one; with more, whoever looks at one finds it changed when it is opened again. */
const TOLD_MAX = 200;

interface Plan {
  added: PurchaseRow[];
  changed: { before: PurchaseRow; row: PurchaseRow }[];
  lines: PurchaseLineRow[];
  unchanged: number;
  opened: NewFile[];
  refused: PurchaseReport['refused'];
}

export async function importPurchases(app: App, caller: Caller, request: PurchaseImportRequest): Promise<PurchaseReport> {
  requireRight(caller, 'contacts:import');
  requireRight(caller, 'contacts:view-details');
  const file = await readPurchases(request, await businessClock(app));
  const { rows } = file;
  if (rows === 0) throw new AppError('invalid', 'text: holds no purchases', { field: 'text' });
  const plan = await judge(app, caller, file.orders, request.opensFiles);
  const isWritten = !request.isDryRun && (plan.refused.length === 0 || request.skipsRefused);
  if (isWritten) await write(app, caller, plan);
  return {
    rows,
    added: plan.added.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
    opened: plan.opened.length,
    refusedCount: plan.refused.length,
    refused: plan.refused.toSorted((one, other) => one.line - other.line).slice(0, REFUSED_SHOWN),
    headings: file.headings,
    ignoredColumns: file.ignoredColumns,
    isWritten,
  };
}

async function judge(app: App, caller: Caller, orders: readonly (() => ReadOrder)[], opensFiles: boolean): Promise<Plan> {
  const { db } = app.storage;
  const now = app.now();
  const plan: Plan = { added: [], changed: [], lines: [], unchanged: 0, opened: [], refused: [] };
  const finder = new FileFinder(db);
  const seen = new Set<string>();
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    const portion = orders.slice(from, from + AT_ONCE).map((read) => read());
    await finder.look(portion.flatMap(({ request }) => (request ? [request] : [])));
    const named: { order: ReadOrder; request: PurchaseUpsertRequest; contactId: string; id: string }[] = [];
    for (const order of portion) {
      const { request } = order;
      if (!request) {
        refuse(plan, order, order.fault ?? refusal('field'));
        continue;
      }
      const found = finder.find(request, opensFiles);
      if ('why' in found) {
        refuse(plan, order, refusal(found.why, found.text === undefined ? {} : { text: found.text }));
        continue;
      }
      if (found.opened) plan.opened.push(found.opened);
      named.push({ order, request, contactId: found.id, id: order.externalId === null ? sameAgain(request, found.key, seen) : '' });
    }
    const known = await listKnownPurchases(db, {
      externalIds: named.flatMap(({ order }) => order.externalId ?? []),
      ids: named.map(({ id }) => id).filter(Boolean),
    });
    const lines = grouped(
      await listLineRows(
        db,
        [...known.values()].map(({ id }) => id),
      ),
      ({ purchaseId }) => purchaseId,
    );
    for (const { order, request, contactId, id } of named) {
      if (order.externalId !== null && seen.has(order.externalId)) {
        refuse(plan, order, refusal('repeated'));
        continue;
      }
      if (order.externalId !== null) seen.add(order.externalId);
      take(plan, order, { request, contactId, id, known: known.get(order.externalId ?? id), lines, now, caller });
    }
    // Whoever chats has a turn in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return plan;
}

interface Taking {
  request: PurchaseUpsertRequest;
  contactId: string;
  id: string;
  known: PurchaseRow | undefined;
  lines: ReadonlyMap<string, PurchaseLineRow[]>;
  now: number;
  caller: Caller;
}

function take(plan: Plan, order: ReadOrder, { request, contactId, id, known, lines, now, caller }: Taking): void {
  try {
    const content = contentRow(request);
    const rowId = known?.id ?? (id || nanoid());
    const next = lineRows(rowId, request.lines);
    if (!known) {
      const brought = { source: 'import', opportunityId: null, createdBy: caller.agentId, version: 1, createdAt: now, updatedAt: now };
      plan.added.push({ id: rowId, contactId, externalId: order.externalId, ...content, ...brought });
      plan.lines.push(...next);
      return;
    }
    const row = { ...known, ...content, contactId };
    const isSame = Object.entries(row).every(([name, value]) => known[name as keyof PurchaseRow] === value);
    if (isSame && sameLines(lines.get(known.id) ?? [], next)) plan.unchanged += 1;
    else {
      plan.changed.push({ before: known, row: { ...row, version: known.version + 1, updatedAt: now } });
      plan.lines.push(...next);
    }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const { currency } = request;
    refuse(plan, order, refusal(error.why, error.why === 'lines-sum' ? { sum: toDecimal({ amount: error.sum, currency }), currency } : {}));
  }
}

/** The rows of one order are refused together, each with why. */
function refuse(plan: Plan, order: ReadOrder, why: Refusal & { column?: string | null }): void {
  const at = order.fault?.line ?? order.rows[0]?.line ?? 0;
  const { code, values, sentence, column = null } = why;
  for (const { line, cells } of order.rows) {
    const isAtFault = line === at;
    plan.refused.push({
      line,
      column: isAtFault ? column : null,
      ...(isAtFault ? { code, values, sentence } : refusal('other-row', { line: String(at) })),
      cells,
    });
  }
}

/** An order without an id of its own is known again by what it says, so that a file read twice adds nothing. */
function sameAgain(request: PurchaseUpsertRequest, buyer: string, seen: Set<string>): string {
  const { number, currency, at, total, lines } = request;
  for (let copy = 0; ; copy += 1) {
    const id = derivedId(`purchase ${JSON.stringify([buyer, number, currency, at, total, lines, copy])}`);
    if (seen.has(id)) continue;
    seen.add(id);
    return id;
  }
}

async function write(app: App, caller: Caller, { added, changed, lines, opened }: Plan): Promise<void> {
  const now = app.now();
  const newIds = new Set(opened.map(({ id }) => id));
  const rows = [...added, ...changed.map(({ row }) => row)];
  const concerned = [...new Set([...rows, ...changed.map(({ before }) => before)].map(({ contactId }) => contactId))];
  const isNewlyPaid = new Map(changed.map(({ before, row }) => [row.id, before.status !== 'paid']));
  const boughtBy = new Set(
    rows.filter(({ id, status }) => status === 'paid' && (isNewlyPaid.get(id) ?? true)).map(({ contactId }) => contactId),
  );
  const told = await app.storage
    .write(async (trx) => {
      await insertNewFiles(trx, opened, now);
      await noteImported(app, trx, { caller, contactIds: [...newIds] });
      await requireOpenFiles(
        trx,
        concerned.filter((id) => !newIds.has(id)),
      );
      await rewritePurchases(trx, changed);
      await deleteLinesOf(
        trx,
        changed.map(({ row }) => row.id),
      );
      for (const rows of portions(added)) await insertPurchases(trx, rows, []);
      for (const rows of portions(lines)) await insertPurchases(trx, [], rows);
      return settleValues(app, trx, { ids: concerned, boughtBy });
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error)
        ? new AppError('conflict', 'Somebody has changed these purchases meanwhile. Please import the file again.')
        : error;
    });
  await tell(app, told.slice(0, TOLD_MAX));
}

function portions<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / WRITTEN_AT_ONCE) }, (_, at) =>
    rows.slice(at * WRITTEN_AT_ONCE, (at + 1) * WRITTEN_AT_ONCE),
  );
}
