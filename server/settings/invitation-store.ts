import type { Db, Transaction } from '../storage/database.ts';
import type { InvitationCountRow } from '../storage/tables.ts';

/** Adds to what was counted before. */
export async function addInvitationCount(trx: Transaction, row: InvitationCountRow): Promise<void> {
  await trx
    .insertInto('invitationCount')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['inboxId', 'invitationId']).doUpdateSet((set) => ({
        shown: set('invitationCount.shown', '+', set.ref('excluded.shown')),
        accepted: set('invitationCount.accepted', '+', set.ref('excluded.accepted')),
      })),
    )
    .execute();
}

export async function listInvitationCounts(db: Db, inboxId: string): Promise<InvitationCountRow[]> {
  return db.selectFrom('invitationCount').selectAll().where('inboxId', '=', inboxId).orderBy('invitationId').execute();
}
