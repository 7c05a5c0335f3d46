import type { Kysely } from 'kysely';

/** Hours, and which inbox and which team has which: one at most. */
export async function migrateBusinessHours({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('businessHours')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('businessHoursPlace')
    .addColumn('place', 'text', (column) => column.primaryKey())
    .addColumn('hoursId', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('businessHoursPlaceOfHours').on('businessHoursPlace').column('hoursId').execute();
}
