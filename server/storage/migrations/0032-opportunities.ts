import { type Kysely, sql } from 'kysely';

/** What may be sold: pipelines with their stages, what stands in each, and why it was lost. */
export async function migrateOpportunities(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('pipeline')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('archivedAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('stage')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('pipelineId', 'text', (column) => column.notNull().references('pipeline.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('probability', 'integer', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('archivedAt', 'bigint')
    .execute();
  await schema.createIndex('stageByPipeline').on('stage').columns(['pipelineId', 'position']).execute();
  await schema
    .createTable('lostReason')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('archivedAt', 'bigint')
    .execute();

  await schema
    .createTable('opportunity')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('companyId', 'text')
    .addColumn('pipelineId', 'text', (column) => column.notNull())
    .addColumn('stageId', 'text', (column) => column.notNull())
    .addColumn('place', 'bigint', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('expectedCloseOn', 'integer')
    .addColumn('probability', 'integer')
    .addColumn('ownerId', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('lostReasonId', 'text')
    .addColumn('lostNote', 'text')
    .addColumn('note', 'text')
    .addColumn('nameKey', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('createdBy', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addColumn('closedAt', 'bigint')
    .execute();
  const opportunity = (name: string, columns: string[]) => schema.createIndex(name).on('opportunity').columns(columns).execute();
  await opportunity('opportunityByContact', ['contactId', 'createdAt', 'id']);
  await opportunity('opportunityByTime', ['createdAt', 'id']);
  await opportunity('opportunityByPipeline', ['pipelineId', 'status', 'createdAt', 'id']);
  await opportunity('opportunityByOwner', ['ownerId', 'status', 'createdAt', 'id']);
  await opportunity('opportunityByClose', ['status', 'expectedCloseOn', 'pipelineId', 'id']);
  await opportunity('opportunityByClosing', ['pipelineId', 'status', 'closedAt', 'id']);
  await schema
    .createIndex('opportunityInColumn')
    .on('opportunity')
    .columns(['stageId', 'place', 'id'])
    .where('status' as never, '=', sql.lit('open'))
    .execute();
  await schema
    .createIndex('opportunityInColumnOf')
    .on('opportunity')
    .columns(['stageId', 'ownerId', 'place', 'id'])
    .where('status' as never, '=', sql.lit('open'))
    .execute();
  await schema
    .createIndex('opportunityByCompany')
    .on('opportunity')
    .columns(['companyId', 'createdAt', 'id'])
    .where('companyId' as never, 'is not', null)
    .execute();

  await schema
    .createTable('opportunityTally')
    .addColumn('stageId', 'text', (column) => column.notNull())
    .addColumn('ownerId', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addColumn('ownWeight', 'bigint', (column) => column.notNull())
    .addColumn('plain', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('opportunityTallyOnce', ['stageId', 'ownerId', 'currency', 'status'])
    .execute();
}
