import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { wordsDialectOf } from '../storage/entry-words.ts';
import { rowsFrom } from '../storage/rows.ts';
import type { Entry, EntryOwner, EntryTable, Indexed } from '../storage/words-dialect.ts';

export type Vocabulary = 'messageWord' | `${Indexed}Word`;

export interface KnownWord extends WordCount {
  word: string;
}

export interface WordCount {
  entries: number;
  /** The highest number of an entry that held the word. */
  newest: number;
}

/** Enough to find the few that may be meant, and little work however many there are. */
const FIRST_MAX = 1_000;
const AFTER_ALL_LETTERS = '\u{10ffff}';

/**
 * Each beginning itself where it is a word, and the most frequent words that begin so; where too few are frequent, of the
 * others the first by the alphabet are looked at. `place` is that of the beginning. One statement for all.
 */
export async function listWordsFrom(
  db: Db | Transaction,
  vocabulary: Vocabulary,
  beginnings: readonly string[],
  limit: number,
): Promise<(KnownWord & { place: number })[]> {
  if (beginnings.length === 0) return [];
  const known = sql`select "word", "entries", "newest" from ${sql.table(vocabulary)} where "entries" > 0`;
  const most = sql.lit(limit);
  const parts = beginnings.map((beginning, place) => {
    const afterAll = beginning + AFTER_ALL_LETTERS;
    return sql`select "p".*, ${sql.lit(place)} as "place" from (
      with "often" as materialized (
          ${known} and "isFrequent" = 1 and "word" > ${beginning} and "word" < ${afterAll} order by "entries" desc limit ${most}
        ), "first" as materialized (
          ${known} and "word" > ${beginning} and "word" < (select case when count(*) < ${most} then ${afterAll} else '' end from "often")
            order by "word" limit ${sql.lit(Math.max(limit, FIRST_MAX))}
        ), "some" as (
          select * from (select * from "often" union select * from "first") as "either" order by "entries" desc limit ${most}
        )
      ${known} and "word" = ${beginning} union all select * from "some"
    ) as "p"`;
  });
  const { rows } = await sql<KnownWord & { place: number }>`${sql.join(parts, sql` union all `)}`.execute(db);
  return rows;
}

export async function listKnownWords(db: Db | Transaction, vocabulary: Vocabulary, words: readonly string[]): Promise<KnownWord[]> {
  const given = rowsFrom(
    db,
    words.map((wanted) => ({ wanted })),
    { wanted: 'text' },
  );
  const { rows } = await sql<KnownWord>`select "known"."word", "known"."entries", "known"."newest" from ${given} as "given"
    join ${sql.table(vocabulary)} as "known" on "known"."word" = "given"."wanted" where "known"."entries" > 0`.execute(db);
  return rows;
}

/** Adds to, or takes from, the numbers of entries that hold the words; words that none holds any more are forgotten. */
export async function countWords(trx: Transaction, vocabulary: Vocabulary, counts: ReadonlyMap<string, WordCount>): Promise<void> {
  if (counts.size === 0) return;
  // In one order, so that two writers do not wait for each other.
  const rows = [...counts].map(([word, count]) => ({ word, ...count })).sort((a, b) => (a.word < b.word ? -1 : 1));
  const table = sql.table(vocabulary);
  await sql`insert into ${table} ("word", "entries", "newest")
    select "word", "entries", "newest" from ${rowsFrom(trx, rows, { word: 'text', entries: 'integer', newest: 'bigint' })} as "given" where true
    on conflict ("word") do update set "entries" = ${table}."entries" + excluded."entries",
      "newest" = case when excluded."newest" > ${table}."newest" then excluded."newest" else ${table}."newest" end`.execute(trx);
  const taken = rows.filter(({ entries }) => entries < 0).map(({ word }) => word);
  if (taken.length === 0) return;
  for (let at = 0; at < taken.length; at += 500) {
    await trx
      .deleteFrom(vocabulary)
      .where('word', 'in', taken.slice(at, at + 500))
      .where('entries', '<=', 0)
      .execute();
  }
}

export async function insertEntries(trx: Transaction, table: EntryTable, rows: readonly Entry[], column: EntryOwner): Promise<void> {
  if (rows.length > 0) await wordsDialectOf(trx).insert(trx, table, rows, column);
}

export async function deleteEntries(trx: Transaction, table: EntryTable, numbers: readonly number[]): Promise<void> {
  if (numbers.length > 0) await wordsDialectOf(trx).delete(trx, table, numbers);
}

export async function clearEntries(trx: Transaction, table: EntryTable, vocabulary: Vocabulary): Promise<void> {
  await wordsDialectOf(trx).clear(trx, table);
  await trx.deleteFrom(vocabulary).execute();
}

/** The numbers taken in any of the ranges. */
export async function listTakenNumbers(
  trx: Transaction,
  table: EntryTable,
  ranges: readonly { low: number; high: number }[],
): Promise<number[]> {
  const given = rowsFrom(trx, ranges, { low: 'bigint', high: 'bigint' });
  const { rows } = await sql<{ number: number }>`select "entry"."number" from ${given} as "given"
    join ${sql.table(table)} as "entry" on "entry"."number" >= "given"."low" and "entry"."number" < "given"."high"`.execute(trx);
  return rows.map(({ number }) => number);
}

export async function getHighestNumber(trx: Transaction, table: EntryTable): Promise<number> {
  const { rows } = await sql<{ number: number | null }>`select max("number") as "number" from ${sql.table(table)}`.execute(trx);
  return rows[0]?.number ?? 0;
}
