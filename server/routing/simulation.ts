/** What would become of this visitor at this moment: the same decision over the same floor, with nothing stored or told. */
import { AppError } from '../../shared/errors.ts';
import { priorities, type Reason, type RoutingRules, type RoutingSimulateRequest, type SimulatedPath } from '../../shared/routing.ts';
import type { App } from '../app.ts';
import type { QueueBoard } from '../conversations/queue-board.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { AgentPool } from './agent-pool.ts';
import type { Reach } from './agent-states.ts';
import { type AgentAtWork, type Chat, type Floor, hasRoom, hasRoomOf, inOrder, teamRoutingOf } from './floor.ts';
import { entryOf, readFloor, readStaff, type Staff } from './floor-reading.ts';
import { languageOf, tellsLanguages } from './language-reasons.ts';
import { planFloor } from './routing-plan.ts';
import { readRouting, requireKnown } from './routing-settings.ts';
import { findCustomer, listEarlier } from './routing-store.ts';
import { type Newcomer, spokenOf } from './rule-matching.ts';

const SIMULATED = 'simulated';

export async function simulateRouting(
  app: App,
  { queue, reach }: { queue: QueueBoard; reach: Reach },
  request: RoutingSimulateRequest,
): Promise<SimulatedPath> {
  const { db } = app.storage;
  const [saved, staff, inboxes] = await Promise.all([readRouting(db), readStaff(db), listInboxes(app)]);
  if (!inboxes.some(({ id }) => id === request.inboxId)) throw new AppError('not-found', 'There is no such inbox.', { field: 'inboxId' });
  const rules: RoutingRules = request.rules ?? saved;
  if (request.rules) requireKnown(rules, { teamIds: new Set(staff.teamNames.keys()) });
  const at = request.at ?? reach.now;
  const floor = await readFloor(app, { rules, staff, reach, queue: 'all' });
  for (const agent of floor.agents.values()) agent.isReachable = agent.state === 'online';

  const { newcomer, lastAgent } = await describe(app, request, at);
  const entry = entryOf(rules, staff, newcomer, { teamId: null, priority: priorities.indexOf('normal') });
  const clock = await clockOf(app, { inboxId: request.inboxId, teamId: entry.teamId });
  const isOpen = clock.isOpenAt(at);
  const chat: Chat = {
    ...entry,
    id: SIMULATED,
    inboxId: request.inboxId,
    teamIdBefore: null,
    waitingSince: reach.now,
    enteredAt: reach.now,
    isReturned: false,
    refusedIds: new Set(),
    lastAgent,
    assigneeId: null,
    isTaken: false,
    isPromised: false,
    routedAt: null,
    isNew: true,
    isHanded: true,
    isOpen,
  };
  const candidates = listCandidates(floor, chat);
  const plan = planFloor({ ...floor, chats: [...floor.chats, chat] }, reach.now);
  const move = plan.moves.find(({ chat: moved }) => moved.id === SIMULATED);
  const isPicked = (rules.inboxes[request.inboxId] ?? 'pick') === 'pick';
  const agentId = isPicked ? null : (move?.to ?? null);
  const nobody = move?.reasons.find((reason) => reason.code === 'nobody')?.state;
  const outcome =
    agentId !== null
      ? 'assigned'
      : !isOpen
        ? 'closed'
        : isPicked
          ? 'picked-by-agents'
          : nobody === 'offline' || nobody === 'unskilled'
            ? 'nobody'
            : 'queued';
  const isQueued = outcome === 'queued' || outcome === 'nobody' || outcome === 'picked-by-agents';
  const ahead = plan.queue.filter((other) => other.id !== SIMULATED && isSameQueue(other, chat) && inOrder(other, chat) < 0).length;
  return {
    ruleId: entry.ruleId,
    teamId: entry.teamId,
    priority: priorities[entry.priority] ?? 'normal',
    isOpen,
    opensAt: isOpen ? null : clock.opensAt(at),
    outcome,
    agentId,
    place: isQueued ? ahead + 1 : null,
    expectedWaitMs: isQueued ? await queue.expectedWaitMs(request.inboxId) : null,
    reasons: isPicked ? [...entry.reasons] : (move?.reasons ?? [...entry.reasons]),
    candidates: candidates.sort((one, other) => Number(other.agentId === agentId) - Number(one.agentId === agentId)),
    // biome-ignore lint/suspicious/noThenProperty: the wire calls it so, and a list is nothing that could be awaited
    then: isPicked ? [] : whatThen(rules, staff, entry.teamId),
  };
}

function isSameQueue(one: Chat, other: Chat): boolean {
  return one.inboxId === other.inboxId && one.teamId === other.teamId;
}

async function describe(
  app: App,
  request: RoutingSimulateRequest,
  at: number,
): Promise<{ newcomer: Newcomer; lastAgent: Chat['lastAgent'] }> {
  const { db } = app.storage;
  const { inboxId, contactId, page = null, language, fields } = request;
  const customer = contactId === undefined ? undefined : await findCustomer(db, contactId);
  if (contactId !== undefined && !customer) throw new AppError('not-found', 'There is no such contact.', { field: 'contactId' });
  const before = contactId === undefined ? undefined : (await listEarlier(db, [contactId], new Set())).get(contactId);
  const isOpen = (await clockOf(app, { inboxId })).isOpenAt(at);
  return {
    newcomer: {
      inboxId,
      page,
      language: spokenOf(language ?? customer?.locale ?? null),
      fields: { ...(customer ? (JSON.parse(customer.fields) as Record<string, string>) : {}), ...fields },
      lifecycle: customer?.lifecycle ?? 'lead',
      isVerified: customer?.isVerified ?? false,
      isReturning: before !== undefined,
      isOpen,
    },
    lastAgent: before?.agentId ? { id: before.agentId, at: before.at } : null,
  };
}

/** Everybody of the team, or who may answer at all, with what speaks for and against. */
function listCandidates(floor: Floor, chat: Chat): SimulatedPath['candidates'] {
  const { rules, agents } = floor;
  const hasLanguages = tellsLanguages(floor);
  const routing = teamRoutingOf(rules, chat.teamId);
  const online = [...agents.values()].filter(({ state }) => state === 'online');
  const need = { ...chat, overflowId: null, skills: chat.skills.map((skill) => skill.toLowerCase()) };
  const pool = new AgentPool(online, need, routing);
  const team = [...agents.values()].filter(({ teamIds }) => chat.teamId === null || teamIds.has(chat.teamId));
  return team
    .sort(
      (one, other) => Number(pool.isFit(other)) - Number(pool.isFit(one)) || one.load - other.load || one.name.localeCompare(other.name),
    )
    .map((agent) => {
      const isFull = !hasRoom(agent) || !hasRoomOf(agent, chat.teamId, routing.agentMax);
      return {
        agentId: agent.id,
        name: agent.name,
        isFit: pool.isFit(agent) && !isFull,
        load: agent.load,
        capacity: agent.capacity,
        reasons: thoughtOf(agent, chat, { isFull, hasLanguages }),
      };
    });
}

function thoughtOf(agent: AgentAtWork, chat: Chat, { isFull, hasLanguages }: { isFull: boolean; hasLanguages: boolean }): Reason[] {
  const { skills, lastAgent } = chat;
  const isOnline = agent.state === 'online';
  return [
    ...languageOf(chat, agent, hasLanguages),
    ...skills.map((skill) => ({ code: 'skill' as const, skill, isHeld: agent.skills.has(skill.toLowerCase()) })),
    ...(lastAgent?.id === agent.id
      ? [
          {
            code: 'last-agent' as const,
            name: agent.name,
            state: isOnline ? (isFull ? ('full' as const) : ('chosen' as const)) : (agent.state as 'away' | 'gone'),
          },
        ]
      : []),
    { code: 'load', name: agent.name, load: agent.load, capacity: agent.capacity },
    ...(isOnline
      ? isFull
        ? [{ code: 'nobody' as const, state: 'full' as const }]
        : []
      : [{ code: 'nobody' as const, state: 'offline' as const }]),
  ];
}

function whatThen(rules: RoutingRules, { teamNames }: Staff, teamId: string | null): SimulatedPath['then'] {
  const { answerSeconds, overflow, callbackAfterSeconds } = teamRoutingOf(rules, teamId);
  const overflowName = teamId === null || !overflow ? undefined : teamNames.get(overflow.teamId);
  return [
    ...(answerSeconds === null ? [] : [{ code: 'reroute' as const, afterSeconds: answerSeconds, name: null }]),
    ...(overflow && overflowName !== undefined
      ? [{ code: 'overflow' as const, afterSeconds: overflow.afterSeconds, name: overflowName }]
      : []),
    ...(callbackAfterSeconds === null ? [] : [{ code: 'callback' as const, afterSeconds: callbackAfterSeconds, name: null }]),
  ];
}
