import type { Db, Transaction } from '../storage/database.ts';
import type { AccountLinkRow } from '../storage/tables.ts';

export type LinkKind = 'invitation' | 'reset';

export async function findLink(db: Db, kind: LinkKind, tokenHash: string): Promise<AccountLinkRow | undefined> {
  return db.selectFrom('accountLink').selectAll().where('kind', '=', kind).where('tokenHash', '=', tokenHash).executeTakeFirst();
}

export async function findLinkById(db: Db, kind: LinkKind, id: string): Promise<AccountLinkRow | undefined> {
  return db.selectFrom('accountLink').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst();
}

export async function listInvitationRows(db: Db): Promise<AccountLinkRow[]> {
  return db.selectFrom('accountLink').selectAll().where('kind', '=', 'invitation').orderBy('createdAt', 'desc').orderBy('id').execute();
}

export async function insertLink(trx: Transaction, row: AccountLinkRow): Promise<void> {
  await trx.insertInto('accountLink').values(row).execute();
}

/** True for the one call that took it. */
export async function deleteLink(trx: Transaction, id: string): Promise<boolean> {
  return (await trx.deleteFrom('accountLink').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n;
}

/** Earlier links of the same kind for the same address count no more. */
export async function deleteLinksFor(trx: Transaction, kind: LinkKind, email: string): Promise<void> {
  await trx.deleteFrom('accountLink').where('kind', '=', kind).where('email', '=', email).execute();
}

/** A link for a new password is of no use once it has expired; an invitation is shown as expired and can be renewed. */
export async function deleteExpiredResets(trx: Transaction, now: number): Promise<void> {
  await trx.deleteFrom('accountLink').where('kind', '=', 'reset').where('expiresAt', '<=', now).execute();
}
