/** Where the files that fulfil one condition can be looked up by an index, whatever a list is in the order of. */
import { type RawBuilder, sql } from 'kysely';
import { type CustomerCondition, type CustomerFilter, type FieldCondition, necessaryConditions } from '../../shared/customer-filter.ts';
import { foldName } from '../../shared/fold.ts';
import { isMatter, type MatterCondition } from '../../shared/matter-condition.ts';
import type { When } from '../../shared/when.ts';
import { type Seen, stretchOf } from './condition-parts-store.ts';
import { asStored, columnOf } from './customer-conditions-store.ts';
import { matterPostings } from './matter-postings-store.ts';

/** Selects of ids, one for each condition that has such an index and without which nobody fits. */
export function postingsOf(filters: readonly CustomerFilter[], seen: Seen): RawBuilder<unknown>[] {
  return filters
    .flatMap(necessaryConditions)
    .flatMap((condition) => (isMatter(condition) ? matterPostings(condition, seen) : (lookUp(condition, seen) ?? [])));
}

function lookUp(condition: Exclude<CustomerCondition, MatterCondition>, { agentId, now, currency }: Seen): RawBuilder<unknown> | undefined {
  switch (condition.on) {
    case 'owner': {
      if (condition.op === 'none' || condition.values.includes('nobody')) return undefined;
      return ofContact(
        sql`"ownerId"`,
        condition.values.map((value) => (value === 'me' ? agentId : value)),
      );
    }
    case 'company':
      return 'op' in condition && condition.op === 'any' ? ofContact(sql`"companyId"`, condition.values) : undefined;
    case 'tag':
      if (!('op' in condition) || condition.op === 'none') return undefined;
      return sql`select "contactId" from "contactTag" where "tag" in (${sql.join(condition.op === 'all' ? condition.values.slice(0, 1) : [...condition.values])})`;
    case 'segment':
      return condition.op === 'none'
        ? undefined
        : sql`select "contactId" from "segmentMember" where "segmentId" in (${sql.join([...condition.values])})`;
    case 'email':
    case 'phone':
    case 'external': {
      if (!('op' in condition) || condition.op !== 'is') return undefined;
      return sql`select "contactId" from "identity" where "kind" = ${condition.on} and "value" = ${asStored(condition)}`;
    }
    case 'value':
      return condition.currency === undefined || condition.currency === currency
        ? inRange(sql`"purchaseTotal"`, condition, sql`"contact"`)
        : undefined;
    case 'open':
      return condition.is ? open[condition.what] : undefined;
    case 'field':
      return ofField(condition, now);
    case 'created':
    case 'seen':
    case 'purchased': {
      const column = columnOf(condition);
      return column === undefined ? undefined : inStretch(sql.ref(column), condition.when, now, sql`"contact"`);
    }
    default:
      return undefined;
  }
}

function ofContact(column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> {
  return sql`select "id" from "contact" where ${column} in (${sql.join([...values])})`;
}

const open: Record<'task' | 'ticket' | 'opportunity' | 'conversation', RawBuilder<unknown> | undefined> = {
  task: sql`select "contactId" from "task" where "status" = 'open'`,
  ticket: sql`select "contactId" from "ticket" where "isOver" = 0 and "contactId" is not null`,
  opportunity: sql`select "contactId" from "opportunity" where "status" = 'open'`,
  conversation: sql`select "contactId" from "conversation" where "status" <> 'resolved'`,
};

function ofField(condition: FieldCondition, now: number): RawBuilder<unknown> | undefined {
  const values = sql`select "entityId" from "fieldValue" where "fieldId" = ${condition.fieldId}`;
  if ('text' in condition) {
    return condition.text.op === 'is' ? sql`${values} and "textKey" = ${foldName(condition.text.value)}` : undefined;
  }
  if ('choice' in condition) {
    return condition.choice.op === 'any' ? sql`${values} and "textKey" in (${sql.join([...condition.choice.values])})` : undefined;
  }
  if ('range' in condition) return ends(values, sql`"number"`, condition.range);
  if ('is' in condition) return condition.is ? sql`${values} and "number" = 1` : undefined;
  if ('presence' in condition) return condition.presence === 'filled' ? values : undefined;
  if (condition.when.op === 'never') return undefined;
  if (condition.when.op === 'ever') return values;
  const { from, to } = stretchOf(condition.when, now);
  return ends(values, sql`"number"`, { ...(from !== null && { from }), ...(to !== null && { to }) });
}

function inStretch(column: RawBuilder<unknown>, when: When, now: number, table: RawBuilder<unknown>): RawBuilder<unknown> | undefined {
  if (when.op === 'never' || when.op === 'ever') return undefined;
  const { from, to } = stretchOf(when, now);
  return inRange(column, { ...(from !== null && { from }), ...(to !== null && { to }) }, table);
}

type Range = { from?: number | undefined; to?: number | undefined };

function inRange(column: RawBuilder<unknown>, range: Range, table: RawBuilder<unknown>): RawBuilder<unknown> | undefined {
  return ends(sql`select "id" from ${table} where ${column} is not null`, column, range);
}

function ends(select: RawBuilder<unknown>, column: RawBuilder<unknown>, { from, to }: Range): RawBuilder<unknown> | undefined {
  if (from === undefined && to === undefined) return undefined;
  return sql`${select}${from === undefined ? sql`` : sql` and ${column} >= ${from}`}${to === undefined ? sql`` : sql` and ${column} <= ${to}`}`;
}
