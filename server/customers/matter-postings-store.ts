/** Where the files of opportunities, tickets and tasks like these can be looked up: by one thing that is asked, for which there is an index. */
import { type RawBuilder, sql } from 'kysely';
import type { MatterCondition } from '../../shared/matter-condition.ts';
import { priorities } from '../../shared/routing.ts';
import type { When } from '../../shared/when.ts';
import { daysOf, inRange, inStretch, isAmong, type Seen, stretchOf } from './condition-parts-store.ts';

/**
 * Each gives at least those that are asked for, and every row that it reads is one of them: so it is known at once, or after a few
 * thousand rows, whether they are few.
 */
export function matterPostings(condition: MatterCondition, seen: Seen): RawBuilder<unknown>[] {
  if (!condition.is) return [];
  switch (condition.on) {
    case 'opportunity':
      return opportunities(condition, seen);
    case 'ticket':
      return tickets(condition, seen);
    case 'task':
      return tasks(condition, seen);
  }
}

function opportunities(condition: Extract<MatterCondition, { on: 'opportunity' }>, seen: Seen): RawBuilder<unknown>[] {
  const { pipelineIds, stageIds, statuses = ['open', 'won', 'lost'], owners, lostReasonIds, amount, closes, closed } = condition;
  const found = (where: RawBuilder<unknown>) => sql`select "contactId" from "opportunity" where ${where}`;
  const inStatus = isAmong(sql`"status"`, statuses);
  const ids = idsOf(owners, seen);
  const days = closes && bounded(closes) ? daysOf(closes, seen) : null;
  const times = closed && bounded(closed) ? stretchOf(closed, seen.now) : null;
  const hasEnds = amount && (amount.from !== undefined || amount.to !== undefined);
  return [
    ...(statuses.length < 3 ? [found(inStatus)] : []),
    ...(pipelineIds ? [found(sql`${isAmong(sql`"pipelineId"`, pipelineIds)} and ${inStatus}`)] : []),
    ...(stageIds ? [found(sql`${isAmong(sql`"stageId"`, stageIds)} and ${inStatus}`)] : []),
    ...(ids ? [found(sql`${isAmong(sql`"ownerId"`, ids)} and ${inStatus}`)] : []),
    ...(lostReasonIds ? [found(isAmong(sql`"lostReasonId"`, lostReasonIds))] : []),
    ...(days ? [found(sql`${inStatus} and ${inStretch(sql`"expectedCloseOn"`, days)}`)] : []),
    ...(times ? [found(inStretch(sql`"closedAt"`, times))] : []),
    ...(hasEnds ? [found(sql`${inStatus} and "currency" = ${amount.currency} and ${inRange(sql`"amount"`, amount)}`)] : []),
  ];
}

function tickets(
  { statuses, categoryIds, priorities: ranks, owners }: Extract<MatterCondition, { on: 'ticket' }>,
  seen: Seen,
): RawBuilder<unknown>[] {
  const found = (where: RawBuilder<unknown>) => sql`select "contactId" from "ticket" where ${where}`;
  const ids = idsOf(owners, seen);
  return [
    ...(statuses ? [found(isAmong(sql`"status"`, statuses))] : []),
    ...(categoryIds ? [found(isAmong(sql`"categoryId"`, categoryIds))] : []),
    ...(ranks ? [found(isAmong(sql`"priority"`, ranksOf(ranks)))] : []),
    ...(ids ? [found(isAmong(sql`"assigneeId"`, ids))] : []),
  ];
}

function tasks(condition: Extract<MatterCondition, { on: 'task' }>, seen: Seen): RawBuilder<unknown>[] {
  const { kinds, statuses = ['open', 'done'], owners, isOverdue, due } = condition;
  const found = (where: RawBuilder<unknown>) => sql`select "contactId" from "task" where ${where}`;
  const inStatus = isAmong(sql`"status"`, isOverdue ? ['open'] : statuses);
  const ids = idsOf(owners, seen);
  const dueAt = sql`"dueAt"`;
  const times = due && bounded(due) && stretchOf(due, seen.now);
  const inTime = isOverdue ? sql`${dueAt} <= ${seen.now}` : times && times.to !== null ? inStretch(dueAt, times) : null;
  return [
    ...(isOverdue || statuses.length < 2 ? [found(inStatus)] : []),
    ...(inTime ? [found(sql`${inStatus} and ${inTime}`)] : []),
    ...(kinds ? [found(sql`${isAmong(sql`"kind"`, kinds)} and ${inStatus}${inTime ? sql` and ${inTime}` : sql``}`)] : []),
    ...(ids ? [found(sql`${isAmong(sql`"ownerId"`, ids)} and ${inStatus}${inTime ? sql` and ${inTime}` : sql``}`)] : []),
  ];
}

/** Null where what is nobody's is asked for, too: that is much. */
function idsOf(owners: readonly string[] | undefined, { agentId }: Seen): string[] | null {
  if (!owners || owners.includes('nobody')) return null;
  return owners.map((owner) => (owner === 'me' ? agentId : owner));
}

function ranksOf(names: readonly (typeof priorities)[number][]): number[] {
  return names.map((name) => priorities.indexOf(name));
}

function bounded(when: When): when is Exclude<When, { op: 'never' | 'ever' }> {
  return when.op !== 'never' && when.op !== 'ever';
}
