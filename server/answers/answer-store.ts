import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, lockRows, readRows, updateRows } from '../storage/rows.ts';
import type { AnswerRow, Tables } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

const kinds = {
  id: 'text',
  question: 'text',
  phrasings: 'text',
  bodies: 'text',
  files: 'text',
  tags: 'text',
  validFrom: 'bigint',
  validTo: 'bigint',
  inboxIds: 'text',
  moment: 'text',
  isOn: 'integer',
  intent: 'text',
  words: 'text',
  createdAt: 'bigint',
  updatedAt: 'bigint',
} as const;
const WRITTEN_AT_ONCE = 200;

/** What the list is narrowed by. `words`: folded, each the beginning of one that the answer holds. */
interface AnswerFilter {
  words: readonly string[];
  inboxId?: string | undefined;
  tag?: string | undefined;
  isOn?: boolean | undefined;
}

export async function findAnswerRow(db: Db, id: string): Promise<AnswerRow | undefined> {
  return db.selectFrom('answer').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Oldest first. */
export async function listAnswerRows(
  db: Db,
  { after, limit, filter }: { after: Cursor | null; limit: number; filter: AnswerFilter },
): Promise<AnswerRow[]> {
  let query = db.selectFrom('answer').selectAll().orderBy('createdAt').orderBy('id').limit(limit);
  if (after) {
    query = query.where((where) =>
      where.or([where('createdAt', '>', after.at), where.and([where('createdAt', '=', after.at), where('id', '>', after.id)])]),
    );
  }
  return narrowed(query, filter).execute();
}

function narrowed<Query extends SelectQueryBuilder<Tables, 'answer', object>>(query: Query, filter: AnswerFilter): Query {
  const { words, inboxId, tag, isOn } = filter;
  let narrower = query as SelectQueryBuilder<Tables, 'answer', object>;
  // As an expression: the index of what is on would give the rows in another order.
  if (isOn !== undefined) narrower = narrower.where(sql<number>`"isOn" + 0`, '=', Number(isOn));
  if (inboxId !== undefined) narrower = narrower.where((where) => where.or([where('inboxIds', 'is', null), holds('inboxIds', inboxId)]));
  if (tag !== undefined) narrower = narrower.where(holds('tags', tag));
  for (const word of words) narrower = narrower.where('words', 'like', `% ${word}%`);
  return narrower as Query;
}

/** The column is a JSON array of strings. */
function holds(column: 'inboxIds' | 'tags', entry: string) {
  const written = JSON.stringify(entry).replace(/[\\%_]/g, '\\$&');
  return sql<SqlBool>`${sql.ref(column)} like ${`%${written}%`} escape '\\'`;
}

export async function lockAnswer(trx: Transaction, id: string): Promise<AnswerRow> {
  const [row] = await lockRows(trx, 'answer', [id]);
  if (!row) throw new AppError('not-found', 'There is no such answer.');
  return row as AnswerRow;
}

/** These, in the order of their ids. */
export async function lockAnswers(trx: Transaction, ids: readonly string[]): Promise<AnswerRow[]> {
  return (await lockRows(trx, 'answer', [...ids].sort())) as AnswerRow[];
}

/** False where one with this id is here already. */
export async function insertAnswer(trx: Transaction, row: AnswerRow): Promise<boolean> {
  const made = await trx
    .insertInto('answer')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateAnswer(trx: Transaction, { id, ...values }: AnswerRow): Promise<void> {
  await trx.updateTable('answer').set(values).where('id', '=', id).execute();
}

export async function insertAnswers(trx: Transaction, rows: readonly AnswerRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += WRITTEN_AT_ONCE)
    await insertRows(trx, 'answer', rows.slice(from, from + WRITTEN_AT_ONCE), kinds);
}

export async function updateAnswers(trx: Transaction, rows: readonly AnswerRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += WRITTEN_AT_ONCE)
    await updateRows(trx, 'answer', rows.slice(from, from + WRITTEN_AT_ONCE), kinds);
}

export async function deleteAnswers(trx: Transaction, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += WRITTEN_AT_ONCE)
    await trx
      .deleteFrom('answer')
      .where('id', 'in', ids.slice(from, from + WRITTEN_AT_ONCE))
      .execute();
}

export async function countAnswers(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('answer')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Another one after every change of what is on, whoever made it: each change makes an answer newer, and what goes is one less. */
export async function stampOfAnswers(db: Db): Promise<string> {
  const row = await db
    .selectFrom('answer')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.max('updatedAt').as('latest'),
      // From a late beginning, so that the sum of thousands stays a whole number.
      sql<number | null>`sum("updatedAt" - 1700000000000)`.as('sum'),
    ])
    .where('isOn', '=', 1)
    .executeTakeFirstOrThrow();
  return `${row.count}.${row.latest ?? 0}.${row.sum ?? 0}`;
}

export async function isAnyAnswerOn(db: Db): Promise<boolean> {
  return (await db.selectFrom('answer').select('id').where('isOn', '=', 1).limit(1).executeTakeFirst()) !== undefined;
}

export async function listVersionsOn(db: Db): Promise<Pick<AnswerRow, 'id' | 'updatedAt'>[]> {
  return db.selectFrom('answer').select(['id', 'updatedAt']).where('isOn', '=', 1).execute();
}

/** What a question is compared with. */
const learned = [
  'id',
  'question',
  'phrasings',
  'bodies',
  'validFrom',
  'validTo',
  'inboxIds',
  'moment',
  'isOn',
  'intent',
] as const satisfies (keyof AnswerRow)[];
export type LearnedRow = Pick<AnswerRow, (typeof learned)[number]>;

export async function readLearnedRows(db: Db, ids: readonly string[]): Promise<LearnedRow[]> {
  return readRows(db, 'answer', ids, learned);
}

export async function listIdsByIntent(db: Db): Promise<{ id: string; intent: string | null }[]> {
  return db.selectFrom('answer').select(['id', 'intent']).where('intent', 'is not', null).orderBy('intent').orderBy('id').execute();
}

/** Those that speak in this inbox because it is named. */
export async function listRowsOfInbox(trx: Transaction, inboxId: string): Promise<AnswerRow[]> {
  return trx.selectFrom('answer').selectAll().where(holds('inboxIds', inboxId)).orderBy('id').execute();
}

/** Those of them that there are, and that are not deleted until the transaction ends. */
export async function lockInboxesNamed(trx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await lockRows(trx, 'inbox', [...ids].sort(), ['id'])).map(({ id }) => id));
}
