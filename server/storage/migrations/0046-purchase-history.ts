import type { Kysely } from 'kysely';

/** Who changed what in a purchase when, and which rows of a file stand for one order. */
export async function migratePurchaseHistory({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('purchaseChange')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('purchaseId', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('agentId', 'text')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('changes', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('purchaseChangeByPurchase').on('purchaseChange').columns(['purchaseId', 'at', 'id']).execute();
  await schema
    .createIndex('purchaseChangeByContact')
    .on('purchaseChange')
    .column('contactId')
    .where('contactId' as never, 'is not', null)
    .execute();

  await schema.alterTable('importRow').addColumn('lead', 'integer').execute();
  await schema
    .createIndex('importRowByLead')
    .on('importRow')
    .columns(['jobId', 'lead', 'line'])
    .where('lead' as never, 'is not', null)
    .execute();
}
