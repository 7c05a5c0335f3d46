import { type Kysely, sql } from 'kysely';

/** Files kept with people, tickets and opportunities, and whether an antivirus has looked at what was uploaded. */
export async function migrateDocuments(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('document')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('entityId', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text')
    .addColumn('fileId', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text')
    .addColumn('activityId', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('removedAt', 'bigint')
    .execute();
  const standing = sql.ref('removedAt');
  await schema.createIndex('documentInFile').on('document').columns(['contactId', 'createdAt', 'id']).where(standing, 'is', null).execute();
  await schema.createIndex('documentOf').on('document').columns(['entityId', 'createdAt', 'id']).where(standing, 'is', null).execute();
  await schema.createIndex('documentRemoved').on('document').column('removedAt').where(standing, 'is not', null).execute();

  await schema.alterTable('attachment').addColumn('scan', 'text').execute();
  await schema
    .createIndex('attachmentUnscanned')
    .on('attachment')
    .columns(['createdAt', 'id'])
    .where(sql.ref('scan'), '=', sql.lit('waiting'))
    .execute();
}
