import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { CompanyFollowingRow } from '../storage/tables.ts';

const BEGINNING = { seenAt: -1, contactId: '' };

/** From the beginning, where some of its people had followed an earlier name. */
export async function startFollowing(trx: Transaction, companyId: string): Promise<void> {
  await trx
    .insertInto('companyFollowing')
    .values({ companyId, ...BEGINNING })
    .onConflict((conflict) => conflict.column('companyId').doUpdateSet(BEGINNING))
    .execute();
}

export async function findFollowing(db: Db): Promise<string | null> {
  return (await db.selectFrom('companyFollowing').select('companyId').limit(1).executeTakeFirst())?.companyId ?? null;
}

/** Locked until the transaction ends: a name that is changed meanwhile waits, and begins again. */
export async function lockFollowing(trx: Transaction, companyId: string): Promise<CompanyFollowingRow | undefined> {
  return trx
    .updateTable('companyFollowing')
    .set((of) => ({ seenAt: of.ref('seenAt') }))
    .where('companyId', '=', companyId)
    .returningAll()
    .executeTakeFirst();
}

export async function updateFollowing(trx: Transaction, { companyId, ...place }: CompanyFollowingRow): Promise<void> {
  await trx.updateTable('companyFollowing').set(place).where('companyId', '=', companyId).execute();
}

export async function deleteFollowing(trx: Transaction, companyId: string): Promise<void> {
  await trx.deleteFrom('companyFollowing').where('companyId', '=', companyId).execute();
}

/** Those seen longest ago first: whoever is seen meanwhile comes later, and nobody is missed. */
export async function listPeopleAfter(
  trx: Transaction,
  { companyId, seenAt, contactId }: CompanyFollowingRow,
  limit: number,
): Promise<{ id: string; lastSeenAt: number }[]> {
  return trx
    .selectFrom('contact')
    .select(['id', 'lastSeenAt'])
    .where('companyId', '=', companyId)
    .where('lastSeenAt', '>=', seenAt)
    .where((where) => where.or([where('lastSeenAt', '>', seenAt), where('id', '>', contactId)]))
    .orderBy('lastSeenAt')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Null: the company is no more; they keep its name in words. Whoever has left it meanwhile is let be. */
export async function writeCompanyName(
  trx: Transaction,
  { companyId, ids, name }: { companyId: string; ids: readonly string[]; name: string | null },
): Promise<void> {
  if (ids.length === 0) return;
  await lockRows(trx, 'contact', ids, ['id']);
  await trx
    .updateTable('contact')
    .set(name === null ? { companyId: null } : { company: name })
    .where('id', 'in', ids)
    .where('companyId', '=', companyId)
    .execute();
}
