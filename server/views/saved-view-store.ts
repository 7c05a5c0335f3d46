import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { SavedViewRow } from '../storage/tables.ts';

/** The shared ones and the agent's own, in their order. */
export async function listSavedViewRows(db: Db, agentId: string): Promise<SavedViewRow[]> {
  return db
    .selectFrom('savedView')
    .selectAll()
    .where((where) => where.or([where('isShared', '=', 1), where('ownerId', '=', agentId)]))
    .orderBy('isShared', 'desc')
    .orderBy('place')
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

export async function findSavedViewRow(db: Db, id: string): Promise<SavedViewRow | undefined> {
  return db.selectFrom('savedView').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockSavedView(trx: Transaction, id: string): Promise<SavedViewRow> {
  const [row] = await lockRows(trx, 'savedView', [id]);
  if (!row) throw new AppError('not-found', 'There is no such view.');
  return row as SavedViewRow;
}

/** Those that ask for tags, whichever. */
export async function listTaggedViewIds(trx: Transaction): Promise<string[]> {
  const rows = await trx.selectFrom('savedView').select('id').where('filter', 'like', '%"tags":%').orderBy('id').execute();
  return rows.map(({ id }) => id);
}

export async function lockSavedViews(trx: Transaction, ids: readonly string[]): Promise<SavedViewRow[]> {
  return (await lockRows(trx, 'savedView', ids)) as SavedViewRow[];
}

/** How many an agent has made, and the place behind the last of all. */
export async function readSavedViewEnd(trx: Transaction, ownerId: string): Promise<{ count: number; place: number }> {
  const own = await trx
    .selectFrom('savedView')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('ownerId', '=', ownerId)
    .executeTakeFirstOrThrow();
  const last = await trx.selectFrom('savedView').select('place').orderBy('place', 'desc').limit(1).executeTakeFirst();
  return { count: Number(own.count), place: (last?.place ?? 0) + 1 };
}

export async function countSharedViews(trx: Transaction): Promise<number> {
  const shared = await trx
    .selectFrom('savedView')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('isShared', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(shared.count);
}

export async function insertSavedView(trx: Transaction, row: SavedViewRow): Promise<void> {
  await trx.insertInto('savedView').values(row).execute();
}

export async function updateSavedView(trx: Transaction, id: string, values: Partial<Omit<SavedViewRow, 'id'>>): Promise<void> {
  if (Object.keys(values).length > 0) await trx.updateTable('savedView').set(values).where('id', '=', id).execute();
}

export async function deleteSavedView(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('savedView').where('id', '=', id).execute();
}
