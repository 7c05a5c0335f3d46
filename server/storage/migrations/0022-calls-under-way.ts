import { type Kysely, sql } from 'kysely';

/** Calls are found by who makes them and by when they rang, and a try knows which wait of the customer it answered. */
export async function migrateCallsUnderWay(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('taskAttempt').addColumn('waitingSince', 'bigint').execute();
  await schema.createIndex('taskByCaller').on('task').column('callingBy').where(sql.ref('callingBy'), 'is not', null).execute();
  await schema.createIndex('taskByRang').on('task').column('rangAt').where(sql.ref('rangAt'), 'is not', null).execute();
}
