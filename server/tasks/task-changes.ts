/** Changes to what is to be done, of whatever kind: one, or many at once. */
import { AppError } from '../../shared/errors.ts';
import type { Task, TaskChangesReply, TaskChangesRequest, TaskCreateRequest, TaskPatch } from '../../shared/task.ts';
import { requireRight } from '../access/rights.ts';
import { getContact } from '../contacts/contacts.ts';
import type { TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { promiseCall } from './call-promises.ts';
import type { CallbackRoom } from './callbacks.ts';
import { clockOfSeries, succeed, withdrawNext } from './successions.ts';
import { findTaskRow, type TaskListRow, updateTask } from './task-store.ts';
import { announceRemoved, announceTask, maySeeTask, taskShownTo } from './task-views.ts';
import { changeCall, lockSeenTask } from './tasks.ts';
import { createTodo, lockLivingFile, requireHands, todoChanges } from './todos.ts';

/** Sentences of so many in one breath are enough of the machine. */
const AT_A_TIME = 10;

export async function createTask(callbacks: CallbackRoom, caller: Caller, wish: TaskCreateRequest): Promise<Task> {
  if (wish.kind !== 'callback') return createTodo(callbacks, caller, wish);
  const { id, conversationId, contactId, phone, note, ownerId } = wish;
  return promiseCall(callbacks, caller, { id, conversationId, contactId, phone, note, ownerId, dueAt: wish.dueAt ?? 0 });
}

/** Whoever does it a second time changes nothing. */
export async function changeTask(callbacks: CallbackRoom, caller: Caller, id: string, patch: TaskPatch): Promise<Task> {
  const row = await findTaskRow(callbacks.room.app.storage.db, id);
  if (!row || !maySeeTask(caller, row)) throw new AppError('not-found', 'There is no such task.');
  if (row.kind !== 'callback') return changeTodo(callbacks, { caller, row, patch });
  const { status, outcome, ownerId, ringAt, dueAt, version, ...others } = patch;
  const [field] = Object.entries(others).find(([, value]) => value !== undefined) ?? (dueAt === null ? ['dueAt'] : []);
  if (field !== undefined) throw new AppError('invalid', `${field}: belongs to what is no call`, { field });
  if (version !== undefined && version < row.version) throw stale();
  return changeCall(callbacks, caller, id, { status, outcome, ownerId, ringAt, dueAt: dueAt ?? undefined });
}

interface TodoChange {
  caller: Caller;
  /** As it was before it is locked. */
  row: TaskListRow;
  patch: TaskPatch;
}

async function changeTodo({ room: { app }, bell }: CallbackRoom, { caller, row: seen, patch }: TodoChange): Promise<Task> {
  await requireHands(app, patch);
  const { contactId } = patch;
  if (contactId) {
    requireRight(caller, 'contacts:view');
    await getContact(app.storage.db, contactId);
  }
  const now = app.now();
  const clock = await clockOfSeries(app, seen);
  const { madeId, goneId } = await app.storage.write(async (trx) => {
    if (contactId) await lockLivingFile(trx, contactId);
    const row = await lockSeenTask(trx, caller, seen.id);
    if (contactId !== undefined && contactId !== row.contactId && row.conversationId !== null) {
      throw new AppError('invalid', 'contactId: it is the person of the conversation', { field: 'contactId' });
    }
    const changes = todoChanges(row, patch, { agentId: caller.agentId, now });
    if (Object.keys(changes).length === 0) return { madeId: null, goneId: null };
    if (patch.version !== undefined && patch.version !== row.version) throw stale();
    await updateTask(trx, row.id, { ...changes, version: row.version + 1 });
    const next: TaskRow = { ...row, ...changes };
    const isTurned = next.status !== row.status;
    return {
      madeId: isTurned && next.status === 'done' ? await succeed(trx, next, { clock, now }) : null,
      goneId: isTurned && next.status === 'open' ? await withdrawNext(trx, next) : null,
    };
  });
  if (goneId) announceRemoved(app, goneId);
  const task = await announceTask(app, seen.id);
  if (madeId) await announceTask(app, madeId);
  bell.wake();
  return taskShownTo(caller, task);
}

function stale(): AppError {
  return new AppError('stale', 'Somebody has changed this meanwhile.', { field: 'version' });
}

/** What one of them is refused stops nothing else. */
export async function changeTasks(callbacks: CallbackRoom, caller: Caller, { changes }: TaskChangesRequest): Promise<TaskChangesReply> {
  const reply: TaskChangesReply = { items: [], refused: [] };
  for (let at = 0; at < changes.length; at += AT_A_TIME) {
    const some = changes.slice(at, at + AT_A_TIME);
    const done = await Promise.allSettled(some.map(({ id, patch }) => changeTask(callbacks, caller, id, patch)));
    for (const [place, result] of done.entries()) {
      if (result.status === 'fulfilled') reply.items.push(result.value);
      else if (result.reason instanceof AppError) reply.refused.push({ id: some[place]?.id ?? '', ...said(result.reason) });
      else throw result.reason;
    }
  }
  return reply;
}

function said({ code, message, field }: AppError): Omit<TaskChangesReply['refused'][number], 'id'> {
  return { code, message, ...(field !== undefined && { field }) };
}
