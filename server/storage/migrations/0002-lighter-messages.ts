import type { Kysely } from 'kysely';

/**
 * Every message wrote a copy of itself into its conversation, and moved it in two lists by time. The copy is a look at
 * the message `lastSeq`, and the list of the resolved ones is none of a message's business.
 */
export async function migrateLighterMessages(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('conversation').dropColumn('lastMessage').execute();
  await schema.dropIndex('conversationByUpdated').execute();
  await schema
    .createIndex('conversationResolved')
    .on('conversation')
    .columns(['updatedAt', 'id'])
    .where('status' as never, '=', 'resolved')
    .execute();
}
