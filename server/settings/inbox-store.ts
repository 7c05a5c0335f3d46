import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
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

export async function findInboxRow(db: Db, id: string): Promise<InboxRow | undefined> {
  return db.selectFrom('inbox').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locked until the transaction ends: two administrators who change different settings both keep theirs. */
export async function lockInbox(trx: Transaction, id: string): Promise<InboxRow> {
  const [row] = await lockRows(trx, 'inbox', [id]);
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

/** All of them, in the order of their ids, locked until the transaction ends: no two deletions can both leave "the other one". */
export async function lockAllInboxes(trx: Transaction): Promise<InboxRow[]> {
  const rows = await trx.selectFrom('inbox').select('id').orderBy('id').execute();
  return lockRows(
    trx,
    'inbox',
    rows.map(({ id }) => id),
  );
}

export async function hasConversations(trx: Transaction, inboxId: string): Promise<boolean> {
  const row = await trx.selectFrom('conversation').select('id').where('inboxId', '=', inboxId).limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function deleteInbox(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('inbox').where('id', '=', id).execute();
}
