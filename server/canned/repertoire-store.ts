/** What canned responses and macros have in common as rows: they lie in places, and are read whole by whoever may use them. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { CannedResponseRow, MacroRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

interface Rows {
  cannedResponse: CannedResponseRow;
  macro: MacroRow;
}

/** Oldest first. */
export async function listInPlaces<Table extends keyof Rows>(
  db: Db,
  table: Table,
  { places, after, limit }: { places: readonly string[]; after: Cursor | null; limit: number },
): Promise<Rows[Table][]> {
  if (places.length === 0) return [];
  let query = db
    .selectFrom(table as 'cannedResponse')
    .selectAll()
    // As an expression: an index of places would give the rows in another order, and all of them would be sorted for each page.
    .where(sql`coalesce("place", '')`, 'in', places)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(limit);
  if (after) {
    query = query.where((where) =>
      where.or([where('createdAt', '>', after.at), where.and([where('createdAt', '=', after.at), where('id', '>', after.id)])]),
    );
  }
  return (await query.execute()) as Rows[Table][];
}

/** Another one after every change: what is made or changed is newer than all before it, and what goes is one less. */
export async function stampOf(db: Db, table: keyof Rows, places: readonly string[]): Promise<string> {
  const whose = createHash('sha256').update(places.join(' ')).digest('base64url').slice(0, 8);
  if (places.length === 0) return whose;
  const row = await db
    .selectFrom(table as 'cannedResponse')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('updatedAt').as('latest')])
    .where('place', 'in', places)
    .executeTakeFirstOrThrow();
  return `${whose}.${row.count}.${row.latest ?? 0}`;
}
