import type { Db, Transaction } from '../storage/database.ts';
import type { InstallationRow } from '../storage/tables.ts';

export async function findInstallation(db: Db): Promise<InstallationRow | undefined> {
  return db.selectFrom('installation').selectAll().executeTakeFirst();
}

export async function insertInstallation(trx: Transaction, row: InstallationRow): Promise<void> {
  await trx.insertInto('installation').values(row).execute();
}

export async function updateSetupCode(trx: Transaction, setupCodeHash: string): Promise<void> {
  await trx.updateTable('installation').set({ setupCodeHash }).execute();
}

export async function updateBusiness(trx: Transaction, business: string): Promise<void> {
  await trx.updateTable('installation').set({ business }).execute();
}

/** Whether the code was right, and this call the one that used it up. */
export async function takeSetupCode(trx: Transaction, setupCodeHash: string, business: string): Promise<boolean> {
  const taken = await trx
    .updateTable('installation')
    .set({ setupCodeHash: null, business })
    .where('setupCodeHash', '=', setupCodeHash)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}
