import { type Kysely, sql } from 'kysely';

/** What people bought, what they are worth by it, and by which rules it makes them customers. */
export async function migratePurchases(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('purchase')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('companyId', 'text')
    .addColumn('externalId', 'text', (column) => column.unique())
    .addColumn('number', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('total', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('opportunityId', 'text')
    .addColumn('endsAt', 'bigint')
    .addColumn('createdBy', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('purchaseByContact').on('purchase').columns(['contactId', 'at', 'id']).execute();
  // All that a person's value is reckoned from, so that no row need be read.
  await schema.createIndex('purchaseValue').on('purchase').columns(['contactId', 'status', 'currency', 'at', 'total', 'endsAt']).execute();
  await schema.createIndex('purchaseByTime').on('purchase').columns(['at', 'id']).execute();
  await schema.createIndex('purchaseByStatus').on('purchase').columns(['status', 'at', 'id']).execute();
  await schema
    .createIndex('purchaseByCompany')
    .on('purchase')
    .columns(['companyId', 'at', 'id'])
    .where('companyId' as never, 'is not', null)
    .execute();
  await schema
    .createIndex('purchaseByOpportunity')
    .on('purchase')
    .columns(['opportunityId', 'at', 'id'])
    .where('opportunityId' as never, 'is not', null)
    .execute();

  await schema
    .createTable('purchaseLine')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('purchaseId', 'text', (column) => column.notNull().references('purchase.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('product', 'text', (column) => column.notNull())
    .addColumn('sku', 'text')
    .addColumn('quantity', 'bigint', (column) => column.notNull())
    .addColumn('unitPrice', 'bigint', (column) => column.notNull())
    .addColumn('total', 'bigint', (column) => column.notNull())
    .addColumn('startsAt', 'bigint')
    .addColumn('endsAt', 'bigint')
    .execute();
  await schema.createIndex('purchaseLineByPurchase').on('purchaseLine').columns(['purchaseId', 'position']).execute();
  await schema
    .createIndex('purchaseLineByEnd')
    .on('purchaseLine')
    .columns(['endsAt', 'id'])
    .where('endsAt' as never, 'is not', null)
    .execute();

  await schema
    .createTable('customerRule')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('lapseAfterDays', 'integer')
    .addColumn('isLeadUntilPurchase', 'integer', (column) => column.notNull())
    .addColumn('recountedTo', 'text')
    .execute();
  const ledger = db as Kysely<{ customerRule: { id: string; currency: string; lapseAfterDays: number; isLeadUntilPurchase: number } }>;
  await ledger.insertInto('customerRule').values({ id: 'rules', currency: 'ILS', lapseAfterDays: 365, isLeadUntilPurchase: 1 }).execute();

  await schema.alterTable('contact').addColumn('activeUntil', 'bigint').execute();
  await schema
    .createIndex('contactByActivity')
    .on('contact')
    .columns(['lifecycle', 'activeUntil', 'id'])
    .where('isLifecycleByHand' as never, '=', sql.lit(0))
    .where('activeUntil' as never, 'is not', null)
    .execute();
}
