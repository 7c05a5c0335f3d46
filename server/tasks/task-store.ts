import type { ExpressionBuilder } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import type { TaskQuery } from '../../shared/task.ts';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { Tables, TaskRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

/** Beyond this nobody counts. */
const COUNTED_MAX = 10_000;

/** With the name of the person and of who is calling, and where the conversation is that it came from, if there is one. */
export type TaskListRow = TaskRow & {
  contactName: string | null;
  callerName: string | null;
  callStartedAt: number | null;
  assigneeId: string | null;
  teamId: string | null;
};

/** A call whose caller was last heard of before `abandonedAt` is none. What belongs to those who are not among `onlineIds` is anybody's. */
export interface Moment {
  now: number;
  abandonedAt: number;
  onlineIds: readonly string[];
}

export async function findTaskRow(db: Db, id: string): Promise<TaskListRow | undefined> {
  return withNames(db).where('task.id', '=', id).executeTakeFirst();
}

/** What came of the visitor's wish with this id: a call of its own, or another time of the one that it had. */
export async function findWishedTask(db: Db, visitorId: string, wishId: string): Promise<TaskListRow | undefined> {
  return (
    (await findTaskRow(db, wishId)) ??
    withNames(db).where('task.visitorId', '=', visitorId).where('task.wishId', '=', wishId).executeTakeFirst()
  );
}

/** The call that a visitor is still promised in this inbox, the next one first. */
export async function findOpenCall(
  db: Db,
  whose: { visitorId: string; inboxId: string },
  { notCalledSince }: { notCalledSince?: number } = {},
): Promise<TaskRow | undefined> {
  return db
    .selectFrom('task')
    .selectAll()
    .where('visitorId', '=', whose.visitorId)
    .where('status', '=', 'open')
    .where('inboxId', '=', whose.inboxId)
    .$if(notCalledSince !== undefined, (query) =>
      query.where((where) => where.or([where('callingAt', 'is', null), where('callingAt', '<', notCalledSince ?? 0)])),
    )
    .orderBy('dueAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

export async function lockTask(trx: Transaction, id: string): Promise<TaskRow> {
  const [row] = await lockTasks(trx, [id]);
  if (!row) throw new AppError('not-found', 'There is no such task.');
  return row;
}

export async function lockTasks(trx: Transaction, ids: readonly string[]): Promise<TaskRow[]> {
  return (await lockRows(trx, 'task', ids)) as TaskRow[];
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
  page: Pick<TaskQuery, 'status' | 'contactId' | 'owner' | 'due' | 'limit'> & Moment & { after: Cursor | null; sight: Sight },
): Promise<TaskListRow[]> {
  const { status, contactId, owner, due, after, sight, now, abandonedAt, onlineIds } = page;
  const isOpen = status === 'open';
  const at = isOpen ? 'task.dueAt' : 'task.doneAt';
  let query = withNames(db).where('task.status', '=', status);
  if (contactId) query = query.where('task.contactId', '=', contactId);
  if (owner === 'me') query = query.where('task.ownerId', '=', sight.agentId);
  if (owner === 'nobody') query = query.where('task.ownerId', 'is', null);
  if (due === 'upcoming') query = query.where('task.dueAt', '>=', now);
  if (due === 'overdue') query = query.where('task.dueAt', '<', now);
  if (due === 'ringing') {
    query = query
      .where('task.dueAt', '<=', now)
      .where('task.rangAt', 'is not', null)
      .where((where) => where.or([where('task.callingAt', 'is', null), where('task.callingAt', '<', abandonedAt)]))
      .where((where) =>
        where.or([
          where('task.ownerId', 'is', null),
          where('task.ownerId', '=', sight.agentId),
          where('task.ownerId', 'not in', [...onlineIds, '']),
        ]),
      );
  }
  if (due === 'calling') query = query.where('task.callingBy', '=', sight.agentId).where('task.callingAt', '>=', abandonedAt);
  if (!seesAll(sight)) query = query.where((where) => isSeen(where as unknown as Seeing, sight));
  if (after) {
    const further = isOpen ? '>' : '<';
    query = query.where((where) =>
      where.or([where(at, further, after.at), where.and([where(at, '=', after.at), where('task.id', further, after.id)])]),
    );
  }
  const order = isOpen ? 'asc' : 'desc';
  return query.orderBy(at, order).orderBy('task.id', order).limit(page.limit).execute();
}

/** The most urgent ones are counted, up to a number that nobody reads. */
export async function countOpenTasks(
  db: Db,
  { now, onlineIds }: Pick<Moment, 'now' | 'onlineIds'>,
  sight: Sight,
): Promise<{ open: number; overdue: number; due: number }> {
  const open = db
    .selectFrom('task')
    .leftJoin('conversation', 'conversation.id', 'task.conversationId')
    .select(['task.dueAt', 'task.ownerId'])
    .where('task.status', '=', 'open')
    .where((where) => (seesAll(sight) ? where.lit(true) : isSeen(where as unknown as Seeing, sight)))
    .orderBy('task.dueAt')
    .orderBy('task.id')
    .limit(COUNTED_MAX)
    .as('open');
  const row = await db
    .selectFrom(open)
    .select((select) => {
      const isPast = select('open.dueAt', '<', now);
      const isMine = select.or([
        select('open.ownerId', 'is', null),
        select('open.ownerId', '=', sight.agentId),
        select('open.ownerId', 'not in', [...onlineIds, '']),
      ]);
      return [
        select.fn.countAll<number>().as('open'),
        select.fn.sum<number | null>(select.case().when(isPast).then(1).else(0).end()).as('overdue'),
        select.fn
          .sum<number | null>(
            select
              .case()
              .when(select.and([isPast, isMine]))
              .then(1)
              .else(0)
              .end(),
          )
          .as('due'),
      ];
    })
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), overdue: Number(row.overdue ?? 0), due: Number(row.due ?? 0) };
}

export async function listTaskIds(db: Db, whose: { contactId: string; visitorId: string | null }): Promise<string[]> {
  let query = db.selectFrom('task').select('id').where('contactId', '=', whose.contactId);
  if (whose.visitorId !== null) query = query.where('visitorId', '=', whose.visitorId);
  return (await query.execute()).map((row) => row.id);
}

/** Those that are to ring by now, and that nobody is calling. */
export async function listIdsToRing(
  db: Db,
  { now, abandonedAt, limit }: Pick<Moment, 'now' | 'abandonedAt'> & { limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('task')
    .select('id')
    .where('ringAt', '<=', now)
    .where((where) => where.or([where('callingAt', 'is', null), where('callingAt', '<', abandonedAt)]))
    .orderBy('ringAt')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Open ones that have rung since. */
export async function listRungSince(db: Db, since: number): Promise<{ id: string; rangAt: number }[]> {
  const rows = await db.selectFrom('task').select(['id', 'rangAt']).where('rangAt', '>', since).where('status', '=', 'open').execute();
  return rows.map(({ id, rangAt }) => ({ id, rangAt: Number(rangAt) }));
}

/** What this agent is calling about, heard of or not. */
export async function listCallsOf(db: Db, agentId: string): Promise<Pick<TaskRow, 'id' | 'callingAt'>[]> {
  return db.selectFrom('task').select(['id', 'callingAt']).where('callingBy', '=', agentId).execute();
}

/** Of a conversation, those that are called when somebody gets it. */
export async function listIdsAwaitingTurn(db: Db, conversationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('task')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('status', '=', 'open')
    .where('awaitsTurn', '=', 1)
    .execute();
  return rows.map(({ id }) => id);
}

export async function listOpenIdsOfOwner(db: Db, ownerId: string): Promise<string[]> {
  const rows = await db.selectFrom('task').select('id').where('ownerId', '=', ownerId).where('status', '=', 'open').execute();
  return rows.map(({ id }) => id);
}

/** How many calls are promised in each slot that begins within this time. */
export async function countSlots(
  db: Db,
  { inboxId, from, to, exceptId }: { inboxId: string; from: number; to: number; exceptId?: string },
): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('task')
    .select((select) => ['slotAt', select.fn.countAll<number>().as('count')])
    .where('inboxId', '=', inboxId)
    .where('slotAt', '>=', from)
    .where('slotAt', '<=', to)
    .where('status', '=', 'open')
    .$if(exceptId !== undefined, (query) => query.where('id', '<>', exceptId ?? ''))
    .groupBy('slotAt')
    .execute();
  return new Map(rows.map(({ slotAt, count }) => [Number(slotAt), Number(count)]));
}

/** Whoever promises a time in this inbox waits until the transaction ends, so that no slot is promised too often. */
export async function lockSlots(trx: Transaction, inboxId: string): Promise<void> {
  await lockRows(trx, 'inbox', [inboxId], ['id']);
}

/** Where somebody was on the site last. */
export async function findLatestPlace(db: Db, contactId: string): Promise<{ visitorId: string; inboxId: string } | undefined> {
  return db
    .selectFrom('visitor')
    .select(['id as visitorId', 'inboxId'])
    .where('contactId', '=', contactId)
    .where('erasedAt', 'is', null)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

function withNames(db: Db) {
  return db
    .selectFrom('task')
    .innerJoin('contact', 'contact.id', 'task.contactId')
    .leftJoin('conversation', 'conversation.id', 'task.conversationId')
    .leftJoin('agent as caller', 'caller.id', 'task.callingBy')
    .leftJoin('taskAttempt as underWay', 'underWay.id', 'task.callingId')
    .selectAll('task')
    .select([
      'contact.name as contactName',
      'caller.name as callerName',
      'underWay.startedAt as callStartedAt',
      'conversation.assigneeId',
      'conversation.teamId',
    ]);
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
