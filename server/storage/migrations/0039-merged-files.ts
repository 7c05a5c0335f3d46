import type { Kysely } from 'kysely';

/** Whoever merges, erases or drops a file asks which files were merged into it. */
export async function migrateMergedFiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('contactByMerge')
    .on('contact')
    .column('mergedInto')
    .where('mergedInto' as never, 'is not', null)
    .execute();
}
