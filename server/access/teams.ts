/** Teams: agents who answer for one matter, and whose conversations they share. */
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import type { Team, TeamCreateRequest, TeamPatch } from '../../shared/team.ts';
import type { App } from '../app.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockAccess } from './rights.ts';
import {
  deleteTeam,
  hasTeam,
  insertTeam,
  listMemberships,
  listTeamRows,
  lockTeam,
  lockTeamIds,
  replaceMembers,
  replaceTeams,
  updateTeamName,
} from './team-store.ts';

export async function listTeams(db: Db): Promise<Team[]> {
  const [rows, memberships] = await Promise.all([listTeamRows(db), listMemberships(db)]);
  return rows.map(({ id, name }) => ({
    id,
    name,
    memberIds: memberships.filter(({ teamId }) => teamId === id).map(({ agentId }) => agentId),
  }));
}

export async function requireTeam(db: Db, id: string): Promise<void> {
  if (!(await hasTeam(db, id))) throw new AppError('not-found', 'There is no such team.', { field: 'teamId' });
}

/** Those of them that there are, and that are not removed until the transaction ends. To be asked before conversations are locked. */
export async function lockTeams(trx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(ids.length === 0 ? [] : await lockTeamIds(trx, [...new Set(ids)]));
}

export async function createTeam(app: App, { name, memberIds }: TeamCreateRequest): Promise<Team> {
  const id = nanoid();
  await app.storage.write(async (trx) => {
    await lockAccess(trx);
    await insertTeam(trx, { id, name, createdAt: app.now() });
    await replaceMembers(trx, id, memberIds);
  });
  await tellTeams(app);
  await app.followers.accessChanged(memberIds);
  return getTeam(app, id);
}

export async function changeTeam(app: App, id: string, { name, memberIds }: TeamPatch): Promise<Team> {
  const before = await app.storage.write(async (trx) => {
    await lockAccess(trx);
    await lockTeam(trx, id);
    const members = await listMemberships(trx, id);
    if (name !== undefined) await updateTeamName(trx, id, name);
    if (memberIds !== undefined) await replaceMembers(trx, id, memberIds);
    return members.map(({ agentId }) => agentId);
  });
  await tellTeams(app);
  // Whoever is in it sees what its members have, so all of them see anew.
  if (memberIds !== undefined) await app.followers.accessChanged([...new Set([...before, ...memberIds])]);
  return getTeam(app, id);
}

/** Its conversations are of no team then. */
export async function removeTeam(app: App, id: string): Promise<void> {
  const { members, tell } = await app.storage.write(async (trx) => {
    await lockAccess(trx);
    await lockTeam(trx, id);
    const memberships = await listMemberships(trx, id);
    const afterwards = await app.followers.teamLeaves(trx, id);
    await deleteTeam(trx, id);
    return { members: memberships.map(({ agentId }) => agentId), tell: afterwards };
  });
  tell();
  await tellTeams(app);
  await app.followers.accessChanged(members);
}

/** The agent is in these teams from now on, and in no other. */
export async function setTeams(trx: Transaction, agentId: string, teamIds: readonly string[]): Promise<void> {
  await replaceTeams(trx, agentId, teamIds);
}

export async function tellTeams(app: App): Promise<void> {
  app.broadcast.toAgents('teams:changed', { teams: await listTeams(app.storage.db) });
}

async function getTeam(app: App, id: string): Promise<Team> {
  const team = (await listTeams(app.storage.db)).find((known) => known.id === id);
  if (!team) throw new AppError('not-found', 'There is no such team.');
  return team;
}
