/** What was promised to customers: today the calls that visitors asked for. */
import { AppError } from '../../shared/errors.ts';
import type { Task, TaskPage, TaskPatch, TaskQuery } from '../../shared/task.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { announceDone } from '../conversations/messages.ts';
import type { Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { eraseAttemptNotes } from './attempt-store.ts';
import { findCallHours } from './call-hours.ts';
import { type CallHours, firstRing, slotOf } from './call-times.ts';
import { sendCallbackLetter } from './callback-letter.ts';
import { callbackLink } from './callback-links.ts';
import { noteCallback } from './callback-notice.ts';
import type { CallbackRoom } from './callbacks.ts';
import {
  countOpenTasks,
  findTaskRow,
  listOpenIdsOfOwner,
  listTaskIds,
  listTaskRows,
  lockTask,
  lockTasks,
  moveTasks,
  updateTask,
} from './task-store.ts';
import { ABANDONED_AFTER_MS, announceTask, maySeeTask, taskShownTo, viewTasks } from './task-views.ts';

/** Nothing rings, and nobody is on the phone with it. */
export const quiet = { ringAt: null, callingId: null, callingBy: null, callingAt: null, awaitsTurn: 0 } as const;

/** Those that came from no conversation, those of conversations that the agent may see, and what is its own to do. */
export async function listTasks(app: App, caller: Caller, query: TaskQuery): Promise<TaskPage> {
  const { db } = app.storage;
  const { status, limit } = query;
  const now = app.now();
  const moment = { now, abandonedAt: now - ABANDONED_AFTER_MS };
  const [rows, counts] = await Promise.all([
    listTaskRows(db, { ...query, ...moment, after: parseCursor(query.cursor), limit: limit + 1, sight: caller }),
    countOpenTasks(db, now, caller),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const at = status === 'open' ? last?.dueAt : last?.doneAt;
  return {
    items: (await viewTasks(app, shown)).map((task) => taskShownTo(caller, task)),
    next: rows.length > limit && last ? formatCursor({ at: at ?? 0, id: last.id }) : null,
    ...counts,
  };
}

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
export async function changeTask({ room, bell, postman }: CallbackRoom, caller: Caller, id: string, patch: TaskPatch): Promise<Task> {
  const { app } = room;
  if (patch.ownerId) await requireAgent(app, patch.ownerId);
  const known = patch.dueAt === undefined ? undefined : await findTaskRow(app.storage.db, id);
  const change: Change = { caller, patch, now: app.now(), hours: known ? await findCallHours(app, known) : null };
  const { done, moved } = await app.storage.write(async (trx) => {
    const row = await lockSeenTask(trx, caller, id);
    const changes = changesOf(row, change);
    await updateTask(trx, id, changes);
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

interface Change {
  caller: Caller;
  patch: TaskPatch;
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
    // Whoever has just called it done knows of it: it rings again only if its time is still to come.
    ...(isTurned && status === 'open' && { status, doneAt: null, outcome: null, ringAt: row.dueAt > now ? row.dueAt : null }),
    ...(!isDone &&
      dueAt !== undefined &&
      hours && { dueAt, slotAt: slotOf(dueAt, hours), awaitsTurn: 0, ringAt: firstRing(hours, dueAt, now), rangAt: null }),
    ...(!isDone && ringAt !== undefined && { ringAt, ownerId: ownerId === undefined ? (row.ownerId ?? caller.agentId) : ownerId }),
  };
}

/** The person turned out to have a file already. */
export async function moveTasksAlong(trx: Transaction, leadId: string, contactId: string): Promise<void> {
  await moveTasks(trx, leadId, contactId);
}

/** What was to be done by an agent who leaves is anybody's; what is due rings again. */
export async function freeTasksOf(app: App, trx: Transaction, agentId: string): Promise<() => void> {
  const now = app.now();
  const rows = await lockTasks(trx, await listOpenIdsOfOwner(trx, agentId));
  for (const { id, dueAt, ringAt } of rows) await updateTask(trx, id, { ownerId: null, ringAt: ringAt ?? Math.max(dueAt, now) });
  return () => {
    for (const { id } of rows) {
      announceTask(app, id).catch((error: unknown) => app.log.warn({ err: error }, 'a call that is nobody’s now could not be told'));
    }
  };
}

/** Whom to call, and what about, is forgotten; that a call was asked for is not. */
export async function eraseTasks(trx: Transaction, whose: { contactId: string; visitorId: string | null }, now: number): Promise<string[]> {
  const ids = await listTaskIds(trx, whose);
  for (const id of ids) {
    const row = await lockTask(trx, id);
    const isOpen = row.status === 'open';
    await updateTask(trx, id, { ...quiet, phone: '', note: null, ...(isOpen && { status: 'done', outcome: 'erased', doneAt: now }) });
  }
  await eraseAttemptNotes(trx, ids);
  return ids;
}
