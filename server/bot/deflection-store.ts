import { type ExpressionBuilder, sql } from 'kysely';
import type { BotOutcome, BotReason, DeflectionAnswer } from '../../shared/deflection.ts';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { Tables } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

export interface Span {
  from: number;
  to: number;
  inboxId: string | undefined;
  sight: Sight;
}

const seesAll = ({ permissions }: Sight) => permissions.includes('conversations:view-all');
const seen = (where: unknown, sight: Sight) => inSight(where as ExpressionBuilder<Tables, 'conversation'>, sight);

/** From the index alone, for whoever sees everything. */
export async function countTalks(
  db: Db,
  { from, to, inboxId, sight }: Span,
): Promise<{ outcome: BotOutcome; reason: BotReason | null; count: number }[]> {
  let query = db.selectFrom('botTalk').where('botTalk.startedAt', '>=', from).where('botTalk.startedAt', '<', to);
  if (inboxId !== undefined) query = query.where('botTalk.inboxId', '=', inboxId);
  const counted = seesAll(sight)
    ? query
    : query.innerJoin('conversation', 'conversation.id', 'botTalk.conversationId').where((where) => seen(where, sight));
  const rows = await counted
    .select((talk) => ['botTalk.outcome', 'botTalk.reason', talk.fn.countAll<number>().as('count')])
    .groupBy(['botTalk.outcome', 'botTalk.reason'])
    .execute();
  return rows.map(({ outcome, reason, count }) => ({
    outcome: outcome as BotOutcome,
    reason: reason as BotReason | null,
    count: Number(count),
  }));
}

/** The most given first. */
export async function countGiven(db: Db, { from, to, inboxId, sight }: Span, limit: number): Promise<DeflectionAnswer[]> {
  let query = db
    .selectFrom('botTurn')
    .where('botTurn.answerId', 'is not', null)
    .where('botTurn.at', '>=', from)
    .where('botTurn.at', '<', to);
  if (inboxId !== undefined) query = query.where('botTurn.inboxId', '=', inboxId);
  const counted = seesAll(sight)
    ? query
    : query.innerJoin('conversation', 'conversation.id', 'botTurn.conversationId').where((where) => seen(where, sight));
  const rows = await counted
    .select('botTurn.answerId')
    .select((turn) => turn.fn.countAll<number>().as('given'))
    .select(sql<number>`coalesce(sum(case when "botTurn"."helpful" = 1 then 1 else 0 end), 0)`.as('helpful'))
    .select(sql<number>`coalesce(sum(case when "botTurn"."helpful" = 0 then 1 else 0 end), 0)`.as('unhelpful'))
    .groupBy('botTurn.answerId')
    .orderBy('given', 'desc')
    .orderBy('botTurn.answerId')
    .limit(limit)
    .execute();
  return rows.map(({ answerId, given, helpful, unhelpful }) => ({
    answerId: answerId ?? '',
    given: Number(given),
    helpful: Number(helpful),
    unhelpful: Number(unhelpful),
  }));
}

export interface TalkFilter {
  outcomes: readonly BotOutcome[] | null;
  reason: BotReason | undefined;
  /** Given in it. */
  answerId: string | undefined;
}

/** Newest first. `before` is the last row of the page before. */
export async function listTalks(
  db: Db,
  { from, to, inboxId, sight }: Span,
  { filter, before, limit }: { filter: TalkFilter; before: Cursor | null; limit: number },
) {
  let query = db
    .selectFrom('botTalk')
    .innerJoin('conversation', 'conversation.id', 'botTalk.conversationId')
    .select(['botTalk.id', 'botTalk.conversationId', 'botTalk.startedAt', 'botTalk.outcome', 'botTalk.reason'])
    .where('botTalk.startedAt', '>=', from)
    .where('botTalk.startedAt', '<', to)
    .where((where) => seen(where, sight));
  if (inboxId !== undefined) query = query.where('botTalk.inboxId', '=', inboxId);
  if (filter.outcomes) query = query.where('botTalk.outcome', 'in', [...filter.outcomes]);
  if (filter.reason) query = query.where('botTalk.reason', '=', filter.reason);
  const { answerId } = filter;
  if (answerId !== undefined) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('botTurn')
          .select('botTurn.id')
          .whereRef('botTurn.conversationId', '=', 'botTalk.conversationId')
          .whereRef('botTurn.talkId', '=', 'botTalk.id')
          .where('botTurn.answerId', '=', answerId),
      ),
    );
  }
  if (before) query = query.where(beforeInTime('botTalk.startedAt', 'botTalk.id', before));
  return query.orderBy('botTalk.startedAt', 'desc').orderBy('botTalk.id', 'desc').limit(limit).execute();
}
