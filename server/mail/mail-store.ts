import type { Db, Transaction } from '../storage/database.ts';
import type { MailRow } from '../storage/tables.ts';

export async function insertMail(trx: Transaction, row: MailRow): Promise<void> {
  await trx.insertInto('mail').values(row).execute();
}

/** The one that has been due for longest. */
export async function findDueMail(db: Db, now: number): Promise<MailRow | undefined> {
  return db
    .selectFrom('mail')
    .selectAll()
    .where('status', '=', 'waiting')
    .where('nextAttemptAt', '<=', now)
    .orderBy('nextAttemptAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

export async function updateMail(trx: Transaction, id: string, values: Partial<Omit<MailRow, 'id'>>): Promise<void> {
  await trx.updateTable('mail').set(values).where('id', '=', id).execute();
}

export async function deleteMailOf(trx: Transaction, contactId: string): Promise<void> {
  await trx.deleteFrom('mail').where('contactId', '=', contactId).execute();
}

export async function deleteMailClosedBefore(trx: Transaction, before: number): Promise<void> {
  await trx.deleteFrom('mail').where('status', '<>', 'waiting').where('closedAt', '<', before).execute();
}
