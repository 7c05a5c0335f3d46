import type { Kysely } from 'kysely';

/** Accounts, inboxes, customer files, conversations and messages. */
export async function migrateFirstHouse(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('installation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('business', 'text', (column) => column.notNull())
    .addColumn('setupCodeHash', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('epoch')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('agent')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('passwordHash', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('avatarUrl', 'text')
    .addColumn('availability', 'text', (column) => column.notNull())
    .addColumn('deactivatedAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('agentSession')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tokenHash', 'text', (column) => column.notNull().unique())
    .addColumn('agentId', 'text', (column) => column.notNull().references('agent.id'))
    .addColumn('userAgent', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('lastSeenAt', 'bigint', (column) => column.notNull())
    .addColumn('expiresAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('agentSessionByAgent').on('agentSession').column('agentId').execute();

  await schema
    .createTable('apiToken')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tokenHash', 'text', (column) => column.notNull().unique())
    .addColumn('agentId', 'text', (column) => column.notNull().references('agent.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('lastUsedAt', 'bigint')
    .execute();

  await schema
    .createTable('inbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('allowedOrigins', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .addColumn('identitySecret', 'text', (column) => column.notNull())
    .addColumn('identityPublicKey', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('contact')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('company', 'text')
    .addColumn('lifecycle', 'text', (column) => column.notNull())
    .addColumn('locale', 'text')
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('pageUrl', 'text')
    .addColumn('pageTitle', 'text')
    .addColumn('consentAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('lastSeenAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('contactByLastSeen').on('contact').columns(['lastSeenAt', 'id']).execute();

  await schema
    .createTable('identity')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('isVerified', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('identityOnceInContact').on('identity').columns(['contactId', 'kind', 'value']).unique().execute();
  await schema.createIndex('identityByValue').on('identity').columns(['kind', 'value']).execute();
  // A verified identity names exactly one customer file; a claim may stand in any number of them.
  await schema
    .createIndex('identityVerifiedOnce')
    .on('identity')
    .columns(['kind', 'value'])
    .unique()
    .where('isVerified' as never, '=', 1)
    .execute();

  await schema
    .createTable('visitor')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('inboxId', 'text', (column) => column.notNull().references('inbox.id'))
    .addColumn('tokenHash', 'text', (column) => column.notNull().unique())
    .addColumn('contactId', 'text', (column) => column.references('contact.id'))
    .addColumn('isVerified', 'integer', (column) => column.notNull())
    .addColumn('locale', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('lastSeenAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('visitorByContact').on('visitor').column('contactId').execute();
  await schema
    .createIndex('visitorSilent')
    .on('visitor')
    .column('createdAt')
    .where('contactId' as never, 'is', null)
    .execute();

  await schema
    .createTable('conversation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('inboxId', 'text', (column) => column.notNull().references('inbox.id'))
    .addColumn('visitorId', 'text', (column) => column.notNull().references('visitor.id'))
    .addColumn('contactId', 'text', (column) => column.notNull().references('contact.id'))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('assigneeId', 'text', (column) => column.references('agent.id'))
    .addColumn('teamId', 'text')
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('lastSeq', 'integer', (column) => column.notNull())
    .addColumn('lastPublicSeq', 'integer', (column) => column.notNull())
    .addColumn('lastMessage', 'text')
    .addColumn('unread', 'integer', (column) => column.notNull())
    .addColumn('agentReadSeq', 'integer', (column) => column.notNull())
    .addColumn('visitorReadSeq', 'integer', (column) => column.notNull())
    .addColumn('waitingSince', 'bigint')
    .addColumn('firstResponseAt', 'bigint')
    .addColumn('snoozedUntil', 'bigint')
    .addColumn('resolvedAt', 'bigint')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('conversationByVisitor').on('conversation').columns(['visitorId', 'createdAt']).execute();
  await schema.createIndex('conversationByContact').on('conversation').columns(['contactId', 'createdAt']).execute();
  await schema.createIndex('conversationByUpdated').on('conversation').columns(['updatedAt', 'id']).execute();
  // The agents' list reads only what is not resolved; of a million conversations that is a handful.
  await schema
    .createIndex('conversationUnresolved')
    .on('conversation')
    .columns(['updatedAt', 'id'])
    .where('status' as never, '<>', 'resolved')
    .execute();
  await schema
    .createIndex('conversationUnresolvedByAssignee')
    .on('conversation')
    .columns(['assigneeId'])
    .where('status' as never, '<>', 'resolved')
    .execute();

  // No WITHOUT ROWID: new messages append at the table's end however many conversations are busy.
  await schema
    .createTable('message')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversationId', 'text', (column) => column.notNull().references('conversation.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('authorKind', 'text', (column) => column.notNull())
    .addColumn('authorId', 'text')
    .addColumn('authorName', 'text')
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('replyTo', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('messageInConversation').on('message').columns(['conversationId', 'seq']).unique().execute();
}
