/**
 * Carries out what was decided, if it still holds: agents are locked first and conversations after them, each in the order of their
 * ids, so that two servers, or an engine and a click, can neither give one chat twice nor fill an agent beyond its number.
 */
import type { Reason, RoutingRules } from '../../shared/routing.ts';
import { type HandOut, type Held, handOutWithin, holdForHandOut } from '../conversations/hand-outs.ts';
import type { Done } from '../conversations/messages.ts';
import { addNotices } from '../notices/agent-notices.ts';
import type { Transaction } from '../storage/database.ts';
import type { ConversationRouteRow, NoticeRow } from '../storage/tables.ts';
import { type AgentAtWork, hasRoom, hasRoomOf, teamRoutingOf } from './floor.ts';
import type { Move } from './routing-plan.ts';
import { listLoads, lockActiveAgents, touchAgents, upsertRoutes } from './routing-store.ts';

export interface CarriedOut {
  done: Done[];
  told: NoticeRow[];
  /** Something was otherwise than when it was decided. */
  isStale: boolean;
}

interface Circumstances {
  rules: RoutingRules;
  agents: ReadonlyMap<string, AgentAtWork>;
  now: number;
  /** Who chose it for itself, and needs no notice. */
  pickerId?: string;
}

export async function carryOut(trx: Transaction, moves: readonly Move[], circumstances: Circumstances): Promise<CarriedOut> {
  const { now, pickerId = null } = circumstances;
  const possible = await keepPossible(trx, moves, circumstances);
  const done = await handOutWithin(trx, possible, now);
  const carried = possible.map(({ handOut }) => handOut.move);
  await upsertRoutes(
    trx,
    carried.map((move) => toRoute(move, now)),
  );
  const receivers = carried.flatMap(({ chat, to }) => (to === null ? [] : [{ agentId: to, conversationId: chat.id }]));
  await touchAgents(trx, [...new Set(receivers.map(({ agentId }) => agentId))], { assignedAt: now });
  const told = await addNotices(
    trx,
    receivers.map((receiver) => ({ ...receiver, kind: 'assignment' as const, actorId: pickerId })),
    now,
  );
  return { done, told, isStale: carried.length < moves.length };
}

type Asked = HandOut & { move: Move };

/** Counted anew, now that nobody else can give these agents anything, nor move these conversations. */
async function keepPossible(trx: Transaction, moves: readonly Move[], circumstances: Circumstances): Promise<Held<Asked>[]> {
  const { rules, agents } = circumstances;
  const agentIds = [...new Set(moves.flatMap(({ to }) => to ?? []))];
  const active = await lockActiveAgents(trx, agentIds);
  const held = await holdForHandOut(
    trx,
    moves.map((move) => ({ ...toHandOut(move, circumstances), move })),
  );
  if (agentIds.length === 0) return held;
  const known = new Map(
    agentIds.map((id) => [id, { capacity: agents.get(id)?.capacity ?? rules.capacity, load: 0, teamLoads: new Map<string, number>() }]),
  );
  const count = (agentId: string | null, teamId: string | null, more: number) => {
    const agent = agentId === null ? undefined : known.get(agentId);
    if (!agent) return;
    agent.load += more;
    if (teamId !== null) agent.teamLoads.set(teamId, (agent.teamLoads.get(teamId) ?? 0) + more);
  };
  for (const { agentId, teamId, waiting, idle } of await listLoads(trx, agentIds))
    count(agentId, teamId, waiting + idle * rules.waitingCounts);
  return held.filter(({ handOut: { from, fromTeamId, move } }) => {
    const { chat, to } = move;
    if (to === null) return true;
    const agent = known.get(to);
    if (!agent || !active.has(to)) return false;
    // What comes back to whoever had it counts as theirs already.
    count(from, fromTeamId, -1);
    if (!hasRoom(agent) || !hasRoomOf(agent, chat.teamId, teamRoutingOf(rules, chat.teamId).agentMax)) {
      count(from, fromTeamId, 1);
      return false;
    }
    count(to, chat.teamId, 1);
    return true;
  });
}

function toHandOut({ chat, to, reasons }: Move, { agents }: Circumstances): HandOut {
  const name = to === null ? undefined : agents.get(to)?.name;
  // Who has just come, and finds nobody, is no news; who has come back is.
  const isSaid = to !== null || chat.isReturned;
  return {
    conversationId: chat.id,
    from: chat.assigneeId,
    fromTeamId: chat.teamIdBefore,
    waitingSince: chat.waitingSince,
    to,
    teamId: chat.teamId,
    priority: chat.priority,
    notice: isSaid ? { kind: 'routed', ...(name !== undefined && { to: name }), reasons } : null,
  };
}

function toRoute({ chat, to }: Move, now: number): ConversationRouteRow {
  return {
    conversationId: chat.id,
    waitingSince: chat.waitingSince,
    enteredAt: chat.enteredAt,
    language: chat.language,
    skills: JSON.stringify(chat.skills),
    lastAgentId: chat.lastAgent?.id ?? null,
    lastAgentAt: chat.lastAgent?.at ?? null,
    refusedIds: JSON.stringify([...chat.refusedIds]),
    isReturned: chat.isReturned ? 1 : 0,
    reasons: JSON.stringify(chat.reasons satisfies readonly Reason[]),
    agentId: to,
    routedAt: to === null ? null : now,
  };
}
