import type { Kysely } from 'kysely';

export async function migrateQueue(db: Kysely<unknown>): Promise<void> {
  // How long people have waited lately for a team, whichever inbox they came from.
  await db.schema
    .createIndex('conversationAnsweredByTeam')
    .on('conversation')
    .columns(['teamId', 'firstResponseAt'])
    .where('teamId' as never, 'is not', null)
    .where('firstResponseAt' as never, 'is not', null)
    .execute();
}
