/** A task as agents see it: who may, how much of it, and who is told when it changes or is due. */

import { CALL_HELD_MS } from '../../shared/call-beat.ts';
import { AppError } from '../../shared/errors.ts';
import { priorities } from '../../shared/routing.ts';
import type { Callback, CallOutcome, DueTask, Task, TaskAttempt, TaskStatus, TodoKind } from '../../shared/task.ts';
import { maySee, type Sight } from '../access/sight.ts';
import { listOnlineIds } from '../agents/online-agents.ts';
import type { App } from '../app.ts';
import { HIDDEN, isInDetail, maskedPhone } from '../contacts/masking.ts';
import type { TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { type AttemptListRow, listAttemptRows } from './attempt-store.ts';
import { seriesOf } from './series.ts';
import { findTaskRow, type TaskListRow } from './task-store.ts';
import { dueOf } from './todo-times.ts';

const ATTEMPTS_SHOWN = 20;

export async function viewTasks(app: App, rows: readonly TaskListRow[]): Promise<Task[]> {
  const attempts = await listAttemptRows(
    app.storage.db,
    rows.map(({ id }) => id),
  );
  const now = app.now();
  return rows.map((row) =>
    toTask(
      row,
      attempts.filter(({ taskId }) => taskId === row.id),
      now,
    ),
  );
}

/**
 * Whoever may see tasks sees one with the conversation that it came from. What somebody has made, or is to do, is seen by that one in any
 * case, and what was given to a team by its members.
 */
export function maySeeTask(sight: Sight, { ownerId, createdBy, kind, ownerTeamId, conversationId, ...place }: TaskListRow): boolean {
  if (conversationId === null || ownerId === sight.agentId || createdBy === sight.agentId) return true;
  if (kind !== 'callback' && ownerTeamId !== null && sight.teamIds.includes(ownerTeamId)) return true;
  return maySee(sight, place);
}

/** Somebody is on the phone with it: heard of not long ago. */
export function isHeld({ callingAt }: Pick<TaskRow, 'callingAt'>, now: number): boolean {
  return callingAt !== null && callingAt >= now - CALL_HELD_MS;
}

type Reader = Pick<Caller, 'permissions' | 'agentId'>;

/** What somebody wrote for itself, or was given to do, it reads in any case, and so does everybody what concerns no customer. */
export function isShownWhole(
  reader: Reader,
  { kind, ownerId, createdBy, ...task }: (Pick<Task, 'kind' | 'ownerId' | 'createdBy'> & { contact: unknown }) | TaskListRow,
): boolean {
  if (isInDetail(reader)) return true;
  const concernsNobody = 'contact' in task ? task.contact === null : task.contactId === null;
  return kind !== 'callback' && (concernsNobody || ownerId === reader.agentId || createdBy === reader.agentId);
}

export function taskShownTo(caller: Reader, task: Task): Task {
  return isShownWhole(caller, task) ? task : masked(task);
}

/** To those who may see this task, each as much of it as it may. Returns all of it. */
export async function announceTask(app: App, id: string): Promise<Task> {
  const { task, row } = await getView(app, id);
  tell(app, { event: 'task:changed', task, isFor: (caller) => maySeeTask(caller, row) });
  return task;
}

/** To everybody who may have it on a screen: that it is gone tells nobody what it was. */
export function announceRemoved({ broadcast }: App, id: string): void {
  for (const room of ['tasks:whole', 'tasks:masked']) broadcast.toAgentsWho({ room, isFor: () => true }, 'task:removed', { id });
}

function tell(
  { broadcast }: App,
  { event, task, isFor }: { event: 'task:changed' | 'task:due'; task: DueTask; isFor: (caller: Caller) => boolean },
): void {
  broadcast.toAgentsWho({ room: 'tasks:whole', isFor }, event, task);
  const room = 'tasks:masked';
  broadcast.toAgentsWho({ room, isFor: (caller) => isFor(caller) && isShownWhole(caller, task) }, event, task);
  broadcast.toAgentsWho({ room, isFor: (caller) => isFor(caller) && !isShownWhole(caller, task) }, event, masked(task));
}

/** It is due, or soon: told to those who are to hear it. */
export async function ringTask(app: App, id: string, isReminder: boolean): Promise<void> {
  const { task, row } = await getView(app, id);
  const able = [...app.broadcast.callersIn('tasks:whole'), ...app.broadcast.callersIn('tasks:masked')].filter(
    (caller) => caller.permissions.includes('tasks:edit') && maySeeTask(caller, row),
  );
  const heard = row.kind === 'callback' ? hearersOf(row, able, await listOnlineIds(app)) : able.filter((caller) => hearsTodo(row, caller));
  const hearers = new Set(heard.map(({ agentId }) => agentId));
  const due: DueTask = isReminder ? { ...task, isReminder } : task;
  tell(app, { event: 'task:due', task: due, isFor: ({ agentId }) => hearers.has(agentId) });
}

/** Its owner, whatever that one is doing; without one the team that it was given to, and without that whoever made it. */
function hearsTodo({ ownerId, ownerTeamId, createdBy }: TaskListRow, { agentId, teamIds }: Caller): boolean {
  if (ownerId !== null) return ownerId === agentId;
  return ownerTeamId === null ? createdBy === agentId : teamIds.includes(ownerTeamId);
}

/**
 * A call is heard by its owner; where there is none, or that one is not online, by those who may make the call and are: of the
 * conversation's team first. Where nobody is online it is said to all who are connected.
 */
function hearersOf({ ownerId, teamId }: TaskListRow, able: readonly Caller[], online: ReadonlySet<string>): readonly Caller[] {
  const here = able.filter(({ agentId }) => online.has(agentId));
  // Perhaps at another server, which tells it there.
  if (ownerId !== null && online.has(ownerId)) return here.filter(({ agentId }) => agentId === ownerId);
  const team = here.filter(({ teamIds }) => teamId !== null && teamIds.includes(teamId));
  if (team.length > 0) return team;
  return here.length > 0 ? here : able;
}

export async function getCall(app: App, id: string): Promise<Callback> {
  return asCall((await getView(app, id)).task);
}

/** What one may not see is `not-found`. */
export async function getSeenTask(app: App, caller: Caller, id: string): Promise<Task> {
  const { row, task } = await getView(app, id);
  if (!maySeeTask(caller, row)) throw new AppError('not-found', 'There is no such task.');
  return taskShownTo(caller, task);
}

function asCall(task: Task): Callback {
  if (task.kind !== 'callback') throw new AppError('conflict', 'This is no call.', { field: 'kind' });
  return task;
}

async function getView(app: App, id: string): Promise<{ row: TaskListRow; task: Task }> {
  const row = await findTaskRow(app.storage.db, id);
  const [task] = row ? await viewTasks(app, [row]) : [];
  if (!row || !task) throw new AppError('not-found', 'There is no such task.');
  return { row, task };
}

function masked<Seen extends Task>(task: Seen): Seen {
  const attempts = task.attempts.map((attempt) => ({ ...attempt, note: attempt.note && HIDDEN }));
  const outcomeText = task.kind !== 'callback' && { outcomeText: task.outcomeText && HIDDEN };
  return { ...task, phone: task.phone && maskedPhone(task.phone), note: task.note && HIDDEN, attempts, ...outcomeText, isMasked: true };
}

function toTask(row: TaskListRow, attempts: readonly AttemptListRow[], now: number): Task {
  const { id, contactId, contactName, conversationId, phone, note, ownerId, outcome, createdAt, createdBy, doneAt, version, rangAt } = row;
  const base = { id, conversationId, phone, note, ownerId, outcome, createdAt, createdBy, doneAt, version, rangAt };
  const shared = {
    ...base,
    status: row.status as TaskStatus,
    priority: priorities[row.priority] ?? 'normal',
    awaitsTurn: row.awaitsTurn === 1,
    calling: callingOf(row, now),
    attempts: attempts.slice(-ATTEMPTS_SHOWN).map(toAttempt),
  };
  if (row.kind === 'callback') {
    return { ...shared, kind: 'callback', teamId: row.teamId, contact: { id: contactId ?? '', name: contactName }, dueAt: row.dueAt };
  }
  const { title, outcomeText, reminderMinutes, successorId, messageSeq, ticketId, opportunityId, ownerTeamId } = row;
  return {
    ...shared,
    ...{ outcomeText, reminderMinutes, messageSeq, ticketId, opportunityId, nextId: successorId, teamId: ownerTeamId },
    kind: row.kind as TodoKind,
    title: title ?? '',
    contact: contactId === null ? null : { id: contactId, name: contactName },
    dueAt: dueOf(row),
    recurrence: seriesOf(row)?.rule ?? null,
  };
}

function callingOf(row: TaskListRow, now: number): Task['calling'] {
  const { callingId, callingBy, callingAt, callerName, callStartedAt } = row;
  if (callingId === null || callingBy === null || callingAt === null || !isHeld(row, now)) return null;
  return { attemptId: callingId, agentId: callingBy, name: callerName ?? '', since: callStartedAt ?? callingAt };
}

function toAttempt({ id, agentId, agentName, startedAt, endedAt, outcome, note, nextAt }: AttemptListRow): TaskAttempt {
  return { id, agent: { id: agentId, name: agentName }, startedAt, endedAt, outcome: outcome as CallOutcome | null, note, nextAt };
}
