import type { Kysely } from 'kysely';

/** Automatic answers. */
export async function migrateAnswers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('answer')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('phrasings', 'text', (column) => column.notNull())
    .addColumn('bodies', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('validFrom', 'bigint')
    .addColumn('validTo', 'bigint')
    .addColumn('inboxIds', 'text')
    .addColumn('moment', 'text', (column) => column.notNull())
    .addColumn('isOn', 'integer', (column) => column.notNull())
    .addColumn('intent', 'text')
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('answerByCreated').on('answer').columns(['createdAt', 'id']).execute();
  // Whether anything is another than it was is asked often, and read from this alone.
  await schema.createIndex('answerByUpdated').on('answer').columns(['isOn', 'updatedAt', 'id']).execute();
  await schema
    .createIndex('answerByIntent')
    .on('answer')
    .columns(['intent', 'id'])
    .where('intent' as never, 'is not', null)
    .execute();
}
