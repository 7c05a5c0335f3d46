import type { Db, Transaction } from '../storage/database.ts';
import type { ConsentRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** The latest first, with the name of the agent who has written it down. */
export async function listConsentRows(
  db: Db,
  contactId: string,
  { before, limit }: { before: Cursor | null; limit: number },
): Promise<(ConsentRow & { agentName: string | null })[]> {
  let query = db
    .selectFrom('consent')
    .leftJoin('agent', 'agent.id', 'consent.agentId')
    .selectAll('consent')
    .select('agent.name as agentName')
    .where('consent.contactId', '=', contactId)
    .orderBy('consent.at', 'desc')
    .orderBy('consent.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('consent.at', 'consent.id', before));
  return query.execute();
}

export async function findConsent(trx: Transaction, id: string): Promise<ConsentRow | undefined> {
  return trx.selectFrom('consent').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The last word of this kind. */
export async function findLastConsent(db: Db | Transaction, contactId: string, kind: string): Promise<ConsentRow | undefined> {
  const query = db.selectFrom('consent').selectAll().where('contactId', '=', contactId).where('kind', '=', kind);
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
}

export async function insertConsent(trx: Transaction, row: ConsentRow): Promise<void> {
  await trx.insertInto('consent').values(row).execute();
}

export async function deleteConsents(trx: Transaction, contactId: string): Promise<void> {
  await trx.deleteFrom('consent').where('contactId', '=', contactId).execute();
}
