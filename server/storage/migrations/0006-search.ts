import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Words that messages and customer files are found by. Triggers note what was erased or changed, whoever does it; the
 * index follows in the background. A new message fires none.
 */
export async function migrateSearch(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  // On SQLite only a column of exactly this type is the row's own number.
  const numberType = isSqlite ? 'integer' : 'bigint';
  // Beginnings of words are ranges, so words are compared by their codes.
  const wordType = isSqlite ? sql`text` : sql`text collate "C"`;
  const { schema } = db;

  await schema
    .createTable('messageEntry')
    .addColumn('number', numberType, (column) => column.primaryKey())
    .addColumn('messageId', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('contactEntry')
    .addColumn('number', numberType, (column) => column.primaryKey())
    .addColumn('contactId', 'text', (column) => column.notNull().unique())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute();
  for (const table of ['messageEntry', 'contactEntry']) await (isSqlite ? addSqliteWords : addPostgresWords)(db, table);

  for (const table of ['messageWord', 'contactWord']) {
    await schema
      .createTable(table)
      .addColumn('word', wordType, (column) => column.primaryKey())
      .addColumn('entries', 'integer', (column) => column.notNull())
      .modifyEnd(isSqlite ? sql`without rowid` : sql`with (fillfactor = 70)`)
      .execute();
  }
  await schema
    .createTable('indexedConversation')
    .addColumn('conversationId', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .modifyEnd(isSqlite ? sql`without rowid` : sql``)
    .execute();
  await schema
    .createTable('wordIndex')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('sweepAt', 'bigint')
    .addColumn('sweepId', 'text')
    .addColumn('sweptAt', 'bigint')
    .addColumn('followedTo', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('messageChange')
    .addColumn('id', isSqlite ? 'integer' : 'bigserial', (column) => (isSqlite ? column.primaryKey().autoIncrement() : column.primaryKey()))
    .addColumn('messageId', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('contactChange')
    .addColumn('contactId', 'text', (column) => column.primaryKey())
    .execute();
  const addTrigger = isSqlite ? addSqliteTrigger : addPostgresTrigger;
  for (const [name, what] of messageTriggers) {
    await addTrigger(db, {
      name,
      on: 'message',
      what,
      statement: `insert into "messageChange" ("messageId", "conversationId", "seq", "text", "createdAt")
        values (old."id", old."conversationId", old."seq", old."text", old."createdAt")`,
    });
  }
  for (const [name, on, what, id] of contactTriggers) {
    await addTrigger(db, {
      name,
      on,
      what,
      statement: `insert into "contactChange" ("contactId") values (${id}) on conflict ("contactId") do nothing`,
    });
  }
}

const messageTriggers = [
  ['messageErased', 'delete'],
  ['messageRewritten', 'update of "text"'],
] as const;

const contactTriggers = [
  ['contactMade', 'contact', 'insert', 'new."id"'],
  ['contactRenamed', 'contact', 'update of "name", "company"', 'new."id"'],
  ['contactErased', 'contact', 'delete', 'old."id"'],
  ['identityTold', 'identity', 'insert', 'new."contactId"'],
  ['identityChanged', 'identity', 'update of "contactId", "value"', 'new."contactId"'],
  ['identityMoved', 'identity', 'update of "contactId"', 'old."contactId"'],
  ['identityErased', 'identity', 'delete', 'old."contactId"'],
] as const;

async function addSqliteWords(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create virtual table ${sql.table(`${table}Words`)} using fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')`.execute(
    db,
  );
}

async function addPostgresWords(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`alter table ${sql.table(table)} add column "words" tsvector not null`.execute(db);
  // A long list of what is not sorted in yet would be read by every search.
  await sql`create index ${sql.ref(`${table}ByWords`)} on ${sql.table(table)} using gin ("words") with (gin_pending_list_limit = 256)`.execute(
    db,
  );
}

interface Trigger {
  name: string;
  on: string;
  what: string;
  statement: string;
}

async function addSqliteTrigger(db: Kysely<unknown>, { name, on, what, statement }: Trigger): Promise<void> {
  await sql`create trigger ${sql.ref(name)} after ${sql.raw(what)} on ${sql.table(on)} begin ${sql.raw(statement)}; end`.execute(db);
}

async function addPostgresTrigger(db: Kysely<unknown>, { name, on, what, statement }: Trigger): Promise<void> {
  const own = sql.ref(name);
  await sql`create function ${own}() returns trigger language plpgsql as ${sql.raw(`$$ begin ${statement}; return null; end $$`)}`.execute(
    db,
  );
  await sql`create trigger ${own} after ${sql.raw(what)} on ${sql.table(on)} for each row execute function ${own}()`.execute(db);
}
