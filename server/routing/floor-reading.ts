/** The floor as the rows say it is now, with who is here. */

import type { HoursClock } from '../../shared/hours-clock.ts';
import { priorities, type Reason, type RoutingRules } from '../../shared/routing.ts';
import { listSights } from '../access/sights.ts';
import { listTeams } from '../access/teams.ts';
import type { App } from '../app.ts';
import { hasJoined } from '../conversations/notices.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import type { Db } from '../storage/database.ts';
import { type Reach, stateOf } from './agent-states.ts';
import type { AgentAtWork, Chat, Floor } from './floor.ts';
import {
  type LoadRow,
  listEarlier,
  listLoads,
  listNewcomers,
  listQueued,
  listRoster,
  listUnsettled,
  type NewcomerRow,
  type QueuePart,
  type RosterRow,
  type WaitingChatRow,
} from './routing-store.ts';
import { matchRule, type Newcomer, spokenOf } from './rule-matching.ts';

/** Of a queue that is longer, those behind are looked at when those before them have gone. */
const CHATS_MAX = 5_000;
/** Ids in one statement. */
const IDS_MAX = 500;

/** Who works here: read seldomer than who waits. */
export interface Staff {
  roster: readonly RosterRow[];
  teamNames: ReadonlyMap<string, string>;
  teamIdsOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** May answer customers. */
  replierIds: ReadonlySet<string>;
}

export async function readStaff(db: Db): Promise<Staff> {
  const [roster, teams, sights] = await Promise.all([listRoster(db), listTeams(db), listSights(db)]);
  const replierIds = [...sights.values()]
    .filter(({ permissions }) => permissions.includes('conversations:reply'))
    .map(({ agentId }) => agentId);
  const teamIdsOf = new Map<string, Set<string>>(roster.map(({ id }) => [id, new Set()]));
  for (const { id, memberIds } of teams) for (const memberId of memberIds) teamIdsOf.get(memberId)?.add(id);
  return { roster, teamNames: new Map(teams.map(({ id, name }) => [id, name])), teamIdsOf, replierIds: new Set(replierIds) };
}

/** With what each of them has. */
function toAgentsAtWork(
  app: Pick<App, 'presence'>,
  { rules, staff, loads }: { rules: RoutingRules; staff: Staff; loads: readonly LoadRow[] },
  reach: Reach,
): Map<string, AgentAtWork> {
  const agents = new Map<string, AgentAtWork>();
  for (const row of staff.roster) {
    const { state, isHere, goneAt } = stateOf(app, row, reach);
    agents.set(row.id, {
      id: row.id,
      name: row.name,
      teamIds: staff.teamIdsOf.get(row.id) ?? new Set(),
      languages: new Set((JSON.parse(row.languages) as string[]).map((tag) => spokenOf(tag) ?? tag)),
      skills: new Set((row.skills === null ? [] : (JSON.parse(row.skills) as string[])).map((skill) => skill.toLowerCase())),
      capacity: row.capacity ?? rules.capacity,
      // Whoever may not answer takes part in nothing.
      state: staff.replierIds.has(row.id) || state !== 'online' ? state : 'away',
      isReachable: isHere,
      goneAt,
      awaySince: isHere && state === 'away' && goneAt === null ? (app.presence.stateOf(row.id)?.since ?? null) : null,
      load: 0,
      teamLoads: new Map(),
      assignedAt: row.assignedAt ?? 0,
    });
  }
  for (const { agentId, teamId, waiting, idle } of loads) {
    const agent = agents.get(agentId);
    if (!agent) continue;
    const load = waiting + idle * rules.waitingCounts;
    agent.load += load;
    if (teamId !== null) agent.teamLoads.set(teamId, (agent.teamLoads.get(teamId) ?? 0) + load);
  }
  return agents;
}

/** `opensAt`: when the first of those who wait for opening hours may be handed out. `goneAt`: when the first who has something will be gone. */
type ReadFloor = Floor & { opensAt: number | null; goneAt: number | null };

/** `queue`: who of those who wait for anybody; whoever the rules have something to say about, unless said. */
export async function readFloor(
  app: App,
  { rules, staff, reach, queue = queueOf(rules) }: { rules: RoutingRules; staff: Staff; reach: Reach; queue?: QueuePart },
): Promise<ReadFloor> {
  const { db } = app.storage;
  const [queued, loads] = await Promise.all([listQueued(db, queue, CHATS_MAX), listLoads(db)]);
  const agents = toAgentsAtWork(app, { rules, staff, loads }, reach);
  const atWorkIds = [...agents.values()].flatMap(({ id, state }) => (state === 'online' ? [id] : []));
  const unsettled = await listUnsettled(db, { inboxIds: handedInboxes(rules), atWorkIds }, CHATS_MAX);
  // Another server may have given one of the queue meanwhile: it stands in both lists, and the later one holds.
  const given = new Set(unsettled.map(({ id }) => id));
  const rows = [...queued.filter(({ id }) => !given.has(id)), ...unsettled];
  const clocks = new Clocks(app);
  const fresh = rows.filter((row) => !isThoughtOf(row) && isUndecided(row));
  const entries = await readEntries(app, { rules, staff, fresh, clocks, now: reach.now });
  const chats: Chat[] = [];
  let opensAt: number | null = null;
  for (const row of rows) {
    const entered = entries.get(row.id);
    const teamId = entered ? entered.teamId : row.teamId;
    const clock = await clocks.of(row.inboxId, teamId);
    const isOpen = clock.isOpenAt(reach.now) || clock.isOpenAt(row.waitingSince);
    if (!isOpen) opensAt = earlier(opensAt, clock.opensAt(reach.now));
    const handing = rules.inboxes[row.inboxId] ?? 'pick';
    chats.push({ ...toChat(row), ...entered, isHanded: handing !== 'pick', isOpen });
  }
  let goneAt: number | null = null;
  for (const agent of agents.values()) if (agent.load > 0) goneAt = earlier(goneAt, agent.goneAt);
  return { rules, teamNames: staff.teamNames, agents, chats, opensAt, goneAt };
}

function handedInboxes({ inboxes }: RoutingRules): string[] {
  return Object.entries(inboxes).flatMap(([id, handing]) => (handing === 'pick' ? [] : [id]));
}

/** Where there are rules, they say in every inbox which team's it is, and how urgent: once. */
function queueOf(rules: RoutingRules): QueuePart {
  return { inboxIds: handedInboxes(rules), newIn: rules.rules.some(({ isOn }) => isOn) ? 'all' : 'none' };
}

/** Whether anything is set that would make a difference. */
export function isInUse(rules: RoutingRules): boolean {
  return handedInboxes(rules).length > 0 || rules.rules.some(({ isOn }) => isOn);
}

/** In the queue, or come back to whoever had it before it ended: nobody has decided about it in this wait. */
function isUndecided(row: WaitingChatRow): boolean {
  return row.assigneeId === null || !hasJoined(row, row.assigneeId);
}

/** In this wait. A person may have decided about it before anybody thought of it. */
function isThoughtOf({ route }: WaitingChatRow): boolean {
  return route !== null && route.reasons !== '[]';
}

function toChat(row: WaitingChatRow): Chat {
  const { id, inboxId, teamId, priority, waitingSince, assigneeId, route, endedAt } = row;
  const refusedIds = new Set<string>(route ? JSON.parse(route.refusedIds) : []);
  const isTaken = assigneeId !== null && !isUndecided(row);
  const lastAgent = route?.lastAgentId ? { id: route.lastAgentId, at: route.lastAgentAt ?? 0 } : null;
  return {
    id,
    inboxId,
    teamId,
    teamIdBefore: teamId,
    priority,
    waitingSince,
    enteredAt: route?.enteredAt ?? waitingSince,
    isReturned: route?.isReturned === 1,
    language: route?.language ?? null,
    skills: route ? JSON.parse(route.skills) : [],
    refusedIds,
    lastAgent: assigneeId !== null && !isTaken ? { id: assigneeId, at: endedAt ?? waitingSince } : lastAgent,
    assigneeId,
    isTaken,
    isPromised: isTaken && route !== null && route.agentId === assigneeId && route.routedAt === null,
    routedAt: isTaken && route?.agentId === assigneeId ? route.routedAt : null,
    reasons: route ? JSON.parse(route.reasons) : [],
    isNew: !isThoughtOf(row) && !isTaken,
    isHanded: true,
    isOpen: true,
  };
}

type Entry = Pick<Chat, 'teamId' | 'priority' | 'language' | 'skills' | 'reasons' | 'enteredAt' | 'lastAgent'>;

interface Fresh {
  rules: RoutingRules;
  staff: Pick<Staff, 'teamNames'>;
  fresh: readonly WaitingChatRow[];
  clocks: Clocks;
  now: number;
}

/** What the rules make of those who have just begun to wait. */
async function readEntries(app: App, { rules, staff, fresh, clocks, now }: Fresh): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (let at = 0; at < fresh.length; at += IDS_MAX) {
    const some = fresh.slice(at, at + IDS_MAX);
    const ids = some.map(({ id }) => id);
    const contactIds = [...new Set(some.map(({ contactId }) => contactId))];
    const [newcomers, earlierOnes] = await Promise.all([
      listNewcomers(app.storage.db, ids),
      listEarlier(app.storage.db, contactIds, new Set(ids)),
    ]);
    const known = new Map(newcomers.map((row) => [row.id, row]));
    for (const row of some) {
      const newcomer = known.get(row.id);
      if (!newcomer) continue;
      const before = earlierOnes.get(row.contactId);
      const isOpen = (await clocks.of(row.inboxId, row.teamId)).isOpenAt(now);
      const asked = { ...toNewcomer(newcomer, row.inboxId), isReturning: before !== undefined || row.endedAt !== null, isOpen };
      const last = row.assigneeId === null ? before : { agentId: row.assigneeId, at: row.endedAt ?? row.waitingSince };
      entries.set(row.id, {
        ...entryOf(rules, staff, asked, row),
        enteredAt: now,
        lastAgent: last?.agentId ? { id: last.agentId, at: last.at } : null,
      });
    }
  }
  return entries;
}

/** A team that somebody gave it stays, and so does a priority. */
export function entryOf(
  rules: RoutingRules,
  { teamNames }: Pick<Staff, 'teamNames'>,
  newcomer: Newcomer,
  { teamId: given, priority: givenPriority }: { teamId: string | null; priority: number },
): Omit<Entry, 'enteredAt' | 'lastAgent'> & { ruleId: string | null } {
  const rule = matchRule(rules, newcomer);
  const ruleTeamId = rule && rule.teamId !== null && teamNames.has(rule.teamId) ? rule.teamId : null;
  const teamId = given ?? ruleTeamId;
  const rulePriority = rule ? priorities.indexOf(rule.priority) : NORMAL;
  const priority = givenPriority === NORMAL ? rulePriority : givenPriority;
  const teamName = teamId === null ? undefined : teamNames.get(teamId);
  const reasons: Reason[] = [
    rule ? { code: 'rule', name: rule.name } : { code: 'no-rule' },
    ...(teamName === undefined ? [] : [{ code: 'team' as const, name: teamName }]),
    ...(priority === NORMAL ? [] : [{ code: 'priority' as const, priority: priorities[priority] ?? 'normal' }]),
  ];
  return { ruleId: rule?.id ?? null, teamId, priority, language: newcomer.language, skills: rule?.skills ?? [], reasons };
}

const NORMAL = priorities.indexOf('normal');

function toNewcomer(row: NewcomerRow, inboxId: string): Omit<Newcomer, 'isReturning' | 'isOpen'> {
  return {
    inboxId,
    page: row.pageUrl,
    language: spokenOf(row.contactLocale ?? row.visitorLocale),
    fields: JSON.parse(row.fields),
    lifecycle: row.lifecycle,
    isVerified: row.isVerified === 1,
  };
}

/** Each clock is asked for once a look. */
class Clocks {
  readonly #app: App;
  readonly #known = new Map<string, HoursClock>();

  constructor(app: App) {
    this.#app = app;
  }

  async of(inboxId: string, teamId: string | null): Promise<HoursClock> {
    const key = `${inboxId} ${teamId ?? ''}`;
    const known = this.#known.get(key);
    if (known) return known;
    const clock = await clockOf(this.#app, { inboxId, teamId });
    this.#known.set(key, clock);
    return clock;
  }
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}
