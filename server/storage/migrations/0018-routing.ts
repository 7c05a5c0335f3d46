import type { Kysely } from 'kysely';

export async function migrateRouting(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  // One row, once somebody has changed anything.
  await schema
    .createTable('routing')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute();

  await schema
    .createTable('agentRouting')
    .addColumn('agentId', 'text', (column) => column.primaryKey().references('agent.id'))
    .addColumn('capacity', 'integer')
    .addColumn('skills', 'text', (column) => column.notNull())
    .addColumn('assignedAt', 'bigint')
    .addColumn('hereAt', 'bigint')
    .execute();

  await schema
    .createTable('conversationRoute')
    .addColumn('conversationId', 'text', (column) => column.primaryKey().references('conversation.id'))
    .addColumn('waitingSince', 'bigint', (column) => column.notNull())
    .addColumn('enteredAt', 'bigint', (column) => column.notNull())
    .addColumn('language', 'text')
    .addColumn('skills', 'text', (column) => column.notNull())
    .addColumn('lastAgentId', 'text')
    .addColumn('lastAgentAt', 'bigint')
    .addColumn('refusedIds', 'text', (column) => column.notNull())
    .addColumn('isReturned', 'integer', (column) => column.notNull())
    .addColumn('reasons', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text')
    .addColumn('routedAt', 'bigint')
    .execute();

  // Whoever stands in the queue, and nobody else: a message in a conversation that somebody has does not touch it.
  await schema
    .createIndex('conversationInQueue')
    .on('conversation')
    .columns(['waitingSince', 'id'])
    .where('status' as never, '=', 'open')
    .where('assigneeId' as never, 'is', null)
    .where('waitingSince' as never, 'is not', null)
    .execute();
}
