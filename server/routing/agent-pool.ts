/**
 * The agents who fit one kind of need, the best first. A heap whose entries are put right only when they come up: an agent that was
 * given something since stands where it stood until then, so a thousand chats cost no thousand sorts.
 */
import type { TeamRouting } from '../../shared/routing.ts';
import { type AgentAtWork, hasRoom, hasRoomOf } from './floor.ts';

export interface Need {
  teamId: string | null;
  /** Whose agents may take it, too. */
  overflowId: string | null;
  language: string | null;
  skills: readonly string[];
}

interface Entry {
  agent: AgentAtWork;
  /** Compared place by place. */
  rank: readonly number[];
  load: number;
  assignedAt: number;
}

export class AgentPool {
  /** Everybody online who fits, full or not. */
  readonly fit: readonly AgentAtWork[];
  readonly #need: Need;
  readonly #routing: TeamRouting;
  readonly #fitIds: ReadonlySet<string>;
  readonly #heap: Entry[] = [];

  constructor(online: readonly AgentAtWork[], need: Need, routing: TeamRouting) {
    this.#need = need;
    this.#routing = routing;
    const able = online.filter((agent) => isOfTeam(agent, need) && need.skills.every((skill) => agent.skills.has(skill)));
    const speaking = able.filter((agent) => speaks(agent, need));
    this.fit = routing.isLanguageRequired && speaking.length > 0 ? speaking : able;
    this.#fitIds = new Set(this.fit.map(({ id }) => id));
    for (const agent of this.fit) if (agent.isReachable && this.#hasRoom(agent)) this.#push(agent);
  }

  /** The best who has room and is not refused. It stays in the pool. */
  best(refusedIds: ReadonlySet<string>): AgentAtWork | null {
    const aside: Entry[] = [];
    let found: AgentAtWork | null = null;
    for (let top = this.#heap[0]; top !== undefined && found === null; top = this.#heap[0]) {
      const { agent } = top;
      const isStale = top.load !== agent.load || top.assignedAt !== agent.assignedAt;
      if (!isStale && !refusedIds.has(agent.id)) {
        found = agent;
        break;
      }
      this.#pop();
      if (!isStale) aside.push(top);
      else if (this.#hasRoom(agent)) this.#push(agent);
    }
    for (const entry of aside) this.#insert(entry);
    return found;
  }

  isFit({ id }: AgentAtWork): boolean {
    return this.#fitIds.has(id);
  }

  isFree(agent: AgentAtWork): boolean {
    return agent.isReachable && this.#hasRoom(agent);
  }

  /** How many could have been chosen. */
  countFree(refusedIds: ReadonlySet<string>): number {
    let count = 0;
    for (const agent of this.fit) if (this.isFree(agent) && !refusedIds.has(agent.id)) count += 1;
    return count;
  }

  #hasRoom(agent: AgentAtWork): boolean {
    return hasRoom(agent) && hasRoomOf(agent, this.#need.teamId, this.#routing.agentMax);
  }

  #rankOf(agent: AgentAtWork): readonly number[] {
    const { teamId, language } = this.#need;
    const isStranger = teamId !== null && !agent.teamIds.has(teamId) ? 1 : 0;
    const isSilent = language !== null && !agent.languages.has(language) ? 1 : 0;
    const turn = agent.assignedAt;
    return this.#routing.method === 'round-robin'
      ? [isStranger, isSilent, turn]
      : [isStranger, isSilent, agent.load / agent.capacity, turn];
  }

  #push(agent: AgentAtWork): void {
    this.#insert({ agent, rank: this.#rankOf(agent), load: agent.load, assignedAt: agent.assignedAt });
  }

  #insert(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Entry;
      if (!isBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (let below = 1; below < heap.length; below = at * 2 + 1) {
      const right = heap[below + 1];
      if (right !== undefined && isBefore(right, heap[below] as Entry)) below += 1;
      const child = heap[below] as Entry;
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}

export function keyOf({ teamId, overflowId, language, skills }: Need): string {
  return [teamId ?? '', overflowId ?? '', language ?? '', ...skills].join('\n');
}

function isOfTeam(agent: AgentAtWork, { teamId, overflowId }: Need): boolean {
  return teamId === null || agent.teamIds.has(teamId) || (overflowId !== null && agent.teamIds.has(overflowId));
}

function speaks(agent: AgentAtWork, { language }: Need): boolean {
  return language !== null && agent.languages.has(language);
}

function isBefore(one: Entry, other: Entry): boolean {
  for (const [place, value] of one.rank.entries()) {
    const difference = value - (other.rank[place] as number);
    if (difference !== 0) return difference < 0;
  }
  return one.agent.id < other.agent.id;
}
