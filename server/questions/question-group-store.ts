import { sql } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { QuestionGroupRow, QuestionRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

export async function listGroupRows(db: Db): Promise<QuestionGroupRow[]> {
  return db.selectFrom('questionGroup').selectAll().orderBy('id').execute();
}

export async function findGroup(db: Db, id: string): Promise<QuestionGroupRow | undefined> {
  return db.selectFrom('questionGroup').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertGroups(trx: Transaction, rows: readonly QuestionGroupRow[]): Promise<void> {
  for (const row of rows) await trx.insertInto('questionGroup').values(row).execute();
}

export async function updateGroup(trx: Transaction, id: string, values: Partial<Omit<QuestionGroupRow, 'id'>>): Promise<void> {
  await trx.updateTable('questionGroup').set(values).where('id', '=', id).execute();
}

export async function redirectGroups(trx: Transaction, from: string, to: string): Promise<void> {
  await trx.updateTable('questionGroup').set({ mergedInto: to }).where('mergedInto', '=', from).execute();
}

export async function listGroupsNamedAfter(trx: Transaction, questionIds: readonly string[]): Promise<QuestionGroupRow[]> {
  if (questionIds.length === 0) return [];
  return trx.selectFrom('questionGroup').selectAll().where('nameFrom', 'in', questionIds).execute();
}

/** What a question of the group says, the latest first. */
export async function findWordsOfGroup(db: Db, groupId: string): Promise<Pick<QuestionRow, 'id' | 'text'> | undefined> {
  return db
    .selectFrom('question')
    .select(['id', 'text'])
    .where('groupId', '=', groupId)
    .where('text', '<>', '')
    .orderBy('askedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export interface Asking {
  sight: Sight;
  /** Null: what nobody else has asked. */
  groupIds: readonly string[] | null;
  from: number;
  to: number;
  inboxId?: string | undefined;
  language?: string | undefined;
}

export type ExampleRow = QuestionRow & { contactId: string; contactName: string | null };

/** Newest first. */
export async function listExamples(db: Db, asking: Asking & { before: Cursor | null; limit: number }): Promise<ExampleRow[]> {
  const { sight, groupIds, from, to, inboxId, language, before, limit } = asking;
  if (groupIds?.length === 0) return [];
  let query = db
    .selectFrom('question')
    .innerJoin('conversation', 'conversation.id', 'question.conversationId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .selectAll('question')
    .select(['conversation.contactId', 'contact.name as contactName'])
    .where('question.text', '<>', '')
    .where('question.askedAt', '>=', from)
    .where('question.askedAt', '<', to)
    .where((where) => inSight(where as never, sight));
  query = groupIds === null ? query.where('question.groupId', 'is', null) : query.where('question.groupId', 'in', groupIds);
  if (inboxId !== undefined) query = query.where('question.inboxId', '=', inboxId);
  if (language !== undefined) query = query.where('question.language', '=', language);
  if (before) query = query.where(sql<boolean>`("question"."askedAt", "question"."id") < (${before.at}, ${before.id})`);
  return query.orderBy('question.askedAt', 'desc').orderBy('question.id', 'desc').limit(limit).execute();
}

/** How long the latest of each group waited, in the order of the groups. */
export async function listWaits(
  db: Db,
  { sight, groupIds, from, to, inboxId, language }: Asking,
  limit: number,
): Promise<Map<string, number[]>> {
  const waits = new Map<string, number[]>();
  if (!groupIds || groupIds.length === 0) return waits;
  const isWhole = sight.permissions.includes('conversations:view-all');
  const parts = groupIds.map((groupId) => {
    let query = db
      .selectFrom('question')
      .$if(!isWhole, (all) =>
        all.innerJoin('conversation', 'conversation.id', 'question.conversationId').where((where) => inSight(where as never, sight)),
      )
      .select(['question.groupId', 'question.waitMs'])
      .where('question.groupId', '=', groupId)
      .where('question.waitMs', 'is not', null)
      .where('question.askedAt', '>=', from)
      .where('question.askedAt', '<', to);
    if (inboxId !== undefined) query = query.where('question.inboxId', '=', inboxId);
    if (language !== undefined) query = query.where('question.language', '=', language);
    return sql`select * from ${query.orderBy('question.askedAt', 'desc').orderBy('question.id', 'desc').limit(limit)} as "one"`;
  });
  const { rows } = await sql<{ groupId: string; waitMs: number }>`${sql.join(parts, sql` union all `)}`.execute(db);
  for (const { groupId, waitMs } of rows) {
    const known = waits.get(groupId);
    if (known) known.push(waitMs);
    else waits.set(groupId, [waitMs]);
  }
  return waits;
}

export async function listAgentNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('agent').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Those of them that are in the group and that this person may see. */
export async function listChosen(db: Db, sight: Sight, ids: readonly string[]): Promise<QuestionRow[]> {
  return db
    .selectFrom('question')
    .innerJoin('conversation', 'conversation.id', 'question.conversationId')
    .selectAll('question')
    .where('question.id', 'in', ids)
    .where((where) => inSight(where as never, sight))
    .execute();
}

/** The chosen ones are there because a person has put them there; the others because they say the same. */
export async function moveQuestions(
  trx: Transaction,
  { ids, likenesses, from, to }: { ids: readonly string[]; likenesses: readonly string[]; from: readonly string[]; to: string },
): Promise<number[]> {
  const chosen = await trx.updateTable('question').set({ groupId: to, isPlaced: 1 }).where('id', 'in', ids).returning('day').execute();
  const said = likenesses.filter((likeness) => likeness !== '');
  if (said.length === 0 || from.length === 0) return chosen.map(({ day }) => day);
  const alike = await trx
    .updateTable('question')
    .set({ groupId: to })
    .where('likeness', 'in', said)
    .where('likeness', '<>', '')
    .where('groupId', 'in', from)
    .where('isPlaced', '=', 0)
    .returning('day')
    .execute();
  return [...chosen, ...alike].map(({ day }) => day);
}

/** Automatic answers that speak now, of those that groups have. */
export async function listSpeakingAnswers(db: Db, now: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('answer')
    .select('id')
    .where('isOn', '=', 1)
    .where(({ or, eb }) => or([eb('validTo', 'is', null), eb('validTo', '>', now)]))
    .where('id', 'in', (from) => from.selectFrom('questionGroup').select('answerId').where('answerId', 'is not', null))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export interface Given {
  groupId: string;
  answerId: string;
  count: number;
}

/** What the bot has answered in each group about which nobody has decided anything. */
export async function listGivenAnswers(db: Db): Promise<Given[]> {
  return db
    .selectFrom('question')
    .innerJoin('questionGroup', 'questionGroup.id', 'question.groupId')
    .innerJoin('answer', 'answer.id', 'question.answerId')
    .select(({ fn }) => ['questionGroup.id as groupId', 'answer.id as answerId', fn.countAll<number>().as('count')])
    .where('question.answerId', 'is not', null)
    .where('questionGroup.isKept', '=', 0)
    .groupBy(['questionGroup.id', 'answer.id'])
    .execute();
}
