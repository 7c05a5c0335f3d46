/**
 * Purchases that come in one request, which answers once they are written: a short file at once, a longer one in small pieces like those
 * that are taken in, so that nobody's message waits for it. Either way all of it is written or nothing.
 */
import { setTimeout as rest } from 'node:timers/promises';
import { nanoid } from 'nanoid';
import type { PurchaseImportRequest, PurchaseReport } from '../../shared/purchase-import.ts';
import type { App } from '../app.ts';
import { changedMeanwhile, judgeFile, writeAtOnce } from '../purchases/purchase-intake.ts';
import type { JudgedOrder } from '../purchases/purchase-judging.ts';
import type { Caller } from '../transport/wire.ts';
import { findJobRow } from './customer-job-store.ts';
import { type StagedRow, stageImport } from './import-staging.ts';
import type { OrderDraft } from './purchase-import-rows.ts';
import type { PurchaseFileRequest } from './purchase-imports.ts';

/** Rows that take a few hundredths of a second to write. */
const AT_ONCE_MAX = 200;
const STAGED_AT_ONCE = 500;
const LOOK_EVERY_MS = 50;

/** `wake`: there is work to do. */
export async function importPurchases(app: App, caller: Caller, request: PurchaseImportRequest, wake: () => void): Promise<PurchaseReport> {
  const { report, judged } = await judgeFile(app, caller, request);
  if (!report.isWritten) return report;
  if (report.rows <= AT_ONCE_MAX) {
    await writeAtOnce(app, caller, judged);
    return report;
  }
  const id = await stage(app, caller, { request, report, judged });
  wake();
  for (;;) {
    const row = await findJobRow(app.storage.db, id);
    if (row?.status === 'done') return { ...report, added: row.added, changed: row.changed };
    if (row?.status !== 'running' && row?.status !== 'undoing') throw changedMeanwhile();
    await rest(LOOK_EVERY_MS);
  }
}

interface Staging {
  request: PurchaseImportRequest;
  report: PurchaseReport;
  judged: readonly JudgedOrder[];
}

/** As if it had been taken in, checked and run. What stood in the cells stays with whoever sent it. */
async function stage(
  app: App,
  caller: Caller,
  { request: { format, currency, opensFiles, skipsRefused }, report: { headings, ignoredColumns, rows }, judged }: Staging,
): Promise<string> {
  const request: PurchaseFileRequest = {
    ...{ name: '', format, headings, ignoredColumns, rows, hasLong: false, opened: 0, skipsRefused },
    plan: { currency, opensFiles },
  };
  const good = judged.filter((one) => one.verdict !== 'refused');
  const { id } = await stageImport(app, caller, {
    ...{ id: nanoid(), kind: 'purchases', rows: stagedRows(good) },
    describe: async () => ({ request, total: good.length, status: 'running', stage: 'write' }),
  });
  return id;
}

function* stagedRows(good: readonly (JudgedOrder & { verdict: 'add' | 'update' | 'same' })[]): Generator<StagedRow[], void> {
  const opened = new Set(good.flatMap((one) => one.opened?.id ?? []));
  for (let at = 0; at < good.length; at += STAGED_AT_ONCE) {
    yield good.slice(at, at + STAGED_AT_ONCE).flatMap(({ order, verdict, contactId, id }) => {
      if (!order.request) return [];
      const line = order.rows[0]?.line ?? 0;
      const draft: OrderDraft = { externalId: order.externalId, request: order.request, id };
      const whose = contactId === null || opened.has(contactId) ? null : contactId;
      return { line, lead: line, cells: [], verdict: { draft: JSON.stringify(draft), outcome: verdict, contactId: whose } };
    });
  }
}
