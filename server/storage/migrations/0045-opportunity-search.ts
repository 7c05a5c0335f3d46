import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Opportunities are found as tickets are, by every word of their name, their customer's name and what was noted: an index that follows
 * behind, and fills itself, where each search had read the names of all.
 */
export async function migrateOpportunitySearch(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const { schema } = db;
  await schema.alterTable('opportunity').dropColumn('nameKey').execute();

  const entries = schema
    .createTable('opportunityEntry')
    // On SQLite only a column of exactly this type is the row's own number.
    .addColumn('number', isSqlite ? 'integer' : 'bigint', (column) => column.primaryKey())
    .addColumn('opportunityId', 'text', (column) => column.notNull().unique())
    .addColumn('text', 'text', (column) => column.notNull());
  if (isSqlite) {
    await entries.execute();
    await sql`create virtual table "opportunityEntryWords" using
      fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')`.execute(db);
  } else {
    await entries.addColumn('words', sql`tsvector`, (column) => column.notNull()).execute();
    // A long list of what is not sorted in yet would be read by every search.
    await sql`create index "opportunityEntryByWords" on "opportunityEntry" using gin ("words") with (gin_pending_list_limit = 256)`.execute(
      db,
    );
  }

  // Beginnings of words are ranges, so words are compared by their codes.
  await sql`create table "opportunityWord" ("word" text ${sql.raw(isSqlite ? '' : 'collate "C"')} not null primary key,
    "entries" integer not null, "newest" bigint not null,
    "isFrequent" integer not null generated always as (case when "entries" >= 16 then 1 else 0 end) ${sql.raw(isSqlite ? 'virtual' : 'stored')})
    ${sql.raw(isSqlite ? 'without rowid' : 'with (fillfactor = 70)')}`.execute(db);
  await sql`create index "opportunityWordFrequent" on "opportunityWord" ("word") where "isFrequent" = 1`.execute(db);

  await schema
    .createTable('opportunityToIndex')
    .addColumn('opportunityId', 'text', (column) => column.primaryKey())
    .execute();
  for (const [name, on, changed] of triggers) {
    const noting = sql.raw(`insert into "opportunityToIndex" ("opportunityId") ${changed} on conflict ("opportunityId") do nothing;`);
    const [trigger, when] = [sql.ref(name), sql.raw(on)];
    if (isSqlite) {
      await sql`create trigger ${trigger} after ${when} begin ${noting} end`.execute(db);
    } else {
      await sql`create function ${trigger}() returns trigger language plpgsql as $$ begin ${noting} return null; end $$`.execute(db);
      await sql`create trigger ${trigger} after ${when} for each row execute function ${trigger}()`.execute(db);
    }
  }
}

const triggers = [
  ['opportunityOpened', 'insert on "opportunity"', 'values (new."id")'],
  ['opportunityRewritten', 'update of "name", "note", "lostNote", "contactId" on "opportunity"', 'values (new."id")'],
  ['opportunityDeleted', 'delete on "opportunity"', 'values (old."id")'],
  ['opportunityCustomerRenamed', 'update of "name" on "contact"', 'select "id" from "opportunity" where "contactId" = new."id"'],
] as const;
