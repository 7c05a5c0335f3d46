import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import type { RepeatableCallRow } from '../storage/tables.ts';

/** The status of a call whose reply may have told of somebody who was erased. */
export const FORGOTTEN = 410;

export type CallReply = Pick<RepeatableCallRow, 'status' | 'reply'>;

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
export async function takeCallOver(
  trx: Transaction,
  { agentId, key, startedAt }: RepeatableCallRow,
  own: RepeatableCallRow,
): Promise<boolean> {
  const taken = await trx
    .updateTable('repeatableCall')
    .set({ startedAt: own.startedAt, claimId: own.claimId, reply: null })
    .where('agentId', '=', agentId)
    .where('key', '=', key)
    .where('startedAt', '=', startedAt)
    .where('status', 'is', null)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

/** It is still being carried out. False where it is another run's by now. */
export async function renewCall(trx: Transaction, call: RepeatableCallRow, now: number): Promise<boolean> {
  const renewed = await trx.updateTable('repeatableCall').set({ startedAt: now }).where(isRunning(call)).executeTakeFirst();
  return renewed.numUpdatedRows > 0n;
}

/** Not where it is another run's by now. What was read before somebody was erased is not kept either. */
export async function updateCall(trx: Transaction, call: RepeatableCallRow, { status, reply }: CallReply): Promise<boolean> {
  const running = trx.updateTable('repeatableCall').where(isRunning(call));
  const kept = await running.set({ status, reply }).where('reply', 'is', null).executeTakeFirst();
  if (kept.numUpdatedRows > 0n) return true;
  const untold = await running.set({ status: reply === null ? status : FORGOTTEN, reply: null }).executeTakeFirst();
  return untold.numUpdatedRows > 0n;
}

export async function deleteCall(trx: Transaction, call: RepeatableCallRow): Promise<void> {
  await trx.deleteFrom('repeatableCall').where(isRunning(call)).execute();
}

/** That they were made is still known. What is under way leaves none behind. */
export async function forgetReplies(trx: Transaction): Promise<void> {
  await trx
    .updateTable('repeatableCall')
    .set({
      status: sql`case when "status" is null then null else ${sql.lit(FORGOTTEN)} end`,
      reply: sql`case when "status" is null then '' else null end`,
    })
    .where(sql<boolean>`("reply" is not null or "status" is null)`)
    .execute();
}

function isRunning({ agentId, key, claimId }: RepeatableCallRow) {
  return sql<boolean>`("agentId" = ${agentId} and "key" = ${key} and "claimId" = ${claimId} and "status" is null)`;
}

export async function deleteCallsBefore(trx: Transaction, startedAt: number): Promise<void> {
  await trx.deleteFrom('repeatableCall').where('startedAt', '<', startedAt).execute();
}
