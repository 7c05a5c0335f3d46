/** Whatever is to be done and is no call: written down, changed, done and taken away. */
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import { priorities } from '../../shared/routing.ts';
import type { Task, TaskCreateRequest, TaskPatch, TodoKind } from '../../shared/task.ts';
import { requireRight } from '../access/rights.ts';
import { requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { getContact, lockFile } from '../contacts/contacts.ts';
import { getSeen } from '../conversations/conversations.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import type { CallbackRoom } from './callbacks.ts';
import { noCall, noTodo } from './new-task.ts';
import type { Series } from './recurrences.ts';
import { seriesOf, successionOf } from './series.ts';
import { deleteTask, findTaskRow, insertTask, NEVER } from './task-store.ts';
import { announceRemoved, announceTask, taskShownTo } from './task-views.ts';
import { lockSeenTask } from './tasks.ts';
import { firstTodoRing } from './todo-times.ts';

/** `id` is made by the client: a repeated request finds the first task. */
export async function createTodo({ room, bell }: CallbackRoom, caller: Caller, wish: TaskCreateRequest): Promise<Task> {
  const { app } = room;
  await requireHands(app, wish);
  const place = await findPlace(app, caller, wish);
  const row = toRow({ ...wish, ...place }, { now: app.now(), createdBy: caller.agentId });
  const store = () => app.storage.write((trx) => storeTodo(trx, row));
  // The same twice at the same moment: the second finds what the first has just stored.
  await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error)));
  const task = await announceTask(app, row.id);
  bell.wake();
  return taskShownTo(caller, task);
}

/** To whom it may be given. */
export async function requireHands(app: App, { ownerId, teamId }: Pick<TaskPatch, 'ownerId' | 'teamId'>): Promise<void> {
  if (ownerId) await requireAgent(app, ownerId);
  if (teamId) await requireTeam(app.storage.db, teamId);
}

async function findPlace(
  app: App,
  caller: Caller,
  { conversationId, contactId }: TaskCreateRequest,
): Promise<Pick<TaskRow, 'contactId' | 'conversationId'>> {
  if (conversationId !== undefined) {
    const { id, contactId: person } = await getSeen(app, caller, conversationId);
    return { conversationId: id, contactId: person };
  }
  if (contactId === undefined) return { conversationId: null, contactId: null };
  requireRight(caller, 'contacts:view');
  await getContact(app.storage.db, contactId);
  return { conversationId: null, contactId };
}

function toRow(
  wish: Omit<TaskCreateRequest, 'contactId' | 'conversationId'> & Pick<TaskRow, 'contactId' | 'conversationId'>,
  { now, createdBy }: { now: number; createdBy: string },
): TaskRow {
  const { id, kind, title = '', note, ownerId, teamId = null, priority = 'normal', recurrence = null } = wish;
  const { contactId, conversationId, reminderMinutes = null, messageSeq = null, ticketId = null, opportunityId = null } = wish;
  const dueAt = wish.dueAt ?? NEVER;
  const series: Series | null = recurrence && { rule: recurrence, beganAt: dueAt, plannedAt: dueAt, number: 1 };
  const row: TaskRow = {
    ...noTodo,
    ...noCall,
    ...{ id, kind, contactId, conversationId, title, ownerId, createdBy, dueAt, reminderMinutes, messageSeq, ticketId, opportunityId },
    note: note?.trim() ? note : null,
    ownerTeamId: teamId,
    priority: priorities.indexOf(priority),
    recurrence: series && JSON.stringify(series),
    status: 'open',
    outcome: null,
    createdAt: now,
    doneAt: null,
    ringAt: null,
    rangAt: null,
  };
  return { ...row, ringAt: firstTodoRing(row, now), succeedsAt: successionOf(series, row) };
}

async function storeTodo(trx: Transaction, row: TaskRow): Promise<void> {
  const known = await findTaskRow(trx, row.id);
  if (known && (known.createdBy !== row.createdBy || known.kind === 'callback')) {
    throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  }
  if (known) return;
  if (row.contactId !== null) await lockLivingFile(trx, row.contactId);
  await insertTask(trx, row);
}

export async function lockLivingFile(trx: Transaction, contactId: string): Promise<void> {
  await lockFile(trx, contactId);
  if ((await getContact(trx, contactId)).erasedAt !== undefined) {
    throw new AppError('conflict', 'This person has been erased.', { field: 'contactId' });
  }
}

/** A call is done or cancelled, never taken away: its customer was told of it. */
export async function removeTodo({ room: { app } }: CallbackRoom, caller: Caller, id: string): Promise<void> {
  await app.storage.write(async (trx) => {
    const row = await lockSeenTask(trx, caller, id);
    if (row.kind === 'callback') throw new AppError('conflict', 'A call that was promised cannot be deleted.', { field: 'kind' });
    await deleteTask(trx, id);
  });
  announceRemoved(app, id);
}

/** What of the row becomes other by a change; nothing where all is so already. */
export function todoChanges(row: TaskRow, patch: TaskPatch, { agentId, now }: { agentId: string; now: number }): Partial<TaskRow> {
  const wished: Partial<TaskRow> = {
    ...plainChanges(patch),
    ...(patch.ringAt !== undefined && patch.ownerId === undefined && row.ownerId === null && { ownerId: agentId }),
    ...statusChanges(row, patch, now),
  };
  const next = { ...row, ...wished };
  const series = seriesAfter(row, next, patch);
  const recurrence = series && JSON.stringify(series);
  const isTimed = next.dueAt !== row.dueAt || next.reminderMinutes !== row.reminderMinutes;
  const isReopened = row.status === 'done' && next.status === 'open';
  const ring =
    next.status === 'done'
      ? { ringAt: null }
      : patch.ringAt !== undefined
        ? { ringAt: requireComing(patch.ringAt, now), rangAt: null }
        : isTimed || isReopened
          ? { ringAt: firstTodoRing(next, now), rangAt: null }
          : {};
  const changes: Partial<TaskRow> = { ...wished, ...ring, recurrence, succeedsAt: successionOf(series, next) };
  return Object.fromEntries(Object.entries(changes).filter(([name, value]) => row[name as keyof TaskRow] !== value));
}

function plainChanges(patch: TaskPatch): Partial<TaskRow> {
  const { title, note, ownerId, teamId, priority, reminderMinutes, dueAt, ticketId, opportunityId, contactId } = patch;
  const kind: TodoKind | undefined = patch.kind;
  return {
    ...(kind !== undefined && { kind }),
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note: note?.trim() ? note : null }),
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { ownerTeamId: teamId }),
    ...(priority !== undefined && { priority: priorities.indexOf(priority) }),
    ...(reminderMinutes !== undefined && { reminderMinutes }),
    ...(dueAt !== undefined && { dueAt: dueAt ?? NEVER }),
    ...(ticketId !== undefined && { ticketId }),
    ...(opportunityId !== undefined && { opportunityId }),
    ...(contactId !== undefined && { contactId }),
  };
}

function statusChanges(row: TaskRow, { status = row.status as 'open', outcome, outcomeText }: TaskPatch, now: number): Partial<TaskRow> {
  const said = { ...(outcome && { outcome }), ...(outcomeText !== undefined && { outcomeText: outcomeText.trim() ? outcomeText : null }) };
  if (status === row.status) return status === 'done' && outcomeText !== undefined ? said : {};
  return status === 'done' ? { status, doneAt: now, ...said } : { status, doneAt: null, outcome: null, outcomeText: null };
}

/** A rule that is changed, or kept while the time is, begins anew there; moved alone, this one is moved and the others are not. */
function seriesAfter(row: TaskRow, next: TaskRow, { recurrence }: TaskPatch): Series | null {
  const series = seriesOf(row);
  const isLoose = next.dueAt === NEVER;
  if (recurrence === null || (isLoose && recurrence === undefined && series === null)) return null;
  if (isLoose && (recurrence || series)) throw new AppError('invalid', 'dueAt: what comes again is due at some time', { field: 'dueAt' });
  if (recurrence === undefined) return series;
  if (series && next.dueAt === row.dueAt && isDeepStrictEqual(series.rule, recurrence)) return series;
  return { rule: recurrence, beganAt: next.dueAt, plannedAt: next.dueAt, number: series?.number ?? 1 };
}

function requireComing(ringAt: number, now: number): number {
  if (ringAt < now) throw new AppError('invalid', 'ringAt: this moment has passed', { field: 'ringAt' });
  return ringAt;
}
