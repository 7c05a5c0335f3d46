import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** Customers are found by their opportunities, tickets and tasks: indexes to look them up, and triggers that tell segments of more. */
export async function migrateMatters(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.createIndex('opportunityByStage').on('opportunity').columns(['stageId', 'status', 'contactId']).execute();
  await schema.createIndex('opportunityByWorth').on('opportunity').columns(['status', 'currency', 'amount', 'contactId']).execute();
  for (const [name, column] of [
    ['opportunityByEnd', 'closedAt'],
    ['opportunityByReason', 'lostReasonId'],
  ] as const) {
    await schema.createIndex(name).on('opportunity').columns([column, 'contactId']).where(sql.ref(column), 'is not', null).execute();
  }
  await schema.createIndex('ticketByOpening').on('ticket').columns(['createdAt', 'contactId']).execute();
  await schema.createIndex('taskByKind').on('task').columns(['kind', 'status', 'dueAt', 'contactId']).execute();

  for (const [table, columns] of Object.entries(told)) await tellMore(db, table, columns);
}

/** What of each is asked about in a filter, beside when it was bought or is due. */
const told = {
  task: ['contactId', 'status', 'kind', 'ownerId', 'priority', 'dueAt'],
  ticket: ['contactId', 'isOver', 'status', 'categoryId', 'priority', 'assigneeId'],
  opportunity: [
    ...['contactId', 'status', 'pipelineId', 'stageId', 'ownerId', 'lostReasonId'],
    ...['amount', 'currency', 'expectedCloseOn', 'closedAt'],
  ],
  purchase: ['contactId', 'status', 'endsAt', 'currency', 'total'],
};

/** In place of the trigger of the same name, which was told of less. */
async function tellMore(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  const name = sql.ref(`segment${table[0]?.toUpperCase()}${table.slice(1)}Changed`);
  const updated = sql.join(columns.map((column) => sql.ref(column)));
  const body = ['new', 'old']
    .map(
      (row) =>
        `insert into "segmentChange" ("contactId") select ${row}."contactId" where ${row}."contactId" is not null on conflict ("contactId") do nothing;`,
    )
    .join(' ');
  const on = sql.table(table);
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    await sql`drop trigger ${name}`.execute(db);
    await sql`create trigger ${name} after update of ${updated} on ${on} for each row begin ${sql.raw(body)} end`.execute(db);
    return;
  }
  // The function is the same, and stays.
  await sql`drop trigger ${name} on ${on}`.execute(db);
  await sql`create trigger ${name} after update of ${updated} on ${on} for each row execute function ${name}()`.execute(db);
}
