import { sql } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { VaryingQuery } from './engine.ts';
import { type EntryTable, keepsText, type WordsDialect } from './words-dialect.ts';

/** So many of the newest entries are looked through one by one, which finds any common word. */
const FIRST_WALK = 1_500;
const WALKS_MAX = 4;
/** As much is walked at once beyond what should be enough. */
const WALK_MARGIN = 1.5;
/** So many entries are looked through in order in the time in which the index brings one from anywhere. */
const WALKED_FOR_ONE = 8;
/** So few entries, or so few for each that is wanted, are brought by the index and put in order at once. */
const FEW = 1_000;
const FEW_FOR_ONE = 4;

/**
 * A column of type tsvector with a GIN index, which knows no order: asked for a common word it would bring every entry
 * of all times. So a common one is looked for by walking back from its newest entry, as long as what was found on the
 * way promises an end sooner than the index would come to one.
 */
export const postgresWords: WordsDialect = {
  async insert(trx, table, rows, column) {
    const own = keepsText(table) ? sql`, "text"` : sql``;
    await sql`insert into ${sql.table(table)} ("number", ${sql.ref(column)}${own}, "words")
      select "number", ${sql.ref(column)}${keepsText(table) ? sql`, "words"` : sql``}, array_to_tsvector(string_to_array("words", ' '))
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
    const { entriesMost, from, limit, newest } = matching;
    let before = Math.min(matching.before, newest + 1);
    const found: number[] = [];
    let looked = 0;
    let next = entriesMost > Math.max(FEW, FEW_FOR_ONE * limit) ? Math.max(FIRST_WALK, limit) : 0;
    for (let walks = 0; next > 0 && walks < WALKS_MAX; walks += 1) {
      const { numbers, edge, entries } = await walk(db, table, { asked, before, from, limit: limit - found.length, most: next });
      found.push(...numbers);
      if (edge === null || found.length >= limit) return found;
      before = edge;
      looked += next;
      next = entriesToWalk({ found: found.length, looked, entries, limit, entriesMost });
    }
    found.push(...(await askIndex(db, table, { asked, before, from, limit: limit - found.length })));
    return found;
  },
};

/** None where the index is quicker, going by how many of those that were looked at hold the words. */
function entriesToWalk(so: { found: number; looked: number; entries: number; limit: number; entriesMost: number }): number {
  if (so.found === 0) return 0;
  const share = so.found / so.looked;
  const needed = (so.limit - so.found) / share;
  const indexed = Math.min(so.entriesMost, share * Math.max(so.entries, so.entriesMost));
  return needed < WALKED_FOR_ONE * indexed + so.entriesMost ? Math.ceil(WALK_MARGIN * needed) : 0;
}

interface Bounds {
  asked: string;
  before: number;
  from: number;
  limit: number;
}

/** `edge`: the oldest number that was looked at, or null if there is nothing beyond; `entries`: about how many the table has. */
async function walk(
  db: Db | Transaction,
  table: EntryTable,
  { asked, before, from, limit, most }: Bounds & { most: number },
): Promise<{ numbers: number[]; edge: number | null; entries: number }> {
  const { rows } = await sql<{ number: number; part: number; looked: number }>`
    with "looked" as materialized (
      select "number", "words" @@ ${asked}::tsquery as "isFound" from ${sql.table(table)}
      where "number" < ${before} and "number" >= ${from} order by "number" desc limit ${most}
    )
    (select "number", 0 as "part", 0 as "looked" from "looked" where "isFound" order by "number" desc limit ${limit})
    union all (select min("number"), 1, count(*)::int from "looked")
    union all (select reltuples::bigint, 2, 0 from pg_class where oid = ${`"${table}"`}::text::regclass)`.execute(db);
  const end = rows.find(({ part }) => part === 1);
  return {
    numbers: rows.flatMap(({ number, part }) => (part === 0 ? [number] : [])).sort((a, b) => b - a),
    edge: end && end.looked >= most ? end.number : null,
    entries: rows.find(({ part }) => part === 2)?.number ?? 0,
  };
}

/** Materialized, because an order in sight of the planner makes it walk backwards through everything. */
async function askIndex(db: Db | Transaction, table: EntryTable, { asked, before, from, limit }: Bounds): Promise<number[]> {
  const query = sql<{ number: number }>`
    with "found" as materialized (
      select "number" from ${sql.table(table)} where "words" @@ ${asked}::tsquery and "number" < ${before} and "number" >= ${from}
    )
    select "number" from "found" order by "number" desc limit ${limit}`.compile(db);
  const varying: VaryingQuery = { ...query, isVarying: true };
  const { rows } = await db.executeQuery<{ number: number }>(varying);
  return rows.map(({ number }) => number);
}
