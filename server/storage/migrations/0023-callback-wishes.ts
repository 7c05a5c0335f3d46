import type { Kysely } from 'kysely';

export async function migrateCallbackWishes(db: Kysely<unknown>): Promise<void> {
  // Under which id the visitor asked last: a new wish moves the call that there is.
  await db.schema.alterTable('task').addColumn('wishId', 'text').execute();
  await db.schema.createIndex('taskByVisitor').on('task').columns(['visitorId', 'status', 'dueAt', 'id']).execute();
}
