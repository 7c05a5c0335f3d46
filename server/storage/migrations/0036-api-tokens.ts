import type { Kysely } from 'kysely';

/** Tokens that may do a part of what their agent may, for a time; and what was replied to calls that may be repeated. */
export async function migrateApiTokens(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('apiToken').addColumn('scopes', 'text').execute();
  await schema.alterTable('apiToken').addColumn('expiresAt', 'bigint').execute();
  await schema
    .createIndex('apiTokenByExpiry')
    .on('apiToken')
    .column('expiresAt')
    .where('expiresAt' as never, 'is not', null)
    .execute();
  await schema
    .createTable('repeatableCall')
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('reply', 'text')
    .addPrimaryKeyConstraint('repeatableCallOnce', ['agentId', 'key'])
    .execute();
  await schema.createIndex('repeatableCallByStart').on('repeatableCall').column('startedAt').execute();
}
