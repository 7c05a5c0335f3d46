import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Where a search for a word begins, and the words that many entries hold, apart from the great many that few hold: a first
 * letter finds the most frequent among thousands instead of all. That is a column of its own because PostgreSQL writes a
 * row anew into every index when anything changes that one of them looks at, and counts change all the time.
 */
export async function migrateFasterWords(db: Kysely<unknown>): Promise<void> {
  const kept = db.getExecutor().adapter instanceof SqliteAdapter ? sql`virtual` : sql`stored`;
  for (const table of ['messageWord', 'contactWord']) {
    // Of words that are there already nobody knows it.
    await db.schema
      .alterTable(table)
      .addColumn('newest', 'bigint', (column) => column.notNull().defaultTo(sql.lit(Number.MAX_SAFE_INTEGER)))
      .execute();
    await sql`alter table ${sql.table(table)} add column "isFrequent" integer not null
      generated always as (case when "entries" >= 16 then 1 else 0 end) ${kept}`.execute(db);
    await sql`create index ${sql.ref(`${table}Frequent`)} on ${sql.table(table)} ("word") where "isFrequent" = 1`.execute(db);
  }
}
