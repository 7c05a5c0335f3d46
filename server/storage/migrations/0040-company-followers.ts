import type { Kysely } from 'kysely';

/** Companies whose people are yet to say what it is called by now, and how far that has come. */
export async function migrateCompanyFollowers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('companyFollowing')
    .addColumn('companyId', 'text', (column) => column.primaryKey())
    .addColumn('seenAt', 'bigint', (column) => column.notNull())
    .addColumn('contactId', 'text', (column) => column.notNull())
    .execute();
}
