import type { Kysely } from 'kysely';

/** What visitors did on the site, and how often invitations were shown and taken up. */
export async function migrateVisitorEvents(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('trackedEvent')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('visitorId', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('properties', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('trackedEventByVisitor').on('trackedEvent').columns(['visitorId', 'createdAt', 'id']).execute();

  await schema
    .createTable('invitationCount')
    .addColumn('inboxId', 'text', (column) => column.notNull().references('inbox.id'))
    .addColumn('invitationId', 'text', (column) => column.notNull())
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('accepted', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('invitationCountKey', ['inboxId', 'invitationId'])
    .execute();
}
