import type { Kysely } from 'kysely';

/** Who was named where, what agents were told, and who may not write any more. */
export async function migrateNotices(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('message').addColumn('mentions', 'text').execute();

  await schema
    .createTable('mention')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('messageId', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('seenAt', 'bigint')
    .execute();
  await schema.createIndex('mentionOfAgent').on('mention').columns(['agentId', 'createdAt', 'id']).execute();
  await schema.createIndex('mentionInConversation').on('mention').columns(['agentId', 'conversationId', 'createdAt']).execute();

  await schema
    .createTable('notice')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('actorId', 'text')
    .addColumn('conversationId', 'text')
    .addColumn('messageId', 'text')
    .addColumn('seq', 'integer')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('seenAt', 'bigint')
    .execute();
  await schema.createIndex('noticeOfAgent').on('notice').columns(['agentId', 'createdAt', 'id']).execute();
  await schema.createIndex('noticeByAge').on('notice').column('createdAt').execute();
  for (const table of ['notice', 'mention']) {
    await schema
      .createIndex(`${table}Unseen`)
      .on(table)
      .columns(['agentId', 'conversationId'])
      .where('seenAt' as never, 'is', null)
      .execute();
  }

  await schema.alterTable('contact').addColumn('blockedAt', 'bigint').execute();
  await schema.alterTable('contact').addColumn('blockedUntil', 'bigint').execute();
  await schema.alterTable('contact').addColumn('blockedBy', 'text').execute();
  await schema
    .createIndex('contactBlocked')
    .on('contact')
    .columns(['blockedAt', 'id'])
    .where('blockedAt' as never, 'is not', null)
    .execute();

  const ledger = db as Kysely<{ role: { id: string; permissions: string } }>;
  for (const id of ['supervisor', 'agent']) {
    const row = await ledger.selectFrom('role').select('permissions').where('id', '=', id).executeTakeFirst();
    const held: string[] = row ? JSON.parse(row.permissions) : [];
    // Only who sees customer files finds somebody to block.
    if (!held.includes('contacts:view')) continue;
    await ledger
      .updateTable('role')
      .set({ permissions: JSON.stringify([...held, 'visitors:block']) })
      .where('id', '=', id)
      .execute();
  }
}
