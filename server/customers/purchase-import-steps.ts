/** The work of a file of purchases, in small pieces: all orders are judged, then the good ones written, or what was written is taken back. */
import type { App } from '../app.ts';
import { dropFiles, listUsedFiles, lockFiles } from '../contacts/file-batch.ts';
import { JudgingMemory } from '../purchases/judging-memory.ts';
import { type JudgedOrder, judgeOrders } from '../purchases/purchase-judging.ts';
import { type Brought, takeBackPurchases } from '../purchases/purchase-taking-back.ts';
import { writeOrders } from '../purchases/purchase-writing.ts';
import { tell, tellSold } from '../purchases/purchases.ts';
import { idInSeries } from '../storage/neighbour-ids.ts';
import type { CustomerJobRow, ImportRowRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { advance } from './bulk-edit.ts';
import {
  followLeads,
  haveErased,
  listImportRows,
  listWrittenRows,
  partFromFiles,
  updateJudged,
  updateWritten,
} from './customer-job-store.ts';
import { judgedRows, orderReader, refuseOrders, toOrder } from './purchase-import-rows.ts';
import { type PurchaseFileRequest, purchaseRequestOf } from './purchase-imports.ts';
import { readPortion, upToLines } from './purchase-portions.ts';
import { emptyTally, talliedOn } from './purchase-tally.ts';
import type { SeenKeys } from './seen-keys.ts';

const WRITE_AT_ONCE = 100;
const UNDO_AT_ONCE = 50;
/** So many files are told of one by one; with more, whoever looks at one finds it changed when it is opened again. */
const TOLD_MAX = 200;

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
    const anew = { request: JSON.stringify({ ...request, opened: 0, tally: emptyTally }), cursor: null, done: 0, refused: 0 };
    await advance(app, job, async () => anew);
    return;
  }
  // A piece that fails has been seen, and was not judged.
  memory.forget(job.id);
  const after = Number(job.cursor ?? 0);
  const { orders, isLast } = await readPortion(
    app.storage.db,
    { jobId: job.id, after, isList: request.format === 'json' },
    await orderReader(app, request),
  );
  const groups = orders.map(({ rows }) => rows);
  let cursor = job.cursor;
  let fresh = new JudgingMemory(seen);
  await advance(app, job, async (trx, held) => {
    fresh = new JudgingMemory(seen);
    // Whoever was erased while they were read stays so: they are read anew.
    if (await haveErased(trx, groups.flat())) return {};
    const judging = { memory: fresh, opensFiles: request.plan.opensFiles, agentId: caller.agentId, now: app.now() };
    const judged = await judgeOrders(
      trx,
      orders.map(({ order }) => order),
      judging,
    );
    const rows = judged.flatMap((one, at) => judgedRows(one, groups[at] ?? [], fresh));
    await updateJudged(trx, rows);
    cursor = String(groups.at(-1)?.[0]?.line ?? after);
    const opened = request.opened + judged.filter((one) => 'opened' in one && one.opened !== null).length;
    const turned = rows.map(({ outcome, reason }) => ({ from: null, to: outcome, reason }));
    return {
      request: JSON.stringify({ ...request, opened, tally: talliedOn(request.tally ?? emptyTally, turned) }),
      cursor,
      done: held.done + groups.reduce((sum, group) => sum + group.length, 0),
      refused: held.refused + rows.filter(({ outcome }) => outcome === 'refused').length,
      ...(isLast && { status: 'draft', cursor: null }),
    };
  });
  fresh.settle();
  memory.keep({ id: job.id, cursor }, seen);
}

/** The orders are judged once more: who is here, and what was bought, may have changed since the check. */
async function writeSome(app: App, caller: Caller, job: CustomerJobRow): Promise<void> {
  const { plan, skipsRefused, hasLong, opened } = purchaseRequestOf(job);
  const after = Number(job.cursor ?? 0);
  let told: string[] = [];
  await advance(app, job, async (trx, held) => {
    const listed = await listImportRows(trx, { jobId: job.id, after, limit: WRITE_AT_ONCE, outcomes: ['add', 'update', 'same'] });
    const rows = upToLines(listed);
    const judged = await judgeOrders(trx, rows.map(toOrder), {
      ...{ memory: new JudgingMemory(), opensFiles: plan.opensFiles, agentId: caller.agentId, now: app.now() },
      newId: (order) => idInSeries(job.id, order.rows[0]?.line ?? 0),
    });
    told = await writeOrders(app, trx, caller, judged);
    const written = judged.flatMap((one, at) => toWritten(one, rows[at]?.id ?? '') ?? []);
    await updateWritten(trx, written);
    if (hasLong) await followLeads(trx, job.id, new Map(rows.map(({ line }, at) => [line, whoseIs(judged[at])])));
    const refused = await refuseOrders(trx, job.id, judged);
    const count = (outcome: string) => written.filter((one) => one.outcome === outcome).length;
    const isLast = listed.length < WRITE_AT_ONCE && rows.length === listed.length;
    const counts = {
      request: JSON.stringify({
        ...purchaseRequestOf(held),
        opened: opened + judged.filter((one) => 'opened' in one && one.opened).length,
        ...tallyAfter(held, rows, [...written, ...refused]),
      }),
      added: held.added + count('added'),
      changed: held.changed + count('updated'),
      refused: held.refused + refused.length,
    };
    // All of it, or nothing: one that is wrong by now takes the others back.
    if (refused.length > 0 && !skipsRefused) {
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

function whoseIs(one: JudgedOrder | undefined): string | null {
  return one && one.verdict !== 'refused' ? one.contactId : null;
}

function toWritten(one: JudgedOrder, id: string): Verdict | null {
  if (one.verdict === 'refused') return null;
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
    const listed = await listWrittenRows(trx, { jobId: job.id, before: upTo, limit: UNDO_AT_ONCE });
    const rows = upToLines(listed);
    const brought = rows.map(({ before }) => JSON.parse(before ?? 'null') as Written | null);
    const opened = brought.flatMap((one) => one?.opened ?? []);
    // Nobody uses one of them between the look at it and its end. All at once: who locks them in turns may wait for whoever waits for it.
    await lockFiles(
      trx,
      [
        ...new Set([
          ...opened,
          ...brought.flatMap((one) => one?.before?.row.contactId ?? []),
          ...rows.flatMap(({ contactId }) => contactId ?? []),
        ]),
      ].sort(),
    );
    const { kept, contactIds } = await takeBackPurchases(
      app,
      trx,
      caller,
      brought.filter((one) => one !== null),
    );
    const isKept = (at: number) => kept.has(brought[at]?.purchaseId ?? '') || brought[at] === null;
    const written = rows.map(
      ({ id, contactId }, at): Verdict => ({ id, contactId, reason: null, before: null, outcome: isKept(at) ? 'kept' : 'undone' }),
    );
    await updateWritten(trx, written);
    const used = await listUsedFiles(trx, opened);
    const gone = opened.filter((id) => !used.has(id));
    // Before the files, which would take the papers with them.
    await partFromFiles(trx, job.id, gone);
    await dropFiles(app, trx, gone);
    told = contactIds.filter((id) => !gone.includes(id));
    const undone = (outcome: string) => rows.filter((row, at) => row.outcome === outcome && !isKept(at)).length;
    const isLast = listed.length < UNDO_AT_ONCE && rows.length === listed.length;
    const request = purchaseRequestOf(held);
    return {
      request: JSON.stringify({ ...request, opened: request.opened - gone.length, ...tallyAfter(held, rows, written) }),
      cursor: String(rows.at(-1)?.line ?? upTo),
      done: held.done + rows.length,
      added: held.added - undone('added'),
      changed: held.changed - undone('updated'),
      ...(isLast && { status: 'undone', endedAt: app.now() }),
    };
  });
  await spread(app, job, told);
}

function tallyAfter(
  job: CustomerJobRow,
  before: readonly Pick<ImportRowRow, 'id' | 'outcome'>[],
  after: readonly Pick<ImportRowRow, 'id' | 'outcome' | 'reason'>[],
): Pick<PurchaseFileRequest, 'tally'> {
  const { tally } = purchaseRequestOf(job);
  const was = new Map(before.map(({ id, outcome }) => [id, outcome]));
  const turned = after.map(({ id, outcome, reason }) => ({ from: was.get(id) ?? null, to: outcome, reason }));
  return tally ? { tally: talliedOn(tally, turned) } : {};
}

async function spread(app: App, job: CustomerJobRow, contactIds: readonly string[]): Promise<void> {
  if (job.done < TOLD_MAX) await tell(app, contactIds);
  else if (contactIds.length > 0) tellSold(app);
}
