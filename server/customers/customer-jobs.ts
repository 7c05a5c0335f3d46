/** Work on many customers that goes on in the background (customer-worker.ts): what there is of it, and how it is stopped and taken back. */

import type { CustomerJob, JobStage, JobStatus } from '../../shared/customer-job.ts';
import { AppError } from '../../shared/errors.ts';
import type { App, FileShelf } from '../app.ts';
import type { CustomerJobRow } from '../storage/tables.ts';
import { agentRoom } from '../transport/broadcast.ts';
import type { Caller } from '../transport/wire.ts';
import {
  blankContact,
  deleteJob,
  deleteSomeRows,
  findJobRow,
  findOldJob,
  listJobRowsOf,
  lockJob,
  updateJob,
} from './customer-job-store.ts';
import { unheld } from './job-lease.ts';

const JOBS_SHOWN = 20;
/** So long what was there before is kept; the rows of an import, too. */
const UNDO_WITHIN_MS = 7 * 24 * 3_600_000;
const FORGET_AT_ONCE = 500;
const REST_MS = 50;

/** Merges leave the papers where they are; who is erased is erased from them. */
export const customerJobShelf: FileShelf = {
  name: 'customerJob',
  erase: (trx, contactId) => blankContact(trx, contactId),
};

export async function listJobs(app: App, { agentId }: Caller): Promise<CustomerJob[]> {
  return (await listJobRowsOf(app.storage.db, { agentId, limit: JOBS_SHOWN })).map((row) => toJob(app, row));
}

/** Whose it is alone. */
export async function requireJob(app: App, { agentId }: Caller, id: string): Promise<CustomerJobRow> {
  const row = await findJobRow(app.storage.db, id);
  if (!row || row.agentId !== agentId) throw new AppError('not-found', 'There is no such work.');
  return row;
}

/** A change stays where it was made by then; an import, of customers or of purchases, is taken back. */
export async function cancelJob(app: App, caller: Caller, id: string): Promise<CustomerJob> {
  return turnJob(app, caller, id, (row) => {
    if (row.status === 'undone' || row.status === 'undoing' || row.status === 'cancelled') return {};
    if (row.status !== 'running') throw new AppError('conflict', 'This has ended already.');
    if (row.kind === 'change') return { status: 'cancelled', endedAt: app.now() };
    if (row.stage !== 'write') return { status: 'draft', stage: 'read', cursor: null, done: 0 };
    return undoing(row);
  });
}

export async function undoJob(app: App, caller: Caller, id: string): Promise<CustomerJob> {
  return turnJob(app, caller, id, (row) => {
    if (row.status === 'undone' || row.status === 'undoing') return {};
    if (!canUndo(app, row)) throw new AppError('conflict', 'This cannot be taken back.');
    return undoing(row);
  });
}

async function turnJob(
  app: App,
  caller: Caller,
  id: string,
  decide: (row: CustomerJobRow) => Partial<CustomerJobRow>,
): Promise<CustomerJob> {
  await requireJob(app, caller, id);
  const row = await app.storage.write(async (trx) => {
    const held = await lockJob(trx, id);
    if (!held) throw new AppError('not-found', 'There is no such work.');
    const values = decide(held);
    if (Object.keys(values).length > 0) await updateJob(trx, id, { ...values, ...unheld });
    return { ...held, ...values };
  });
  tellJob(app, row);
  return toJob(app, row);
}

function undoing({ changed, added }: CustomerJobRow): Partial<CustomerJobRow> {
  return { status: 'undoing', stage: 'undo', cursor: null, total: changed + added, done: 0, endedAt: null };
}

function canUndo(app: App, { status, changed, added, createdAt }: CustomerJobRow): boolean {
  return (
    (status === 'done' || status === 'cancelled' || status === 'failed') && changed + added > 0 && createdAt > app.now() - UNDO_WITHIN_MS
  );
}

export function tellJob(app: App, row: CustomerJobRow): void {
  app.broadcast.toRooms([agentRoom(row.agentId)], 'customers:job', toJob(app, row));
}

/** Called now and then. In small pieces, with a rest after each. */
export async function forgetOldJobs(app: App): Promise<void> {
  for (;;) {
    const id = await findOldJob(app.storage.db, app.now() - UNDO_WITHIN_MS);
    if (id === undefined) return;
    await app.storage.write(async (trx) => {
      if (!(await deleteSomeRows(trx, id, FORGET_AT_ONCE))) await deleteJob(trx, id);
    });
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }
}

export function toJob(app: App, row: CustomerJobRow): CustomerJob {
  const { id, total, done, changed, added, refused, createdAt, endedAt } = row;
  return {
    id,
    kind: row.kind as CustomerJob['kind'],
    status: row.status as JobStatus,
    stage: row.stage as JobStage,
    total,
    done,
    changed,
    added,
    refused,
    canUndo: canUndo(app, row),
    createdAt,
    endedAt,
  };
}
