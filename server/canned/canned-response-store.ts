import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { CannedResponseRow } from '../storage/tables.ts';

export async function findCannedRow(db: Db, id: string): Promise<CannedResponseRow | undefined> {
  return db.selectFrom('cannedResponse').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockCanned(trx: Transaction, id: string): Promise<CannedResponseRow> {
  const [row] = await lockRows(trx, 'cannedResponse', [id]);
  if (!row) throw new AppError('not-found', 'There is no such canned response.');
  return row as CannedResponseRow;
}

export async function insertCanned(trx: Transaction, row: CannedResponseRow): Promise<void> {
  await trx.insertInto('cannedResponse').values(row).execute();
}

export async function updateCanned(trx: Transaction, { id, ...values }: CannedResponseRow): Promise<void> {
  await trx.updateTable('cannedResponse').set(values).where('id', '=', id).execute();
}

export async function deleteCanned(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('cannedResponse').where('id', '=', id).execute();
}

export async function isShortcutTaken(
  db: Db,
  { place, shortcutKey, exceptId }: { place: string; shortcutKey: string; exceptId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('cannedResponse')
    .select('id')
    .where('place', '=', place)
    .where('shortcutKey', '=', shortcutKey)
    .where('id', '<>', exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function listCannedIn(trx: Transaction, place: string): Promise<CannedResponseRow[]> {
  return trx.selectFrom('cannedResponse').selectAll().where('place', '=', place).orderBy('createdAt').orderBy('id').execute();
}
