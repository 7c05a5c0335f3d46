import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { BusinessHoursRow } from '../storage/tables.ts';

export interface HoursPlace {
  /** `inbox:<id>` or `team:<id>`. */
  place: string;
  hoursId: string;
}

export async function listHoursRows(db: Db): Promise<BusinessHoursRow[]> {
  return db.selectFrom('businessHours').selectAll().orderBy('createdAt').orderBy('id').execute();
}

/** What changes with every change, without the rules. */
export async function listHoursVersions(db: Db): Promise<Pick<BusinessHoursRow, 'id' | 'version'>[]> {
  return db.selectFrom('businessHours').select(['id', 'version']).orderBy('createdAt').orderBy('id').execute();
}

export async function listHoursPlaces(db: Db): Promise<HoursPlace[]> {
  return db.selectFrom('businessHoursPlace').selectAll().orderBy('place').execute();
}

/** These, in the order of their ids, locked until the transaction ends. */
export async function lockHours(trx: Transaction, ids: readonly string[]): Promise<BusinessHoursRow[]> {
  return (await lockRows(trx, 'businessHours', ids)) as BusinessHoursRow[];
}

/** Those of them that there are, and that are not deleted until the transaction ends. */
export async function lockInboxIds(trx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await lockRows(trx, 'inbox', ids, ['id'])).map(({ id }) => id));
}

export async function insertHours(trx: Transaction, row: BusinessHoursRow): Promise<void> {
  await trx.insertInto('businessHours').values(row).execute();
}

export async function updateHours(trx: Transaction, { id, ...values }: BusinessHoursRow): Promise<void> {
  await trx.updateTable('businessHours').set(values).where('id', '=', id).execute();
}

export async function deleteHours(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('businessHoursPlace').where('hoursId', '=', id).execute();
  await trx.deleteFrom('businessHours').where('id', '=', id).execute();
}

/** Whose hours these places have now. */
export async function listPlacesOf(trx: Transaction, places: readonly string[]): Promise<HoursPlace[]> {
  if (places.length === 0) return [];
  return trx.selectFrom('businessHoursPlace').selectAll().where('place', 'in', places).execute();
}

/** These places have these hours from now on, and no others of the kind do. */
export async function replacePlaces(
  trx: Transaction,
  { hoursId, kind, places }: { hoursId: string; kind: 'inbox' | 'team'; places: readonly string[] },
): Promise<void> {
  await trx.deleteFrom('businessHoursPlace').where('hoursId', '=', hoursId).where('place', 'like', `${kind}:%`).execute();
  if (places.length === 0) return;
  await trx.deleteFrom('businessHoursPlace').where('place', 'in', places).execute();
  await trx
    .insertInto('businessHoursPlace')
    .values(places.map((place) => ({ place, hoursId })))
    .execute();
}

export async function deletePlace(trx: Transaction, place: string): Promise<void> {
  await trx.deleteFrom('businessHoursPlace').where('place', '=', place).execute();
}
