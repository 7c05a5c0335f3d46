/** What goes on with a customer: opportunities, tickets and tasks of which everything holds that is asked. */
import { type RawBuilder, sql } from 'kysely';
import type { MatterCondition } from '../../shared/matter-condition.ts';
import { priorities } from '../../shared/routing.ts';
import type { When } from '../../shared/when.ts';
import { daysOf, either, type Fits, inRange, inStretch, isAmong, joined, present, type Seen, stretchOf } from './condition-parts-store.ts';

/** Due some day: what `task.dueAt` holds then. */
const NEVER = 8_640_000_000_000_000;
const EVERYTHING = sql<never>`1 = 1`;

export function ofMatter(condition: MatterCondition, seen: Seen): Fits {
  const table = sql.table(condition.on);
  const own = joined([EVERYTHING, ...partsOf(condition, seen)], 'all');
  return either(sql`exists (select 1 from ${table} where ${table}."contactId" = c."id" and ${own})`, condition.is);
}

function partsOf(condition: MatterCondition, seen: Seen): Fits[] {
  switch (condition.on) {
    case 'opportunity':
      return ofOpportunity(condition, seen);
    case 'ticket':
      return ofTicket(condition, seen);
    case 'task':
      return ofTask(condition, seen);
  }
}

function ofOpportunity(condition: Extract<MatterCondition, { on: 'opportunity' }>, seen: Seen): Fits[] {
  const { pipelineIds, stageIds, statuses, owners, lostReasonIds, amount, closes, closed } = condition;
  const column = (name: string) => sql.ref(`opportunity.${name}`);
  return [
    ...(pipelineIds ? [isAmong(column('pipelineId'), pipelineIds)] : []),
    ...(stageIds ? [isAmong(column('stageId'), stageIds)] : []),
    ...(statuses ? [isAmong(column('status'), statuses)] : []),
    ...(owners ? [ofOwners(column('ownerId'), owners, seen)] : []),
    ...(lostReasonIds ? [isAmong(column('lostReasonId'), lostReasonIds)] : []),
    ...(amount ? [joined([sql`${column('currency')} = ${amount.currency}`, inRange(column('amount'), amount)], 'all')] : []),
    ...(closes ? [onDays(column('expectedCloseOn'), closes, seen)] : []),
    ...(closed ? [atTimes(column('closedAt'), closed, seen)] : []),
  ];
}

function ofTicket(condition: Extract<MatterCondition, { on: 'ticket' }>, seen: Seen): Fits[] {
  const { statuses, categoryIds, priorities: ranks, owners, opened } = condition;
  const column = (name: string) => sql.ref(`ticket.${name}`);
  return [
    ...(statuses ? [isAmong(column('status'), statuses)] : []),
    ...(categoryIds ? [isAmong(column('categoryId'), categoryIds)] : []),
    ...(ranks ? [ofRank(column('priority'), ranks)] : []),
    ...(owners ? [ofOwners(column('assigneeId'), owners, seen)] : []),
    ...(opened ? [atTimes(column('createdAt'), opened, seen)] : []),
  ];
}

function ofTask(condition: Extract<MatterCondition, { on: 'task' }>, seen: Seen): Fits[] {
  const { kinds, statuses, owners, priorities: ranks, isOverdue, due } = condition;
  const column = (name: string) => sql.ref(`task.${name}`);
  const dueAt = column('dueAt');
  const overdue: Fits = sql`(${column('status')} = 'open' and ${dueAt} <= ${seen.now})`;
  return [
    ...(kinds ? [isAmong(column('kind'), kinds)] : []),
    ...(statuses ? [isAmong(column('status'), statuses)] : []),
    ...(owners ? [ofOwners(column('ownerId'), owners, seen)] : []),
    ...(ranks ? [ofRank(column('priority'), ranks)] : []),
    ...(isOverdue === undefined ? [] : [either(overdue, isOverdue)]),
    ...(due ? [atTimes(sql`nullif(${dueAt}, ${sql.lit(NEVER)})`, due, seen)] : []),
  ];
}

function ofRank(column: RawBuilder<unknown>, names: readonly (typeof priorities)[number][]): Fits {
  return isAmong(
    column,
    names.map((name) => priorities.indexOf(name)),
  );
}

function ofOwners(column: RawBuilder<unknown>, owners: readonly string[], { agentId }: Seen): Fits {
  const ids = owners.filter((owner) => owner !== 'nobody').map((owner) => (owner === 'me' ? agentId : owner));
  const nobodys: Fits = sql`${column} is null`;
  if (ids.length === 0) return nobodys;
  return owners.includes('nobody') ? joined([nobodys, isAmong(column, ids)], 'any') : isAmong(column, ids);
}

function atTimes(column: RawBuilder<unknown>, when: When, { now }: Seen): Fits {
  if (when.op === 'never' || when.op === 'ever') return present(sql`${column} is not null`, when.op === 'ever' ? 'filled' : 'empty');
  return sql`(${column} is not null and ${inStretch(column, stretchOf(when, now))})`;
}

function onDays(column: RawBuilder<unknown>, when: When, seen: Seen): Fits {
  if (when.op === 'never' || when.op === 'ever') return present(sql`${column} is not null`, when.op === 'ever' ? 'filled' : 'empty');
  return sql`(${column} is not null and ${inStretch(column, daysOf(when, seen))})`;
}
