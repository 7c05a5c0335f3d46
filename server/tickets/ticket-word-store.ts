import type { Db } from '../storage/database.ts';

/** A word is rare that stands in at most so many subjects. */
const RARE_MAX = 2_000;

/**
 * Tickets in whose subject all these beginnings of words stand, where one of them is rare; null where none is: then it is quicker to
 * walk through the newest tickets and look at each (`wordRange`).
 */
export async function findIdsByWords(db: Db, words: readonly string[]): Promise<string[] | null> {
  let ids: string[] | null = null;
  const common: string[] = [];
  for (const word of words) {
    const found = await listIds(db, word, null);
    if (found.length > RARE_MAX) common.push(word);
    else ids = ids === null ? found : intersection(ids, found);
  }
  if (ids === null) return null;
  for (const word of common) ids = await listIds(db, word, ids);
  return ids;
}

/** Everything that begins with it. */
export function wordRange(word: string): [from: string, before: string] {
  return [word, `${word}\u{10ffff}`];
}

async function listIds(db: Db, word: string, among: readonly string[] | null): Promise<string[]> {
  if (among?.length === 0) return [];
  const [from, before] = wordRange(word);
  const query = db.selectFrom('ticketWord').select('ticketId').distinct().where('word', '>=', from).where('word', '<', before);
  const rows = await (among ? query.where('ticketId', 'in', among) : query.limit(RARE_MAX + 1)).execute();
  return rows.map(({ ticketId }) => ticketId);
}

function intersection(one: readonly string[], other: readonly string[]): string[] {
  const held = new Set(other);
  return one.filter((id) => held.has(id));
}
