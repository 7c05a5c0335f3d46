import type { Db, Transaction } from '../storage/database.ts';
import { insertRows } from '../storage/rows.ts';
import type { CustomFieldRow, FieldValueRow } from '../storage/tables.ts';

/** A value with what is to be known of its field. */
export type ValueRow = FieldValueRow & Pick<CustomFieldRow, 'key' | 'viewRoles'>;

/** Fewer than either database takes as parameters of one statement. */
const AT_ONCE = 5_000;

/** In the order of the fields; those of archived fields are not told. */
export async function listValueRows(db: Db | Transaction, entityIds: readonly string[]): Promise<ValueRow[]> {
  const rows: ValueRow[] = [];
  for (let at = 0; at < entityIds.length; at += AT_ONCE) {
    const some = await db
      .selectFrom('fieldValue')
      .innerJoin('customField', 'customField.id', 'fieldValue.fieldId')
      .selectAll('fieldValue')
      .select(['customField.key', 'customField.viewRoles'])
      .where('fieldValue.entityId', 'in', entityIds.slice(at, at + AT_ONCE))
      .where('customField.archivedAt', 'is', null)
      .orderBy('customField.position')
      .orderBy('customField.id')
      .execute();
    rows.push(...some);
  }
  return rows;
}

export async function upsertValue(trx: Transaction, row: FieldValueRow): Promise<void> {
  const { value, textKey, number } = row;
  await trx
    .insertInto('fieldValue')
    .values(row)
    .onConflict((conflict) => conflict.columns(['entityId', 'fieldId']).doUpdateSet({ value, textKey, number }))
    .execute();
}

export async function insertValues(trx: Transaction, rows: readonly FieldValueRow[]): Promise<void> {
  await insertRows(trx, 'fieldValue', rows, {
    entityId: 'text',
    fieldId: 'text',
    value: 'text',
    textKey: 'text',
    number: 'double precision',
  });
}

export async function deleteValue(trx: Transaction, { entityId, fieldId }: Pick<FieldValueRow, 'entityId' | 'fieldId'>): Promise<void> {
  await trx.deleteFrom('fieldValue').where('entityId', '=', entityId).where('fieldId', '=', fieldId).execute();
}

export async function deleteValuesOf(trx: Transaction, entityId: string): Promise<void> {
  await trx.deleteFrom('fieldValue').where('entityId', '=', entityId).execute();
}

/** Those that the other has not go over to it; the rest stays. */
export async function moveValues(trx: Transaction, from: string, to: string): Promise<void> {
  const held = trx.selectFrom('fieldValue').select('fieldId').where('entityId', '=', to);
  await trx.updateTable('fieldValue').set({ entityId: to }).where('entityId', '=', from).where('fieldId', 'not in', held).execute();
}

/** Which of these choices stand somewhere. */
export async function listUsedChoices(db: Db, fieldId: string, choiceIds: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>();
  for (const id of choiceIds) {
    const query = db.selectFrom('fieldValue').select('entityId').where('fieldId', '=', fieldId).where('textKey', '=', id);
    if (await query.limit(1).executeTakeFirst()) used.add(id);
  }
  return used;
}
