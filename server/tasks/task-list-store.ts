import type { ExpressionBuilder } from 'kysely';
import { priorities } from '../../shared/routing.ts';
import type { TaskQuery } from '../../shared/task.ts';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { Tables } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';
import { type Moment, NEVER, type TaskListRow, withNames } from './task-store.ts';

/** Beyond this nobody counts. */
const COUNTED_MAX = 10_000;
/** What has rung and is no call is heard by whoever comes within this time; after that it stands in the list. */
const HEARD_FOR_MS = 24 * 60 * 60_000;

export interface TaskListAsk extends Moment, Omit<TaskQuery, 'cursor' | 'q' | 'teamId'> {
  /** Null: whosever team's. */
  teamId: string | null;
  /** By the clock of the business. */
  today: { from: number; to: number };
  /** The last row of the page before. */
  after: Cursor | null;
  sight: Sight;
}

/** What is open by when it is due, the most urgent first, and last what has no date; what is done the latest first. */
export async function listTaskRows(db: Db, ask: TaskListAsk): Promise<TaskListRow[]> {
  return taskList(db, ask).execute();
}

/** Each way to ask finds its rows by an index in their order. */
export function taskList(db: Db, ask: TaskListAsk) {
  const { status, after, sight, owner, priority } = ask;
  const isOpen = status === 'open';
  const at = isOpen ? 'task.dueAt' : 'task.doneAt';
  let query = withNames(db).where('task.status', '=', status);
  for (const key of ['contactId', 'conversationId', 'ticketId', 'opportunityId'] as const) {
    const id = ask[key];
    if (id !== undefined) query = query.where(`task.${key}`, '=', id);
  }
  if (ask.kind !== undefined)
    query = ask.kind === 'todo' ? query.where('task.kind', '<>', 'callback') : query.where('task.kind', '=', ask.kind);
  if (owner === 'me') query = query.where('task.ownerId', '=', sight.agentId);
  if (owner === 'nobody') query = query.where('task.ownerId', 'is', null);
  if (ask.teamId !== null) query = query.where('task.ownerTeamId', '=', ask.teamId);
  if (priority !== undefined) query = query.where('task.priority', '=', priorities.indexOf(priority));
  if (ask.due !== undefined) query = query.where((where) => isDue(where as unknown as Seeing, ask));
  if (!seesAll(sight)) query = query.where((where) => isSeen(where as unknown as Seeing, sight));
  if (after) {
    const further = isOpen ? '>' : '<';
    query = query.where((where) =>
      where.or([where(at, further, after.at), where.and([where(at, '=', after.at), where('task.id', further, after.id)])]),
    );
  }
  const order = isOpen ? 'asc' : 'desc';
  return query.orderBy(at, order).orderBy('task.id', order).limit(ask.limit);
}

function isDue(where: Seeing, { due, now, abandonedAt, onlineIds, today, sight }: TaskListAsk) {
  switch (due) {
    case 'overdue':
      return where('task.dueAt', '<', now);
    case 'today':
      return where.and([where('task.dueAt', '>=', today.from), where('task.dueAt', '<', today.to)]);
    case 'none':
      return where('task.dueAt', '=', NEVER);
    case 'calling':
      return where.and([where('task.callingBy', '=', sight.agentId), where('task.callingAt', '>=', abandonedAt)]);
    case 'ringing':
      return where.or([
        where.and([
          where('task.kind', '=', 'callback'),
          where('task.dueAt', '<=', now),
          where('task.rangAt', 'is not', null),
          where.or([where('task.callingAt', 'is', null), where('task.callingAt', '<', abandonedAt)]),
          where.or([
            where('task.ownerId', 'is', null),
            where('task.ownerId', '=', sight.agentId),
            where('task.ownerId', 'not in', [...onlineIds, '']),
          ]),
        ]),
        where.and([
          where('task.kind', '<>', 'callback'),
          where('task.rangAt', '>=', now - HEARD_FOR_MS),
          where.or([
            where('task.ownerId', '=', sight.agentId),
            where.and([where('task.ownerId', 'is', null), where('task.ownerTeamId', 'in', [...sight.teamIds, ''])]),
            where.and([
              where('task.ownerId', 'is', null),
              where('task.ownerTeamId', 'is', null),
              where('task.createdBy', '=', sight.agentId),
            ]),
          ]),
        ]),
      ]);
    case 'upcoming':
    case undefined:
      return where('task.dueAt', '>=', now);
  }
}

interface TaskCounts {
  open: number;
  overdue: number;
  due: number;
  mine: number;
  team: number;
}

/** The most urgent ones are counted, up to a number that nobody reads. */
export async function countOpenTasks(db: Db, moment: Pick<Moment, 'now' | 'onlineIds'>, sight: Sight): Promise<TaskCounts> {
  const [all, mine, team] = await Promise.all([
    countAll(db, moment, sight),
    countSome(db, (where) => where('ownerId', '=', sight.agentId)),
    sight.teamIds.length === 0 ? 0 : countSome(db, (where) => where('ownerTeamId', 'in', sight.teamIds)),
  ]);
  return { ...all, mine, team };
}

async function countSome(db: Db, whose: (where: ExpressionBuilder<Tables, 'task'>) => ReturnType<typeof where>): Promise<number> {
  const some = db.selectFrom('task').select('id').where('status', '=', 'open').where(whose).limit(COUNTED_MAX).as('some');
  const row = await db
    .selectFrom(some)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

async function countAll(
  db: Db,
  { now, onlineIds }: Pick<Moment, 'now' | 'onlineIds'>,
  sight: Sight,
): Promise<Pick<TaskCounts, 'open' | 'overdue' | 'due'>> {
  const open = db
    .selectFrom('task')
    .leftJoin('conversation', 'conversation.id', 'task.conversationId')
    .select(['task.dueAt', 'task.ownerId', 'task.ownerTeamId', 'task.kind'])
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
        select('open.ownerId', '=', sight.agentId),
        select.and([
          select('open.kind', '=', 'callback'),
          select.or([select('open.ownerId', 'is', null), select('open.ownerId', 'not in', [...onlineIds, ''])]),
        ]),
        select.and([select('open.ownerId', 'is', null), select('open.ownerTeamId', 'in', [...sight.teamIds, ''])]),
      ]);
      const countOf = (condition: typeof isPast) => select.fn.sum<number | null>(select.case().when(condition).then(1).else(0).end());
      return [
        select.fn.countAll<number>().as('open'),
        countOf(isPast).as('overdue'),
        countOf(select.and([isPast, isMine]) as typeof isPast).as('due'),
      ];
    })
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), overdue: Number(row.overdue ?? 0), due: Number(row.due ?? 0) };
}

type Seeing = ExpressionBuilder<Tables, 'task' | 'conversation'>;

export function seesAll({ permissions }: Sight): boolean {
  return permissions.includes('conversations:view-all');
}

/** What `maySeeTask` says of one task, as a condition. */
export function isSeen(where: Seeing, sight: Sight) {
  return where.or([
    where('task.conversationId', 'is', null),
    where('task.ownerId', '=', sight.agentId),
    where('task.createdBy', '=', sight.agentId),
    ...(sight.teamIds.length > 0
      ? [where.and([where('task.kind', '<>', 'callback'), where('task.ownerTeamId', 'in', sight.teamIds)])]
      : []),
    inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight),
  ]);
}
