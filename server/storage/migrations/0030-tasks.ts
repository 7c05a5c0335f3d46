import { type Kysely, sql } from 'kysely';

/** Beside the calls that were promised anything that is to be done: for somebody or for nobody, once or again and again. */
export async function migrateTasks(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const add = (name: string, type: 'text' | 'bigint' | 'integer') => schema.alterTable('task').addColumn(name, type).execute();
  for (const name of ['title', 'ownerTeamId', 'outcomeText', 'recurrence', 'successorId', 'ticketId', 'opportunityId', 'createdBy']) {
    await add(name, 'text');
  }
  for (const name of ['reminderMinutes', 'messageSeq']) await add(name, 'integer');
  await add('succeedsAt', 'bigint');
  await schema
    .alterTable('task')
    .addColumn('priority', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await schema
    .alterTable('task')
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();

  // Neither database lets a column be empty from now on in the same words: it is made anew.
  for (const name of ['taskByContact', 'taskByContactDone']) await schema.dropIndex(name).execute();
  await schema
    .alterTable('task')
    .addColumn('personId', 'text', (column) => column.references('contact.id'))
    .execute();
  await sql`update task set ${sql.id('personId')} = ${sql.id('contactId')}`.execute(db);
  await schema.alterTable('task').dropColumn('contactId').execute();
  await schema.alterTable('task').renameColumn('personId', 'contactId').execute();

  await sql`update task set ${sql.id('ownerTeamId')} = (select conversation.${sql.id('teamId')} from conversation where conversation.id = task.${sql.id('conversationId')})`.execute(
    db,
  );

  const index = (name: string, columns: string[]) => schema.createIndex(name).on('task').columns(columns).execute();
  await index('taskByContactDue', ['contactId', 'status', 'dueAt', 'id']);
  await index('taskByContactMade', ['contactId', 'status', 'createdAt', 'id']);
  await index('taskByContactDone', ['contactId', 'status', 'doneAt', 'id']);
  await index('taskByOwnerDone', ['ownerId', 'status', 'doneAt', 'id']);
  await index('taskByTeam', ['ownerTeamId', 'status', 'dueAt', 'id']);
  await index('taskByTeamDone', ['ownerTeamId', 'status', 'doneAt', 'id']);
  for (const [name, column] of [
    ['taskByTicket', 'ticketId'],
    ['taskByOpportunity', 'opportunityId'],
    ['taskBySuccession', 'succeedsAt'],
  ] as const) {
    await schema.createIndex(name).on('task').column(column).where(sql.ref(column), 'is not', null).execute();
  }
}
