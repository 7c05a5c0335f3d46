import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { TaskRow } from '../storage/tables.ts';

/** When what is due some day is due in lists: after everything else. */
export const NEVER = 8_640_000_000_000_000;

/** With the name of the person and of who is calling, and where the conversation is that it came from, if there is one. */
export type TaskListRow = TaskRow & {
  contactName: string | null;
  callerName: string | null;
  ownerName: string | null;
  creatorName: string | null;
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

/** Of a person, or of one of its browsers: what that asked for, and what was noted of its conversations. */
export async function listTaskIds(db: Db, whose: { contactId: string; visitorId: string | null }): Promise<string[]> {
  const { contactId, visitorId } = whose;
  let query = db.selectFrom('task').select('id').where('contactId', '=', contactId);
  if (visitorId !== null) {
    query = query.where((where) =>
      where.or([
        where('visitorId', '=', visitorId),
        where('conversationId', 'in', where.selectFrom('conversation').select('id').where('visitorId', '=', visitorId)),
      ]),
    );
  }
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

/** Given to a team, open or done. */
export async function listIdsOfTeam(db: Db, ownerTeamId: string): Promise<string[]> {
  return (await db.selectFrom('task').select('id').where('ownerTeamId', '=', ownerTeamId).execute()).map(({ id }) => id);
}

/** The calls to be made of a conversation. */
export async function listOpenCallsOf(db: Db, conversationId: string): Promise<Pick<TaskRow, 'id' | 'ownerTeamId'>[]> {
  return db
    .selectFrom('task')
    .select(['id', 'ownerTeamId'])
    .where('conversationId', '=', conversationId)
    .where('status', '=', 'open')
    .where('kind', '=', 'callback')
    .execute();
}

/** Those whose time has come to be followed by the next one. */
export async function listIdsToSucceed(db: Db, { now, limit }: { now: number; limit: number }): Promise<string[]> {
  const rows = await db.selectFrom('task').select('id').where('succeedsAt', '<=', now).orderBy('succeedsAt').limit(limit).execute();
  return rows.map(({ id }) => id);
}

export async function deleteTask(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('task').where('id', '=', id).execute();
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

export function withNames(db: Db) {
  return db
    .selectFrom('task')
    .leftJoin('contact', 'contact.id', 'task.contactId')
    .leftJoin('conversation', 'conversation.id', 'task.conversationId')
    .leftJoin('agent as caller', 'caller.id', 'task.callingBy')
    .leftJoin('agent as owner', 'owner.id', 'task.ownerId')
    .leftJoin('agent as creator', 'creator.id', 'task.createdBy')
    .leftJoin('taskAttempt as underWay', 'underWay.id', 'task.callingId')
    .selectAll('task')
    .select([
      'contact.name as contactName',
      'caller.name as callerName',
      'owner.name as ownerName',
      'creator.name as creatorName',
      'underWay.startedAt as callStartedAt',
      'conversation.assigneeId',
      'conversation.teamId',
    ]);
}
