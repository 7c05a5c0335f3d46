import type { Kysely } from 'kysely';

/** Saved views, what bulk changes can be undone by, and the order in which people wait. */
export async function migrateViews(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('savedView')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ownerId', 'text', (column) => column.notNull().references('agent.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('sort', 'text', (column) => column.notNull())
    .addColumn('isShared', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('savedViewByOwner').on('savedView').columns(['ownerId', 'place']).execute();

  await schema
    .createTable('bulkUndo')
    .addColumn('bulkId', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('was', 'text', (column) => column.notNull())
    .addColumn('became', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('bulkUndoKey', ['bulkId', 'conversationId'])
    .execute();
  await schema.createIndex('bulkUndoByTime').on('bulkUndo').column('createdAt').execute();
  await schema.createIndex('bulkUndoByConversation').on('bulkUndo').column('conversationId').execute();

  // Only those who wait stand in it: a message touches it when a wait begins or ends.
  await schema
    .createIndex('conversationByWaiting')
    .on('conversation')
    .columns(['waitingSince', 'id'])
    .where('status' as never, '<>', 'resolved')
    .where('waitingSince' as never, 'is not', null)
    .execute();

  // Beside the one by assignee: most of a team's conversations are resolved, and a view wants the others.
  await schema
    .createIndex('conversationUnresolvedByTeam')
    .on('conversation')
    .column('teamId')
    .where('status' as never, '<>', 'resolved')
    .execute();

  await grantToSupervisors(db as Kysely<{ role: { id: string; permissions: string } }>, 'views:share');
}

async function grantToSupervisors(ledger: Kysely<{ role: { id: string; permissions: string } }>, permission: string): Promise<void> {
  const row = await ledger.selectFrom('role').select('permissions').where('id', '=', 'supervisor').executeTakeFirst();
  if (!row) return;
  const held: string[] = JSON.parse(row.permissions);
  const permissions = JSON.stringify([...new Set([...held, permission])]);
  await ledger.updateTable('role').set({ permissions }).where('id', '=', 'supervisor').execute();
}
