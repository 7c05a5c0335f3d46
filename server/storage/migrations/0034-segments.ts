import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** The list of customers in its orders, segments with their members, and work on many customers at once. */
export async function migrateSegments(db: Kysely<unknown>): Promise<void> {
  await orderCustomers(db);
  await createSegments(db);
  await createJobs(db);
  await noteChanges(db);
}

/** Each order with what tells a file that is merged or erased, so that it is passed over without being read. */
async function orderCustomers(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const { schema } = db;
  const live = ['mergedInto', 'erasedAt'] as const;
  await schema.dropIndex('contactByLastSeen').execute();
  await schema
    .createIndex('contactByLastSeen')
    .on('contact')
    .columns(['lastSeenAt', 'id', ...live])
    .execute();
  await schema
    .createIndex('contactByCreated')
    .on('contact')
    .columns(['createdAt', 'id', ...live])
    .execute();
  await schema
    .createIndex('contactByValue')
    .on('contact')
    .columns(['purchaseTotal', 'id', ...live])
    .execute();
  await schema
    .createIndex('contactLive')
    .on('contact')
    .columns(['id', ...live])
    .execute();
  const rest = sql`"id", "mergedInto", "erasedAt"`;
  const name = isSqlite ? sql`lower("name")` : sql`lower("name" collate "C")`;
  await sql`create index "contactByName" on "contact" (coalesce(${name}, ${sql.lit('\u{10ffff}')}), ${rest})`.execute(db);
  await sql`create index "contactByLastPurchase" on "contact" (coalesce("lastPurchaseAt", 0), ${rest})`.execute(db);
  await sql`create index "contactFirstPurchased" on "contact" ("firstPurchaseAt", "id") where "firstPurchaseAt" is not null`.execute(db);
  await sql`create index "contactPurchased" on "contact" ("lastPurchaseAt", "id") where "lastPurchaseAt" is not null`.execute(db);
}

async function createSegments({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('segment')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('ownerId', 'text', (column) => column.notNull())
    .addColumn('isShared', 'integer', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('memberCount', 'bigint', (column) => column.notNull())
    .addColumn('fillTo', 'text')
    .addColumn('lookedAt', 'bigint', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('deletedAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('segmentMember')
    .addColumn('segmentId', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('segmentMemberOnce', ['segmentId', 'contactId'])
    .execute();
  await schema.createIndex('segmentMemberByContact').on('segmentMember').columns(['contactId', 'segmentId']).execute();
  await schema
    .createTable('segmentChange')
    .addColumn('contactId', 'text', (column) => column.primaryKey())
    .execute();
}

async function createJobs({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('customerLayout')
    .addColumn('agentId', 'text', (column) => column.primaryKey())
    .addColumn('columns', 'text', (column) => column.notNull())
    .addColumn('sort', 'text', (column) => column.notNull())
    .addColumn('direction', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('customerJob')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('cursor', 'text')
    .addColumn('total', 'bigint', (column) => column.notNull())
    .addColumn('done', 'bigint', (column) => column.notNull())
    .addColumn('changed', 'bigint', (column) => column.notNull())
    .addColumn('added', 'bigint', (column) => column.notNull())
    .addColumn('refused', 'bigint', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('endedAt', 'bigint')
    .execute();
  await schema.createIndex('customerJobByStatus').on('customerJob').columns(['status', 'createdAt', 'id']).execute();
  await schema.createIndex('customerJobByAgent').on('customerJob').columns(['agentId', 'createdAt', 'id']).execute();
  await schema
    .createTable('customerJobItem')
    .addColumn('jobId', 'text', (column) => column.notNull().references('customerJob.id'))
    .addColumn('contactId', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addPrimaryKeyConstraint('customerJobItemOnce', ['jobId', 'contactId'])
    .execute();
  await schema
    .createTable('importRow')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('jobId', 'text', (column) => column.notNull().references('customerJob.id'))
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('cells', 'text', (column) => column.notNull())
    .addColumn('draft', 'text')
    .addColumn('outcome', 'text')
    .addColumn('contactId', 'text')
    .addColumn('reason', 'text')
    .addColumn('before', 'text')
    .execute();
  await schema.createIndex('importRowByLine').on('importRow').columns(['jobId', 'line']).unique().execute();
  await schema.createIndex('importRowByOutcome').on('importRow').columns(['jobId', 'outcome', 'line']).execute();
  await schema.createIndex('importRowByContact').on('importRow').column('contactId').execute();
  await schema.createIndex('customerJobItemByContact').on('customerJobItem').column('contactId').execute();
}

/**
 * Who may be in other segments than before. What a message changes (when somebody was last seen, when a conversation was last spoken in)
 * fires nothing: that is looked for by its time.
 */
const triggers: readonly [name: string, on: string, what: string, ids: readonly string[], when?: string][] = [
  ['segmentContactMade', 'contact', 'insert', ['new."id"']],
  [
    'segmentContactChanged',
    'contact',
    `update of "name", "lifecycle", "locale", "createdAt", "erasedAt", "ownerId", "companyId", "mergedInto", "purchaseCount", "purchaseTotal", "firstPurchaseAt", "lastPurchaseAt"`,
    ['new."id"'],
  ],
  ['segmentContactGone', 'contact', 'delete', ['old."id"']],
  ...followed('contactTag', 'contactId'),
  ...followed('identity', 'contactId', '"contactId", "kind", "value", "isVerified"'),
  ...followed('fieldValue', 'entityId', '"entityId", "textKey", "number"'),
  ...followed('consent', 'contactId', '"contactId", "isGiven", "at"'),
  ...followed('task', 'contactId', '"contactId", "status"'),
  ['segmentConversationMade', 'conversation', 'insert', ['new."contactId"']],
  ['segmentConversationMoved', 'conversation', 'update of "contactId"', ['new."contactId"', 'old."contactId"']],
  [
    'segmentConversationTurned',
    'conversation',
    'update of "status"',
    ['new."contactId"'],
    `(old."status" = 'resolved') <> (new."status" = 'resolved')`,
  ],
];

/** Of rooms whose tables are made before this. */
const laterTriggers: Record<string, typeof triggers> = {
  ticket: followed('ticket', 'contactId', '"contactId", "isOver"'),
  opportunity: followed('opportunity', 'contactId', '"contactId", "status"'),
  purchase: followed('purchase', 'contactId', '"contactId", "status", "endsAt"'),
};

function followed(table: string, column: string, columns?: string): [string, string, string, string[]][] {
  const name = `segment${table[0]?.toUpperCase()}${table.slice(1)}`;
  return [
    [`${name}Made`, table, 'insert', [`new."${column}"`]],
    [`${name}Gone`, table, 'delete', [`old."${column}"`]],
    ...(columns === undefined
      ? []
      : ([[`${name}Changed`, table, `update of ${columns}`, [`new."${column}"`, `old."${column}"`]]] as [
          string,
          string,
          string,
          string[],
        ][])),
  ];
}

async function noteChanges(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const tables = new Set((await db.introspection.getTables()).map(({ name }) => name));
  if (tables.has('purchase')) {
    await db.schema
      .createIndex('purchaseByEnd')
      .on('purchase')
      .columns(['endsAt', 'contactId'])
      .where(sql.ref('endsAt'), 'is not', null)
      .execute();
  }
  const all = [...triggers, ...Object.entries(laterTriggers).flatMap(([table, own]) => (tables.has(table) ? own : []))];
  for (const [name, on, what, ids, when] of all) {
    const statements = ids.map(
      (id) => `insert into "segmentChange" ("contactId") select ${id} where ${id} is not null on conflict ("contactId") do nothing;`,
    );
    await (isSqlite ? addSqliteTrigger : addPostgresTrigger)(db, {
      name,
      on,
      what,
      when: when === undefined ? '' : `when (${when})`,
      body: statements.join(' '),
    });
  }
}

interface Trigger {
  name: string;
  on: string;
  what: string;
  when: string;
  body: string;
}

async function addSqliteTrigger(db: Kysely<unknown>, { name, on, what, when, body }: Trigger): Promise<void> {
  await sql`create trigger ${sql.ref(name)} after ${sql.raw(what)} on ${sql.table(on)} for each row ${sql.raw(when)} begin ${sql.raw(body)} end`.execute(
    db,
  );
}

async function addPostgresTrigger(db: Kysely<unknown>, { name, on, what, when, body }: Trigger): Promise<void> {
  const own = sql.ref(name);
  await sql`create function ${own}() returns trigger language plpgsql as ${sql.raw(`$$ begin ${body} return null; end $$`)}`.execute(db);
  await sql`create trigger ${own} after ${sql.raw(what)} on ${sql.table(on)} for each row ${sql.raw(when)} execute function ${own}()`.execute(
    db,
  );
}
