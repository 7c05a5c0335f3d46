/** The same done to many customers: gathered, then each judged by itself, in small writes; taken back the same way. */
import type { ContactEdits } from '../../shared/contact.ts';
import type { BulkChangeRequest, CustomerChange, CustomerJob } from '../../shared/customer-job.ts';
import { AppError } from '../../shared/errors.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { editLockedFile, lockFiles } from '../contacts/file-batch.ts';
import { type FileBefore, restoreFile } from '../contacts/file-restoring.ts';
import type { Transaction } from '../storage/database.ts';
import type { ContactRow, CustomerJobItemRow, CustomerJobRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { findJobRow, insertItems, insertJob, listItems, listUngathered, lockJob, updateItem, updateJob } from './customer-job-store.ts';
import { tellJob, toJob } from './customer-jobs.ts';
import type { Place } from './customer-page-store.ts';
import { walk } from './customer-walk.ts';
import { formatPlace, lookFor, parsePlace } from './customers.ts';
import { listKnownFields } from './filter-rights.ts';

const GATHER_AT_ONCE = 500;
const GATHER_FOR_MS = 25;
/** On SQLite everybody else's writes wait for these. */
const WRITE_AT_ONCE = 25;

export async function startChange(app: App, caller: Caller, asked: BulkChangeRequest): Promise<CustomerJob> {
  await requirePossible(app, caller, asked);
  const ids = asked.contactIds && [...new Set(asked.contactIds)];
  const row = await app.storage.write(async (trx) => {
    const known = await findJobRow(trx, asked.id);
    if (known) {
      if (known.agentId === caller.agentId && known.kind === 'change') return known;
      throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
    }
    const { contactIds: _, ...request } = asked;
    const made = newJob(app, caller, { id: asked.id, kind: 'change', request: JSON.stringify(request) });
    const job: CustomerJobRow = { ...made, stage: ids ? 'write' : 'find', total: ids?.length ?? 0 };
    await insertJob(trx, job);
    if (ids) await insertItems(trx, job.id, ids);
    return job;
  });
  return toJob(app, row);
}

export function newJob(app: App, { agentId }: Caller, job: Pick<CustomerJobRow, 'id' | 'kind' | 'request'>): CustomerJobRow {
  const counts = { total: 0, done: 0, changed: 0, added: 0, refused: 0 };
  return { ...job, ...counts, agentId, status: 'running', stage: 'find', cursor: null, createdAt: app.now(), endedAt: null };
}

/** What is wrong with all of them is said before it begins. */
async function requirePossible(app: App, caller: Caller, { change, search }: BulkChangeRequest): Promise<void> {
  if (search) await lookFor(app, caller, search, { order: { sort: 'id', direction: 'asc' }, after: null });
  if (change.kind === 'owner' && change.ownerId !== null) await requireAgent(app, change.ownerId);
  if (change.kind === 'tags' && change.add.length + change.remove.length === 0) {
    throw new AppError('invalid', 'change: no tag is named', { field: 'change' });
  }
  if (change.kind === 'field') {
    const field = (await listKnownFields(app, caller)).find(({ key }) => key === change.key);
    if (!field) throw new AppError('invalid', 'change: there is no such field', { field: 'change' });
    if (!field.mayEdit) throw new AppError('forbidden', 'change: your role may not change this field', { field: 'change' });
  }
}

/** One small piece of it. False when it has ended. */
export async function stepChange(app: App, caller: Caller, job: CustomerJobRow): Promise<boolean> {
  if (job.status === 'undoing') return undoSome(app, caller, job);
  return job.stage === 'find' ? gatherSome(app, caller, job) : changeSome(app, caller, job);
}

async function gatherSome(app: App, caller: Caller, job: CustomerJobRow): Promise<boolean> {
  const { search } = bulkRequestOf(job);
  const after: Place | null = parsePlace(job.cursor ?? undefined, 'id');
  const looking = await lookFor(app, caller, search ?? {}, { order: { sort: 'id', direction: 'asc' }, after });
  const { places, next } = await walk(app.storage.db, looking, { limit: GATHER_AT_ONCE, forMs: GATHER_FOR_MS });
  return advance(app, job, async (trx, held) => {
    const fresh = await listUngathered(
      trx,
      job.id,
      places.map(({ id }) => id),
    );
    await insertItems(trx, job.id, fresh);
    const total = held.total + fresh.length;
    return next ? { cursor: formatPlace(next), total } : { cursor: null, stage: 'write', total };
  });
}

async function changeSome(app: App, caller: Caller, job: CustomerJobRow): Promise<boolean> {
  const { change } = bulkRequestOf(job);
  return advance(app, job, async (trx, held) => {
    const items = await listItems(trx, { jobId: job.id, outcome: null, after: held.cursor ?? '', limit: WRITE_AT_ONCE });
    const rows = await lockFiles(
      trx,
      items.map(({ contactId }) => contactId),
    );
    const counts = { changed: 0, refused: 0 };
    for (const item of items) {
      const judged = await changeOne(app, trx, { caller, change, row: rows.get(item.contactId) });
      await updateItem(trx, { ...item, ...judged });
      if (judged.outcome === 'done') counts.changed += 1;
      else if (judged.outcome !== 'same') counts.refused += 1;
    }
    const isLast = items.length < WRITE_AT_ONCE;
    return {
      cursor: items.at(-1)?.contactId ?? held.cursor,
      done: held.done + items.length,
      changed: held.changed + counts.changed,
      refused: held.refused + counts.refused,
      ...(isLast && { status: 'done', endedAt: app.now() }),
    };
  });
}

async function changeOne(
  app: App,
  trx: Transaction,
  { caller, change, row }: { caller: Caller; change: CustomerChange; row: ContactRow | undefined },
): Promise<Pick<CustomerJobItemRow, 'outcome' | 'before' | 'after'>> {
  const nothing = { before: null, after: null };
  if (!row) return { outcome: 'not-found', ...nothing };
  try {
    const edited = await editLockedFile(app, trx, { caller, row, edits: editsOf(change, row) });
    if (!edited) return { outcome: 'same', ...nothing };
    return { outcome: 'done', before: JSON.stringify(edited.before), after: null };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') return { outcome: error.code, ...nothing };
    throw error;
  }
}

function editsOf(change: CustomerChange, row: ContactRow): ContactEdits {
  switch (change.kind) {
    case 'owner':
      return { ownerId: change.ownerId };
    case 'tags': {
      const held: string[] = JSON.parse(row.tags);
      return { tags: [...new Set([...held.filter((tag) => !change.remove.includes(tag)), ...change.add])] };
    }
    case 'lifecycle':
      return { lifecycle: change.lifecycle };
    case 'company':
      return { companyId: change.companyId };
    case 'field':
      return { values: { [change.key]: change.value } };
  }
}

/** What somebody has changed since stays as it is. */
async function undoSome(app: App, caller: Caller, job: CustomerJobRow): Promise<boolean> {
  return advance(app, job, async (trx, held) => {
    const items = await listItems(trx, { jobId: job.id, outcome: 'done', after: held.cursor ?? '', limit: WRITE_AT_ONCE });
    const rows = await lockFiles(
      trx,
      items.map(({ contactId }) => contactId),
    );
    let undone = 0;
    for (const item of items) {
      const row = rows.get(item.contactId);
      const before: FileBefore | null = item.before === null ? null : JSON.parse(item.before);
      const isLive = row !== undefined && row.mergedInto === null && row.erasedAt === null;
      const isUndone = isLive && before !== null && (await restoreFile(app, trx, caller, row, before));
      if (isUndone) undone += 1;
      await updateItem(trx, { ...item, outcome: isUndone ? 'undone' : 'kept' });
    }
    const isLast = items.length < WRITE_AT_ONCE;
    return {
      cursor: items.at(-1)?.contactId ?? held.cursor,
      done: held.done + items.length,
      changed: held.changed - undone,
      ...(isLast && { status: 'undone', endedAt: app.now() }),
    };
  });
}

/** Together with what it writes down of how far it has come: whoever stops in between goes on where it stopped. False when it has ended. */
export async function advance(
  app: App,
  { id, status, stage }: CustomerJobRow,
  work: (trx: Transaction, held: CustomerJobRow) => Promise<Partial<CustomerJobRow>>,
): Promise<boolean> {
  const row = await app.storage.write(async (trx) => {
    const held = await lockJob(trx, id);
    // Somebody has cancelled it meanwhile, or another server is further.
    if (!held || held.status !== status || held.stage !== stage) return held;
    const values = await work(trx, held);
    await updateJob(trx, id, values);
    return { ...held, ...values };
  });
  if (!row) return false;
  tellJob(app, row);
  return row.status === 'running' || row.status === 'undoing';
}

function bulkRequestOf({ request }: CustomerJobRow): Pick<BulkChangeRequest, 'change' | 'search'> {
  const { change, search } = JSON.parse(request);
  return { change, search };
}
