import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { InboxRow } from '../storage/tables.ts';

export async function listInboxRows(db: Db): Promise<InboxRow[]> {
  return db.selectFrom('inbox').selectAll().orderBy('createdAt').orderBy('id').execute();
}

export async function findInboxRowByKey(db: Db, key: string): Promise<(InboxRow & { business: string }) | undefined> {
  return db
    .selectFrom('inbox')
    .innerJoin('installation', (join) => join.onTrue())
    .selectAll('inbox')
    .select('installation.business')
    .where('inbox.key', '=', key)
    .executeTakeFirst();
}

export async function getInboxRow(db: Db, id: string): Promise<InboxRow> {
  const row = await db.selectFrom('inbox').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such inbox.');
  return row;
}

export async function insertInbox(trx: Transaction, row: InboxRow): Promise<void> {
  await trx.insertInto('inbox').values(row).execute();
}

export async function updateInbox(trx: Transaction, row: InboxRow): Promise<void> {
  const { id, ...values } = row;
  await trx.updateTable('inbox').set(values).where('id', '=', id).execute();
}
