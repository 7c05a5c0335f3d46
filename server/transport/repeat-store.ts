import type { Db, Transaction } from '../storage/database.ts';
import type { RepeatableCallRow } from '../storage/tables.ts';

export async function findCall(db: Db, agentId: string, key: string): Promise<RepeatableCallRow | undefined> {
  return db.selectFrom('repeatableCall').selectAll().where('agentId', '=', agentId).where('key', '=', key).executeTakeFirst();
}

/** False where there is one already. */
export async function insertCall(trx: Transaction, row: RepeatableCallRow): Promise<boolean> {
  const made = await trx
    .insertInto('repeatableCall')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agentId', 'key']).doNothing())
    .executeTakeFirst();
  return Number(made.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Whoever still finds it as it was has it. */
export async function takeCallOver(trx: Transaction, { agentId, key, startedAt }: RepeatableCallRow, now: number): Promise<boolean> {
  const taken = await trx
    .updateTable('repeatableCall')
    .set({ startedAt: now })
    .where('agentId', '=', agentId)
    .where('key', '=', key)
    .where('startedAt', '=', startedAt)
    .where('status', 'is', null)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export async function updateCall(
  trx: Transaction,
  { agentId, key }: Pick<RepeatableCallRow, 'agentId' | 'key'>,
  values: Pick<RepeatableCallRow, 'status' | 'reply'>,
): Promise<void> {
  await trx.updateTable('repeatableCall').set(values).where('agentId', '=', agentId).where('key', '=', key).execute();
}

export async function deleteCall(trx: Transaction, { agentId, key }: Pick<RepeatableCallRow, 'agentId' | 'key'>): Promise<void> {
  await trx.deleteFrom('repeatableCall').where('agentId', '=', agentId).where('key', '=', key).execute();
}

export async function deleteCallsBefore(trx: Transaction, startedAt: number): Promise<void> {
  await trx.deleteFrom('repeatableCall').where('startedAt', '<', startedAt).execute();
}
