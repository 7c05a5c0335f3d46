import type { Kysely } from 'kysely';

/** The words that a person agreed to, beside the moment. */
export async function migrateConsentText(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('contact').addColumn('consentText', 'text').execute();
}
