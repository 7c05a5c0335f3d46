import type { Kysely } from 'kysely';

export async function migrateFloor(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  // Since when an agent is what it is, and which colleague said so; null: the agent itself.
  await schema.alterTable('agent').addColumn('availabilityAt', 'bigint').execute();
  await schema.alterTable('agent').addColumn('availabilityBy', 'text').execute();
  // What was begun today.
  await schema.createIndex('conversationByStart').on('conversation').columns(['createdAt', 'id']).execute();
}
