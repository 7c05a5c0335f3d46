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
import { countOutcomes, countReasons, listImportRows } from './customer-job-store.ts';
import { toJob } from './customer-jobs.ts';
import { listKnownFields } from './filter-rights.ts';
import { guessMapping } from './import-headings.ts';
import { type FileKind, readTable } from './import-reading.ts';
import { mayMatch, requireImportBy } from './import-rights.ts';
import { discardDraft, headingsOf, requireImport, stageImport, turnImport } from './import-staging.ts';

const SAMPLES = 5;

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
  const file: { kind: FileKind; headings: string[] | null; rows: number; samples: string[][] } = {
    kind: { encoding: 'utf-8', separator: ',' },
    headings: null,
    rows: 0,
    samples: [],
  };
  const told = (kind: FileKind) => {
    file.kind = kind;
  };
  async function* read() {
    for await (const some of readTable(bytes, told)) {
      const rows = [...some];
      if (file.headings === null) file.headings = headingsOf(rows.shift()?.cells ?? []);
      file.samples.push(...rows.slice(0, SAMPLES - Math.min(SAMPLES, file.samples.length)).map(({ cells }) => cells));
      file.rows += rows.length;
      yield rows;
    }
  }
  const describe = async () => {
    if (file.headings === null || file.rows === 0)
      throw new AppError('invalid', 'The file has no rows under its headings.', { field: 'file' });
    const columns = file.headings.map((heading, at) => ({
      heading,
      samples: file.samples.map((cells) => (cells[at] ?? '').slice(0, 200)),
    }));
    const mapping = guessMapping(columns, await listKnownFields(app, caller));
    const plan: ImportPlan = { mapping, matchBy: ['external', 'email', 'phone'], mode: mayMatch(caller) ? 'update' : 'add', tag: null };
    const request: ImportRequest = { name, ...file.kind, columns, rows: file.rows, plan };
    return { request, total: file.rows };
  };
  return show(app, await stageImport(app, caller, { id, kind: 'import', rows: read(), describe }));
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
  return show(app, await turnImport(app, id, decide));
}

/** One that has not been run. */
export async function discardImport(app: App, caller: Caller, id: string): Promise<void> {
  await discardDraft(app, await requireImport(app, caller, id));
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

async function show(app: App, row: CustomerJobRow): Promise<CustomerImport> {
  const { name, encoding, separator, columns, rows, plan } = importRequestOf(row);
  const [outcomes, reasons] = await Promise.all([countOutcomes(app.storage.db, row.id), countReasons(app.storage.db, row.id, 'refused')]);
  const job: CustomerJob = toJob(app, row);
  return { job, name, encoding, separator, columns, rows, plan, outcomes, reasons };
}
