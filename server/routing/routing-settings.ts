/** How chats find their agent, as administrators set it; and what is set of each agent. */
import type { Permission } from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import {
  type AgentRouting,
  type AgentRoutingPut,
  type AgentRoutings,
  firstRoutingRules,
  firstTeamRouting,
  type RoutingPut,
  type RoutingRules,
  type RoutingSettings,
} from '../../shared/routing.ts';
import { listTeams } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { listInboxes } from '../settings/inboxes.ts';
import type { Db } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { findRules, listRoster, type RosterRow, replaceRules, upsertAgentRouting } from './routing-store.ts';

const managing: readonly Permission[] = ['agents:manage', 'settings:manage'];

export async function readRouting(db: Db): Promise<RoutingSettings> {
  const row = await findRules(db);
  const said: Partial<RoutingRules> = row ? JSON.parse(row.rules) : {};
  return { ...firstRoutingRules, ...said, otherwise: { ...firstTeamRouting, ...said.otherwise }, version: row?.version ?? 0 };
}

/** With an old version it is a `conflict`: somebody else has saved meanwhile. Whatever is not there any more is left out. */
export async function changeRouting(app: App, { version, ...rules }: RoutingPut): Promise<RoutingSettings> {
  const known = await listKnown(app);
  requireKnown(rules, known);
  const kept: RoutingRules = {
    ...rules,
    inboxes: only(rules.inboxes, known.inboxIds),
    teams: only(rules.teams, known.teamIds),
  };
  await app.storage.write(async (trx) => {
    if (await replaceRules(trx, JSON.stringify(kept), version)) return;
    throw new AppError('conflict', 'Somebody else has changed the routing meanwhile.', { field: 'version' });
  });
  app.followers.routingChanged();
  return readRouting(app.storage.db);
}

interface Known {
  inboxIds: ReadonlySet<string>;
  teamIds: ReadonlySet<string>;
}

async function listKnown(app: App): Promise<Known> {
  const [inboxes, teams] = await Promise.all([listInboxes(app), listTeams(app.storage.db)]);
  return { inboxIds: new Set(inboxes.map(({ id }) => id)), teamIds: new Set(teams.map(({ id }) => id)) };
}

/** A rule that sends people to nobody would be found out by them. */
export function requireKnown({ rules, teams, otherwise }: RoutingRules, { teamIds }: Pick<Known, 'teamIds'>): void {
  const refuse = (field: string) => {
    throw new AppError('invalid', `${field}: there is no such team`, { field });
  };
  for (const [place, { teamId }] of rules.entries()) if (teamId !== null && !teamIds.has(teamId)) refuse(`rules.${place}.teamId`);
  for (const [id, { overflow }] of Object.entries(teams)) {
    if (teamIds.has(id) && overflow && !teamIds.has(overflow.teamId)) refuse(`teams.${id}.overflow.teamId`);
  }
  if (otherwise.overflow && !teamIds.has(otherwise.overflow.teamId)) refuse('otherwise.overflow.teamId');
}

function only<Value>(record: Record<string, Value>, ids: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => ids.has(id)));
}

export async function listAgentRoutings(app: App, caller: Caller): Promise<AgentRoutings> {
  const { db } = app.storage;
  const [{ capacity, waitingCounts, inboxes }, roster] = await Promise.all([readRouting(db), listRoster(db)]);
  const isManaging = managing.some((permission) => caller.permissions.includes(permission));
  const shown = isManaging ? roster : roster.filter(({ id }) => id === caller.agentId);
  return { items: shown.map(toAgentRouting), capacity, waitingCounts, inboxes };
}

export async function changeAgentRouting(app: App, { id, capacity, skills }: AgentRoutingPut & { id: string }): Promise<AgentRouting> {
  await requireAgent(app, id);
  const said = { ...(capacity !== undefined && { capacity }), ...(skills && { skills: JSON.stringify(distinct(skills)) }) };
  const row = await app.storage.write((trx) => upsertAgentRouting(trx, id, said));
  app.followers.routingChanged();
  return toAgentRouting({ id, ...row });
}

/** Two that differ in capitals are one, written as it came first. */
function distinct(skills: readonly string[]): string[] {
  return [...new Map(skills.toReversed().map((skill) => [skill.toLowerCase(), skill])).values()].toReversed();
}

function toAgentRouting({ id, capacity, skills }: Pick<RosterRow, 'id' | 'capacity' | 'skills'>): AgentRouting {
  return { agentId: id, capacity, skills: skills === null ? [] : JSON.parse(skills) };
}
