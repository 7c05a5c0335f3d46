import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { TeamRow } from '../storage/tables.ts';

export async function listTeamRows(db: Db): Promise<TeamRow[]> {
  return db.selectFrom('team').selectAll().orderBy('name').orderBy('id').execute();
}

/** Who is in which team: of all of them, or of one. Agents who are gone are in none. */
export async function listMemberships(db: Db, teamId?: string): Promise<{ teamId: string; agentId: string }[]> {
  const query = db
    .selectFrom('teamMember')
    .innerJoin('agent', 'agent.id', 'teamMember.agentId')
    .select(['teamMember.teamId', 'teamMember.agentId'])
    .where('agent.deactivatedAt', 'is', null)
    .orderBy('agent.name')
    .orderBy('agent.id');
  return (teamId === undefined ? query : query.where('teamMember.teamId', '=', teamId)).execute();
}

export async function listTeamIds(db: Db, agentId: string): Promise<string[]> {
  const rows = await db.selectFrom('teamMember').select('teamId').where('agentId', '=', agentId).orderBy('teamId').execute();
  return rows.map(({ teamId }) => teamId);
}

/** Everybody in any of these teams. */
export async function listMateIds(db: Db, teamIds: readonly string[]): Promise<string[]> {
  if (teamIds.length === 0) return [];
  const rows = await db.selectFrom('teamMember').select('agentId').distinct().where('teamId', 'in', teamIds).execute();
  return rows.map(({ agentId }) => agentId);
}

export async function lockTeam(trx: Transaction, id: string): Promise<TeamRow> {
  const [row] = await lockRows(trx, 'team', [id]);
  if (!row) throw new AppError('not-found', 'There is no such team.');
  return row as TeamRow;
}

/** Those of them that there are. */
export async function lockTeamIds(trx: Transaction, ids: readonly string[]): Promise<string[]> {
  return (await lockRows(trx, 'team', ids, ['id'])).map(({ id }) => id);
}

export async function hasTeam(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom('team').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export async function insertTeam(trx: Transaction, row: TeamRow): Promise<void> {
  await trx.insertInto('team').values(row).execute();
}

export async function updateTeamName(trx: Transaction, id: string, name: string): Promise<void> {
  await trx.updateTable('team').set({ name }).where('id', '=', id).execute();
}

export async function deleteTeam(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('teamMember').where('teamId', '=', id).execute();
  await trx.deleteFrom('team').where('id', '=', id).execute();
}

/** Ids that are no active agent's are `not-found`. */
export async function replaceMembers(trx: Transaction, teamId: string, agentIds: readonly string[]): Promise<void> {
  await trx.deleteFrom('teamMember').where('teamId', '=', teamId).execute();
  const wanted = [...new Set(agentIds)];
  if (wanted.length === 0) return;
  const known = await trx.selectFrom('agent').select('id').where('id', 'in', wanted).where('deactivatedAt', 'is', null).execute();
  if (known.length < wanted.length) throw new AppError('not-found', 'There is no such agent.', { field: 'memberIds' });
  await trx
    .insertInto('teamMember')
    .values(wanted.map((agentId) => ({ teamId, agentId })))
    .execute();
}

/** Ids that are no team's are `not-found`. */
export async function replaceTeams(trx: Transaction, agentId: string, teamIds: readonly string[]): Promise<void> {
  await trx.deleteFrom('teamMember').where('agentId', '=', agentId).execute();
  const wanted = [...new Set(teamIds)];
  if (wanted.length === 0) return;
  const known = await trx.selectFrom('team').select('id').where('id', 'in', wanted).execute();
  if (known.length < wanted.length) throw new AppError('not-found', 'There is no such team.', { field: 'teamIds' });
  await trx
    .insertInto('teamMember')
    .values(wanted.map((teamId) => ({ teamId, agentId })))
    .execute();
}
