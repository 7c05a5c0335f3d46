import type { Kysely } from 'kysely';

/** What agents have begun to write, so that it waits for them in every browser. */
export async function migrateDrafts(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('agentDraft')
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull().references('conversation.id'))
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('seenSeq', 'integer')
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('agentDraftKey', ['agentId', 'conversationId'])
    .execute();
  await schema
    .createIndex('agentDraftBegun')
    .on('agentDraft')
    .columns(['agentId', 'updatedAt', 'conversationId'])
    .where('text' as never, '<>', '')
    .execute();
  await schema.createIndex('agentDraftByConversation').on('agentDraft').column('conversationId').execute();
  await schema
    .createIndex('agentDraftCleared')
    .on('agentDraft')
    .column('updatedAt')
    .where('text' as never, '=', '')
    .execute();
}
