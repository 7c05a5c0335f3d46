/** What comes again: the next one, when it is made, and how it is taken back. */
import { nanoid } from 'nanoid';
import type { HoursClock } from '../../shared/hours-clock.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';
import { quiet } from './new-task.ts';
import { nextTime } from './recurrences.ts';
import { seriesOf, successionOf } from './series.ts';
import { deleteTask, findTaskRow, insertTask, lockTasks, updateTask } from './task-store.ts';
import { findTodoHours } from './todo-hours.ts';
import { firstTodoRing } from './todo-times.ts';

/** Before the transaction: by which days the next one is reckoned. */
export async function clockOfSeries(app: App, { ownerTeamId }: Pick<TaskRow, 'ownerTeamId'>): Promise<HoursClock> {
  return (await findTodoHours(app, ownerTeamId)).clock;
}

/** Once for each: whoever has been followed is not followed again. Returns the id of the next one, if there is one. */
export async function succeed(trx: Transaction, row: TaskRow, { clock, now }: { clock: HoursClock; now: number }): Promise<string | null> {
  const series = seriesOf(row);
  if (!series || row.successorId !== null) return null;
  const next = nextTime(series, { after: now, dueAt: row.dueAt, clock });
  if (!next) {
    await updateTask(trx, row.id, { succeedsAt: null });
    return null;
  }
  const { plannedAt, dueAt } = next;
  const following = { ...series, plannedAt, number: series.number + 1 };
  const fresh = { ...quiet, id: nanoid(), status: 'open', outcome: null, outcomeText: null, doneAt: null, rangAt: null, successorId: null };
  const successor: TaskRow = { ...row, ...fresh, dueAt, createdAt: now, version: 0, recurrence: JSON.stringify(following) };
  await insertTask(trx, {
    ...successor,
    ringAt: firstTodoRing(successor, now),
    succeedsAt: successionOf(following, successor),
  });
  await updateTask(trx, row.id, { successorId: successor.id, succeedsAt: null });
  return successor.id;
}

/** What is done, gone or followed meanwhile is left alone. */
export async function succeedInTime(trx: Transaction, id: string, at: { clock: HoursClock; now: number }): Promise<string | null> {
  const [row] = await lockTasks(trx, [id]);
  return row?.status === 'open' && row.succeedsAt !== null ? succeed(trx, row, at) : null;
}

/** Undone: the next one goes, unless somebody has touched it. Returns its id if it is gone. */
export async function withdrawNext(trx: Transaction, row: TaskRow): Promise<string | null> {
  const { id, successorId } = row;
  if (successorId === null) return null;
  const [next] = (await findTaskRow(trx, successorId)) ? await lockTasks(trx, [successorId]) : [];
  const isUntouched = next?.version === 0 && next.status === 'open' && next.successorId === null;
  if (next && !isUntouched) return null;
  await updateTask(trx, id, { successorId: null, succeedsAt: successionOf(seriesOf(row), { ...row, successorId: null }) });
  if (!next) return null;
  await deleteTask(trx, next.id);
  return next.id;
}
