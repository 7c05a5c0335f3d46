import type { Kysely } from 'kysely';

/** When a browser was erased and when the words were taken out of a conversation: from then on neither takes new ones. */
export async function migrateErasedVisitors(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('visitor').addColumn('erasedAt', 'bigint').execute();
  await db.schema.alterTable('conversation').addColumn('erasedAt', 'bigint').execute();
}
