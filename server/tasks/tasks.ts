/** What was promised to customers: today the calls that visitors asked for. */
import { AppError } from '../../shared/errors.ts';
import {
  CALLBACK_AHEAD_MS,
  type CallbackRequest,
  type Task,
  type TaskKind,
  type TaskPage,
  type TaskPatch,
  type TaskQuery,
  type TaskStatus,
} from '../../shared/task.ts';
import { maySee, type Sight } from '../access/sight.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { HIDDEN, isInDetail, maskedPhone, tellContact } from '../contacts/masking.ts';
import { toE164 } from '../contacts/phone.ts';
import { getVisitor, recordClaims } from '../contacts/visitors.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { announceDone, doInConversation } from '../conversations/messages.ts';
import { findLatestOwn, type VisitorSeat } from '../conversations/visitor-sessions.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import {
  countOpenTasks,
  findTaskRow,
  insertTask,
  listTaskIds,
  listTaskRows,
  lockTask,
  moveTasks,
  type TaskListRow,
  updateTask,
} from './task-store.ts';

/** A clock that is a little behind, or a request that took its time. */
const LATE_BY_MS = 10 * 60 * 1_000;

/** The visitor's wish becomes a task and a line in its conversation, if it has one. A repeated wish finds the first task. */
export async function requestCallback(
  room: ConversationRoom,
  seat: VisitorSeat,
  request: CallbackRequest,
): Promise<{ task: { id: string; dueAt: number } }> {
  const { app } = room;
  const phone = toE164(request.phone, request.country === undefined ? seat.visitor.locale : `und-${request.country}`);
  const store = () => app.storage.write((trx) => storeCallback(trx, seat, { ...request, phone, now: app.now() }));
  // The same wish from two tabs at the same moment: the second finds what the first has just stored.
  const { row, done, isNew } = await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error)));
  announceDone(room, done);
  if (isNew) {
    seat.visitor = await getVisitor(app.storage.db, seat.visitor.id);
    tellContact(app, await getContact(app.storage.db, row.contactId));
    await announceTask(app, row.id);
  }
  return { task: { id: row.id, dueAt: row.dueAt } };
}

async function storeCallback(
  trx: Transaction,
  seat: VisitorSeat,
  { id, phone, at, note, now }: CallbackRequest & { now: number },
): Promise<{ row: TaskRow; done: Awaited<ReturnType<typeof doInConversation>>; isNew: boolean }> {
  const known = await findTaskRow(trx, id);
  if (known && known.visitorId !== seat.visitor.id) throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  if (known) return { row: known, done: null, isNew: false };
  if (at !== undefined && (at < now - LATE_BY_MS || at > now + CALLBACK_AHEAD_MS)) {
    throw new AppError('invalid', 'at: must lie within the next 30 days', { field: 'at' });
  }
  const contactId = await recordClaims(trx, seat.visitor.id, { phone }, seat.page, now);
  const conversation = await findLatestOwn(trx, seat);
  const row: TaskRow = {
    id,
    kind: 'callback',
    contactId,
    conversationId: conversation?.id ?? null,
    visitorId: seat.visitor.id,
    phone,
    dueAt: Math.max(at ?? now, now),
    note: note?.trim() ? note : null,
    ownerId: null,
    status: 'open',
    outcome: null,
    createdAt: now,
    doneAt: null,
  };
  await insertTask(trx, row);
  const notice = { kind: 'callback', ...(at !== undefined && { at: row.dueAt }) } as const;
  const done = conversation ? await doInConversation(trx, conversation.id, { now, decide: () => ({ values: {}, notice }) }) : null;
  return { row, done, isNew: true };
}

/** Those that came from no conversation, those of conversations that the agent may see, and what is its own to do. */
export async function listTasks(app: App, caller: Caller, query: TaskQuery): Promise<TaskPage> {
  const { db } = app.storage;
  const { status, contactId, limit } = query;
  const [rows, counts] = await Promise.all([
    listTaskRows(db, { status, contactId, after: parseCursor(query.cursor), limit: limit + 1, sight: caller }),
    countOpenTasks(db, app.now(), caller),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const at = status === 'open' ? last?.dueAt : last?.doneAt;
  return {
    items: shown.map((row) => taskShownTo(caller, toTask(row))),
    next: rows.length > limit && last ? formatCursor({ at: at ?? 0, id: last.id }) : null,
    ...counts,
  };
}

/** Done, open again, somebody's or nobody's. Whoever does it a second time changes nothing; what one may not see is `not-found`. */
export async function changeTask(app: App, caller: Caller, id: string, patch: TaskPatch): Promise<Task> {
  if (patch.ownerId) await requireAgent(app, patch.ownerId);
  await app.storage.write(async (trx) => {
    const row = await lockTask(trx, id);
    const seen = await findTaskRow(trx, id);
    if (!seen || !maySeeTask(caller, seen)) throw new AppError('not-found', 'There is no such task.');
    const isTurned = patch.status !== undefined && patch.status !== row.status;
    await updateTask(trx, id, {
      ...(patch.ownerId !== undefined && { ownerId: patch.ownerId }),
      ...(isTurned && { status: patch.status, doneAt: patch.status === 'done' ? app.now() : null }),
    });
  });
  return taskShownTo(caller, await announceTask(app, id));
}

/** The person turned out to have a file already. */
export async function moveTasksAlong(trx: Transaction, leadId: string, contactId: string): Promise<void> {
  await moveTasks(trx, leadId, contactId);
}

/** Whom to call, and what about, is forgotten; that a call was asked for is not. */
export async function eraseTasks(trx: Transaction, whose: { contactId: string; visitorId: string | null }, now: number): Promise<string[]> {
  const ids = await listTaskIds(trx, whose);
  for (const id of ids) {
    const row = await lockTask(trx, id);
    const isOpen = row.status === 'open';
    await updateTask(trx, id, { phone: '', note: null, ...(isOpen && { status: 'done', outcome: 'erased', doneAt: now }) });
  }
  return ids;
}

/** To those who may see this task, each as much of it as it may. Returns all of it. */
export async function announceTask(app: App, id: string): Promise<Task> {
  const row = await findTaskRow(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is no such task.');
  const task = toTask(row);
  const isFor = (caller: Caller) => maySeeTask(caller, row);
  app.broadcast.toAgentsWho({ room: 'tasks:whole', isFor }, 'task:changed', task);
  app.broadcast.toAgentsWho({ room: 'tasks:masked', isFor }, 'task:changed', masked(task));
  return task;
}

/** Whoever may see tasks sees one with the conversation that it came from. What somebody is to do is seen by that one in any case. */
function maySeeTask(sight: Sight, { ownerId, conversationId, ...place }: TaskListRow): boolean {
  return conversationId === null || ownerId === sight.agentId || maySee(sight, place);
}

function taskShownTo(caller: Pick<Caller, 'permissions'>, task: Task): Task {
  return isInDetail(caller) ? task : masked(task);
}

function masked(task: Task): Task {
  return { ...task, phone: task.phone && maskedPhone(task.phone), note: task.note && HIDDEN, isMasked: true };
}

function toTask(row: TaskListRow): Task {
  return {
    id: row.id,
    kind: row.kind as TaskKind,
    contact: { id: row.contactId, name: row.contactName },
    conversationId: row.conversationId,
    phone: row.phone,
    dueAt: row.dueAt,
    note: row.note,
    ownerId: row.ownerId,
    status: row.status as TaskStatus,
    outcome: row.outcome,
    createdAt: row.createdAt,
    doneAt: row.doneAt,
  };
}
