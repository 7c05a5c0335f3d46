import type { Db, Transaction } from '../storage/database.ts';
import type { VisitorRow } from '../storage/tables.ts';

export async function findVisitorByToken(db: Db, inboxId: string, tokenHash: string): Promise<VisitorRow | undefined> {
  return db.selectFrom('visitor').selectAll().where('tokenHash', '=', tokenHash).where('inboxId', '=', inboxId).executeTakeFirst();
}

export async function getVisitorRow(db: Db, id: string): Promise<VisitorRow> {
  return db.selectFrom('visitor').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/**
 * The visitor as the transaction may rest on it: two tabs that open the first conversation at the same moment meet
 * at this row, so the second sees what the first did. (A no-op update is the lock that both databases know.)
 */
export async function lockVisitor(trx: Transaction, id: string): Promise<VisitorRow> {
  return trx
    .updateTable('visitor')
    .set((row) => ({ lastSeenAt: row.ref('lastSeenAt') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertVisitor(trx: Transaction, row: VisitorRow): Promise<void> {
  await trx.insertInto('visitor').values(row).execute();
}

export async function updateVisitor(trx: Transaction, id: string, values: Partial<Omit<VisitorRow, 'id'>>): Promise<void> {
  await trx.updateTable('visitor').set(values).where('id', '=', id).execute();
}

/** Browsers that opened the window before `createdBefore` and never said anything. */
export async function deleteSilentVisitors(trx: Transaction, createdBefore: number): Promise<void> {
  await trx.deleteFrom('visitor').where('contactId', 'is', null).where('createdAt', '<', createdBefore).execute();
}

/** Of an inbox without conversations; returns their ids. */
export async function deleteVisitorsOf(trx: Transaction, inboxId: string): Promise<string[]> {
  const rows = await trx.deleteFrom('visitor').where('inboxId', '=', inboxId).returning('id').execute();
  return rows.map(({ id }) => id);
}
