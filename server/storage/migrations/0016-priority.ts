import type { Kysely } from 'kysely';

export async function migratePriority(db: Kysely<unknown>): Promise<void> {
  // 0 low, 1 normal, 2 high, 3 urgent.
  await db.schema
    .alterTable('conversation')
    .addColumn('priority', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
}
