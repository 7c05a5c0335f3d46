/** What is to be done: the calls that customers were promised, and whatever else somebody wrote down. */

import { AppError } from '../../shared/errors.ts';
import type { Task, TaskPatch } from '../../shared/task.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App, FileShelf } from '../app.ts';
import { announceDone } from '../conversations/messages.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import type { TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { closeAttempt, eraseAttemptNotes } from './attempt-store.ts';
import { findCallHours } from './call-hours.ts';
import { type CallHours, firstRing, RING_AGAIN_MS, slotOf } from './call-times.ts';
import { sendCallbackLetter } from './callback-letter.ts';
import { callbackLink } from './callback-links.ts';
import { noteCallback } from './callback-notice.ts';
import type { CallbackRoom } from './callbacks.ts';
import { quiet } from './new-task.ts';
import { findTaskRow, listCallsOf, listOpenIdsOfOwner, listTaskIds, lockTask, lockTasks, NEVER, updateTask } from './task-store.ts';
import { announceTask, isHeld, maySeeTask, taskShownTo } from './task-views.ts';

/** What can be changed of a call. */
export type CallPatch = Pick<TaskPatch, 'status' | 'outcome' | 'ownerId' | 'ringAt'> & { dueAt?: number | undefined };

/** Locked, for an agent who may see it; what one may not see is `not-found`. */
export async function lockSeenTask(trx: Transaction, caller: Caller, id: string): Promise<TaskRow> {
  const row = await lockTask(trx, id);
  const seen = await findTaskRow(trx, id);
  if (!seen || !maySeeTask(caller, seen)) throw new AppError('not-found', 'There is no such task.');
  return row;
}

/**
 * Done, open again, somebody's or nobody's, at another time, of which its visitor is told. Whoever does it a second time changes
 * nothing.
 */
export async function changeCall({ room, bell, postman }: CallbackRoom, caller: Caller, id: string, patch: CallPatch): Promise<Task> {
  const { app } = room;
  if (patch.ownerId) await requireAgent(app, patch.ownerId);
  const known = patch.dueAt === undefined ? undefined : await findTaskRow(app.storage.db, id);
  const change: Change = { caller, patch, now: app.now(), hours: known ? await findCallHours(app, known) : null };
  const { done, moved } = await app.storage.write(async (trx) => {
    const row = await lockSeenTask(trx, caller, id);
    requireNoCall(row, caller, change.now);
    const changes = changesOf(row, change);
    if (changes.callingId === null) await closeAttempt(trx, row, change.now);
    if (Object.keys(changes).length > 0) await updateTask(trx, id, { ...changes, version: row.version + 1 });
    const { dueAt } = changes;
    if (dueAt === undefined || (dueAt === row.dueAt && row.awaitsTurn === 0)) return { done: null, moved: null };
    const notice = { kind: 'callbackOurs', link: callbackLink(app, id), at: dueAt } as const;
    return { done: await noteCallback(trx, row, notice, change.now), moved: { ...row, ...changes } };
  });
  announceDone(room, done);
  const task = await announceTask(app, id);
  if (moved) await sendCallbackLetter(app, postman, moved);
  bell.wake();
  return taskShownTo(caller, task);
}

/** What was said is forgotten, and it does not come again. */
const wordless = { phone: '', note: null, title: null, outcomeText: null, recurrence: null, succeedsAt: null } as const;

/** Whoever is on the phone with a call is not disturbed. */
export function requireNoCall(row: TaskRow, { agentId }: Pick<Caller, 'agentId'>, now: number): void {
  if (row.callingBy !== null && row.callingBy !== agentId && isHeld(row, now)) {
    throw new AppError('conflict', 'A colleague is calling just now.', { field: 'calling' });
  }
}

interface Change {
  caller: Caller;
  patch: CallPatch;
  now: number;
  /** Where the call is moved. */
  hours: CallHours | null;
}

function changesOf(row: TaskRow, { caller, patch, now, hours }: Change): Partial<TaskRow> {
  const { status, outcome, ownerId, dueAt, ringAt } = patch;
  const isTurned = status !== undefined && status !== row.status;
  const isDone = (status ?? row.status) === 'done';
  if ((dueAt ?? ringAt ?? now) < now) {
    const field = dueAt === undefined || dueAt >= now ? 'ringAt' : 'dueAt';
    throw new AppError('invalid', `${field}: this moment has passed`, { field });
  }
  return {
    ...(ownerId !== undefined && { ownerId }),
    ...(isTurned && status === 'done' && { ...quiet, status, doneAt: now, ...(outcome && { outcome }) }),
    // Whoever has just called it done knows of it: it does not ring at once.
    ...(isTurned && status === 'open' && { status, doneAt: null, outcome: null, ringAt: Math.max(row.dueAt, now + RING_AGAIN_MS) }),
    ...(!isDone &&
      dueAt !== undefined &&
      hours && { dueAt, slotAt: slotOf(dueAt, hours), awaitsTurn: 0, ringAt: firstRing(hours, dueAt, now), rangAt: null }),
    ...(!isDone &&
      ringAt !== undefined && { ringAt, rangAt: null, ownerId: ownerId === undefined ? (row.ownerId ?? caller.agentId) : ownerId }),
  };
}

export const taskShelf: FileShelf = {
  name: 'task',
  move: (trx, move) => moveFileRows(trx, 'task', move),
};

/** What was to be done by an agent who leaves is anybody's; what is due rings again. */
export async function freeTasksOf(app: App, trx: Transaction, agentId: string): Promise<() => void> {
  const now = app.now();
  const called = (await listCallsOf(trx, agentId)).map(({ id }) => id);
  const owned = await listOpenIdsOfOwner(trx, agentId);
  const rows = await lockTasks(trx, [...new Set([...called, ...owned])]);
  for (const row of rows) {
    const { id, kind, ownerId, callingBy, dueAt, ringAt, status } = row;
    if (callingBy === agentId) await closeAttempt(trx, row, now);
    await updateTask(trx, id, {
      ...(callingBy === agentId && { callingId: null, callingBy: null, callingAt: null }),
      ...(ownerId === agentId && status === 'open' && { ownerId: null, ringAt: ringOfFreed({ kind, dueAt, ringAt }, now) }),
    });
  }
  return () => {
    for (const { id } of rows) {
      announceTask(app, id).catch((error: unknown) => app.log.warn({ err: error }, 'a call that is nobody’s now could not be told'));
    }
  };
}

function ringOfFreed({ kind, dueAt, ringAt }: Pick<TaskRow, 'kind' | 'dueAt' | 'ringAt'>, now: number): number | null {
  if (dueAt <= now) return now;
  return ringAt ?? (kind === 'callback' || dueAt !== NEVER ? dueAt : null);
}

/** Whom to call, and what about, is forgotten; that something was to be done is not. */
export async function eraseTasks(trx: Transaction, whose: { contactId: string; visitorId: string | null }, now: number): Promise<string[]> {
  const ids = await listTaskIds(trx, whose);
  for (const id of ids) {
    const row = await lockTask(trx, id);
    const isOpen = row.status === 'open';
    await closeAttempt(trx, row, now);
    await updateTask(trx, id, { ...quiet, ...wordless, ...(isOpen && { status: 'done', outcome: 'erased', doneAt: now }) });
  }
  await eraseAttemptNotes(trx, ids);
  return ids;
}
