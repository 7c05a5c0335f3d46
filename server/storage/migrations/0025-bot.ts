import type { Kysely } from 'kysely';

/** What the bot says by itself, which questions it has looked at, and what came of it. */
export async function migrateBot(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('message').addColumn('automatic', 'text').execute();

  await schema
    .createTable('botTalk')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('inboxId', 'text', (column) => column.notNull())
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('settledAt', 'bigint', (column) => column.notNull())
    .addColumn('endsAt', 'bigint')
    .execute();
  await schema.createIndex('botTalkByConversation').on('botTalk').columns(['conversationId', 'startedAt']).execute();
  // Counted from the index alone, and listed by kind.
  await schema.createIndex('botTalkByTime').on('botTalk').columns(['startedAt', 'id', 'inboxId', 'outcome', 'reason']).execute();
  await schema.createIndex('botTalkByOutcome').on('botTalk').columns(['outcome', 'reason', 'startedAt', 'id']).execute();
  await schema
    .createIndex('botTalkByEnd')
    .on('botTalk')
    .columns(['endsAt', 'id'])
    .where('endsAt' as never, 'is not', null)
    .execute();

  await schema
    .createTable('botTurn')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('talkId', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('inboxId', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('language', 'text')
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('answerId', 'text')
    .addColumn('confidence', 'double precision', (column) => column.notNull())
    .addColumn('offered', 'text', (column) => column.notNull())
    .addColumn('chosen', 'text')
    .addColumn('replyId', 'text')
    .addColumn('helpful', 'integer')
    .execute();
  await schema.createIndex('botTurnByConversation').on('botTurn').columns(['conversationId', 'seq']).execute();
  await schema.createIndex('botTurnByReply').on('botTurn').column('replyId').execute();
  await schema
    .createIndex('botTurnGiven')
    .on('botTurn')
    .columns(['at', 'answerId', 'helpful', 'inboxId', 'conversationId'])
    .where('answerId' as never, 'is not', null)
    .execute();
}
