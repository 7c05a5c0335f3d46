import type { ExpressionBuilder } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { Tables, TaskRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

/** With the name of the person, and where the conversation is that it came from, if there is one. */
export type TaskListRow = TaskRow & { contactName: string | null; assigneeId: string | null; teamId: string | null };

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
  page: { status: 'open' | 'done'; contactId?: string | undefined; after: Cursor | null; limit: number; sight: Sight },
): Promise<TaskListRow[]> {
  const { status, contactId, after } = page;
  const isOpen = status === 'open';
  const at = isOpen ? 'task.dueAt' : 'task.doneAt';
  let query = withNames(db).where('task.status', '=', status);
  if (contactId) query = query.where('task.contactId', '=', contactId);
  if (!seesAll(page.sight)) query = query.where((where) => isSeen(where as unknown as Seeing, page.sight));
  if (after) {
    const further = isOpen ? '>' : '<';
    query = query.where((where) =>
      where.or([where(at, further, after.at), where.and([where(at, '=', after.at), where('task.id', further, after.id)])]),
    );
  }
  const order = isOpen ? 'asc' : 'desc';
  return query.orderBy(at, order).orderBy('task.id', order).limit(page.limit).execute();
}

export async function countOpenTasks(db: Db, now: number, sight: Sight): Promise<{ open: number; overdue: number }> {
  const counted = db
    .selectFrom('task')
    .select((select) => [
      select.fn.countAll<number>().as('open'),
      select.fn.sum<number | null>(select.case().when('task.dueAt', '<', now).then(1).else(0).end()).as('overdue'),
    ])
    .where('task.status', '=', 'open');
  const seen = counted
    .leftJoin('conversation', 'conversation.id', 'task.conversationId')
    .where((where) => isSeen(where as unknown as Seeing, sight));
  const row = await (seesAll(sight) ? counted : seen).executeTakeFirstOrThrow();
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
  return db
    .selectFrom('task')
    .innerJoin('contact', 'contact.id', 'task.contactId')
    .leftJoin('conversation', 'conversation.id', 'task.conversationId')
    .selectAll('task')
    .select(['contact.name as contactName', 'conversation.assigneeId', 'conversation.teamId']);
}

type Seeing = ExpressionBuilder<Tables, 'task' | 'conversation'>;

function seesAll({ permissions }: Sight): boolean {
  return permissions.includes('conversations:view-all');
}

/** What `maySeeTask` says of one task, as a condition. */
function isSeen(where: Seeing, sight: Sight) {
  return where.or([
    where('task.conversationId', 'is', null),
    where('task.ownerId', '=', sight.agentId),
    inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight),
  ]);
}
