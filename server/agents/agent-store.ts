import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { AgentRow } from '../storage/tables.ts';

export async function findAgentByEmail(db: Db, email: string): Promise<AgentRow | undefined> {
  return db.selectFrom('agent').selectAll().where('email', '=', email).executeTakeFirst();
}

export async function getAgentRow(db: Db, id: string): Promise<AgentRow> {
  const row = await db.selectFrom('agent').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such agent.');
  return row;
}

export async function lockAgent(trx: Transaction, id: string): Promise<AgentRow> {
  const [row] = await lockRows(trx, 'agent', [id]);
  if (!row) throw new AppError('not-found', 'There is no such agent.');
  return row as AgentRow;
}

export async function listAgentRows(db: Db, who: 'active' | 'all' = 'active'): Promise<AgentRow[]> {
  const query = db.selectFrom('agent').selectAll().orderBy('name').orderBy('id');
  return (who === 'all' ? query : query.where('deactivatedAt', 'is', null)).execute();
}

/** When each agent's browsers were last used. */
export async function listLastSeen(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('agentSession')
    .select((select) => ['agentId', select.fn.max('lastSeenAt').as('at')])
    .groupBy('agentId')
    .execute();
  return new Map(rows.map(({ agentId, at }) => [agentId, Number(at)]));
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

export async function updateAgent(trx: Transaction, id: string, values: Partial<Omit<AgentRow, 'id'>>): Promise<void> {
  if (Object.keys(values).length > 0) await trx.updateTable('agent').set(values).where('id', '=', id).execute();
}

export async function updateAvailability(
  trx: Transaction,
  id: string,
  values: Pick<AgentRow, 'availability' | 'availabilityAt' | 'availabilityBy'>,
): Promise<void> {
  await trx.updateTable('agent').set(values).where('id', '=', id).execute();
}
