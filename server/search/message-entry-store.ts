import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, rowsFrom } from '../storage/rows.ts';
import type { MessageChangeRow, WordIndexRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

const INDEX = 'messages';

/** A conversation whose messages after `seq` are not in the index. */
export interface Lag {
  conversationId: string;
  seq: number;
  lastSeq: number;
}

/** There is an index by time of the resolved conversations and one of the others: asked for apart, each half is read in order. */
const resolved = sql`"c"."status" = 'resolved'`;
const unresolved = sql`"c"."status" <> 'resolved'`;
const lags = sql`select "c"."id" as "conversationId", coalesce("i"."seq", 0) as "seq", "c"."lastSeq", "c"."updatedAt"
  from "conversation" as "c" left join "indexedConversation" as "i" on "i"."conversationId" = "c"."id"`;

export interface MessageToIndex {
  id: string;
  conversationId: string;
  seq: number;
  text: string;
  createdAt: number;
}

export async function findMessageIndex(db: Db): Promise<WordIndexRow | undefined> {
  return db.selectFrom('wordIndex').selectAll().where('id', '=', INDEX).executeTakeFirst();
}

/** Locked until the transaction ends, so that servers that index at once take turns. */
export async function lockMessageIndex(trx: Transaction): Promise<WordIndexRow | undefined> {
  const [row] = await lockRows(trx, 'wordIndex', [INDEX]);
  return row;
}

export async function startMessageIndex(trx: Transaction, version: number): Promise<void> {
  const fresh = { version, sweepAt: null, sweepId: null, sweptAt: null, followedTo: 0 };
  await trx.deleteFrom('indexedConversation').execute();
  await trx.deleteFrom('messageChange').execute();
  await trx
    .insertInto('wordIndex')
    .values({ id: INDEX, ...fresh })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
    .execute();
}

export async function updateMessageIndex(trx: Transaction, values: Partial<Omit<WordIndexRow, 'id'>>): Promise<void> {
  await trx.updateTable('wordIndex').set(values).where('id', '=', INDEX).execute();
}

/** Conversations that changed after `since` and have messages that are not in the index. */
export async function listLagsSince(db: Db, since: number, limit: number): Promise<Lag[]> {
  const half = (part: typeof resolved) => sql`select * from (${lags} where ${part} and "c"."updatedAt" >= ${since}
    and "c"."lastSeq" > coalesce("i"."seq", 0) order by "c"."updatedAt" limit ${limit}) as "half"`;
  const { rows } = await sql<Lag>`${half(unresolved)} union all ${half(resolved)} order by "updatedAt" limit ${limit}`.execute(db);
  return rows;
}

/** All conversations page by page, the latest change first. */
export async function listConversationsBefore(db: Db, before: Cursor | null, limit: number): Promise<(Lag & { updatedAt: number })[]> {
  const bound = before === null ? sql`` : sql`and ("c"."updatedAt", "c"."id") < (${before.at}, ${before.id})`;
  const half = (part: typeof resolved) =>
    sql`select * from (${lags} where ${part} ${bound} order by "c"."updatedAt" desc, "c"."id" desc limit ${limit}) as "half"`;
  const { rows } = await sql<Lag & { updatedAt: number }>`${half(unresolved)} union all ${half(resolved)}
    order by "updatedAt" desc, "conversationId" desc limit ${limit}`.execute(db);
  return rows;
}

/** What somebody said, in the order of the lags and, within each, of `seq`. */
export async function listMessagesAfter(db: Db, lags: readonly Lag[], limit: number): Promise<MessageToIndex[]> {
  const given = lags.map(({ conversationId, seq, lastSeq }) => ({ wantedId: conversationId, afterSeq: seq, upToSeq: lastSeq }));
  return db
    .selectFrom(rowsFrom(db, given, { wantedId: 'text', afterSeq: 'integer', upToSeq: 'integer' }).as('given'))
    .innerJoin('message', (join) =>
      join
        .onRef('message.conversationId', '=', 'given.wantedId')
        .onRef('message.seq', '>', 'given.afterSeq')
        .onRef('message.seq', '<=', 'given.upToSeq'),
    )
    .where('message.authorKind', '<>', 'system')
    .select(['message.id', 'message.conversationId', 'message.seq', 'message.text', 'message.createdAt'])
    .orderBy('given.ordinal')
    .orderBy('message.seq')
    .limit(limit)
    .execute();
}

export async function listIndexedSeqs(trx: Transaction, conversationIds: readonly string[]): Promise<Map<string, number>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await trx.selectFrom('indexedConversation').selectAll().where('conversationId', 'in', conversationIds).execute();
  return new Map(rows.map(({ conversationId, seq }) => [conversationId, seq]));
}

export async function setIndexedSeqs(trx: Transaction, marks: readonly { conversationId: string; seq: number }[]): Promise<void> {
  if (marks.length === 0) return;
  await sql`insert into "indexedConversation" ("conversationId", "seq")
    select "conversationId", "seq" from ${rowsFrom(trx, marks, { conversationId: 'text', seq: 'integer' })} as "given"
    where true on conflict ("conversationId") do update set "seq" = excluded."seq"`.execute(trx);
}

export async function hasMessageChanges(db: Db): Promise<boolean> {
  return (await db.selectFrom('messageChange').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function takeMessageChanges(trx: Transaction, limit: number): Promise<MessageChangeRow[]> {
  const rows = await trx
    .deleteFrom('messageChange')
    .where('id', 'in', (from) => from.selectFrom('messageChange').select('id').orderBy('id').limit(limit))
    .returningAll()
    .execute();
  return rows.sort((a, b) => a.id - b.id);
}

/** An entry stands at its message's moment or soon after it: the numbers from there on are looked through, wider and wider. */
export async function findEntryNumber(trx: Transaction, messageId: string, createdAt: number): Promise<number | undefined> {
  for (const reach of [1_000, 3_600_000, Number.MAX_SAFE_INTEGER - createdAt]) {
    const row = await trx
      .selectFrom('messageEntry')
      .select('number')
      .where('number', '>=', createdAt)
      .where('number', '<', createdAt + reach)
      .where('messageId', '=', messageId)
      .limit(1)
      .executeTakeFirst();
    if (row) return row.number;
  }
  return undefined;
}

export async function listMessagesToIndex(trx: Transaction, ids: readonly string[]): Promise<MessageToIndex[]> {
  if (ids.length === 0) return [];
  return trx
    .selectFrom('message')
    .select(['id', 'conversationId', 'seq', 'text', 'createdAt'])
    .where('id', 'in', ids)
    .where('authorKind', '<>', 'system')
    .execute();
}
