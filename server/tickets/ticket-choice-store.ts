import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { TicketCategoryRow, TicketReasonRow } from '../storage/tables.ts';

type Choice = 'ticketCategory' | 'ticketReason';

export async function listCategoryRows(db: Db): Promise<TicketCategoryRow[]> {
  return db.selectFrom('ticketCategory').selectAll().orderBy('place').orderBy('id').execute();
}

export async function listReasonRows(db: Db): Promise<TicketReasonRow[]> {
  return db.selectFrom('ticketReason').selectAll().orderBy('place').orderBy('id').execute();
}

export async function findCategoryRow(db: Db, id: string): Promise<TicketCategoryRow | undefined> {
  return db.selectFrom('ticketCategory').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findReasonRow(db: Db, id: string): Promise<TicketReasonRow | undefined> {
  return db.selectFrom('ticketReason').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locked, in the order of their ids, so that of two changes the second sees the first. */
export async function lockChoices(trx: Transaction, table: Choice): Promise<void> {
  const rows = await trx.selectFrom(table).select('id').execute();
  await lockRows(
    trx,
    table,
    rows.map(({ id }) => id),
    ['id'],
  );
}

export async function insertCategory(trx: Transaction, row: TicketCategoryRow): Promise<void> {
  await trx.insertInto('ticketCategory').values(row).execute();
}

export async function updateCategory(trx: Transaction, id: string, values: Partial<TicketCategoryRow>): Promise<void> {
  await trx.updateTable('ticketCategory').set(values).where('id', '=', id).execute();
}

export async function insertReason(trx: Transaction, row: TicketReasonRow): Promise<void> {
  await trx.insertInto('ticketReason').values(row).execute();
}

export async function updateReason(trx: Transaction, id: string, values: Partial<TicketReasonRow>): Promise<void> {
  await trx.updateTable('ticketReason').set(values).where('id', '=', id).execute();
}

export async function hasReasons(db: Db): Promise<boolean> {
  return (await db.selectFrom('ticketReason').select('id').where('archivedAt', 'is', null).limit(1).executeTakeFirst()) !== undefined;
}

export async function updatePlace(trx: Transaction, table: Choice, id: string, place: number): Promise<void> {
  await trx.updateTable(table).set({ place }).where('id', '=', id).execute();
}
