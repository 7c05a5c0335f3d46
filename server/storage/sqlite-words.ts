import { sql } from 'kysely';
import { keepsText, type WordsDialect } from './words-dialect.ts';

/** FTS5 beside the table: it walks its lists from the newest backwards, and stops when it has enough. */
export const sqliteWords: WordsDialect = {
  async insert(trx, table, rows, column) {
    const given = JSON.stringify(rows.toSorted((a, b) => a.number - b.number));
    const own = keepsText(table) ? sql`, json_extract("value", '$.words')` : sql``;
    await sql`insert into ${sql.table(table)} ("number", ${sql.ref(column)}${keepsText(table) ? sql`, "text"` : sql``})
      select json_extract("value", '$.number'), json_extract("value", ${`$.${column}`})${own} from json_each(${given})`.execute(trx);
    await sql`insert into ${sql.table(`${table}Words`)} ("rowid", "words")
      select json_extract("value", '$.number'), json_extract("value", '$.words') from json_each(${given})`.execute(trx);
  },

  async delete(trx, table, numbers) {
    const given = JSON.stringify(numbers);
    await sql`delete from ${sql.table(`${table}Words`)} where "rowid" in (select "value" from json_each(${given}))`.execute(trx);
    await sql`delete from ${sql.table(table)} where "number" in (select "value" from json_each(${given}))`.execute(trx);
  },

  async clear(trx, table) {
    const words = sql.table(`${table}Words`);
    await sql`insert into ${words} (${sql.ref(`${table}Words`)}) values ('delete-all')`.execute(trx);
    await sql`delete from ${sql.table(table)}`.execute(trx);
  },

  async match(db, table, { groups, before, from, limit }) {
    const words = `${table}Words`;
    const asked = groups.map((group) => `(${group.map((word) => `"${word}"`).join(' OR ')})`).join(' AND ');
    const { rows } = await sql<{ number: number }>`
      select "rowid" as "number" from ${sql.table(words)}
      where ${sql.ref(words)} match ${asked} and "rowid" < ${before} and "rowid" >= ${from}
      order by "rowid" desc limit ${limit}`.execute(db);
    return rows.map(({ number }) => number);
  },
};
