/**
 * A filter over customers as SQL, for lists, for segments and for single files alike: what is asked is a condition on rows named `c` that
 * hold the columns which `columnsOf` names.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CustomerCondition, CustomerFilter, FieldCondition, MomentName, OpenName } from '../../shared/customer-filter.ts';
import { conditionsOf } from '../../shared/customer-filter.ts';
import { foldName } from '../../shared/fold.ts';
import type { When } from '../../shared/when.ts';
import { lowerAscii } from '../storage/plain-letters.ts';
import { either, type Fits, inRange, inStretch, isAmong, joined, present, type Seen, stretchOf } from './condition-parts-store.ts';
import { ofMatter } from './matter-conditions-store.ts';

const NOBODY = sql<SqlBool>`1 = 0`;
const EVERYBODY = sql<SqlBool>`1 = 1`;

/** The columns of `contact` that a filter reads by themselves. */
export function columnsOf(filters: readonly CustomerFilter[]): string[] {
  return [...new Set(filters.flatMap(conditionsOf).flatMap((condition) => columnOf(condition) ?? []))];
}

const contactMoments: Partial<Record<MomentName, string>> = {
  created: 'createdAt',
  seen: 'lastSeenAt',
  purchased: 'lastPurchaseAt',
  'first-purchased': 'firstPurchaseAt',
};

export function columnOf(condition: CustomerCondition): string | undefined {
  switch (condition.on) {
    case 'lifecycle':
      return 'lifecycle';
    case 'owner':
      return 'ownerId';
    case 'company':
      return 'companyId';
    case 'language':
      return 'locale';
    case 'name':
      return 'name';
    case 'value':
      return 'purchaseTotal';
    case 'purchases':
      return 'purchaseCount';
    default:
      return 'when' in condition && condition.on !== 'field' ? contactMoments[condition.on] : undefined;
  }
}

export function fitsAll(filters: readonly CustomerFilter[], seen: Seen): Fits {
  return filters.length === 0
    ? EVERYBODY
    : joined(
        filters.map((filter) => fitsFilter(filter, seen)),
        'all',
      );
}

export function fitsFilter({ match, groups }: CustomerFilter, seen: Seen): Fits {
  if (groups.length === 0) return EVERYBODY;
  const inGroups = groups.map((group) =>
    joined(
      group.conditions.map((condition) => fits(condition, seen)),
      group.match,
    ),
  );
  return joined(inGroups, match);
}

function fits(condition: CustomerCondition, seen: Seen): Fits {
  switch (condition.on) {
    case 'lifecycle':
      return among(sql`c."lifecycle"`, condition.values, condition.op);
    case 'owner':
      return ofOwner(condition.values, condition.op, seen);
    case 'tag':
      return ofTags(condition);
    case 'company':
      if ('presence' in condition) return present(sql`c."companyId" is not null`, condition.presence);
      return among(sql`coalesce(c."companyId", '')`, condition.values, condition.op);
    case 'language':
      return among(
        sql`substr(coalesce(c."locale", '') || '-', 1, ${shortest(condition.values)})`,
        languageKeys(condition.values),
        condition.op,
      );
    case 'inbox':
      return either(
        sql`exists (select 1 from "conversation" where "conversation"."contactId" = c."id" and ${isAmong(sql`"conversation"."inboxId"`, condition.values)})`,
        condition.op === 'any',
      );
    case 'segment':
      return either(
        sql`exists (select 1 from "segmentMember" where "segmentMember"."contactId" = c."id" and ${isAmong(sql`"segmentMember"."segmentId"`, condition.values)})`,
        condition.op === 'any',
      );
    case 'name':
      if ('presence' in condition) return present(sql`c."name" is not null`, condition.presence);
      return ofText(seen.lower(sql`coalesce(c."name", '')`), condition.op, lowerAscii(condition.value));
    case 'email':
    case 'phone':
    case 'external':
      return ofIdentity(condition, seen);
    case 'consent':
      return ofConsent(condition);
    case 'value':
      return inRange(boughtIn(condition.currency, seen), condition);
    case 'purchases':
      return inRange(sql`c."purchaseCount"`, condition);
    case 'open':
      return either(open[condition.what], condition.is);
    case 'opportunity':
    case 'ticket':
    case 'task':
      return ofMatter(condition, seen);
    case 'field':
      return ofField(condition, seen.now);
    default:
      return ofMoment(condition.on, condition.when, seen.now);
  }
}

function among(column: RawBuilder<unknown>, values: readonly string[], op: 'any' | 'none'): Fits {
  return either(isAmong(column, values), op === 'any');
}

function ofOwner(values: readonly string[], op: 'any' | 'none', { agentId }: Seen): Fits {
  const ids = values.map((value) => (value === 'me' ? agentId : value === 'nobody' ? '' : value));
  return among(sql`coalesce(c."ownerId", '')`, ids, op);
}

/** `he` of `he`, `he-IL` and nothing else. */
function languageKeys(values: readonly string[]): string[] {
  const length = shortest(values);
  return values.map((value) => `${value}-`.slice(0, length));
}

/** Languages have two letters, or seldom three; with its dash each is told from the other. */
function shortest(values: readonly string[]): number {
  return Math.max(...values.map((value) => value.length)) + 1;
}

function ofTags(condition: Extract<CustomerCondition, { on: 'tag' }>): Fits {
  const has = (tag: RawBuilder<unknown>): Fits => sql`exists (select 1 from "contactTag" where "contactTag"."contactId" = c."id"${tag})`;
  if ('presence' in condition) return either(has(sql``), condition.presence === 'filled');
  if (condition.op === 'all')
    return joined(
      condition.values.map((tag) => has(sql` and "contactTag"."tag" = ${tag}`)),
      'all',
    );
  return either(has(sql` and ${isAmong(sql`"contactTag"."tag"`, condition.values)}`), condition.op === 'any');
}

function ofIdentity(condition: Extract<CustomerCondition, { on: 'email' | 'phone' | 'external' }>, seen: Seen): Fits {
  const has = (more: RawBuilder<unknown>): Fits =>
    sql`exists (select 1 from "identity" where "identity"."contactId" = c."id" and "identity"."kind" = ${condition.on}${more})`;
  if ('presence' in condition) return either(has(sql``), condition.presence === 'filled');
  if ('isVerified' in condition) return has(sql` and "identity"."isVerified" = ${condition.isVerified ? 1 : 0}`);
  const value = sql`"identity"."value"`;
  if (condition.op === 'is') return has(sql` and ${value} = ${asStored(condition)}`);
  return has(sql` and ${ofText(seen.lower(value), condition.op, lowerAscii(condition.value))}`);
}

/** E-mails are stored in small letters, external ids as they were given. */
export function asStored({ on, value }: { on: 'email' | 'phone' | 'external'; value: string }): string {
  return on === 'external' ? value : value.toLowerCase();
}

function ofConsent({ kind, state }: Extract<CustomerCondition, { on: 'consent' }>): Fits {
  const last = sql`(select "consent"."isGiven" from "consent" where "consent"."contactId" = c."id" and "consent"."kind" = ${kind}
    order by "consent"."at" desc, "consent"."id" desc limit 1)`;
  if (state === 'unknown') return sql`${last} is null`;
  return sql`coalesce(${last}, -1) = ${state === 'given' ? 1 : 0}`;
}

function ofText(column: RawBuilder<unknown>, op: 'is' | 'contains' | 'starts', value: string): Fits {
  if (op === 'is') return sql`${column} = ${value}`;
  const pattern = `${op === 'contains' ? '%' : ''}${value.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`${column} like ${pattern} escape '\\'`;
}

/** What was paid in the business's currency stands in the file; other currencies are added up, each by itself. */
function boughtIn(currency: string | undefined, seen: Seen): RawBuilder<unknown> {
  if (currency === undefined || currency === seen.currency) return sql`c."purchaseTotal"`;
  return sql`(select coalesce(sum("purchase"."total"), 0) from "purchase"
    where "purchase"."contactId" = c."id" and "purchase"."status" = 'paid' and "purchase"."currency" = ${currency})`;
}

function ofMoment(name: MomentName, when: When, now: number): Fits {
  const own = contactMoments[name];
  if (own !== undefined) {
    const column = sql.ref(`c.${own}`);
    if (when.op === 'never' || when.op === 'ever') return present(sql`${column} is not null`, when.op === 'ever' ? 'filled' : 'empty');
    return sql`(${column} is not null and ${inStretch(column, stretchOf(when, now))})`;
  }
  if (name === 'ends') return ofEnd(when, now);
  const talked = (more: RawBuilder<unknown>): Fits =>
    sql`exists (select 1 from "conversation" where "conversation"."contactId" = c."id"${more})`;
  if (when.op === 'never' || when.op === 'ever') return either(talked(sql``), when.op === 'ever');
  const { from, to } = stretchOf(when, now);
  // The last one: there is one in the stretch, and none after it.
  const updatedAt = sql`"conversation"."updatedAt"`;
  const inside = talked(sql` and ${inStretch(updatedAt, { from, to })}`);
  return to === null ? inside : sql`(${inside} and not ${talked(sql` and ${updatedAt} > ${to}`)})`;
}

/** Something that was bought for a time ends then. */
function ofEnd(when: When, now: number): Fits {
  const ends = (more: RawBuilder<unknown>): Fits =>
    sql`exists (select 1 from "purchase" where "purchase"."contactId" = c."id" and "purchase"."status" = 'paid' and "purchase"."endsAt" is not null${more})`;
  if (when.op === 'never' || when.op === 'ever') return either(ends(sql``), when.op === 'ever');
  return ends(sql` and ${inStretch(sql`"purchase"."endsAt"`, stretchOf(when, now))}`);
}

const open: Record<OpenName, Fits> = {
  task: sql`exists (select 1 from "task" where "task"."contactId" = c."id" and "task"."status" = 'open')`,
  ticket: sql`exists (select 1 from "ticket" where "ticket"."contactId" = c."id" and "ticket"."isOver" = 0)`,
  opportunity: sql`exists (select 1 from "opportunity" where "opportunity"."contactId" = c."id" and "opportunity"."status" = 'open')`,
  conversation: sql`exists (select 1 from "conversation" where "conversation"."contactId" = c."id" and "conversation"."status" <> 'resolved')`,
};

function ofField(condition: FieldCondition, now: number): Fits {
  const has = (more: RawBuilder<unknown>): Fits =>
    sql`exists (select 1 from "fieldValue" where "fieldValue"."entityId" = c."id" and "fieldValue"."fieldId" = ${condition.fieldId}${more})`;
  const textKey = sql`"fieldValue"."textKey"`;
  const number = sql`"fieldValue"."number"`;
  if ('presence' in condition) return either(has(sql``), condition.presence === 'filled');
  if ('text' in condition) {
    const key = foldName(condition.text.value);
    return key === '' ? NOBODY : has(sql` and ${ofText(textKey, condition.text.op, key)}`);
  }
  if ('choice' in condition) return either(has(sql` and ${isAmong(textKey, condition.choice.values)}`), condition.choice.op === 'any');
  if ('range' in condition) return has(sql` and ${inRange(number, condition.range)}`);
  if ('is' in condition) return either(has(sql` and ${number} = 1`), condition.is);
  const { when } = condition;
  if (when.op === 'never' || when.op === 'ever') return either(has(sql``), when.op === 'ever');
  return has(sql` and ${inStretch(number, stretchOf(when, now))}`);
}
