/** Calling: one agent at a time, each try with what came of it, and when it is tried again. */
import { AppError } from '../../shared/errors.ts';
import type { Task, TaskAttemptRequest } from '../../shared/task.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { TaskAttemptRow, TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteAttempt, findAttemptRow, insertAttempt, updateAttempt } from './attempt-store.ts';
import { findCallHours } from './call-hours.ts';
import { type CallHours, nextTry } from './call-times.ts';
import { findTaskRow, lockTask, updateTask } from './task-store.ts';
import { ABANDONED_AFTER_MS, announceTask, taskShownTo } from './task-views.ts';
import { lockSeenTask, quiet } from './tasks.ts';

interface Calling {
  caller: Caller;
  request: TaskAttemptRequest;
  hours: CallHours;
  now: number;
}

/** Begins to call, or says what came of it. Of two agents who begin at once one is told that the other calls. */
export async function attemptCall(app: App, caller: Caller, taskId: string, request: TaskAttemptRequest): Promise<Task> {
  const row = await findTaskRow(app.storage.db, taskId);
  if (!row) throw new AppError('not-found', 'There is no such task.');
  const calling: Calling = { caller, request, hours: await findCallHours(app, row), now: app.now() };
  if ((request.nextAt ?? calling.now) < calling.now) {
    throw new AppError('invalid', 'nextAt: this moment has passed', { field: 'nextAt' });
  }
  await app.storage.write((trx) => attempt(trx, taskId, calling));
  return taskShownTo(caller, await announceTask(app, taskId));
}

async function attempt(trx: Transaction, taskId: string, calling: Calling): Promise<void> {
  const { caller, request, now } = calling;
  const row = await lockSeenTask(trx, caller, taskId);
  const known = await findAttemptRow(trx, request.id);
  if (known && (known.taskId !== taskId || known.agentId !== caller.agentId)) {
    throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  }
  // A repeated request, whose first reply was lost.
  if (known && known.endedAt !== null) return;
  if (request.outcome === 'released') return release(trx, row, known);
  if (row.status !== 'open') throw new AppError('conflict', 'This call has been dealt with.', { field: 'status' });
  if (!known) await begin(trx, row, calling);
  if (request.outcome !== undefined) await end(trx, await lockTask(trx, taskId), { ...calling, startedAt: known?.startedAt ?? now });
}

/** Whoever calls what is nobody's makes it its own: the next try rings there. */
async function begin(trx: Transaction, row: TaskRow, { caller, request, now }: Calling): Promise<void> {
  const isHeld = row.callingBy !== null && row.callingBy !== caller.agentId && (row.callingAt ?? 0) >= now - ABANDONED_AFTER_MS;
  if (isHeld) throw new AppError('conflict', 'A colleague is calling just now.', { field: 'calling' });
  if (row.callingId !== null) await deleteAttempt(trx, row.callingId);
  const { agentId } = caller;
  const nothingYet = { endedAt: null, outcome: null, note: null, nextAt: null };
  await insertAttempt(trx, { id: request.id, taskId: row.id, agentId, startedAt: now, ...nothingYet });
  await updateTask(trx, row.id, { callingId: request.id, callingBy: agentId, callingAt: now, ownerId: row.ownerId ?? agentId });
}

async function end(
  trx: Transaction,
  row: TaskRow,
  { request: { id, outcome, note, nextAt: wishedAt }, hours, now }: Calling & { startedAt: number },
): Promise<void> {
  const attemptCount = row.attemptCount + 1;
  const nextAt = outcome === 'no-answer' ? (wishedAt ?? nextTry(hours, attemptCount, now)) : null;
  await updateAttempt(trx, id, { endedAt: now, outcome: outcome ?? null, note: note?.trim() ? note : null, nextAt });
  await updateTask(trx, row.id, {
    ...quiet,
    attemptCount,
    ...(nextAt === null ? { status: 'done', outcome: outcome ?? null, doneAt: now } : { dueAt: nextAt, ringAt: nextAt, slotAt: null }),
  });
}

/** It was no try after all. What has rung already waits in the list and does not ring again. */
async function release(trx: Transaction, row: TaskRow, known: TaskAttemptRow | undefined): Promise<void> {
  if (!known) return;
  await deleteAttempt(trx, known.id);
  if (row.callingId === known.id) await updateTask(trx, row.id, { callingId: null, callingBy: null, callingAt: null });
}
