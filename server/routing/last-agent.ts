/** Back to whom the customer knows: while that is not too long ago, and for as long as one may wait for somebody who is full. */
import type { Reason, TeamRouting } from '../../shared/routing.ts';
import type { AgentPool } from './agent-pool.ts';
import type { AgentAtWork, Chat } from './floor.ts';

const HOUR_MS = 60 * 60 * 1_000;

interface Sticky {
  agent: AgentAtWork | null;
  /** Nobody else gets it before. */
  waitsUntil: number | null;
  reasons: Reason[];
}

interface Surroundings {
  agents: ReadonlyMap<string, AgentAtWork>;
  pool: AgentPool;
  routing: TeamRouting;
  now: number;
}

export function findLastAgent(chat: Chat, { agents, pool, routing, now }: Surroundings): Sticky {
  const { lastAgentHours, lastAgentWaitSeconds } = routing;
  const agent = chat.lastAgent && agents.get(chat.lastAgent.id);
  if (!chat.lastAgent || !agent || lastAgentHours === null || chat.refusedIds.has(agent.id))
    return { agent: null, waitsUntil: null, reasons: [] };
  const said = (state: 'chosen' | 'away' | 'full' | 'gone' | 'too-long-ago'): Reason[] => [{ code: 'last-agent', name: agent.name, state }];
  if (chat.waitingSince - chat.lastAgent.at > lastAgentHours * HOUR_MS)
    return { agent: null, waitsUntil: null, reasons: said('too-long-ago') };
  if (agent.state !== 'online') return { agent: null, waitsUntil: null, reasons: said(agent.state) };
  // Of another team by now, or without what the rule asks for.
  if (!pool.isFit(agent)) return { agent: null, waitsUntil: null, reasons: [] };
  if (pool.isFree(agent)) return { agent, waitsUntil: null, reasons: said('chosen') };
  const waitsUntil = chat.enteredAt + lastAgentWaitSeconds * 1_000;
  return { agent: null, waitsUntil: waitsUntil > now ? waitsUntil : null, reasons: said('full') };
}
