import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, lockRows, rowsFrom, updateRows } from '../storage/rows.ts';
import type { QuestionMiningRow, QuestionRow, QuestionTalkRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

const MINING = 'questions';

/** A conversation with messages that were not read yet. */
export interface Unread {
  conversationId: string;
  inboxId: string;
  createdAt: number;
  seq: number;
  lastSeq: number;
  updatedAt: number;
}

export interface Line {
  id: string;
  conversationId: string;
  seq: number;
  authorKind: string;
  authorId: string | null;
  text: string;
  /** JSON of `Choice[]`. */
  choices: string | null;
  /** JSON of `AutomaticMark`. */
  automatic: string | null;
  createdAt: number;
}

const resolved = sql`"c"."status" = 'resolved'`;
const unresolved = sql`"c"."status" <> 'resolved'`;
const talks = sql`select "c"."id" as "conversationId", "c"."inboxId", "c"."createdAt", coalesce("t"."seq", 0) as "seq", "c"."lastSeq", "c"."updatedAt"
  from "conversation" as "c" left join "questionTalk" as "t" on "t"."conversationId" = "c"."id"`;

export async function findMining(db: Db): Promise<QuestionMiningRow | undefined> {
  return db.selectFrom('questionMining').selectAll().where('id', '=', MINING).executeTakeFirst();
}

/** Locked until the transaction ends: servers that read at once, and who erases, take turns. */
export async function lockMining(trx: Transaction): Promise<QuestionMiningRow | undefined> {
  const [row] = await lockRows(trx, 'questionMining', [MINING]);
  return row;
}

/** Questions, if there are any, are read anew. */
export async function startMining(trx: Transaction, version: number, now: number): Promise<void> {
  const fresh = { version, followedTo: now, sweepAt: null, sweepId: null, sweptAt: null, isWanted: 1 };
  await trx.deleteFrom('questionTalk').execute();
  await trx
    .insertInto('questionMining')
    .values({ id: MINING, ...fresh, groupedAt: null, groupingSince: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
    .execute();
}

export async function updateMining(trx: Transaction, values: Partial<Omit<QuestionMiningRow, 'id'>>): Promise<void> {
  await trx.updateTable('questionMining').set(values).where('id', '=', MINING).execute();
}

/** Conversations that changed after `since`. There is an index by time of the resolved ones and one of the others. */
export async function listUnreadSince(db: Db, since: number, limit: number): Promise<Unread[]> {
  const half = (part: typeof resolved) => sql`select * from (${talks} where ${part} and "c"."updatedAt" >= ${since}
    and "c"."lastSeq" > coalesce("t"."seq", 0) order by "c"."updatedAt" limit ${limit}) as "half"`;
  const { rows } = await sql<Unread>`${half(unresolved)} union all ${half(resolved)} order by "updatedAt" limit ${limit}`.execute(db);
  return rows;
}

/** All conversations page by page, the latest change first. */
export async function listTalksBefore(db: Db, before: Cursor | null, limit: number): Promise<Unread[]> {
  const bound = before === null ? sql`` : sql`and ("c"."updatedAt", "c"."id") < (${before.at}, ${before.id})`;
  const half = (part: typeof resolved) =>
    sql`select * from (${talks} where ${part} ${bound} order by "c"."updatedAt" desc, "c"."id" desc limit ${limit}) as "half"`;
  const { rows } = await sql<Unread>`${half(unresolved)} union all ${half(resolved)}
    order by "updatedAt" desc, "conversationId" desc limit ${limit}`.execute(db);
  return rows;
}

/** What was said aloud, with some lines before what was not read, which tell what it belongs to. */
export async function listLines(db: Db, unread: readonly Unread[], back: number, limit: number): Promise<Line[]> {
  const given = unread.map(({ conversationId, seq, lastSeq }) => ({ wantedId: conversationId, afterSeq: seq - back, upToSeq: lastSeq }));
  return db
    .selectFrom(rowsFrom(db, given, { wantedId: 'text', afterSeq: 'integer', upToSeq: 'integer' }).as('given'))
    .innerJoin('message', (join) =>
      join
        .onRef('message.conversationId', '=', 'given.wantedId')
        .onRef('message.seq', '>', 'given.afterSeq')
        .onRef('message.seq', '<=', 'given.upToSeq'),
    )
    .where('message.authorKind', '<>', 'system')
    .where('message.visibility', '=', 'public')
    .select([
      'message.id',
      'message.conversationId',
      'message.seq',
      'message.authorKind',
      'message.authorId',
      'message.text',
      'message.choices',
      'message.automatic',
      'message.createdAt',
    ])
    .orderBy('given.ordinal')
    .orderBy('message.seq')
    .limit(limit)
    .execute();
}

export async function listQuestionsOf(db: Db, conversationIds: readonly string[]): Promise<QuestionRow[]> {
  if (conversationIds.length === 0) return [];
  return db
    .selectFrom('question')
    .selectAll()
    .where('conversationId', 'in', conversationIds)
    .orderBy('conversationId')
    .orderBy('seq')
    .execute();
}

export async function listTalks(trx: Transaction, conversationIds: readonly string[]): Promise<Map<string, QuestionTalkRow>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await trx.selectFrom('questionTalk').selectAll().where('conversationId', 'in', conversationIds).execute();
  return new Map(rows.map((row) => [row.conversationId, row]));
}

export async function setTalks(trx: Transaction, rows: readonly QuestionTalkRow[]): Promise<void> {
  if (rows.length === 0) return;
  const given = rowsFrom(trx, rows, { conversationId: 'text', seq: 'integer', inboxId: 'text', day: 'integer' });
  await sql`insert into "questionTalk" ("conversationId", "seq", "inboxId", "day")
    select "conversationId", "seq", "inboxId", "day" from ${given} as "given"
    where true on conflict ("conversationId") do update set "seq" = excluded."seq"`.execute(trx);
}

/** Those of the messages that still say something. */
export async function listSpeaking(trx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await trx.selectFrom('message').select('id').where('id', 'in', ids).where('text', '<>', '').execute();
  return new Set(rows.map(({ id }) => id));
}

export async function insertQuestions(trx: Transaction, rows: readonly QuestionRow[]): Promise<void> {
  await insertRows(trx, 'question', rows, {
    id: 'text',
    conversationId: 'text',
    inboxId: 'text',
    visitorId: 'text',
    language: 'text',
    text: 'text',
    likeness: 'text',
    seq: 'integer',
    lastSeq: 'integer',
    askedAt: 'bigint',
    day: 'integer',
    groupId: 'text',
    isPlaced: 'integer',
    answeredBy: 'text',
    replyId: 'text',
    answerId: 'text',
    waitMs: 'bigint',
  });
}

/** Who answered, and what was said on. */
export async function updateAnswered(trx: Transaction, rows: readonly QuestionRow[]): Promise<void> {
  await updateRows(
    trx,
    'question',
    rows.map(({ id, answeredBy, replyId, answerId, waitMs }) => ({ id, answeredBy, replyId, answerId, waitMs })),
    { id: 'text', answeredBy: 'text', replyId: 'text', answerId: 'text', waitMs: 'bigint' },
  );
}

export async function updateAsked(trx: Transaction, rows: readonly QuestionRow[]): Promise<void> {
  await updateRows(
    trx,
    'question',
    rows.map(({ id, text, likeness, language, lastSeq, groupId }) => ({ id, text, likeness, language, lastSeq, groupId })),
    { id: 'text', text: 'text', likeness: 'text', language: 'text', lastSeq: 'integer', groupId: 'text' },
  );
}

export async function markDays(trx: Transaction, days: Iterable<number>): Promise<void> {
  for (const day of new Set(days)) {
    await trx
      .insertInto('questionDayChange')
      .values({ day })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What asks the same is in the same group. */
export async function listGroupsOfLikeness(db: Db, likenesses: readonly string[]): Promise<Map<string, string>> {
  if (likenesses.length === 0) return new Map();
  const rows = await db
    .selectFrom('question')
    .select(({ fn }) => ['likeness', fn.max('groupId').as('groupId')])
    .where('likeness', 'in', likenesses)
    .where('likeness', '<>', '')
    .where('groupId', 'is not', null)
    .groupBy('likeness')
    .execute();
  return new Map(rows.map(({ likeness, groupId }) => [likeness, groupId as string]));
}

export async function listKnownGroups(trx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  return new Set((await trx.selectFrom('questionGroup').select('id').where('id', 'in', ids).execute()).map(({ id }) => id));
}

/** Times and counts stay. */
export async function eraseQuestionTexts(
  trx: Transaction,
  conversationIds: readonly string[],
  visitorId: string | null,
): Promise<string[]> {
  const ids: string[] = [];
  for (const conversationId of conversationIds) {
    const erasing = trx
      .updateTable('question')
      .set({ text: '', likeness: '', visitorId: null })
      .where('conversationId', '=', conversationId)
      .returning('id');
    const rows = await (visitorId === null ? erasing : erasing.where('visitorId', '=', visitorId)).execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}
