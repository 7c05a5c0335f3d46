import type { Kysely } from 'kysely';

/** Whose a purchase was before it went to another customer: who is erased is erased from what is kept of that, too. */
export async function migrateLeftPurchases({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('leftPurchase')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('contactId', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('leftPurchaseByContact').on('leftPurchase').columns(['contactId', 'id']).execute();

  await schema.alterTable('importRow').addColumn('beforeContactId', 'text').execute();
  await schema
    .createIndex('importRowByBefore')
    .on('importRow')
    .column('beforeContactId')
    .where('beforeContactId' as never, 'is not', null)
    .execute();
}
