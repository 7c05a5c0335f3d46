import { type Kysely, sql } from 'kysely';

export async function migrateFloor(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  // Since when an agent is what it is, and which colleague said so; null: the agent itself.
  await schema.alterTable('agent').addColumn('availabilityAt', 'bigint').execute();
  await schema.alterTable('agent').addColumn('availabilityBy', 'text').execute();

  // The board of what is happening reads them every second while somebody looks.
  await sql`create index "conversationWaiting" on "conversation" ("waitingSince", "id") where "status" = 'open' and "waitingSince" is not null`.execute(
    db,
  );
  await schema.createIndex('conversationByStart').on('conversation').columns(['createdAt', 'id']).execute();
}
