/** Colleagues: who they are, what they may do, whether they are there. Signing in is sessions.ts. */
import { nanoid } from 'nanoid';
import {
  type Agent,
  type AgentAvailability,
  type AgentCreateRequest,
  type Role,
  rolePermissions,
  type SignedInAgent,
} from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { isUniqueViolation } from '../storage/database.ts';
import type { AgentRow } from '../storage/tables.ts';
import { countLoad, countLoads, findAgentByEmail, getAgentRow, insertAgent, listAgentRows, updateAvailability } from './agent-store.ts';
import { hashPassword } from './passwords.ts';

export async function listAgents(app: App): Promise<Agent[]> {
  const [rows, loads] = await Promise.all([listAgentRows(app.storage.db), countLoads(app.storage.db)]);
  return rows.map((row) => toAgent(app, row, loads.get(row.id) ?? 0));
}

/** What a colleague needs to see of one agent, for `agent:changed`. */
async function getAgentState(app: App, agentId: string): Promise<Pick<Agent, 'id' | 'availability' | 'load'>> {
  return { id: agentId, availability: app.presence.availabilityOf(agentId), load: await countLoad(app.storage.db, agentId) };
}

export async function getSignedInAgent(app: App, agentId: string, business: string): Promise<SignedInAgent> {
  const row = await getAgentRow(app.storage.db, agentId);
  const agent = toAgent(app, row, await countLoad(app.storage.db, agentId));
  // Asked over HTTP just before its socket connects, an agent is told what it chose, not that it is offline.
  return { ...agent, availability: row.availability as AgentAvailability, permissions: rolePermissions[agent.role], business };
}

export async function requireAgent(app: App, agentId: string): Promise<void> {
  const row = await getAgentRow(app.storage.db, agentId);
  if (row.deactivatedAt !== null) throw new AppError('not-found', 'There is no such agent.');
}

/** A second account with the same e-mail is a `conflict`. */
export async function createAgent(app: App, request: AgentCreateRequest): Promise<Agent> {
  const row = await newAgentRow(app, request);
  const taken = new AppError('conflict', 'There is an agent with this e-mail already.', { field: 'email' });
  await app.storage
    .write(async (trx) => {
      if (await findAgentByEmail(trx, row.email)) throw taken;
      await insertAgent(trx, row);
    })
    .catch((error: unknown) => Promise.reject(isUniqueViolation(error) ? taken : error));
  return toAgent(app, row, 0);
}

export async function newAgentRow(app: App, request: AgentCreateRequest): Promise<AgentRow> {
  return {
    id: nanoid(),
    name: request.name,
    email: request.email,
    passwordHash: await hashPassword(request.password),
    role: request.role,
    avatarUrl: null,
    availability: 'online',
    deactivatedAt: null,
    createdAt: app.now(),
  };
}

/** Kept, so that an agent who reloads is what it chose to be; told to colleagues and, if it matters, to visitors. */
export async function setAvailability(app: App, agentId: string, availability: AgentAvailability): Promise<void> {
  await app.storage.write((trx) => updateAvailability(trx, agentId, availability));
  app.presence.choose(agentId, availability);
  await announceAgent(app, agentId);
}

/** What the agent chose last, which a new connection takes up again. */
export async function getChosenAvailability(app: App, agentId: string): Promise<AgentAvailability> {
  return (await getAgentRow(app.storage.db, agentId)).availability as AgentAvailability;
}

export async function announceAgent(app: App, agentId: string): Promise<void> {
  app.broadcast.toAgents('agent:changed', await getAgentState(app, agentId));
}

function toAgent(app: App, row: AgentRow, load: number): Agent {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role as Role,
    avatarUrl: row.avatarUrl,
    availability: app.presence.availabilityOf(row.id),
    load,
  };
}
