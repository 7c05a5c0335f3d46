import type { Db, Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

export async function updateBlock(
  trx: Transaction,
  contactId: string,
  block: Pick<ContactRow, 'blockedAt' | 'blockedUntil' | 'blockedBy'>,
): Promise<void> {
  await trx.updateTable('contact').set(block).where('id', '=', contactId).execute();
}

/** Everybody who is blocked now, with the browsers that were theirs. */
export async function listBlockedVisitors(
  db: Db,
  now: number,
): Promise<{ contactId: string; visitorId: string | null; until: number | null }[]> {
  const rows = await db
    .selectFrom('contact')
    .leftJoin('visitor', 'visitor.contactId', 'contact.id')
    .select(['contact.id as contactId', 'visitor.id as visitorId', 'contact.blockedUntil as until'])
    .where('contact.blockedAt', 'is not', null)
    .where((where) => where.or([where('contact.blockedUntil', 'is', null), where('contact.blockedUntil', '>', now)]))
    .execute();
  return rows;
}

export async function listVisitorIdsOf(db: Db, contactId: string): Promise<string[]> {
  const rows = await db.selectFrom('visitor').select('id').where('contactId', '=', contactId).execute();
  return rows.map(({ id }) => id);
}

/** The latest block first. */
export async function listBlockedRows(
  db: Db,
  page: { now: number; before: Cursor | null; limit: number },
): Promise<{ id: string; blockedAt: number; by: string | null }[]> {
  let query = db
    .selectFrom('contact')
    .leftJoin('agent', 'agent.id', 'contact.blockedBy')
    .select(['contact.id', 'contact.blockedAt', 'agent.name as by'])
    .where('contact.blockedAt', 'is not', null)
    .where((where) => where.or([where('contact.blockedUntil', 'is', null), where('contact.blockedUntil', '>', page.now)]))
    .orderBy('contact.blockedAt', 'desc')
    .orderBy('contact.id', 'desc')
    .limit(page.limit);
  const { before } = page;
  if (before) query = query.where(beforeInTime('contact.blockedAt', 'contact.id', before));
  return (await query.execute()).map((row) => ({ ...row, blockedAt: row.blockedAt ?? 0 }));
}
