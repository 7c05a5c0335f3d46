/**
 * Files of purchases, as those of customers are (imports.ts): taken in row by row, judged, and only then written, in small pieces. Nothing of
 * one that is stopped stays, and one that a crash interrupts goes on.
 */
import { AppError } from '../../shared/errors.ts';
import type {
  PurchaseFile,
  PurchaseFileRow,
  PurchaseFileRowQuery,
  PurchasePlan,
  PurchaseRefusalCode,
} from '../../shared/purchase-import.ts';
import type { App } from '../app.ts';
import { readCustomerRules } from '../contacts/customer-rules.ts';
import { requirePurchaseImport } from '../purchases/purchase-import-rights.ts';
import { refusal } from '../purchases/purchase-refusals.ts';
import type { CustomerJobRow, ImportRowRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { listFileJobs, listImportRows } from './customer-job-store.ts';
import { cancelJob, toJob, undoJob } from './customer-jobs.ts';
import { discardDraft, requireImport, stageImport, turnImport } from './import-staging.ts';
import { type ReadPurchaseFile, readPurchaseList, readPurchaseTable } from './purchase-file-reading.ts';
import { emptyTally, type Tally, tallyOf } from './purchase-tally.ts';

const FILES_SHOWN = 5;

/** What is known of a file besides its rows. */
export interface PurchaseFileRequest extends ReadPurchaseFile {
  /** It came in one request, which answers for it. Named first: by that the list of files leaves it out (`ONE_REQUEST`). */
  isOneRequest?: true;
  name: string;
  format: PurchaseFile['format'];
  plan: PurchasePlan;
  skipsRefused: boolean;
  opened: number;
  /** Since its check began; none where it had none. */
  tally?: Tally;
}

/** Why a row was refused, besides the code. */
export interface RefusedDraft {
  column: string | null;
  values: Readonly<Record<string, string>>;
}

export function purchaseRequestOf({ request }: Pick<CustomerJobRow, 'request'>): PurchaseFileRequest {
  return JSON.parse(request);
}

export async function takeInPurchases(
  app: App,
  caller: Caller,
  { id, name, format }: { id: string; name: string; format: PurchaseFile['format'] },
  bytes: AsyncIterable<Uint8Array>,
): Promise<PurchaseFile> {
  requirePurchaseImport(caller);
  const file: ReadPurchaseFile = { headings: [], ignoredColumns: [], rows: 0, hasLong: false };
  const rows = format === 'csv' ? readPurchaseTable(bytes, file) : readPurchaseList(bytes, file);
  const describe = async () => {
    if (file.rows === 0) throw new AppError('invalid', 'The file holds no purchases.', { field: 'file' });
    const { currency } = await readCustomerRules(app.storage.db);
    const request: PurchaseFileRequest = { name, format, ...file, plan: { currency, opensFiles: false }, skipsRefused: false, opened: 0 };
    return { request, total: file.rows };
  };
  return show(app, await stageImport(app, caller, { id, kind: 'purchases', rows, describe }));
}

/** The caller's latest, newest first. */
export async function listPurchaseFiles(app: App, caller: Caller): Promise<PurchaseFile[]> {
  requirePurchaseImport(caller);
  const rows = await listFileJobs(app.storage.db, { agentId: caller.agentId, limit: FILES_SHOWN });
  return Promise.all(rows.map((row) => show(app, row)));
}

export async function getPurchaseFile(app: App, caller: Caller, id: string): Promise<PurchaseFile> {
  return show(app, await requireFile(app, caller, id));
}

/** Judges all rows anew, in the background; nothing is written. */
export async function checkPurchaseFile(app: App, caller: Caller, id: string, plan: PurchasePlan): Promise<PurchaseFile> {
  await requireFile(app, caller, id);
  const row = await turnImport(app, id, (held) => {
    if (held.status !== 'draft' && !(held.status === 'running' && held.stage === 'check')) throw hasRun();
    const request = { ...purchaseRequestOf(held), plan, opened: 0, tally: emptyTally };
    const begun = { status: 'running', stage: 'check', cursor: null, done: 0, refused: 0, total: request.rows };
    return { request: JSON.stringify(request), ...begun };
  });
  return show(app, row);
}

/** After a check: what it found is written now. */
export async function runPurchaseFile(app: App, caller: Caller, id: string, skipsRefused: boolean): Promise<PurchaseFile> {
  const { add = 0, update = 0, same = 0 } = (await getPurchaseFile(app, caller, id)).outcomes;
  const row = await turnImport(app, id, (held) => {
    if (held.stage === 'write' && (held.status === 'running' || held.status === 'done')) return {};
    if (held.status !== 'draft' || held.stage !== 'check') throw new AppError('conflict', 'The rows are to be checked first.');
    if (held.refused > 0 && !skipsRefused) {
      throw new AppError('conflict', 'Some rows are refused: mend them, or say that the others are wanted.', { field: 'skipsRefused' });
    }
    const request = JSON.stringify({ ...purchaseRequestOf(held), skipsRefused, opened: 0 });
    return { request, status: 'running', stage: 'write', cursor: null, done: 0, total: add + update + same };
  });
  return show(app, row);
}

/** One that is being written is taken back. */
export async function stopPurchaseFile(app: App, caller: Caller, id: string): Promise<PurchaseFile> {
  await requireFile(app, caller, id);
  await cancelJob(app, caller, id);
  return getPurchaseFile(app, caller, id);
}

export async function undoPurchaseFile(app: App, caller: Caller, id: string): Promise<PurchaseFile> {
  await requireFile(app, caller, id);
  await undoJob(app, caller, id);
  return getPurchaseFile(app, caller, id);
}

export async function discardPurchaseFile(app: App, caller: Caller, id: string): Promise<void> {
  await discardDraft(app, await requireFile(app, caller, id));
}

export async function listPurchaseFileRows(
  app: App,
  caller: Caller,
  id: string,
  { outcome, cursor, limit }: PurchaseFileRowQuery,
): Promise<{ items: PurchaseFileRow[]; next: string | null }> {
  await requireFile(app, caller, id);
  const rows = await listImportRows(app.storage.db, {
    jobId: id,
    after: Number(cursor ?? 0),
    limit: limit + 1,
    ...(outcome && { outcomes: [outcome] }),
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toFileRow), next: rows.length > limit && last ? String(last.line) : null };
}

export function toFileRow({ line, cells, outcome, reason, draft, contactId }: ImportRowRow): PurchaseFileRow {
  const told = { line, cells: JSON.parse(cells), outcome: outcome as PurchaseFileRow['outcome'], contactId };
  if (outcome !== 'refused' || reason === null) return { ...told, code: null, column: null, values: {}, sentence: null };
  const { column = null, values = {} }: Partial<RefusedDraft> = JSON.parse(draft ?? '{}');
  return { ...told, column, ...refusal(reason as PurchaseRefusalCode, values), values: { ...values } };
}

/** Whose rights were taken away since sees nothing of it any more. */
export async function requireFile(app: App, caller: Caller, id: string): Promise<CustomerJobRow> {
  requirePurchaseImport(caller);
  return requireImport(app, caller, id, 'purchases');
}

async function show(app: App, row: CustomerJobRow): Promise<PurchaseFile> {
  const { name, format, headings, ignoredColumns, rows, plan, opened, tally } = purchaseRequestOf(row);
  const { outcomes, reasons } = await tallyOf(app.storage.db, row, tally);
  const refusals = Object.entries(reasons)
    .map(([code, count]) => ({ code: code as PurchaseRefusalCode, count }))
    .sort((one, other) => other.count - one.count);
  return { job: toJob(app, row), name, format, headings, ignoredColumns, rows, plan, opened, outcomes, refusals };
}

function hasRun(): AppError {
  return new AppError('conflict', 'This import has been run already.');
}
