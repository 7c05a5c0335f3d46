import type { Kysely } from 'kysely';

/** Which server is at work on many customers, and until when it need not be heard of. */
export async function migrateJobLeases({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('customerJob').addColumn('heldBy', 'text').execute();
  await schema.alterTable('customerJob').addColumn('heldUntil', 'bigint').execute();
}
