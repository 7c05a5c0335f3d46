/** A visitor moves or cancels its call, by the link that it was given. Works until the call is over. */
import { AppError } from '../../shared/errors.ts';
import { getBusinessName } from '../agents/business-name.ts';
import type { App } from '../app.ts';
import { maskedPhone } from '../contacts/masking.ts';
import { announceDone } from '../conversations/messages.ts';
import type { Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';
import { closeAttempt } from './attempt-store.ts';
import { findCallHours } from './call-hours.ts';
import { firstRing, soonestCall } from './call-times.ts';
import { inboxOf } from './callback-letter.ts';
import { callbackLink, requireCallbackLink } from './callback-links.ts';
import { noteCallback } from './callback-notice.ts';
import type { CallbackPage } from './callback-page.ts';
import { hasTime, wordsOf } from './callback-words.ts';
import { type CallbackRoom, listFreeSlots, requireCallTime } from './callbacks.ts';
import { quiet } from './new-task.ts';
import { findTaskRow, lockTask, type TaskListRow, updateTask } from './task-store.ts';
import { announceTask, isHeld } from './task-views.ts';

export interface LinkedCall {
  id: string;
  signature: string;
}

export async function showCallback(app: App, linked: LinkedCall, said: string): Promise<CallbackPage> {
  const row = await requireLinked(app, linked);
  const now = app.now();
  const hours = await findCallHours(app, row);
  const state = stateOf(row, now);
  const slots = state === 'open' ? await listFreeSlots(app, hours, { inboxId: row.inboxId ?? '', now, exceptId: row.id }) : [];
  return {
    words: wordsOf(row, { ...(await inboxOf(app, row)), timeZone: hours.timeZone }, await getBusinessName(app)),
    state,
    said,
    phone: row.phone && maskedPhone(row.phone),
    slots: slots.filter((slot) => slot !== row.dueAt),
    mayBeSoon: hasTime(row) || row.awaitsTurn === 1,
  };
}

/** `at` null: as soon as possible. */
export async function moveCallback(
  { room, bell }: Pick<CallbackRoom, 'room' | 'bell'>,
  linked: LinkedCall,
  at: number | null,
): Promise<void> {
  const { app } = room;
  const hours = await findCallHours(app, await requireLinked(app, linked));
  const now = app.now();
  const done = await app.storage.write(async (trx) => {
    const row = await lockOpen(trx, linked.id, now);
    const inboxId = row.inboxId ?? '';
    const slotAt = at === null ? null : await requireCallTime(trx, { at, hours, now, inboxId, exceptId: row.id });
    const dueAt = at === null ? soonestCall(hours, now) : Math.max(at, now);
    await updateTask(trx, row.id, { dueAt, slotAt, awaitsTurn: 0, ringAt: firstRing(hours, dueAt, now), rangAt: null });
    return noteCallback(trx, row, { kind: 'callback', link: callbackLink(app, row.id), ...(at !== null && { at: dueAt }) }, now);
  });
  announceDone(room, done);
  await announceTask(app, linked.id);
  bell.wake();
}

export async function cancelCallback({ room }: Pick<CallbackRoom, 'room'>, linked: LinkedCall): Promise<void> {
  const { app } = room;
  await requireLinked(app, linked);
  const now = app.now();
  const done = await app.storage.write(async (trx) => {
    const row = await lockOpen(trx, linked.id, now);
    await closeAttempt(trx, row, now);
    await updateTask(trx, row.id, { ...quiet, status: 'done', outcome: 'cancelled', doneAt: now });
    return noteCallback(trx, row, { kind: 'callbackCancelled' }, now);
  });
  announceDone(room, done);
  await announceTask(app, linked.id);
}

async function requireLinked(app: App, { id, signature }: LinkedCall): Promise<TaskListRow> {
  requireCallbackLink(app, id, signature);
  const row = await findTaskRow(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is nothing here.');
  return row;
}

async function lockOpen(trx: Transaction, id: string, now: number): Promise<TaskRow> {
  const row = await lockTask(trx, id);
  if (stateOf(row, now) !== 'open') throw new AppError('conflict', 'This call cannot be changed any more.', { field: 'status' });
  return row;
}

function stateOf(row: TaskRow, now: number): CallbackPage['state'] {
  if (row.status !== 'open') return row.outcome === 'cancelled' ? 'cancelled' : 'over';
  return isHeld(row, now) ? 'calling' : 'open';
}
