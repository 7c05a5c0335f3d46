import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, updateRows } from '../storage/rows.ts';

export async function listTaggedFiles(db: Db, tag: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('contactTag').select('contactId').where('tag', '=', tag).orderBy('contactId').limit(limit).execute();
  return rows.map(({ contactId }) => contactId);
}

/** Returns those that carried it, with when each was last seen. */
export async function replaceFileTag(
  trx: Transaction,
  ids: readonly string[],
  { from, to }: { from: string; to: string | null },
): Promise<{ id: string; lastSeenAt: number }[]> {
  const rows = await lockRows(trx, 'contact', ids, ['id', 'tags', 'lastSeenAt']);
  const changed = rows.flatMap(({ id, tags, lastSeenAt }) => {
    const held: string[] = JSON.parse(tags);
    if (!held.includes(from)) return [];
    const next = held.flatMap((tag) => (tag !== from ? [tag] : to === null ? [] : [to]));
    return [{ id, lastSeenAt, tags: JSON.stringify([...new Set(next)]) }];
  });
  await updateRows(
    trx,
    'contact',
    changed.map(({ id, tags }) => ({ id, tags })),
    { tags: 'text' },
  );
  await trx.deleteFrom('contactTag').where('tag', '=', from).where('contactId', 'in', ids).execute();
  if (to !== null && changed.length > 0) {
    await trx
      .insertInto('contactTag')
      .values(changed.map(({ id }) => ({ contactId: id, tag: to })))
      .onConflict((conflict) => conflict.columns(['contactId', 'tag']).doNothing())
      .execute();
  }
  return changed;
}
