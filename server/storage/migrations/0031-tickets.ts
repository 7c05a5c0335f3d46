import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** Tickets: service calls with a number, moves, a work log and clocks. */
export async function migrateTickets(db: Kysely<unknown>): Promise<void> {
  await createTickets(db);
  await createShelves(db);
  await createClocks(db);
  await db.schema.alterTable('notice').addColumn('ticketId', 'text').execute();
  await (db as Kysely<{ ticketCounter: { id: number; lastNumber: number } }>)
    .insertInto('ticketCounter')
    .values({ id: 1, lastNumber: 0 })
    .execute();
}

async function createTickets({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('ticket')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'bigint', (column) => column.notNull().unique())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('isOver', 'integer', (column) => column.notNull())
    .addColumn('priority', 'integer', (column) => column.notNull())
    .addColumn('categoryId', 'text')
    .addColumn('assigneeId', 'text')
    .addColumn('teamId', 'text')
    .addColumn('contactId', 'text', (column) => column.references('contact.id'))
    .addColumn('companyId', 'text')
    .addColumn('parentId', 'text')
    .addColumn('reasonId', 'text')
    .addColumn('inboxId', 'text')
    .addColumn('externalId', 'text', (column) => column.unique())
    .addColumn('isHidden', 'integer', (column) => column.notNull())
    .addColumn('minutes', 'bigint', (column) => column.notNull())
    .addColumn('updateText', 'text')
    .addColumn('updateAt', 'bigint')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('createdBy', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addColumn('statusAt', 'bigint', (column) => column.notNull())
    .addColumn('firstResponseAt', 'bigint')
    .addColumn('overAt', 'bigint')
    .addColumn('erasedAt', 'bigint')
    .execute();
  const lists: Record<string, readonly string[]> = {
    ticketByChange: ['updatedAt', 'id'],
    ticketGoingOn: ['isOver', 'updatedAt', 'id'],
    ticketByStatus: ['status', 'updatedAt', 'id'],
    ticketByAssignee: ['assigneeId', 'isOver', 'updatedAt', 'id'],
    ticketByTeam: ['teamId', 'isOver', 'updatedAt', 'id'],
    ticketByCategory: ['categoryId', 'updatedAt', 'id'],
    ticketByPriority: ['priority', 'isOver', 'updatedAt', 'id'],
    ticketByContact: ['contactId', 'createdAt', 'id'],
    ticketByCompany: ['companyId', 'updatedAt', 'id'],
    ticketByParent: ['parentId', 'number'],
  };
  for (const [name, columns] of Object.entries(lists)) {
    await schema
      .createIndex(name)
      .on('ticket')
      .columns([...columns])
      .execute();
  }
  await schema
    .createTable('ticketCounter')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('lastNumber', 'bigint', (column) => column.notNull())
    .execute();
}

async function createShelves(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  // Beginnings of words are ranges, so words are compared by their codes.
  const wordType = db.getExecutor().adapter instanceof SqliteAdapter ? sql`text` : sql`text collate "C"`;
  await schema
    .createTable('ticketCategory')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('parentId', 'text')
    .addColumn('tellsCustomer', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('archivedAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('ticketReason')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('archivedAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('ticketConversation')
    .addColumn('ticketId', 'text', (column) => column.notNull().references('ticket.id'))
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('linkedAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ticketConversationOnce', ['ticketId', 'conversationId'])
    .execute();
  await schema.createIndex('ticketByConversation').on('ticketConversation').columns(['conversationId', 'ticketId']).execute();
  await schema
    .createTable('ticketRelation')
    .addColumn('ticketId', 'text', (column) => column.notNull().references('ticket.id'))
    .addColumn('otherId', 'text', (column) => column.notNull().references('ticket.id'))
    .addPrimaryKeyConstraint('ticketRelationOnce', ['ticketId', 'otherId'])
    .execute();
  await schema
    .createTable('ticketWork')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ticketId', 'text', (column) => column.notNull().references('ticket.id'))
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('minutes', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('editedAt', 'bigint')
    .execute();
  await schema.createIndex('ticketWorkByTicket').on('ticketWork').columns(['ticketId', 'at', 'id']).execute();
  await schema
    .createTable('ticketChange')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ticketId', 'text', (column) => column.notNull().references('ticket.id'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('agentId', 'text')
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .execute();
  await schema.createIndex('ticketChangeByTicket').on('ticketChange').columns(['ticketId', 'at', 'id']).execute();
  await schema
    .createTable('ticketWord')
    .addColumn('word', wordType, (column) => column.notNull())
    .addColumn('ticketId', 'text', (column) => column.notNull().references('ticket.id'))
    .addPrimaryKeyConstraint('ticketWordOnce', ['word', 'ticketId'])
    .execute();
  await schema.createIndex('ticketWordByTicket').on('ticketWord').column('ticketId').execute();
}

async function createClocks({ schema }: Kysely<unknown>): Promise<void> {
  const clock = schema
    .createTable('ticketClock')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('policyId', 'text')
    .addColumn('seen', 'text', (column) => column.notNull())
    .addColumn('ledger', 'text', (column) => column.notNull())
    .addColumn('responseTarget', 'text')
    .addColumn('target', 'text');
  const moments = [
    'responseStartedAt',
    'responseWarnAt',
    'responseDueAt',
    'responseWarnedAt',
    'responseBreachedAt',
    'resolutionWarnAt',
    'resolutionDueAt',
    'resolutionWarnedAt',
    'resolutionBreachedAt',
    'warnAt',
    'dueAt',
    'nextAt',
  ];
  await moments.reduce((table, name) => table.addColumn(name, 'bigint'), clock).execute();
  for (const name of ['nextAt', 'dueAt']) {
    await schema
      .createIndex(`ticketClock${name}`)
      .on('ticketClock')
      .columns([name, 'id'])
      .where(name as never, 'is not', null)
      .execute();
  }
  await schema
    .createTable('ticketBreach')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ticketId', 'text', (column) => column.notNull())
    .addColumn('policyId', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .addColumn('dueAt', 'bigint', (column) => column.notNull())
    .addColumn('endedAt', 'bigint')
    .addColumn('lateMs', 'bigint')
    .addColumn('teamId', 'text')
    .addColumn('assigneeId', 'text')
    .execute();
  await schema.createIndex('ticketBreachOnce').on('ticketBreach').columns(['ticketId', 'target', 'startedAt']).unique().execute();
}
