import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Tickets are found by every word of subject, description and work log, as messages are: an index that follows behind, where it had been
 * the words of the subject alone. Their broken promises are listed by when they were due.
 */
export async function migrateTicketSearch(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const { schema } = db;
  await schema.dropTable('ticketWord').execute();
  await schema
    .createTable('ticketEntry')
    // On SQLite only a column of exactly this type is the row's own number.
    .addColumn('number', isSqlite ? 'integer' : 'bigint', (column) => column.primaryKey())
    .addColumn('ticketId', 'text', (column) => column.notNull().unique())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute();
  await (isSqlite ? addSqliteWords : addPostgresWords)(db);
  await schema
    .createTable('ticketWord')
    // Beginnings of words are ranges, so words are compared by their codes.
    .addColumn('word', isSqlite ? sql`text` : sql`text collate "C"`, (column) => column.primaryKey())
    .addColumn('entries', 'integer', (column) => column.notNull())
    .addColumn('newest', 'bigint', (column) => column.notNull())
    .modifyEnd(isSqlite ? sql`without rowid` : sql`with (fillfactor = 70)`)
    .execute();
  await sql`alter table "ticketWord" add column "isFrequent" integer not null
    generated always as (case when "entries" >= 16 then 1 else 0 end) ${isSqlite ? sql`virtual` : sql`stored`}`.execute(db);
  await sql`create index "ticketWordFrequent" on "ticketWord" ("word") where "isFrequent" = 1`.execute(db);
  await schema
    .createTable('ticketToIndex')
    .addColumn('ticketId', 'text', (column) => column.primaryKey())
    .execute();
  for (const trigger of triggers) await (isSqlite ? addSqliteTrigger : addPostgresTrigger)(db, trigger);
  await schema.createIndex('ticketBreachByDue').on('ticketBreach').columns(['dueAt', 'id']).execute();
}

const triggers = [
  ['ticketOpened', 'ticket', 'insert', 'new."id"'],
  ['ticketRewritten', 'ticket', 'update of "subject", "description", "externalId"', 'new."id"'],
  ['ticketDeleted', 'ticket', 'delete', 'old."id"'],
  ['ticketWorkDone', 'ticketWork', 'insert', 'new."ticketId"'],
  ['ticketWorkRewritten', 'ticketWork', 'update of "text"', 'new."ticketId"'],
  ['ticketWorkRemoved', 'ticketWork', 'delete', 'old."ticketId"'],
] as const;
type Trigger = (typeof triggers)[number];

const noting = (id: string) => `insert into "ticketToIndex" ("ticketId") values (${id}) on conflict ("ticketId") do nothing`;

async function addSqliteWords(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table "ticketEntryWords" using fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')`.execute(
    db,
  );
}

async function addPostgresWords(db: Kysely<unknown>): Promise<void> {
  await sql`alter table "ticketEntry" add column "words" tsvector not null`.execute(db);
  // A long list of what is not sorted in yet would be read by every search.
  await sql`create index "ticketEntryByWords" on "ticketEntry" using gin ("words") with (gin_pending_list_limit = 256)`.execute(db);
}

async function addSqliteTrigger(db: Kysely<unknown>, [name, table, what, id]: Trigger): Promise<void> {
  await sql`create trigger ${sql.ref(name)} after ${sql.raw(what)} on ${sql.table(table)} begin ${sql.raw(noting(id))}; end`.execute(db);
}

async function addPostgresTrigger(db: Kysely<unknown>, [name, table, what, id]: Trigger): Promise<void> {
  const own = sql.ref(name);
  await sql`create function ${own}() returns trigger language plpgsql as ${sql.raw(`$$ begin ${noting(id)}; return null; end $$`)}`.execute(
    db,
  );
  await sql`create trigger ${own} after ${sql.raw(what)} on ${sql.table(table)} for each row execute function ${own}()`.execute(db);
}
