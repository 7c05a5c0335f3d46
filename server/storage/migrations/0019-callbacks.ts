import { type Kysely, sql } from 'kysely';

export async function migrateCallbacks(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const add = (name: string, type: 'text' | 'bigint') => schema.alterTable('task').addColumn(name, type).execute();
  await add('inboxId', 'text');
  await add('timeZone', 'text');
  await add('locale', 'text');
  // When the slot begins that the visitor chose; how many a slot has is counted by it.
  await add('slotAt', 'bigint');
  await add('ringAt', 'bigint');
  await add('rangAt', 'bigint');
  await add('callingId', 'text');
  await add('callingBy', 'text');
  await add('callingAt', 'bigint');
  for (const name of ['awaitsTurn', 'attemptCount']) {
    await schema
      .alterTable('task')
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await sql`update task set ${sql.id('inboxId')} = (select visitor.${sql.id('inboxId')} from visitor where visitor.id = task.${sql.id('visitorId')})`.execute(
    db,
  );
  await sql`update task set ${sql.id('ringAt')} = ${sql.id('dueAt')} where status = 'open'`.execute(db);
  await schema.createIndex('taskByRing').on('task').column('ringAt').where(sql.ref('ringAt'), 'is not', null).execute();
  await schema.createIndex('taskByOwner').on('task').columns(['ownerId', 'status', 'dueAt', 'id']).execute();
  await schema.createIndex('taskByDone').on('task').columns(['status', 'doneAt', 'id']).execute();
  await schema.createIndex('taskByContactDone').on('task').columns(['contactId', 'doneAt']).execute();
  await schema.createIndex('taskBySlot').on('task').columns(['inboxId', 'slotAt']).execute();
  await schema.createIndex('taskByConversation').on('task').columns(['conversationId', 'status']).execute();

  await schema
    .createTable('taskAttempt')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('taskId', 'text', (column) => column.notNull().references('task.id'))
    .addColumn('agentId', 'text', (column) => column.notNull().references('agent.id'))
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .addColumn('endedAt', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('note', 'text')
    .addColumn('nextAt', 'bigint')
    .execute();
  await schema.createIndex('taskAttemptByTask').on('taskAttempt').columns(['taskId', 'startedAt']).execute();
}
