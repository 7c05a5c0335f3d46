/** The rows of a file, taken into a table of their own while it arrives, and forgotten again: of customers, or of purchases. */
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { CustomerJobRow, ImportRowRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { newJob } from './bulk-edit.ts';
import { deleteJob, deleteSomeRows, findJobRow, insertImportRows, insertJob, lockJob, updateJob } from './customer-job-store.ts';
import { requireJob } from './customer-jobs.ts';
import { unheld } from './job-lease.ts';

const STORED_AT_ONCE = 500;
const DELETED_AT_ONCE = 1_000;

export type ImportKind = 'import' | 'purchases';

export interface StagedRow {
  line: number;
  cells: readonly string[];
  /** Where several rows are one thing: the line of the first. */
  lead?: number;
  /** Where it was judged while it came. */
  verdict?: Pick<ImportRowRow, 'draft' | 'outcome' | 'contactId'>;
}

interface Arriving {
  id: string;
  kind: ImportKind;
  rows: AsyncIterable<readonly StagedRow[]> | Iterable<readonly StagedRow[]>;
  /** Asked once all of them have come; before that nobody can see it, or run it. */
  describe: () => Promise<{ request: object; total: number } & Partial<Pick<CustomerJobRow, 'status' | 'stage'>>>;
}

const unjudged = { draft: null, outcome: null, contactId: null };

/** One that breaks off leaves nothing. */
export async function stageImport(app: App, caller: Caller, { id, kind, rows, describe }: Arriving): Promise<CustomerJobRow> {
  const known = await findJobRow(app.storage.db, id);
  if (known) throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  const job: CustomerJobRow = { ...newJob(app, caller, { id, kind, request: '{}' }), status: 'draft', stage: 'read' };
  await app.storage.write((trx) => insertJob(trx, job));
  try {
    for await (const read of rows) {
      for (let at = 0; at < read.length; at += STORED_AT_ONCE) {
        const some = read.slice(at, at + STORED_AT_ONCE);
        const staged = some.map(({ line, cells, lead = null, verdict = unjudged }) => ({
          ...{ id: `${id}.${line}`, jobId: id, line, lead, ...verdict },
          cells: JSON.stringify(cells),
        }));
        await app.storage.write((trx) => insertImportRows(trx, staged));
      }
    }
    const { request, ...described } = await describe();
    const values = { ...described, request: JSON.stringify(request) };
    await app.storage.write((trx) => updateJob(trx, id, values));
    return { ...job, ...values };
  } catch (error) {
    // One that has begun all the same, and only the word of it was lost, goes on.
    if ((await findJobRow(app.storage.db, id))?.status === 'draft') await forgetImport(app, id);
    throw error;
  }
}

/** Whose it is alone, once it is taken in. */
export async function requireImport(app: App, caller: Caller, id: string, kind: ImportKind = 'import'): Promise<CustomerJobRow> {
  const row = await requireJob(app, caller, id);
  if (row.kind !== kind || row.request === '{}') throw noImport();
  return row;
}

/** Somebody turns it to something else: whoever is at work on it begins with that. */
export async function turnImport(app: App, id: string, decide: (row: CustomerJobRow) => Partial<CustomerJobRow>): Promise<CustomerJobRow> {
  return app.storage.write(async (trx) => {
    const held = await lockJob(trx, id);
    if (!held) throw noImport();
    const values = decide(held);
    if (Object.keys(values).length > 0) await updateJob(trx, id, { ...values, ...unheld });
    return { ...held, ...values };
  });
}

/** One that has not been run. */
export async function discardDraft(app: App, row: CustomerJobRow): Promise<void> {
  if (row.status !== 'draft') throw new AppError('conflict', 'This import has been run already.');
  await forgetImport(app, row.id);
}

async function forgetImport(app: App, id: string): Promise<void> {
  for (let isLeft = true; isLeft; ) isLeft = await app.storage.write((trx) => deleteSomeRows(trx, id, DELETED_AT_ONCE));
  await app.storage.write((trx) => deleteJob(trx, id));
}

/** As they are called in the file, without marks of direction that a copy brings along; one without a name by its place. */
export function headingsOf(cells: readonly string[]): string[] {
  return cells.map(
    (cell, at) =>
      cell
        .replace(/[\u200e\u200f\ufeff]/g, '')
        .trim()
        .slice(0, 200) || `${at + 1}`,
  );
}

function noImport(): AppError {
  return new AppError('not-found', 'There is no such import.');
}
