import type { Kysely } from 'kysely';

/** Notices, choices, ratings, callbacks, outgoing mail, and what is left when a person's data is erased. */
export async function migrateAroundTheTalk(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('message').addColumn('notice', 'text').execute();
  await schema.alterTable('message').addColumn('choices', 'text').execute();
  await schema.alterTable('contact').addColumn('erasedAt', 'bigint').execute();
  await schema.alterTable('conversation').addColumn('endedAt', 'bigint').execute();
  await schema
    .alterTable('conversation')
    .addColumn('joinedIds', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await schema.alterTable('conversation').addColumn('rating', 'text').execute();
  // How long people have waited lately is read from the newest answered conversations of an inbox.
  await schema
    .createIndex('conversationAnswered')
    .on('conversation')
    .columns(['inboxId', 'firstResponseAt'])
    .where('firstResponseAt' as never, 'is not', null)
    .execute();

  await schema
    .createTable('rating')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversationId', 'text', (column) => column.notNull().references('conversation.id'))
    .addColumn('contactId', 'text', (column) => column.notNull())
    .addColumn('visitorId', 'text', (column) => column.notNull())
    .addColumn('endedAt', 'bigint', (column) => column.notNull())
    .addColumn('score', 'integer', (column) => column.notNull())
    .addColumn('comment', 'text')
    .addColumn('ratedAt', 'bigint', (column) => column.notNull())
    .addColumn('changedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('ratingByContact').on('rating').column('contactId').execute();
  await schema.createIndex('ratingOnceAStretch').on('rating').columns(['conversationId', 'endedAt']).unique().execute();

  await schema
    .createTable('task')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('conversationId', 'text', (column) => column.references('conversation.id'))
    .addColumn('visitorId', 'text', (column) => column.notNull())
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('dueAt', 'bigint', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('ownerId', 'text', (column) => column.references('agent.id'))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('doneAt', 'bigint')
    .execute();
  await schema.createIndex('taskByDue').on('task').columns(['status', 'dueAt', 'id']).execute();
  await schema.createIndex('taskByContact').on('task').columns(['contactId', 'dueAt']).execute();

  await schema
    .createTable('mail')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('contactId', 'text')
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('html', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('nextAttemptAt', 'bigint', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('closedAt', 'bigint')
    .execute();
  await schema.createIndex('mailByAttempt').on('mail').columns(['status', 'nextAttemptAt']).execute();

  await schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('actorKind', 'text', (column) => column.notNull())
    .addColumn('actorId', 'text')
    .addColumn('subjectId', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('auditByTime').on('audit').columns(['createdAt', 'id']).execute();
}
