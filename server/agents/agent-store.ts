import { sql } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import { firstRoutingRules, type RoutingRules } from '../../shared/routing.ts';
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

export async function findAgentRow(db: Db, id: string): Promise<AgentRow | undefined> {
  return db.selectFrom('agent').selectAll().where('id', '=', id).executeTakeFirst();
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

/** Open conversations per assignee, or of this one alone, counted as routing counts them: one that sleeps is none. */
export async function countLoads(db: Db, agentId?: string): Promise<Map<string, number>> {
  const query = db
    .selectFrom('conversation')
    .select((select) => [
      'assigneeId',
      select.fn.countAll<number>().as('all'),
      sql<number>`sum(case when "waitingSince" is null then 1 else 0 end)`.as('idle'),
    ])
    .where('status', '<>', sql.lit('resolved'))
    .where('status', '=', sql.lit('open'))
    .groupBy('assigneeId');
  const [rows, routing] = await Promise.all([
    (agentId === undefined ? query.where('assigneeId', 'is not', null) : query.where('assigneeId', '=', agentId)).execute(),
    db.selectFrom('routing').select('rules').executeTakeFirst(),
  ]);
  const { waitingCounts }: Pick<RoutingRules, 'waitingCounts'> = { ...firstRoutingRules, ...JSON.parse(routing?.rules ?? '{}') };
  return new Map(
    rows.map(({ assigneeId, all, idle }) => {
      const load = Number(all) - Number(idle) + Number(idle) * waitingCounts;
      return [assigneeId as string, Math.round(load * 100) / 100];
    }),
  );
}

export async function countLoad(db: Db, agentId: string): Promise<number> {
  return (await countLoads(db, agentId)).get(agentId) ?? 0;
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

/** Whoever has a window open at a server that shares this database, and has chosen to be online: each server says so every few seconds. */
export async function listHereSince(db: Db, since: number): Promise<{ agentId: string; hereAt: number }[]> {
  const rows = await db
    .selectFrom('agentRouting')
    .innerJoin('agent', 'agent.id', 'agentRouting.agentId')
    .select(['agentRouting.agentId', 'agentRouting.hereAt'])
    .where('agentRouting.hereAt', '>=', since)
    .where('agent.availability', '=', 'online')
    .execute();
  return rows.map(({ agentId, hereAt }) => ({ agentId, hereAt: Number(hereAt) }));
}
