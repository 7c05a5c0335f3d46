import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** What visitors ask, in groups, and counted by day. */
export async function migrateQuestions(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const { schema } = db;
  await schema
    .createTable('question')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('inboxId', 'text', (column) => column.notNull())
    .addColumn('visitorId', 'text')
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('likeness', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('lastSeq', 'integer', (column) => column.notNull())
    .addColumn('askedAt', 'bigint', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('groupId', 'text')
    .addColumn('isPlaced', 'integer', (column) => column.notNull())
    .addColumn('answeredBy', 'text')
    .addColumn('replyId', 'text')
    .addColumn('answerId', 'text')
    .addColumn('waitMs', 'bigint')
    .execute();
  await schema.createIndex('questionByConversation').on('question').columns(['conversationId', 'seq']).execute();
  await schema.createIndex('questionByGroup').on('question').columns(['groupId', 'askedAt', 'id']).execute();
  await schema.createIndex('questionByDay').on('question').columns(['day', 'groupId']).execute();
  await schema.createIndex('questionByTime').on('question').columns(['askedAt', 'id']).execute();
  await schema
    .createIndex('questionByLikeness')
    .on('question')
    .columns(['likeness', 'groupId'])
    .where('likeness' as never, '<>', sql.lit(''))
    .execute();
  await schema
    .createIndex('questionByAnswer')
    .on('question')
    .columns(['groupId', 'answerId'])
    .where('answerId' as never, 'is not', null)
    .execute();

  await schema
    .createTable('questionGroup')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('nameFrom', 'text')
    .addColumn('isNamed', 'integer', (column) => column.notNull())
    .addColumn('isIgnored', 'integer', (column) => column.notNull())
    .addColumn('isKept', 'integer', (column) => column.notNull())
    .addColumn('mergedInto', 'text')
    .addColumn('splitFrom', 'text')
    .addColumn('answerId', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('questionGroupByName')
    .on('questionGroup')
    .column('nameFrom')
    .where('nameFrom' as never, 'is not', null)
    .execute();

  // In the order in which a period is added up.
  await schema
    .createTable('questionDay')
    .addColumn('groupId', 'text', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('inboxId', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('answeredBy', 'text', (column) => column.notNull())
    .addColumn('asked', 'integer', (column) => column.notNull())
    .addColumn('talks', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('questionDayOnce', ['groupId', 'day', 'inboxId', 'language', 'answeredBy'])
    .modifyEnd(isSqlite ? sql`without rowid` : sql``)
    .execute();
  await schema
    .createIndex('questionDayByDay')
    .on('questionDay')
    .columns(['day', 'groupId', 'inboxId', 'language', 'answeredBy', 'asked', 'talks'])
    .execute();
  await schema
    .createTable('questionDayChange')
    .addColumn('day', 'integer', (column) => column.primaryKey())
    .execute();

  await schema
    .createTable('questionTalk')
    .addColumn('conversationId', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('inboxId', 'text', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .modifyEnd(isSqlite ? sql`without rowid` : sql``)
    .execute();
  await schema.createIndex('questionTalkByDay').on('questionTalk').columns(['day', 'inboxId']).execute();

  await schema
    .createTable('questionMining')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('followedTo', 'bigint', (column) => column.notNull())
    .addColumn('sweepAt', 'bigint')
    .addColumn('sweepId', 'text')
    .addColumn('sweptAt', 'bigint')
    .addColumn('groupedAt', 'bigint')
    .addColumn('groupingSince', 'bigint')
    .addColumn('isWanted', 'integer', (column) => column.notNull())
    .execute();
}
