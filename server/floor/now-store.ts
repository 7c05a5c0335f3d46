import { type ExpressionBuilder, sql } from 'kysely';
import type { NowSubject } from '../../shared/now-board.ts';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
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
}

/** Everybody who waits for an answer, counted, the longest wait first; written out so that the partial index serves. */
export async function listWaitingGroups(db: Db, breachedBefore: number): Promise<WaitingGroup[]> {
  const rows = await db
    .selectFrom('conversation')
    .select((counted) => [
      'inboxId',
      'assigneeId',
      'teamId',
      counted.fn.countAll<number>().as('count'),
      counted.fn.min<number>('waitingSince').as('oldestSince'),
      sql<number>`sum(case when "waitingSince" <= ${breachedBefore} then 1 else 0 end)`.as('breached'),
    ])
    .where('status', '=', sql.lit('open'))
    .where('status', '<>', sql.lit('resolved'))
    .where('waitingSince', 'is not', null)
    .groupBy(['inboxId', 'assigneeId', 'teamId'])
    .orderBy('oldestSince')
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count), oldestSince: Number(row.oldestSince), breached: Number(row.breached) }));
}

/** Which moment orders the rows behind a number, and from which end. */
const orders = {
  waiting: ['waitingSince', 'asc'],
  unassigned: ['waitingSince', 'asc'],
  breached: ['waitingSince', 'asc'],
  open: ['updatedAt', 'desc'],
  started: ['createdAt', 'desc'],
  answered: ['firstResponseAt', 'desc'],
  resolved: ['resolvedAt', 'desc'],
} as const satisfies Record<NowSubject, readonly [string, 'asc' | 'desc']>;

interface Subject {
  what: NowSubject;
  inboxId?: string | undefined;
  teamId?: string | undefined;
  agentId?: string | undefined;
  /** When the day began. */
  since: number;
  /** Who waits since before this has waited too long. */
  breachedBefore: number;
  sight: Sight;
}

function select(db: Db, { what, inboxId, teamId, agentId, since, breachedBefore, sight }: Subject) {
  let query = db.selectFrom('conversation').where((where) => inSight(where as unknown as Where, sight));
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
      return waiting().where('conversation.waitingSince', '<=', breachedBefore);
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
  const [column, direction] = orders[subject.what];
  const name = `conversation.${column}` as const;
  let query = select(db, subject).select(['conversation.id', `${name} as at`]);
  if (after) {
    const sign = direction === 'asc' ? '>' : '<';
    query = query.where((where) =>
      where.or([where(name, sign, after.at), where.and([where(name, '=', after.at), where('conversation.id', sign, after.id)])]),
    );
  }
  const rows = await query.orderBy(name, direction).orderBy('conversation.id', direction).limit(limit).execute();
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
    .orderBy('conversation.firstResponseAt', 'desc')
    .limit(MEASURED_MAX)
    .execute();
  return rows.map(({ waitedMs }) => Number(waitedMs));
}
