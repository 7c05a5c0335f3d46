import type { Kysely } from 'kysely';

/** What agents have answered, proposed as phrasings and new answers; and whether an agent wants suggestions. */
export async function migrateProposals(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('proposal')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('questionKey', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('reply', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('agentId', 'text')
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('decidedBy', 'text')
    .addColumn('decidedAt', 'bigint')
    .addColumn('firstAt', 'bigint', (column) => column.notNull())
    .addColumn('lastAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('proposalOnce').on('proposal').columns(['target', 'questionKey']).unique().execute();
  await schema.createIndex('proposalByStatus').on('proposal').columns(['status', 'lastAt', 'id']).execute();
  await schema.createIndex('proposalByTarget').on('proposal').columns(['target', 'status', 'lastAt', 'id']).execute();
  await schema.createIndex('proposalByConversation').on('proposal').column('conversationId').execute();

  await schema
    .alterTable('agent')
    .addColumn('isAdviceHidden', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
