/** Colleagues: who they are, whether they are there, and who comes and goes. Signing in is sessions.ts. */
import { nanoid } from 'nanoid';
import type { Agent, AgentAvailability, AgentCreateRequest, AgentPatch, Person, SignedInAgent } from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import type { AgentFacts } from '../../shared/events.ts';
import { getRolePermissions, lockAccess, readAccess, requireAdministrator, requireWithin } from '../access/rights.ts';
import { listTeams, setTeams, tellTeams } from '../access/teams.ts';
import type { App } from '../app.ts';
import { type Db, isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { AgentRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import {
  countLoad,
  countLoads,
  findAgentByEmail,
  getAgentRow,
  insertAgent,
  listAgentRows,
  listLastSeen,
  lockAgent,
  updateAgent,
  updateAvailability,
} from './agent-store.ts';
import { getBusinessName } from './business-name.ts';
import { hashPassword } from './passwords.ts';
import { toProfile } from './profiles.ts';
import { deleteApiTokens, deleteOtherSessions } from './session-store.ts';
import { forgetTwoFactor } from './two-factor.ts';

export async function listAgents(app: App): Promise<Agent[]> {
  const { db } = app.storage;
  const [rows, loads, teams] = await Promise.all([listAgentRows(db), countLoads(db), listTeams(db)]);
  return rows.map((row) => {
    const teamIds = teams.filter(({ memberIds }) => memberIds.includes(row.id)).map(({ id }) => id);
    return toAgent(app, row, { load: loads.get(row.id) ?? 0, teamIds });
  });
}

/** With those who were deactivated, for whoever manages the team. */
/** Who works here, by name and address. */
export async function listAgentNames(app: App): Promise<Pick<Agent, 'id' | 'name' | 'email'>[]> {
  return (await listAgentRows(app.storage.db)).map(({ id, name, email }) => ({ id, name, email }));
}

export async function listPeople(app: App): Promise<Person[]> {
  const { db } = app.storage;
  const [active, rows, lastSeen] = await Promise.all([listAgents(app), listAgentRows(db, 'all'), listLastSeen(db)]);
  const agents = new Map(active.map((agent) => [agent.id, agent]));
  return rows.map((row) => ({
    ...(agents.get(row.id) ?? toAgent(app, row, { load: 0, teamIds: [] })),
    deactivatedAt: row.deactivatedAt,
    hasTwoFactor: row.twoFactorSecret !== null,
    lastSeenAt: lastSeen.get(row.id) ?? null,
  }));
}

/** What a colleague needs to see of one agent, for `agent:changed`. */
async function getAgentState(app: App, agentId: string): Promise<Parameters<AgentFacts['agent:changed']>[0]> {
  return { id: agentId, ...presentState(app, agentId), load: await countLoad(app.storage.db, agentId) };
}

function presentState({ presence }: App, agentId: string): Pick<Agent, 'availability' | 'availabilitySince' | 'availabilitySetBy'> {
  const state = presence.stateOf(agentId);
  return {
    availability: presence.availabilityOf(agentId),
    availabilitySince: state?.since ?? null,
    availabilitySetBy: state?.setBy ?? null,
  };
}

export async function getSignedInAgent(app: App, agentId: string): Promise<SignedInAgent> {
  const { db } = app.storage;
  const row = await getAgentRow(db, agentId);
  const [business, load, access] = await Promise.all([getBusinessName(app), countLoad(db, agentId), readAccess(db, row)]);
  return {
    ...toAgent(app, row, { load, teamIds: access.teamIds }),
    // Asked over HTTP just before its socket connects, an agent is told what it chose, not that it is offline.
    availability: row.availability as AgentAvailability,
    permissions: access.permissions,
    business,
    hasTwoFactor: row.twoFactorSecret !== null,
    mustEnrol: access.mustEnrol,
    profile: toProfile(row),
  };
}

export async function requireAgent(app: App, agentId: string): Promise<void> {
  const row = await getAgentRow(app.storage.db, agentId);
  if (row.deactivatedAt !== null) throw new AppError('not-found', 'There is no such agent.');
}

export function findAccount(db: Db, email: string): Promise<AgentRow | undefined> {
  return findAgentByEmail(db, email);
}

export function getAccount(db: Db, id: string): Promise<AgentRow> {
  return getAgentRow(db, id);
}

/** A second account with the same e-mail is a `conflict`. */
export async function createAgent(app: App, request: AgentCreateRequest, caller?: Caller): Promise<Agent> {
  const row = await newAgentRow(app, request);
  await app.storage
    .write(async (trx) => {
      const granted = await getRolePermissions(trx, row.role);
      if (caller) requireWithin(caller, granted);
      await addAgent(trx, row, request.teamIds ?? []);
    })
    .catch(explainTaken);
  await welcomeColleague(app, row.id);
  return toAgent(app, row, { load: 0, teamIds: request.teamIds ?? [] });
}

/** Everybody hears who has come, and its team-mates see what they now see of each other's. */
export async function welcomeColleague(app: App, id: string): Promise<void> {
  const mates = (await listTeams(app.storage.db)).filter(({ memberIds }) => memberIds.includes(id)).flatMap(({ memberIds }) => memberIds);
  if (mates.length > 0) await tellTeams(app);
  await app.followers.accessChanged([...new Set(mates)]);
  await announceName(app, id);
}

const taken = () => new AppError('conflict', 'There is an agent with this e-mail already.', { field: 'email' });

export async function addAgent(trx: Transaction, row: AgentRow, teamIds: readonly string[]): Promise<void> {
  if (await findAgentByEmail(trx, row.email)) throw taken();
  await insertAgent(trx, row);
  await setTeams(trx, row.id, teamIds);
}

/** Two at the same moment: the second finds the address taken, on PostgreSQL only when it inserts. */
export function explainTaken(error: unknown): never {
  throw isUniqueViolation(error) ? taken() : error;
}

export async function newAgentRow(app: App, request: Pick<AgentCreateRequest, 'name' | 'email' | 'password' | 'role'>): Promise<AgentRow> {
  return {
    id: nanoid(),
    name: request.name,
    email: request.email,
    passwordHash: await hashPassword(request.password),
    role: request.role,
    avatarUrl: null,
    availability: 'online',
    availabilityAt: null,
    availabilityBy: null,
    deactivatedAt: null,
    createdAt: app.now(),
    languages: '[]',
    signature: '',
    notifications: '{}',
    isAdviceHidden: 0,
    twoFactorSecret: null,
    twoFactorPending: null,
    twoFactorStep: null,
    recoveryHashes: null,
  };
}

/**
 * What those who manage the team change of a colleague. Who holds more than they do is out of their reach; nobody changes
 * their own role, or ends themselves; an administrator is always left.
 */
export async function changeAgent(app: App, caller: Caller, id: string, patch: AgentPatch): Promise<Person> {
  const { afterwards, hasTeamsChanged, mates } = await app.storage.write(async (trx) => {
    await lockAccess(trx);
    const row = await lockManaged(trx, caller, id);
    const isSelf = id === caller.agentId;
    if (isSelf && patch.role !== undefined && patch.role !== row.role) {
      throw new AppError('forbidden', 'Nobody changes their own role.', { field: 'role' });
    }
    if (isSelf && patch.isActive === false) throw new AppError('forbidden', 'Nobody deactivates themselves.', { field: 'isActive' });
    if (patch.role !== undefined) requireWithin(caller, await getRolePermissions(trx, patch.role));
    const before = await listTeams(trx);
    const isLeaving = patch.isActive === false && row.deactivatedAt === null;
    await updateAgent(trx, id, {
      ...(patch.name !== undefined && { name: patch.name }),
      ...(patch.role !== undefined && { role: patch.role }),
      ...(isLeaving && { deactivatedAt: app.now() }),
      ...(patch.isActive === true && { deactivatedAt: null }),
    });
    if (patch.teamIds !== undefined) await setTeams(trx, id, patch.teamIds);
    await requireAdministrator(trx);
    const teams = [...before, ...(await listTeams(trx))].filter(({ memberIds }) => memberIds.includes(id));
    return {
      afterwards: isLeaving ? await deactivate(app, trx, id) : () => undefined,
      hasTeamsChanged: patch.teamIds !== undefined || patch.isActive !== undefined,
      mates: teams.flatMap(({ memberIds }) => memberIds),
    };
  });
  afterwards();
  if (hasTeamsChanged) await tellTeams(app);
  await app.followers.accessChanged([...new Set([id, ...(hasTeamsChanged ? mates : [])])]);
  await announceName(app, id);
  return getPerson(app, id);
}

/** A colleague who has lost the phone signs in with the password alone again, until a new second factor is there. */
export async function takeTwoFactor(app: App, caller: Caller, id: string): Promise<void> {
  const ended = await app.storage.write(async (trx) => {
    await lockManaged(trx, caller, id);
    await forgetTwoFactor(trx, id);
    return deleteOtherSessions(trx, id, caller.agentId === id ? caller.credentialId : null);
  });
  for (const credentialId of ended) app.broadcast.disconnectCredential(credentialId);
  await app.followers.accessChanged([id]);
}

/** Locked, and within the rights of who asks. */
export async function lockManaged(trx: Transaction, caller: Caller, id: string): Promise<AgentRow> {
  const row = await lockAgent(trx, id);
  requireWithin(caller, await getRolePermissions(trx, row.role));
  return row;
}

/** Sessions, tokens and open sockets end, and what the agent had goes back to the queue. */
async function deactivate(app: App, trx: Transaction, id: string): Promise<() => void> {
  const ended = [...(await deleteOtherSessions(trx, id, null)), ...(await deleteApiTokens(trx, id))];
  const tell = await app.followers.agentLeaves(trx, id);
  return () => {
    for (const credentialId of ended) app.broadcast.disconnectCredential(credentialId);
    tell();
  };
}

async function getPerson(app: App, id: string): Promise<Person> {
  const person = (await listPeople(app)).find((known) => known.id === id);
  if (!person) throw new AppError('not-found', 'There is no such agent.');
  return person;
}

/** Kept, so that an agent who reloads is what it chose to be; told to colleagues and, if it matters, to visitors. */
export async function setAvailability(app: App, agentId: string, availability: AgentAvailability): Promise<void> {
  await app.storage.write((trx) => updateAvailability(trx, agentId, { availability, availabilityAt: app.now(), availabilityBy: null }));
  app.presence.choose(agentId, availability);
  await announceAgent(app, agentId);
}

/** Said by a colleague who leads, about somebody with no more rights; everybody sees who said it. */
export async function setAvailabilityOf(app: App, caller: Caller, id: string, availability: AgentAvailability): Promise<void> {
  if (id === caller.agentId) return setAvailability(app, id, availability);
  await app.storage.write(async (trx) => {
    const { deactivatedAt } = await lockManaged(trx, caller, id);
    if (deactivatedAt !== null) throw new AppError('not-found', 'There is no such agent.');
    await updateAvailability(trx, id, { availability, availabilityAt: app.now(), availabilityBy: caller.agentId });
  });
  app.presence.choose(id, availability, { id: caller.agentId, name: caller.name });
  await announceAgent(app, id);
}

/** What the agent chose last, which a new connection takes up again. */
export async function getChosenAvailability(app: App, agentId: string): Promise<Parameters<App['presence']['enter']>[2]> {
  const { availability, availabilityAt, availabilityBy } = await getAgentRow(app.storage.db, agentId);
  const setBy = availabilityBy === null ? null : await getAgentRow(app.storage.db, availabilityBy);
  return {
    availability: availability as AgentAvailability,
    since: availabilityAt,
    setBy: setBy && { id: setBy.id, name: setBy.name },
  };
}

export async function announceAgent(app: App, agentId: string): Promise<void> {
  app.broadcast.toAgents('agent:changed', await getAgentState(app, agentId));
}

/** Who the colleagues are is another list now: renamed, come, or gone. */
export async function announceName(app: App, agentId: string): Promise<void> {
  app.broadcast.toAgents('agents:changed', { agents: await listAgents(app) });
  await announceAgent(app, agentId);
}

function toAgent(app: App, row: AgentRow, { load, teamIds }: Pick<Agent, 'load' | 'teamIds'>): Agent {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    teamIds,
    avatarUrl: row.avatarUrl,
    ...presentState(app, row.id),
    load,
  };
}
