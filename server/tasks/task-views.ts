/** A task as agents see it: who may, how much of it, and who is told when it changes or is due. */

import { CALL_HELD_MS } from '../../shared/call-beat.ts';
import { AppError } from '../../shared/errors.ts';
import type { CallOutcome, DueTask, Task, TaskAttempt, TaskKind, TaskStatus } from '../../shared/task.ts';
import { maySee, type Sight } from '../access/sight.ts';
import { listOnlineIds } from '../agents/online-agents.ts';
import type { App } from '../app.ts';
import { HIDDEN, isInDetail, maskedPhone } from '../contacts/masking.ts';
import type { TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { type AttemptListRow, listAttemptRows } from './attempt-store.ts';
import { findTaskRow, type TaskListRow } from './task-store.ts';

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

/** Whoever may see tasks sees one with the conversation that it came from. What somebody is to do is seen by that one in any case. */
export function maySeeTask(sight: Sight, { ownerId, conversationId, ...place }: TaskListRow): boolean {
  return conversationId === null || ownerId === sight.agentId || maySee(sight, place);
}

/** Somebody is on the phone with it: heard of not long ago. */
export function isHeld({ callingAt }: Pick<TaskRow, 'callingAt'>, now: number): boolean {
  return callingAt !== null && callingAt >= now - CALL_HELD_MS;
}

export function taskShownTo(caller: Pick<Caller, 'permissions'>, task: Task): Task {
  return isInDetail(caller) ? task : masked(task);
}

/** To those who may see this task, each as much of it as it may. Returns all of it. */
export async function announceTask(app: App, id: string): Promise<Task> {
  const { task, row } = await getView(app, id);
  const isFor = (caller: Caller) => maySeeTask(caller, row);
  app.broadcast.toAgentsWho({ room: 'tasks:whole', isFor }, 'task:changed', task);
  app.broadcast.toAgentsWho({ room: 'tasks:masked', isFor }, 'task:changed', masked(task));
  return task;
}

/**
 * It is due, or soon. Heard by its owner; where there is none, or that one is not online, by those who may make the call and are: of the
 * conversation's team first. Where nobody is online it is said to all who are connected.
 */
export async function ringTask(app: App, id: string, isReminder: boolean): Promise<void> {
  const { task, row } = await getView(app, id);
  const able = [...app.broadcast.callersIn('tasks:whole'), ...app.broadcast.callersIn('tasks:masked')].filter(
    (caller) => caller.permissions.includes('tasks:edit') && maySeeTask(caller, row),
  );
  const hearers = new Set(hearersOf(row, able, await listOnlineIds(app)).map(({ agentId }) => agentId));
  const due: DueTask = isReminder ? { ...task, isReminder } : task;
  const isFor = ({ agentId }: Caller) => hearers.has(agentId);
  app.broadcast.toAgentsWho({ room: 'tasks:whole', isFor }, 'task:due', due);
  app.broadcast.toAgentsWho({ room: 'tasks:masked', isFor }, 'task:due', masked(due));
}

function hearersOf({ ownerId, teamId }: TaskListRow, able: readonly Caller[], online: ReadonlySet<string>): readonly Caller[] {
  const here = able.filter(({ agentId }) => online.has(agentId));
  // Perhaps at another server, which tells it there.
  if (ownerId !== null && online.has(ownerId)) return here.filter(({ agentId }) => agentId === ownerId);
  const team = here.filter(({ teamIds }) => teamId !== null && teamIds.includes(teamId));
  if (team.length > 0) return team;
  return here.length > 0 ? here : able;
}

export async function getTask(app: App, id: string): Promise<Task> {
  return (await getView(app, id)).task;
}

async function getView(app: App, id: string): Promise<{ row: TaskListRow; task: Task }> {
  const row = await findTaskRow(app.storage.db, id);
  const [task] = row ? await viewTasks(app, [row]) : [];
  if (!row || !task) throw new AppError('not-found', 'There is no such task.');
  return { row, task };
}

function masked<Seen extends Task>(task: Seen): Seen {
  const attempts = task.attempts.map((attempt) => ({ ...attempt, note: attempt.note && HIDDEN }));
  return { ...task, phone: task.phone && maskedPhone(task.phone), note: task.note && HIDDEN, attempts, isMasked: true };
}

function toTask(row: TaskListRow, attempts: readonly AttemptListRow[], now: number): Task {
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
    awaitsTurn: row.awaitsTurn === 1,
    rangAt: row.rangAt,
    calling: callingOf(row, now),
    attempts: attempts.slice(-ATTEMPTS_SHOWN).map(toAttempt),
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
