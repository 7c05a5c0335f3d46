import type { Kysely } from 'kysely';

export async function migrateAttachments(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('attachment')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('uploaderKind', 'text', (column) => column.notNull())
    .addColumn('uploaderId', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('messageId', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('attachmentByMessage').on('attachment').column('messageId').execute();
  await schema
    .createIndex('attachmentUnattached')
    .on('attachment')
    .columns(['uploaderId', 'createdAt'])
    .where('messageId' as never, 'is', null)
    .execute();

  await schema
    .createTable('attachmentSecret')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('secret', 'text', (column) => column.notNull())
    .execute();

  await schema.alterTable('message').addColumn('attachments', 'text').execute();
}
