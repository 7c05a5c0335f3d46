/** Calling: one agent at a time, each try with what came of it, and when it is tried again. */

import { CALL_HELD_MS } from '../../shared/call-beat.ts';
import { AppError } from '../../shared/errors.ts';
import type { Task, TaskAttemptRequest } from '../../shared/task.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { announceDone, type Done } from '../conversations/messages.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { TaskAttemptRow, TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import {
  type AttemptListRow,
  closeAttempt,
  deleteAttempt,
  findAttemptRow,
  insertAttempt,
  listAttemptRows,
  updateAttempt,
} from './attempt-store.ts';
import { answerByCall, noteReached, waitOn } from './call-answers.ts';
import { findCallHours } from './call-hours.ts';
import { type CallHours, nextTryOf, RING_AGAIN_MS } from './call-times.ts';
import { quiet } from './new-task.ts';
import { findTaskRow, listCallsOf, updateTask } from './task-store.ts';
import { announceTask, getCall, isHeld, taskShownTo } from './task-views.ts';
import { lockSeenTask, requireNoCall } from './tasks.ts';

interface Calling {
  caller: Caller;
  request: TaskAttemptRequest;
  hours: CallHours;
  now: number;
}

/** What is to be told after the commit. Null: nothing that anybody sees. */
type News = { done: Done | null } | null;

/** Begins to call, says that the call goes on, or what came of it. Of two agents who begin at once one is told that the other calls. */
export async function attemptCall(room: ConversationRoom, caller: Caller, id: string, request: TaskAttemptRequest): Promise<Task> {
  const { app } = room;
  const row = await findTaskRow(app.storage.db, id);
  if (row?.kind !== 'callback') throw new AppError('not-found', 'There is no such call.');
  const calling: Calling = { caller, request, hours: await findCallHours(app, row), now: app.now() };
  if ((request.nextAt ?? calling.now) < calling.now) {
    throw new AppError('invalid', 'nextAt: this moment has passed', { field: 'nextAt' });
  }
  const news = await app.storage.write((trx) => attempt(trx, id, calling));
  if (!news) return taskShownTo(caller, await getCall(app, id));
  announceDone(room, news.done);
  return taskShownTo(caller, await announceTask(app, id));
}

async function attempt(trx: Transaction, taskId: string, calling: Calling): Promise<News> {
  const { caller, request, now } = calling;
  const { outcome } = request;
  // Two calls of one agent begin one after the other.
  if (outcome === undefined) await lockRows(trx, 'agent', [caller.agentId], ['id']);
  const row = await lockSeenTask(trx, caller, taskId);
  const known = await findAttemptRow(trx, request.id);
  if (known && (known.taskId !== taskId || known.agentId !== caller.agentId)) {
    throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  }
  // A repeated request, whose first reply was lost.
  if (known && known.outcome !== null) return null;
  if (outcome === 'released') return known ? release(trx, row, { attempt: known, now }) : null;
  const isMine = row.callingId === request.id;
  if (isMine && outcome === undefined) return goOn(trx, row, now);
  if (known && outcome !== undefined && !isMine && !isFree(row, calling)) return tellLate(trx, row, calling);
  if (row.status !== 'open') throw new AppError('conflict', 'This call has been dealt with.', { field: 'status' });
  const begun = isMine ? null : await begin(trx, row, { ...calling, known });
  if (outcome === undefined) return { done: begun };
  const ended = await end(trx, row, { ...calling, waited: known ?? (await findAttemptRow(trx, request.id)) });
  return { done: merged(begun, ended) };
}

/** Whether the agent may call now: it is to be done, and nobody else is at it. */
function isFree(row: TaskRow, { caller, now }: Calling): boolean {
  return row.status === 'open' && (row.callingBy === null || row.callingBy === caller.agentId || !isHeld(row, now));
}

/** Heard of again. What was taken for over is under way once more. */
async function goOn(trx: Transaction, row: TaskRow, now: number): Promise<News> {
  await updateTask(trx, row.id, { callingAt: now });
  return isHeld(row, now) ? null : { done: null };
}

/** Whoever calls what is nobody's makes it its own: the next try rings there. */
async function begin(
  trx: Transaction,
  row: TaskRow,
  { caller, request, known, now }: Calling & { known: TaskAttemptRow | undefined },
): Promise<Done | null> {
  requireNoCall(row, caller, now);
  const { agentId } = caller;
  if (request.outcome === undefined) await requireNoOther(trx, row, { agentId, now });
  await closeAttempt(trx, row, now);
  const { done, waitingSince } = await answerByCall(trx, row, { caller, now });
  const nothingYet = { endedAt: null, outcome: null, note: null, nextAt: null };
  // What was taken for over goes on, or is told late.
  if (known) await updateAttempt(trx, known.id, { endedAt: null, waitingSince: waitingSince ?? known.waitingSince });
  else await insertAttempt(trx, { id: request.id, taskId: row.id, agentId, startedAt: now, ...nothingYet, waitingSince });
  await updateTask(trx, row.id, {
    ...{ callingId: request.id, callingBy: agentId, callingAt: now, awaitsTurn: 0 },
    ownerId: row.ownerId ?? agentId,
    // Held for too long it rings again.
    ringAt: row.ringAt ?? Math.max(row.dueAt, now + CALL_HELD_MS),
  });
  return done;
}

async function requireNoOther(trx: Transaction, row: TaskRow, { agentId, now }: { agentId: string; now: number }): Promise<void> {
  const others = (await listCallsOf(trx, agentId)).filter((other) => other.id !== row.id && isHeld(other, now));
  if (others.length > 0) throw new AppError('conflict', 'You are in another call.', { field: 'agent' });
}

async function end(
  trx: Transaction,
  row: TaskRow,
  { caller, request: { id, outcome, note, nextAt: wishedAt }, hours, waited, now }: Calling & { waited: TaskAttemptRow | undefined },
): Promise<Done | null> {
  const attemptCount = row.attemptCount + 1;
  const nextAt = outcome === 'no-answer' ? (wishedAt ?? nextTryOf(hours, row, now)) : null;
  await updateAttempt(trx, id, { endedAt: now, outcome: outcome ?? null, note: note?.trim() ? note : null, nextAt });
  await updateTask(trx, row.id, {
    ...quiet,
    attemptCount,
    ownerId: row.ownerId ?? caller.agentId,
    ...(nextAt === null
      ? { status: 'done', outcome: outcome ?? null, doneAt: now }
      : { dueAt: nextAt, ringAt: nextAt, rangAt: null, slotAt: nextAt === row.dueAt ? row.slotAt : null }),
  });
  if (outcome === 'reached') return noteReached(trx, row, { caller, now });
  return outcome === 'wrong-number' && waited ? waitOn(trx, row, { attempt: waited, now }) : null;
}

/** The call is over for everybody else, or another's: what came of this try is kept all the same. */
async function tellLate(trx: Transaction, row: TaskRow, { request: { id, outcome, note }, now }: Calling): Promise<News> {
  const kept = row.outcome === 'erased' || !note?.trim() ? null : note;
  await updateAttempt(trx, id, { endedAt: now, outcome: outcome ?? null, note: kept });
  return { done: null };
}

/** It was no try after all. What has rung already does not ring again at once. */
async function release(trx: Transaction, row: TaskRow, { attempt, now }: { attempt: TaskAttemptRow; now: number }): Promise<News> {
  await deleteAttempt(trx, attempt.id);
  if (row.callingId !== attempt.id) return { done: null };
  const ringAt = row.rangAt === null ? Math.max(row.dueAt, now) : Math.max(row.ringAt ?? 0, now + RING_AGAIN_MS);
  await updateTask(trx, row.id, { callingId: null, callingBy: null, callingAt: null, ringAt });
  return { done: await waitOn(trx, row, { attempt, now }) };
}

/** Two steps in one conversation, told as one. */
function merged(first: Done | null, second: Done | null): Done | null {
  return first && second ? { ...second, before: first.before, lines: [...first.lines, ...second.lines] } : (second ?? first);
}

/** Of these tasks, the first try first. */
export async function listAttempts(db: Db, taskIds: readonly string[]): Promise<AttemptListRow[]> {
  return listAttemptRows(db, taskIds);
}
