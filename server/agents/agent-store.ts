import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { AgentRow } from '../storage/tables.ts';

export async function findAgentByEmail(db: Db, email: string): Promise<AgentRow | undefined> {
  return db.selectFrom('agent').selectAll().where('email', '=', email).executeTakeFirst();
}

export async function getAgentRow(db: Db, id: string): Promise<AgentRow> {
  const row = await db.selectFrom('agent').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such agent.');
  return row;
}

export async function listAgentRows(db: Db): Promise<AgentRow[]> {
  return db.selectFrom('agent').selectAll().where('deactivatedAt', 'is', null).orderBy('name').orderBy('id').execute();
}

/** Unresolved conversations per assignee. */
export async function countLoads(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('conversation')
    .select((select) => ['assigneeId', select.fn.countAll<number>().as('load')])
    .where('status', '<>', 'resolved')
    .where('assigneeId', 'is not', null)
    .groupBy('assigneeId')
    .execute();
  return new Map(rows.map((row) => [row.assigneeId as string, Number(row.load)]));
}

export async function countLoad(db: Db, agentId: string): Promise<number> {
  const row = await db
    .selectFrom('conversation')
    .select((select) => select.fn.countAll<number>().as('load'))
    .where('status', '<>', 'resolved')
    .where('assigneeId', '=', agentId)
    .executeTakeFirst();
  return Number(row?.load ?? 0);
}

export async function hasAnyAgent(db: Db): Promise<boolean> {
  return (await db.selectFrom('agent').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function insertAgent(trx: Transaction, row: AgentRow): Promise<void> {
  await trx.insertInto('agent').values(row).execute();
}

export async function updateAvailability(trx: Transaction, id: string, availability: string): Promise<void> {
  await trx.updateTable('agent').set({ availability }).where('id', '=', id).execute();
}
