/**
 * Files of customers: taken in row by row into a table of their own, mapped, judged, and only then written. Nothing of an import that is
 * stopped stays: its files are taken away again, and those that it changed say what they said. One that a crash interrupts goes on.
 */
import type { CustomerImport, ImportPlan, ImportRow, ImportRowQuery } from '../../shared/customer-import.ts';
import type { CustomerJob } from '../../shared/customer-job.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { CustomerJobRow, ImportRowRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { newJob } from './bulk-edit.ts';
import {
  countOutcomes,
  countReasons,
  deleteJob,
  deleteSomeRows,
  findJobRow,
  insertImportRows,
  insertJob,
  listImportRows,
  lockJob,
  updateJob,
} from './customer-job-store.ts';
import { requireJob, toJob } from './customer-jobs.ts';
import { listKnownFields } from './filter-rights.ts';
import { guessMapping } from './import-headings.ts';
import { type FileKind, readTable } from './import-reading.ts';
import { mayMatch, requireImportBy } from './import-rights.ts';
import { unheld } from './job-lease.ts';

const SAMPLES = 5;
const STORED_AT_ONCE = 500;
const DELETED_AT_ONCE = 1_000;

/** What is known of a file besides its rows. */
interface ImportRequest extends FileKind {
  name: string;
  columns: CustomerImport['columns'];
  rows: number;
  plan: ImportPlan;
}

export function importRequestOf({ request }: Pick<CustomerJobRow, 'request'>): ImportRequest {
  return JSON.parse(request);
}

/** Takes the file in while it arrives. One that breaks off leaves nothing. */
export async function takeIn(
  app: App,
  caller: Caller,
  { id, name }: { id: string; name: string },
  bytes: AsyncIterable<Uint8Array>,
): Promise<CustomerImport> {
  const known = await findJobRow(app.storage.db, id);
  if (known) throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  const file: { kind: FileKind; headings: string[] | null; rows: number; samples: string[][] } = {
    kind: { encoding: 'utf-8', separator: ',' },
    headings: null,
    rows: 0,
    samples: [],
  };
  const job = { ...newJob(app, caller, { id, kind: 'import', request: '{}' }), status: 'draft', stage: 'read' };
  await app.storage.write((trx) => insertJob(trx, job));
  try {
    const told = (kind: FileKind) => {
      file.kind = kind;
    };
    for await (const read of readTable(bytes, told)) {
      const rows = [...read];
      if (file.headings === null) file.headings = headingsOf(rows.shift()?.cells ?? []);
      file.samples.push(...rows.slice(0, SAMPLES - Math.min(SAMPLES, file.samples.length)).map(({ cells }) => cells));
      file.rows += rows.length;
      for (let at = 0; at < rows.length; at += STORED_AT_ONCE) {
        const some = rows.slice(at, at + STORED_AT_ONCE);
        const staged = some.map(({ line, cells }) => ({ id: `${id}.${line}`, jobId: id, line, cells: JSON.stringify(cells) }));
        await app.storage.write((trx) => insertImportRows(trx, staged));
      }
    }
    if (file.headings === null || file.rows === 0)
      throw new AppError('invalid', 'The file has no rows under its headings.', { field: 'file' });
    const columns = file.headings.map((heading, at) => ({
      heading,
      samples: file.samples.map((cells) => (cells[at] ?? '').slice(0, 200)),
    }));
    const mapping = guessMapping(columns, await listKnownFields(app, caller));
    const plan: ImportPlan = { mapping, matchBy: ['external', 'email', 'phone'], mode: mayMatch(caller) ? 'update' : 'add', tag: null };
    const request: ImportRequest = { name, ...file.kind, columns, rows: file.rows, plan };
    const row = { ...job, request: JSON.stringify(request), total: file.rows };
    await app.storage.write((trx) => updateJob(trx, id, { request: row.request, total: file.rows }));
    return await show(app, row);
  } catch (error) {
    await discard(app, id);
    throw error;
  }
}

function headingsOf(cells: readonly string[]): string[] {
  return cells.map(
    (cell, at) =>
      cell
        .replace(/[\u200e\u200f\ufeff]/g, '')
        .trim()
        .slice(0, 200) || `${at + 1}`,
  );
}

export async function getImport(app: App, caller: Caller, id: string): Promise<CustomerImport> {
  return show(app, await requireImport(app, caller, id));
}

/** Judges all rows anew by this plan, in the background; nothing is written. */
export async function checkImport(app: App, caller: Caller, id: string, plan: ImportPlan): Promise<CustomerImport> {
  const held = await requireImport(app, caller, id);
  requireImportBy(caller, plan);
  const { columns } = importRequestOf(held);
  if (plan.mapping.length !== columns.length)
    throw new AppError('invalid', 'mapping: there is one entry for each column', { field: 'mapping' });
  const fields = await listKnownFields(app, caller);
  for (const target of plan.mapping) {
    const key = target?.startsWith('field:') ? target.slice('field:'.length) : null;
    if (key !== null && !fields.some((field) => field.key === key && field.mayEdit)) {
      throw new AppError('forbidden', 'mapping: your role may not change this field', { field: 'mapping' });
    }
  }
  const isSomebody = plan.mapping.some((target) =>
    ['name', 'first-name', 'last-name', 'phone', 'email', 'external'].includes(target ?? ''),
  );
  if (!isSomebody) throw new AppError('invalid', 'mapping: no column says who it is', { field: 'mapping' });
  return turn(app, caller, id, (row) => {
    if (row.status !== 'draft' && !(row.status === 'running' && row.stage === 'check'))
      throw new AppError('conflict', 'This import has been run already.');
    const request = JSON.stringify({ ...importRequestOf(row), plan });
    return { request, status: 'running', stage: 'check', cursor: null, done: 0, refused: 0, total: importRequestOf(row).rows };
  });
}

/** After a check: what it found is written now. */
export async function runImport(app: App, caller: Caller, id: string): Promise<CustomerImport> {
  return turn(app, caller, id, (row) => {
    requireImportBy(caller, importRequestOf(row).plan);
    if (row.stage === 'write' && (row.status === 'running' || row.status === 'done')) return {};
    if (row.status !== 'draft' || row.stage !== 'check') throw new AppError('conflict', 'The rows are to be checked first.');
    return { status: 'running', stage: 'write', cursor: null, done: 0 };
  });
}

async function turn(
  app: App,
  caller: Caller,
  id: string,
  decide: (row: CustomerJobRow) => Partial<CustomerJobRow>,
): Promise<CustomerImport> {
  await requireImport(app, caller, id);
  const row = await app.storage.write(async (trx) => {
    const held = await lockJob(trx, id);
    if (!held) throw notFound();
    const values = decide(held);
    if (Object.keys(values).length > 0) await updateJob(trx, id, { ...values, ...unheld });
    return { ...held, ...values };
  });
  return show(app, row);
}

/** One that has not been run. */
export async function discardImport(app: App, caller: Caller, id: string): Promise<void> {
  const row = await requireImport(app, caller, id);
  if (row.status !== 'draft') throw new AppError('conflict', 'This import has been run already.');
  await discard(app, id);
}

async function discard(app: App, id: string): Promise<void> {
  for (let isLeft = true; isLeft; ) isLeft = await app.storage.write((trx) => deleteSomeRows(trx, id, DELETED_AT_ONCE));
  await app.storage.write((trx) => deleteJob(trx, id));
}

export async function listRows(
  app: App,
  caller: Caller,
  id: string,
  query: ImportRowQuery,
): Promise<{ items: ImportRow[]; next: string | null }> {
  requireImportBy(caller, importRequestOf(await requireImport(app, caller, id)).plan);
  const rows = await listImportRows(app.storage.db, {
    jobId: id,
    after: Number(query.cursor ?? 0),
    limit: query.limit + 1,
    ...(query.outcome && { outcomes: [query.outcome] }),
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return { items: shown.map(toRow), next: rows.length > query.limit && last ? String(last.line) : null };
}

function toRow({ line, cells, outcome, reason, contactId }: ImportRowRow): ImportRow {
  return { line, cells: JSON.parse(cells), outcome: outcome as ImportRow['outcome'], reason, contactId };
}

export async function requireImport(app: App, caller: Caller, id: string): Promise<CustomerJobRow> {
  const row = await requireJob(app, caller, id);
  if (row.kind !== 'import' || row.request === '{}') throw notFound();
  return row;
}

async function show(app: App, row: CustomerJobRow): Promise<CustomerImport> {
  const { name, encoding, separator, columns, rows, plan } = importRequestOf(row);
  const [outcomes, reasons] = await Promise.all([countOutcomes(app.storage.db, row.id), countReasons(app.storage.db, row.id, 'refused')]);
  const job: CustomerJob = toJob(app, row);
  return { job, name, encoding, separator, columns, rows, plan, outcomes, reasons };
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such import.');
}
