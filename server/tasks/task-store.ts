import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { TaskRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

export type TaskListRow = TaskRow & { contactName: string | null };

export async function findTaskRow(db: Db, id: string): Promise<TaskListRow | undefined> {
  return withNames(db).where('task.id', '=', id).executeTakeFirst();
}

export async function lockTask(trx: Transaction, id: string): Promise<TaskRow> {
  const [row] = await lockRows(trx, 'task', [id]);
  if (!row) throw new AppError('not-found', 'There is no such task.');
  return row as TaskRow;
}

export async function insertTask(trx: Transaction, row: TaskRow): Promise<void> {
  await trx.insertInto('task').values(row).execute();
}

export async function updateTask(trx: Transaction, id: string, values: Partial<Omit<TaskRow, 'id'>>): Promise<void> {
  if (Object.keys(values).length > 0) await trx.updateTable('task').set(values).where('id', '=', id).execute();
}

/** What is open by when it is due, the most urgent first; what is done the latest first. `after` is the last row of the page before. */
export async function listTaskRows(
  db: Db,
  page: { status: 'open' | 'done'; contactId?: string | undefined; after: Cursor | null; limit: number },
): Promise<TaskListRow[]> {
  const { status, contactId, after } = page;
  const isOpen = status === 'open';
  const at = isOpen ? 'task.dueAt' : 'task.doneAt';
  let query = withNames(db).where('task.status', '=', status);
  if (contactId) query = query.where('task.contactId', '=', contactId);
  if (after) {
    const further = isOpen ? '>' : '<';
    query = query.where((where) =>
      where.or([where(at, further, after.at), where.and([where(at, '=', after.at), where('task.id', further, after.id)])]),
    );
  }
  const order = isOpen ? 'asc' : 'desc';
  return query.orderBy(at, order).orderBy('task.id', order).limit(page.limit).execute();
}

export async function countOpenTasks(db: Db, now: number): Promise<{ open: number; overdue: number }> {
  const row = await db
    .selectFrom('task')
    .select((select) => [
      select.fn.countAll<number>().as('open'),
      select.fn.sum<number | null>(select.case().when('dueAt', '<', now).then(1).else(0).end()).as('overdue'),
    ])
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), overdue: Number(row.overdue ?? 0) };
}

export async function listTaskIds(db: Db, whose: { contactId: string; visitorId: string | null }): Promise<string[]> {
  let query = db.selectFrom('task').select('id').where('contactId', '=', whose.contactId);
  if (whose.visitorId !== null) query = query.where('visitorId', '=', whose.visitorId);
  return (await query.execute()).map((row) => row.id);
}

export async function moveTasks(trx: Transaction, fromContactId: string, toContactId: string): Promise<void> {
  await trx.updateTable('task').set({ contactId: toContactId }).where('contactId', '=', fromContactId).execute();
}

function withNames(db: Db) {
  return db.selectFrom('task').innerJoin('contact', 'contact.id', 'task.contactId').selectAll('task').select('contact.name as contactName');
}
