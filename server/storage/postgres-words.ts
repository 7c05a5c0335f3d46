import { sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { EntryTable, Matching, WordsDialect } from './words-dialect.ts';

/** So many of the newest entries are looked through one by one, which finds any common word; a rare one the index finds at once. */
const LOOKED_THROUGH = 1_500;
/** So few entries are fetched and put in order at once. */
const FEW = 8_000;

/**
 * A column of type tsvector with a GIN index, which knows no order: asked for a common word it would bring every entry
 * of all times. So the search is bounded by time, first the newest, then ten times as far back, then the rest.
 */
export const postgresWords: WordsDialect = {
  async insert(trx, table, rows, column) {
    const own = table === 'contactEntry' ? sql`, "text"` : sql``;
    await sql`insert into ${sql.table(table)} ("number", ${sql.ref(column)}${own}, "words")
      select "number", ${sql.ref(column)}${table === 'contactEntry' ? sql`, "words"` : sql``}, array_to_tsvector(string_to_array("words", ' '))
      from json_to_recordset(${JSON.stringify(rows)}::json) as "given" ("number" bigint, ${sql.ref(column)} text, "words" text)`.execute(
      trx,
    );
  },

  async delete(trx, table, numbers) {
    await sql`delete from ${sql.table(table)} where "number" = any(${numbers}::bigint[])`.execute(trx);
  },

  async clear(trx, table) {
    await sql`truncate ${sql.table(table)}`.execute(trx);
  },

  async match(db, table, matching) {
    const asked = matching.groups.map((group) => `(${group.map((word) => `'${word}'`).join('|')})`).join('&');
    if (matching.entriesMost <= FEW) return askIndex(db, table, asked, matching);
    const newest = await lookThroughNewest(db, table, asked, matching);
    if (newest.edge === null || newest.numbers.length >= matching.limit) return newest.numbers;
    const found = newest.numbers;
    const near = Math.max(matching.from, newest.edge - 10 * (newest.newest - newest.edge));
    for (const [from, before] of [
      [near, newest.edge],
      [matching.from, near],
    ] as const) {
      if (found.length >= matching.limit || from >= before) continue;
      found.push(...(await askIndex(db, table, asked, { ...matching, from, before, limit: matching.limit - found.length })));
    }
    return found;
  },
};

/** `edge`: the oldest number that was looked at, or null if there is nothing beyond. */
async function lookThroughNewest(
  db: Db | Transaction,
  table: EntryTable,
  asked: string,
  { before, from, limit }: Matching,
): Promise<{ numbers: number[]; newest: number; edge: number | null }> {
  const { rows } = await sql<{ number: number; isFound: number; isEnd: number }>`
    with "looked" as materialized (
      select "number", case when "words" @@ ${asked}::tsquery then 1 else 0 end as "isFound" from ${sql.table(table)}
      where "number" < ${before} and "number" >= ${from} order by "number" desc limit ${LOOKED_THROUGH}
    )
    (select "number", 1 as "isFound", 0 as "isEnd" from "looked" where "isFound" = 1 order by "number" desc limit ${limit})
    union all
    (select min("number"), count(*)::int, 1 from "looked") union all (select max("number"), 0, 2 from "looked")`.execute(db);
  const numbers = rows.filter(({ isEnd }) => isEnd === 0).map(({ number }) => number);
  const oldest = rows.find(({ isEnd }) => isEnd === 1);
  const newest = rows.find(({ isEnd }) => isEnd === 2)?.number ?? 0;
  return { numbers: numbers.sort((a, b) => b - a), newest, edge: oldest && oldest.isFound >= LOOKED_THROUGH ? oldest.number : null };
}

/** Materialized, because an order in sight of the planner makes it walk backwards through everything. */
async function askIndex(db: Db | Transaction, table: EntryTable, asked: string, { before, from, limit }: Matching): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    with "found" as materialized (
      select "number" from ${sql.table(table)} where "words" @@ ${asked}::tsquery and "number" < ${before} and "number" >= ${from}
    )
    select "number" from "found" order by "number" desc limit ${limit}`.execute(db);
  return rows.map(({ number }) => number);
}
