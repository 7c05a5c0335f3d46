/** The questions of each day, counted once, so that a period is added up and not gone through. */
import { sql } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { QuestionDayRow } from '../storage/tables.ts';

export async function takeChangedDays(trx: Transaction, limit: number): Promise<number[]> {
  const rows = await trx
    .deleteFrom('questionDayChange')
    .where('day', 'in', (from) => from.selectFrom('questionDayChange').select('day').orderBy('day', 'desc').limit(limit))
    .returning('day')
    .execute();
  return rows.map(({ day }) => day);
}

export async function hasChangedDays(db: Db): Promise<boolean> {
  return (await db.selectFrom('questionDayChange').select('day').limit(1).executeTakeFirst()) !== undefined;
}

export async function countDay(trx: Transaction, day: number): Promise<void> {
  await trx.deleteFrom('questionDay').where('day', '=', day).execute();
  await sql`insert into "questionDay" ("groupId", "day", "inboxId", "language", "answeredBy", "asked", "talks")
    select "groupId", "day", "inboxId", "language", "answeredBy", count(*), sum("isFirst") from (
      select coalesce("groupId", '-') as "groupId", "day", "inboxId", "language", coalesce("answeredBy", '') as "answeredBy",
        case when row_number() over (partition by "groupId", "conversationId" order by "seq") = 1 then 1 else 0 end as "isFirst"
      from "question" where "day" = ${day}) as "asked"
    group by "groupId", "day", "inboxId", "language", "answeredBy"`.execute(trx);
  await sql`insert into "questionDay" ("groupId", "day", "inboxId", "language", "answeredBy", "asked", "talks")
    select '', "day", "inboxId", '', '', 0, count(*) from "questionTalk" where "day" = ${day} group by "day", "inboxId"`.execute(trx);
}

/** Days with both ends; `before` is where the period before begins. */
export interface Scope {
  sight: Sight;
  before: number;
  from: number;
  to: number;
  inboxId: string | undefined;
  language: string | undefined;
}

export interface Sum {
  groupId: string;
  count: number;
  before: number;
  talks: number;
  byBot: number;
  byNobody: number;
}

/** Of every group that was asked about in the period or in the one before. */
export async function listSums(db: Db, scope: Scope): Promise<Sum[]> {
  const isNow = sql`"d"."day" >= ${scope.from}`;
  const sum = (what: ReturnType<typeof sql>, when: ReturnType<typeof sql>) =>
    sql`cast(sum(case when ${when} then ${what} else 0 end) as integer)`;
  const asked = sql`"d"."asked"`;
  const { rows } =
    await sql<Sum>`select "d"."groupId", ${sum(asked, isNow)} as "count", ${sum(asked, sql`"d"."day" < ${scope.from}`)} as "before",
      ${sum(sql`"d"."talks"`, isNow)} as "talks",
      ${sum(asked, sql`${isNow} and "d"."answeredBy" = 'bot'`)} as "byBot",
      ${sum(asked, sql`${isNow} and "d"."answeredBy" = ''`)} as "byNobody"
    from ${counted(db, scope, scope.before)} where ${fits(scope, scope.before)} and "d"."groupId" <> '' group by "d"."groupId"`.execute(db);
  return rows;
}

export type DaySum = Pick<QuestionDayRow, 'groupId' | 'day' | 'answeredBy' | 'asked'>;

/** Of these groups: how often on each day, and who answered. */
export async function listDaySums(db: Db, scope: Scope, groupIds: readonly string[]): Promise<DaySum[]> {
  if (groupIds.length === 0) return [];
  const { rows } = await sql<DaySum>`select "d"."groupId", "d"."day", "d"."answeredBy", cast(sum("d"."asked") as integer) as "asked"
    from ${counted(db, scope, scope.from, groupIds)} where ${fits(scope, scope.from)} and "d"."groupId" in (${sql.join(groupIds)})
    group by "d"."groupId", "d"."day", "d"."answeredBy"`.execute(db);
  return rows;
}

export async function countTalks(db: Db, scope: Scope): Promise<number> {
  if (seesAll(scope)) {
    const { rows } = await sql<{ talks: number }>`select cast(coalesce(sum("talks"), 0) as integer) as "talks" from "questionDay" as "d"
      where "d"."groupId" = '' and ${fits({ ...scope, language: undefined }, scope.from)}`.execute(db);
    return rows[0]?.talks ?? 0;
  }
  let query = db
    .selectFrom('questionTalk')
    .innerJoin('conversation', 'conversation.id', 'questionTalk.conversationId')
    .select(({ fn }) => fn.countAll<number>().as('talks'))
    .where('questionTalk.day', '>=', scope.from)
    .where('questionTalk.day', '<=', scope.to)
    .where((where) => inSight(where as never, scope.sight));
  if (scope.inboxId !== undefined) query = query.where('questionTalk.inboxId', '=', scope.inboxId);
  return Number((await query.executeTakeFirst())?.talks ?? 0);
}

function seesAll({ sight }: Scope): boolean {
  return sight.permissions.includes('conversations:view-all');
}

/** Who sees only some conversations is told what was asked in those: they are counted as they are now. */
function counted(db: Db, scope: Scope, from: number, groupIds: readonly string[] = []) {
  if (seesAll(scope)) return sql`"questionDay" as "d"`;
  let own = db
    .selectFrom('question')
    .innerJoin('conversation', 'conversation.id', 'question.conversationId')
    .select([
      sql<string>`coalesce("question"."groupId", '-')`.as('groupId'),
      'question.day',
      'question.inboxId',
      'question.language',
      sql<string>`coalesce("question"."answeredBy", '')`.as('answeredBy'),
      sql<number>`1`.as('asked'),
      sql<number>`case when row_number() over (partition by "question"."groupId", "question"."day", "question"."conversationId"
        order by "question"."seq") = 1 then 1 else 0 end`.as('talks'),
    ])
    .where('question.day', '>=', from)
    .where('question.day', '<=', scope.to)
    .where((where) => inSight(where as never, scope.sight));
  if (groupIds.length > 0) own = own.where('question.groupId', 'in', groupIds);
  return sql`${own} as "d"`;
}

function fits({ to, inboxId, language }: Pick<Scope, 'to' | 'inboxId' | 'language'>, from: number) {
  const parts = [sql`"d"."day" >= ${from}`, sql`"d"."day" <= ${to}`];
  if (inboxId !== undefined) parts.push(sql`"d"."inboxId" = ${inboxId}`);
  if (language !== undefined) parts.push(sql`"d"."language" = ${language}`);
  return sql.join(parts, sql` and `);
}
