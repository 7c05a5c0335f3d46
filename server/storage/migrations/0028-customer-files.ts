import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** Owners, tags, companies, custom fields, consents, and the merging of customer files. */
export async function migrateCustomerFiles(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  // Names are put in order, and their beginnings found, by the codes of their letters.
  const keyType = db.getExecutor().adapter instanceof SqliteAdapter ? sql`text` : sql`text collate "C"`;
  const text = ['ownerId', 'companyId', 'mergedInto'] as const;
  for (const name of text) await schema.alterTable('contact').addColumn(name, 'text').execute();
  await schema
    .alterTable('contact')
    .addColumn('tags', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema
    .alterTable('contact')
    .addColumn('isLifecycleByHand', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('contact').addColumn('mergedAt', 'bigint').execute();
  await schema.alterTable('contact').addColumn('updatedAt', 'bigint').execute();
  const counted = ['purchaseCount', 'purchaseTotal'] as const;
  for (const name of counted) {
    await schema
      .alterTable('contact')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  for (const name of ['firstPurchaseAt', 'lastPurchaseAt'] as const) await schema.alterTable('contact').addColumn(name, 'bigint').execute();
  await schema.createIndex('contactByCompany').on('contact').columns(['companyId', 'lastSeenAt', 'id']).execute();
  await schema.createIndex('contactByOwner').on('contact').columns(['ownerId', 'lastSeenAt', 'id']).execute();

  await schema
    .alterTable('identity')
    .addColumn('source', 'text', (column) => column.notNull().defaultTo('visitor'))
    .execute();
  await schema.alterTable('identity').addColumn('confirmedBy', 'text').execute();

  await schema
    .createTable('contactTag')
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('tag', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('contactTagOnce', ['contactId', 'tag'])
    .execute();
  await schema.createIndex('contactTagByTag').on('contactTag').columns(['tag', 'contactId']).execute();

  await schema
    .createTable('company')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('nameKey', keyType, (column) => column.notNull())
    .addColumn('domain', 'text')
    .addColumn('phone', 'text')
    .addColumn('website', 'text')
    .addColumn('externalId', 'text', (column) => column.unique())
    .addColumn('ownerId', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('companyByName').on('company').columns(['nameKey', 'id']).execute();
  await schema.createIndex('companyByDomain').on('company').column('domain').execute();
  await schema
    .createTable('companyWord')
    .addColumn('word', keyType, (column) => column.notNull())
    .addColumn('companyId', 'text', (column) => column.notNull().references('company.id'))
    .addPrimaryKeyConstraint('companyWordOnce', ['word', 'companyId'])
    .execute();
  await schema.createIndex('companyWordByCompany').on('companyWord').column('companyId').execute();

  await schema
    .createTable('customField')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('choices', 'text', (column) => column.notNull())
    .addColumn('currency', 'text')
    .addColumn('viewRoles', 'text')
    .addColumn('editRoles', 'text')
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('archivedAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('customFieldOnce').on('customField').columns(['entity', 'key']).unique().execute();

  await schema
    .createTable('fieldValue')
    .addColumn('entityId', 'text', (column) => column.notNull())
    .addColumn('fieldId', 'text', (column) => column.notNull().references('customField.id'))
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('textKey', keyType)
    .addColumn('number', 'double precision')
    .addPrimaryKeyConstraint('fieldValueOnce', ['entityId', 'fieldId'])
    .execute();
  await schema.createIndex('fieldValueByText').on('fieldValue').columns(['fieldId', 'textKey', 'entityId']).execute();
  await schema.createIndex('fieldValueByNumber').on('fieldValue').columns(['fieldId', 'number', 'entityId']).execute();

  await schema
    .createTable('consent')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('isGiven', 'integer', (column) => column.notNull())
    .addColumn('text', 'text')
    .addColumn('how', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('consentByContact').on('consent').columns(['contactId', 'at', 'id']).execute();

  await schema
    .createTable('contactMerge')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('intoId', 'text', (column) => column.notNull())
    .addColumn('fromId', 'text', (column) => column.notNull())
    .addColumn('before', 'text', (column) => column.notNull())
    .addColumn('after', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('undoneAt', 'bigint')
    .addColumn('undoneBy', 'text')
    .execute();
  await schema.createIndex('contactMergeInto').on('contactMerge').columns(['intoId', 'at', 'id']).execute();
  await schema.createIndex('contactMergeFrom').on('contactMerge').columns(['fromId', 'at', 'id']).execute();
  await schema
    .createTable('contactMove')
    .addColumn('mergeId', 'text', (column) => column.notNull().references('contactMerge.id'))
    .addColumn('shelf', 'text', (column) => column.notNull())
    .addColumn('itemId', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('contactMoveOnce', ['mergeId', 'shelf', 'itemId'])
    .execute();

  await schema
    .createTable('contactLikeness')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('otherId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('reasons', 'text', (column) => column.notNull())
    .addColumn('score', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('decidedBy', 'text')
    .addColumn('decidedAt', 'bigint')
    .execute();
  await schema.createIndex('contactLikenessOnce').on('contactLikeness').columns(['contactId', 'otherId']).unique().execute();
  await schema.createIndex('contactLikenessOther').on('contactLikeness').column('otherId').execute();
  await schema.createIndex('contactLikenessOpen').on('contactLikeness').columns(['status', 'score', 'createdAt', 'id']).execute();

  await schema
    .createTable('contactLikenessDue')
    .addColumn('contactId', 'text', (column) => column.primaryKey())
    .addColumn('times', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  const ledger = db as Kysely<{ contact: { id: string }; contactLikenessDue: { contactId: string } }>;
  await ledger
    .insertInto('contactLikenessDue')
    .columns(['contactId'])
    .expression((from) => from.selectFrom('contact').select('id'))
    .execute();
  await schema.alterTable('visitor').addColumn('told', 'text').execute();

  await grant(db as Kysely<{ role: { id: string; permissions: string } }>);
}

const granted: Record<string, readonly string[]> = {
  supervisor: [
    'contacts:merge',
    'contacts:import',
    'contacts:export',
    'segments:share',
    'tickets:view',
    'tickets:edit',
    'opportunities:view',
    'opportunities:edit',
    'purchases:view',
    'purchases:edit',
  ],
  agent: ['tickets:view', 'tickets:edit', 'opportunities:view', 'opportunities:edit', 'purchases:view'],
  viewer: ['tickets:view', 'opportunities:view', 'purchases:view'],
};

/** Only to roles that see customer files. */
async function grant(ledger: Kysely<{ role: { id: string; permissions: string } }>): Promise<void> {
  for (const [id, added] of Object.entries(granted)) {
    const row = await ledger.selectFrom('role').select('permissions').where('id', '=', id).executeTakeFirst();
    const held: string[] = row ? JSON.parse(row.permissions) : [];
    if (!held.includes('contacts:view')) continue;
    const permissions = JSON.stringify([...new Set([...held, ...added])]);
    await ledger.updateTable('role').set({ permissions }).where('id', '=', id).execute();
  }
}
