/** Purchases from a file that came in one request: judged row by row first, then written all at once or not at all. */
import { AppError } from '../../shared/errors.ts';
import { type PurchaseImportRequest, type PurchaseReport, REFUSED_SHOWN } from '../../shared/purchase-import.ts';
import type { App } from '../app.ts';
import { businessClock } from '../hours/business-clock.ts';
import { isUniqueViolation } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { JudgingMemory } from './judging-memory.ts';
import { requirePurchaseImport } from './purchase-import-rights.ts';
import { type JudgedOrder, judgeOrders, refusedRows } from './purchase-judging.ts';
import { readPurchases } from './purchase-rows.ts';
import { writeOrders } from './purchase-writing.ts';
import { tell } from './purchases.ts';

const AT_ONCE = 200;
/** So many files are told of one by one; with more, whoever looks at one finds it changed when it is opened again. */
const TOLD_MAX = 200;

/** What would become of all of it. */
export async function judgeFile(
  app: App,
  caller: Caller,
  request: PurchaseImportRequest,
): Promise<{ report: PurchaseReport; judged: JudgedOrder[] }> {
  requirePurchaseImport(caller);
  const { rows, headings, ignoredColumns, orders } = await readPurchases(request, await businessClock(app));
  if (rows === 0) throw new AppError('invalid', 'text: holds no purchases', { field: 'text' });
  const { db } = app.storage;
  const judging = { memory: new JudgingMemory(), opensFiles: request.opensFiles, agentId: caller.agentId, now: app.now() };
  const judged: JudgedOrder[] = [];
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    const portion = orders.slice(from, from + AT_ONCE).map((read) => read());
    judged.push(...(await judgeOrders(db, portion, judging)));
    // Whoever chats has a turn in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const refused = judged.flatMap((one) => (one.verdict === 'refused' ? refusedRows(one.order, one.why) : []));
  const count = (verdict: JudgedOrder['verdict']) => judged.filter((one) => one.verdict === verdict).length;
  const report: PurchaseReport = {
    rows,
    added: count('add'),
    changed: count('update'),
    unchanged: count('same'),
    opened: judged.filter((one) => 'opened' in one && one.opened !== null).length,
    refusedCount: refused.length,
    refused: refused.toSorted((one, other) => one.line - other.line).slice(0, REFUSED_SHOWN),
    headings,
    ignoredColumns,
    isWritten: !request.isDryRun && (refused.length === 0 || request.skipsRefused),
  };
  return { report, judged };
}

export async function writeAtOnce(app: App, caller: Caller, judged: readonly JudgedOrder[]): Promise<void> {
  const told = await app.storage
    .write((trx) => writeOrders(app, trx, caller, judged))
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? changedMeanwhile() : error;
    });
  await tell(app, told.slice(0, TOLD_MAX));
}

export function changedMeanwhile(): AppError {
  return new AppError('conflict', 'Somebody has changed these purchases meanwhile. Please import the file again.');
}
