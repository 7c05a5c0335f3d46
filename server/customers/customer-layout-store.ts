import type { Db, Transaction } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';

export async function findLayoutRow(db: Db, agentId: string): Promise<Tables['customerLayout'] | undefined> {
  return db.selectFrom('customerLayout').selectAll().where('agentId', '=', agentId).executeTakeFirst();
}

export async function putLayoutRow(trx: Transaction, row: Tables['customerLayout']): Promise<void> {
  const { agentId: _, ...values } = row;
  await trx
    .insertInto('customerLayout')
    .values(row)
    .onConflict((conflict) => conflict.column('agentId').doUpdateSet(values))
    .execute();
}
