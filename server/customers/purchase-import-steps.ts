/** The work of a file of purchases, in small pieces: all orders are judged, then the good ones written, or what was written is taken back. */
import { grouped } from '../../shared/grouped.ts';
import type { PurchaseUpsertRequest } from '../../shared/purchase.ts';
import type { App } from '../app.ts';
import { dropFiles, listUsedFiles } from '../contacts/file-batch.ts';
import { businessClock } from '../hours/business-clock.ts';
import { type PurchaseColumn, purchaseColumnOf } from '../purchases/purchase-headings.ts';
import {
  type JudgedOrder,
  type JudgingMemory,
  judgeOrders,
  newMemory,
  type OrderToJudge,
  refusedRows,
} from '../purchases/purchase-judging.ts';
import { faultIn, type Reading, type ReadOrder, readEntry, readOrder, saidIn } from '../purchases/purchase-orders.ts';
import { type Brought, takeBackPurchases } from '../purchases/purchase-taking-back.ts';
import { writeOrders } from '../purchases/purchase-writing.ts';
import { tell, tellSold } from '../purchases/purchases.ts';
import type { Transaction } from '../storage/database.ts';
import { idInSeries } from '../storage/neighbour-ids.ts';
import type { CustomerJobRow, ImportRowRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { advance } from './bulk-edit.ts';
import {
  followLeads,
  listImportRows,
  listRowsByLead,
  listWrittenRows,
  partFromFiles,
  updateJudged,
  updateWritten,
} from './customer-job-store.ts';
import { type PurchaseFileRequest, purchaseRequestOf, type RefusedDraft } from './purchase-imports.ts';
import type { SeenKeys } from './seen-keys.ts';

/** More than one order can have. */
const CHECK_AT_ONCE = 300;
const WRITE_AT_ONCE = 100;
const LINES_AT_ONCE = 300;
const UNDO_AT_ONCE = 50;
/** So many files are told of one by one; with more, whoever looks at one finds it changed when it is opened again. */
const TOLD_MAX = 200;

/** An order as the check has read it. */
export interface OrderDraft {
  externalId: string | null;
  request: PurchaseUpsertRequest;
  /** Derived, where it has none of its own. */
  id: string | null;
}

/** What is kept of an order that was written, until it may be taken back. */
interface Written extends Brought {
  opened: string | null;
}

type Verdict = Parameters<typeof updateWritten>[1][number];

/** `memory` knows the orders that came before, from one piece of a check to the next. */
export async function stepPurchases(app: App, caller: Caller, job: CustomerJobRow, memory: SeenKeys<JudgingMemory>): Promise<void> {
  if (job.status === 'undoing') await undoSome(app, caller, job);
  else if (job.stage === 'check') await checkSome(app, caller, job, memory);
  else await writeSome(app, caller, job);
}

async function checkSome(app: App, caller: Caller, job: CustomerJobRow, memory: SeenKeys<JudgingMemory>): Promise<void> {
  const request = purchaseRequestOf(job);
  const seen = memory.recall(job);
  // Another server began it, or this one anew: what the orders before say is gone with it.
  if (!seen) {
    const anew = { request: JSON.stringify({ ...request, opened: 0 }), cursor: null, done: 0, refused: 0 };
    await advance(app, job, async () => anew);
    return;
  }
  // A piece that fails has been seen, and was not judged.
  memory.forget();
  const after = Number(job.cursor ?? 0);
  const read = await orderReader(app, request);
  await advance(app, job, async (trx, held) => {
    const { groups, isLast } = await nextGroups(trx, job.id, after);
    const judging = { memory: seen, opensFiles: request.plan.opensFiles, agentId: caller.agentId, now: app.now() };
    const judged = await judgeOrders(trx, groups.map(read), judging);
    const rows = judged.flatMap((one, at) => judgedRows(one, groups[at] ?? [], seen.newIds));
    await updateJudged(trx, rows);
    const cursor = String(groups.at(-1)?.[0]?.line ?? after);
    memory.keep({ id: job.id, cursor }, seen);
    const opened = request.opened + judged.filter((one) => 'opened' in one && one.opened !== null).length;
    return {
      request: JSON.stringify({ ...request, opened }),
      cursor,
      done: held.done + groups.reduce((sum, group) => sum + group.length, 0),
      refused: held.refused + rows.filter(({ outcome }) => outcome === 'refused').length,
      ...(isLast && { status: 'draft', cursor: null }),
    };
  });
}

/** The rows of the next orders, each order whole. */
async function nextGroups(trx: Transaction, jobId: string, after: number): Promise<{ groups: ImportRowRow[][]; isLast: boolean }> {
  const rows = await listRowsByLead(trx, { jobId, after, limit: CHECK_AT_ONCE });
  const groups = [...grouped(rows, ({ lead }) => lead).values()];
  const isLast = rows.length < CHECK_AT_ONCE;
  return { groups: isLast ? groups : groups.slice(0, -1), isLast };
}

async function orderReader(
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
function judgedRows(
  one: JudgedOrder,
  rows: readonly ImportRowRow[],
  newIds: ReadonlySet<string>,
): Parameters<typeof updateJudged>[1][number][] {
  if (one.verdict === 'refused') {
    const reasons = new Map(refusedRows(one.order, one.why).map((row) => [row.line, row]));
    return rows.map(({ id, line }) => {
      const { code = 'other-row', column = null, values = {} } = reasons.get(line) ?? {};
      const draft: RefusedDraft = { column, values };
      return { id, outcome: 'refused', reason: code, draft: JSON.stringify(draft), contactId: null };
    });
  }
  const { order, verdict, contactId, id } = one;
  const whose = newIds.has(contactId) ? null : contactId;
  return rows.map((row, at) => {
    const draft =
      at === 0 && order.request ? JSON.stringify({ externalId: order.externalId, request: order.request, id } satisfies OrderDraft) : null;
    return { id: row.id, outcome: at === 0 ? verdict : null, reason: null, draft, contactId: whose };
  });
}

/** The orders are judged once more: who is here, and what was bought, may have changed since the check. */
async function writeSome(app: App, caller: Caller, job: CustomerJobRow): Promise<void> {
  const { plan, skipsRefused, hasLong, opened } = purchaseRequestOf(job);
  const after = Number(job.cursor ?? 0);
  let told: string[] = [];
  await advance(app, job, async (trx, held) => {
    const listed = await listImportRows(trx, { jobId: job.id, after, limit: WRITE_AT_ONCE, outcomes: ['add', 'update', 'same'] });
    const orders = upToLines(listed.map(toOrder));
    const rows = listed.slice(0, orders.length);
    const judged = await judgeOrders(trx, orders, {
      ...{ memory: newMemory(), opensFiles: plan.opensFiles, agentId: caller.agentId, now: app.now() },
      newId: (order) => idInSeries(job.id, order.rows[0]?.line ?? 0),
    });
    told = await writeOrders(app, trx, caller, judged);
    const written = judged.map((one, at) => toWritten(one, rows[at]?.id ?? ''));
    await updateWritten(trx, written);
    if (hasLong) await followLeads(trx, job.id, new Map(rows.map(({ line }, at) => [line, written[at]?.contactId ?? null])));
    const count = (outcome: string) => written.filter((one) => one.outcome === outcome).length;
    const isLast = listed.length < WRITE_AT_ONCE && rows.length === listed.length;
    const counts = {
      request: JSON.stringify({
        ...purchaseRequestOf(held),
        opened: opened + judged.filter((one) => 'opened' in one && one.opened).length,
      }),
      added: held.added + count('added'),
      changed: held.changed + count('updated'),
      refused: held.refused + count('refused'),
    };
    // All of it, or nothing: one that is wrong by now takes the others back.
    if (count('refused') > 0 && !skipsRefused) {
      return { ...counts, status: 'undoing', stage: 'undo', cursor: null, total: counts.added + counts.changed, done: 0 };
    }
    return {
      ...counts,
      cursor: String(rows.at(-1)?.line ?? after),
      done: held.done + rows.length,
      ...(isLast && { status: 'done', endedAt: app.now() }),
    };
  });
  await spread(app, job, told);
}

/** The first of them, as many as have so many lines together, and at least one. */
function upToLines(orders: readonly OrderToJudge[]): OrderToJudge[] {
  let lines = 0;
  const end = orders.findIndex(({ request }, at) => {
    lines += request?.lines.length ?? 0;
    return at > 0 && lines > LINES_AT_ONCE;
  });
  return orders.slice(0, end === -1 ? orders.length : end);
}

function toOrder({ line, draft }: ImportRowRow): OrderToJudge {
  const { externalId, request, id } = JSON.parse(draft ?? 'null') as OrderDraft;
  return { rows: [{ line, cells: [] }], externalId, request, id, fault: null };
}

function toWritten(one: JudgedOrder, id: string): Verdict {
  if (one.verdict === 'refused') return { id, outcome: 'refused', contactId: null, reason: one.why.code, before: null };
  if (one.verdict === 'same') return { id, outcome: 'same', contactId: one.contactId, reason: null, before: null };
  const { id: purchaseId, version } = one.next.row;
  const before = one.verdict === 'update' ? { row: one.before.row, lines: [...one.before.lines] } : null;
  const written: Written = { purchaseId, version, before, opened: one.opened?.id ?? null };
  return {
    ...{ id, contactId: one.contactId, reason: null },
    outcome: one.verdict === 'add' ? 'added' : 'updated',
    before: JSON.stringify(written),
    ...(before && before.row.contactId !== one.contactId && { beforeContactId: before.row.contactId }),
  };
}

/** Purchases first, then the files that were opened for them and that nobody has used since. */
async function undoSome(app: App, caller: Caller, job: CustomerJobRow): Promise<void> {
  let told: string[] = [];
  await advance(app, job, async (trx, held) => {
    const upTo = Number(held.cursor ?? 2_147_483_647);
    const rows = await listWrittenRows(trx, { jobId: job.id, before: upTo, limit: UNDO_AT_ONCE });
    const brought = rows.map(({ before }) => JSON.parse(before ?? 'null') as Written | null);
    const { kept, contactIds } = await takeBackPurchases(
      app,
      trx,
      caller,
      brought.filter((one) => one !== null),
    );
    const isKept = (at: number) => kept.has(brought[at]?.purchaseId ?? '') || brought[at] === null;
    await updateWritten(
      trx,
      rows.map(({ id, contactId }, at) => ({ id, contactId, reason: null, before: null, outcome: isKept(at) ? 'kept' : 'undone' })),
    );
    const opened = brought.flatMap((one) => one?.opened ?? []);
    const used = await listUsedFiles(trx, opened);
    const gone = opened.filter((id) => !used.has(id));
    // Before the files, which would take the papers with them.
    await partFromFiles(trx, job.id, gone);
    await dropFiles(app, trx, gone);
    told = contactIds.filter((id) => !gone.includes(id));
    const undone = (outcome: string) => rows.filter((row, at) => row.outcome === outcome && !isKept(at)).length;
    const isLast = rows.length < UNDO_AT_ONCE;
    return {
      request: JSON.stringify({ ...purchaseRequestOf(held), opened: purchaseRequestOf(held).opened - gone.length }),
      cursor: String(rows.at(-1)?.line ?? upTo),
      done: held.done + rows.length,
      added: held.added - undone('added'),
      changed: held.changed - undone('updated'),
      ...(isLast && { status: 'undone', endedAt: app.now() }),
    };
  });
  await spread(app, job, told);
}

async function spread(app: App, job: CustomerJobRow, contactIds: readonly string[]): Promise<void> {
  if (job.done < TOLD_MAX) await tell(app, contactIds);
  else if (contactIds.length > 0) tellSold(app);
}
