import type { ExpressionBuilder } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';
import { isSeen, seesAll } from './task-list-store.ts';
import { type TaskListRow, withNames } from './task-store.ts';

/** Of a person: what is open by when it was written down, or what is done by when that was. The latest first. */
export async function listFiledTasks(
  db: Db,
  {
    contactId,
    status,
    before,
    limit,
    sight,
  }: { contactId: string; status: 'open' | 'done'; before: Cursor | null; limit: number; sight: Sight },
): Promise<TaskListRow[]> {
  const at = status === 'open' ? 'task.createdAt' : 'task.doneAt';
  let query = withNames(db).where('task.contactId', '=', contactId).where('task.status', '=', status);
  if (!seesAll(sight)) {
    query = query.where((where) => isSeen(where as unknown as ExpressionBuilder<Tables, 'task' | 'conversation'>, sight));
  }
  if (before) query = query.where(beforeInTime(at, 'task.id', before));
  return query.orderBy(at, 'desc').orderBy('task.id', 'desc').limit(limit).execute();
}
