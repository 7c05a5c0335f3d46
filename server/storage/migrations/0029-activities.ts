import { type Kysely, sql } from 'kysely';

/** What happened with a person outside the chat, e-mails that bring their answers back, and indexes for one timeline of it all. */
export async function migrateActivities(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('activity')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('title', 'text')
    .addColumn('text', 'text')
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('direction', 'text')
    .addColumn('outcome', 'text')
    .addColumn('durationMs', 'bigint')
    .addColumn('agentId', 'text')
    .addColumn('changes', 'text')
    .addColumn('mail', 'text')
    .addColumn('quoted', 'text')
    .addColumn('mailStatus', 'text')
    .addColumn('tokenHash', 'text')
    .addColumn('messageKey', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addColumn('removedAt', 'bigint')
    .execute();
  const standing = sql.ref('removedAt');
  await schema.createIndex('activityInFile').on('activity').column('contactId').execute();
  await schema
    .createIndex('activityByKind')
    .on('activity')
    .columns(['contactId', 'kind', 'at', 'id'])
    .where(standing, 'is', null)
    .execute();
  await schema.createIndex('activityRemoved').on('activity').column('removedAt').where(standing, 'is not', null).execute();
  await schema
    .createIndex('activityByToken')
    .on('activity')
    .column('tokenHash')
    .unique()
    .where(sql.ref('tokenHash'), 'is not', null)
    .execute();
  await schema
    .createIndex('activityByMessage')
    .on('activity')
    .column('messageKey')
    .unique()
    .where(sql.ref('messageKey'), 'is not', null)
    .execute();

  for (const name of ['replyTo', 'fromName', 'inReplyTo', 'activityId'] as const) {
    await schema.alterTable('mail').addColumn(name, 'text').execute();
  }
  for (const name of ['contactId', 'item'] as const) await schema.alterTable('notice').addColumn(name, 'text').execute();
  await schema.createIndex('noticeByContact').on('notice').column('contactId').where(sql.ref('contactId'), 'is not', null).execute();

  await schema.createIndex('conversationInFile').on('conversation').columns(['contactId', 'createdAt', 'id']).execute();
  await schema.createIndex('ratingInFile').on('rating').columns(['contactId', 'ratedAt', 'id']).execute();
  await schema.dropIndex('conversationByContact').execute();
  await schema.dropIndex('ratingByContact').execute();
}
