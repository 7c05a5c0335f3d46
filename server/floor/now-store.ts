import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { NowSubject } from '../../shared/now-board.ts';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { dueAt, warnAt } from '../storage/due-moments.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { Tables } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

/** Of so many first answers the median of a day is taken: the newest. */
const MEASURED_MAX = 5_000;

type Where = ExpressionBuilder<Tables, 'conversation'>;

/** Those who wait at one place. */
export interface WaitingGroup {
  inboxId: string;
  assigneeId: string | null;
  teamId: string | null;
  count: number;
  oldestSince: number;
  breached: number;
  soon: number;
}

/** Everybody who waits for an answer, counted, the longest wait first; written out so that the partial index serves. */
export async function listWaitingGroups(db: Db, now: number): Promise<WaitingGroup[]> {
  const rows = await db
    .selectFrom('conversation')
    .leftJoin('slaClock', 'slaClock.id', 'conversation.id')
    .select((counted) => [
      'inboxId',
      'assigneeId',
      'teamId',
      counted.fn.countAll<number>().as('count'),
      counted.fn.min<number>('waitingSince').as('oldestSince'),
      sql<number>`sum(case when ${dueAt} <= ${now} then 1 else 0 end)`.as('breached'),
      sql<number>`sum(case when ${warnAt} <= ${now} and ${dueAt} > ${now} then 1 else 0 end)`.as('soon'),
    ])
    .where('status', '=', sql.lit('open'))
    .where('status', '<>', sql.lit('resolved'))
    .where('waitingSince', 'is not', null)
    .groupBy(['inboxId', 'assigneeId', 'teamId'])
    .orderBy('oldestSince')
    .execute();
  return rows.map(({ count, oldestSince, breached, soon, ...place }) => ({
    ...place,
    count: Number(count),
    oldestSince: Number(oldestSince),
    breached: Number(breached),
    soon: Number(soon),
  }));
}

const column = (name: 'waitingSince' | 'updatedAt' | 'createdAt' | 'firstResponseAt' | 'resolvedAt') =>
  sql<number>`${sql.ref(`conversation.${name}`)}`;

/** Which moment orders the rows behind a number, and from which end. */
const orders: Record<NowSubject, readonly [RawBuilder<number>, 'asc' | 'desc']> = {
  waiting: [column('waitingSince'), 'asc'],
  unassigned: [column('waitingSince'), 'asc'],
  breached: [dueAt, 'asc'],
  soon: [dueAt, 'asc'],
  late: [dueAt, 'asc'],
  open: [column('updatedAt'), 'desc'],
  started: [column('createdAt'), 'desc'],
  answered: [column('firstResponseAt'), 'desc'],
  resolved: [column('resolvedAt'), 'desc'],
};

interface Subject {
  what: NowSubject;
  inboxId?: string | undefined;
  teamId?: string | undefined;
  agentId?: string | undefined;
  /** When the day began. */
  since: number;
  now: number;
  sight: Sight;
}

function select(db: Db, { what, inboxId, teamId, agentId, since, now, sight }: Subject) {
  let query = db
    .selectFrom('conversation')
    .leftJoin('slaClock', 'slaClock.id', 'conversation.id')
    .where((where) => inSight(where as unknown as Where, sight));
  if (inboxId !== undefined) query = query.where('conversation.inboxId', '=', inboxId);
  if (teamId !== undefined) query = query.where('conversation.teamId', teamId === 'none' ? 'is' : '=', teamId === 'none' ? null : teamId);
  if (agentId !== undefined) query = query.where('conversation.assigneeId', '=', agentId);
  const waiting = () =>
    query
      .where('conversation.status', '=', sql.lit('open'))
      .where('conversation.status', '<>', sql.lit('resolved'))
      .where('conversation.waitingSince', 'is not', null);
  switch (what) {
    case 'waiting':
      return waiting();
    case 'unassigned':
      return waiting().where('conversation.assigneeId', 'is', null);
    case 'breached':
      return waiting().where(dueAt, '<=', now);
    case 'soon':
      return waiting().where(warnAt, '<=', now).where(dueAt, '>', now);
    case 'late':
      return waiting().where(warnAt, '<=', now);
    case 'open':
      return query.where('conversation.status', '<>', sql.lit('resolved'));
    case 'started':
      return query.where('conversation.createdAt', '>=', since);
    case 'answered':
      // The index holds them by inbox. Where an agent spoke first, nobody was answered.
      return query
        .where('conversation.inboxId', 'in', (select) => select.selectFrom('inbox').select('inbox.id'))
        .where('conversation.firstResponseAt', '>=', since)
        .whereRef('conversation.firstResponseAt', '>', 'conversation.createdAt');
    case 'resolved':
      // Resolving is a change, so the index of changes finds them.
      return query
        .where('conversation.status', '=', sql.lit('resolved'))
        .where('conversation.updatedAt', '>=', since)
        .where('conversation.resolvedAt', '>=', since);
  }
}

/** The ids behind a number, in their order, with the moment that orders them. */
export async function listSubject(
  db: Db,
  subject: Subject,
  { after, limit }: { after: Cursor | null; limit: number },
): Promise<{ id: string; at: number }[]> {
  const [moment, direction] = orders[subject.what];
  let query = select(db, subject).select(['conversation.id', moment.as('at')]);
  if (after) {
    const sign = direction === 'asc' ? '>' : '<';
    query = query.where((where) =>
      where.or([where(moment, sign, after.at), where.and([where(moment, '=', after.at), where('conversation.id', sign, after.id)])]),
    );
  }
  const rows = await query.orderBy(moment, direction).orderBy('conversation.id', direction).limit(limit).execute();
  return rows.map(({ id, at }) => ({ id, at: Number(at) }));
}

export async function countSubject(db: Db, subject: Subject): Promise<number> {
  const row = await select(db, subject)
    .select((counted) => counted.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** How long those who were answered since then had waited. */
export async function listFirstWaits(db: Db, subject: Subject): Promise<number[]> {
  const rows = await select(db, { ...subject, what: 'answered' })
    .select(sql<number>`"conversation"."firstResponseAt" - "conversation"."createdAt"`.as('waitedMs'))
    // What the bot had answered before waited since later than it began.
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('botTalk').select('botTalk.id').whereRef('botTalk.conversationId', '=', 'conversation.id'))),
    )
    .orderBy('conversation.firstResponseAt', 'desc')
    .limit(MEASURED_MAX)
    .execute();
  return rows.map(({ waitedMs }) => Number(waitedMs));
}
