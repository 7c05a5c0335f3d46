import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { updateRows } from '../storage/rows.ts';
import type { CustomFieldRow } from '../storage/tables.ts';

/** In their order, those of one entity together. Everything made so far, archived or not. */
export async function listFieldRows(db: Db, entity?: string): Promise<CustomFieldRow[]> {
  const query = db.selectFrom('customField').selectAll();
  return (entity === undefined ? query : query.where('entity', '=', entity))
    .orderBy('entity')
    .orderBy('position')
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

export async function findFieldRow(db: Db, id: string): Promise<CustomFieldRow | undefined> {
  return db.selectFrom('customField').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locked until the transaction ends. (A no-op update is the lock that both databases know.) */
export async function lockField(trx: Transaction, id: string): Promise<CustomFieldRow> {
  const row = await trx
    .updateTable('customField')
    .set((field) => ({ position: field.ref('position') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such field.');
  return row;
}

export async function insertField(trx: Transaction, row: CustomFieldRow): Promise<void> {
  await trx.insertInto('customField').values(row).execute();
}

export async function updateField(trx: Transaction, id: string, values: Partial<Omit<CustomFieldRow, 'id'>>): Promise<void> {
  await trx.updateTable('customField').set(values).where('id', '=', id).execute();
}

export async function updatePositions(trx: Transaction, rows: readonly { id: string; position: number }[]): Promise<void> {
  await updateRows(trx, 'customField', rows, { id: 'text', position: 'integer' });
}
