/** What a decision rests on: who waits, who is at work, and what was set. Plain values; where they come from is not asked here. */
import { firstTeamRouting, type Reason, type RoutingRules, type TeamRouting } from '../../shared/routing.ts';

/** `gone`: nobody waits for this agent any more. */
export type AgentState = 'online' | 'away' | 'gone';

export interface AgentAtWork {
  id: string;
  name: string;
  teamIds: ReadonlySet<string>;
  /** Without regions. */
  languages: ReadonlySet<string>;
  /** In small letters. */
  skills: ReadonlySet<string>;
  capacity: number;
  state: AgentState;
  /** May be given chats by this server: works with customers, and has a window open here. */
  isReachable: boolean;
  /** When it will be gone if it does not come back. */
  goneAt: number | null;
  /** Since when it has chosen to be away, its window still open. */
  awaySince?: number | null;
  /** What it has, counted by state. A plan counts on. */
  load: number;
  teamLoads: Map<string, number>;
  /** 0: never. */
  assignedAt: number;
}

/** Somebody who waits for an agent to come, or to answer. */
export interface Chat {
  id: string;
  inboxId: string;
  teamId: string | null;
  /** Of which team its row says that it is: a rule may have named another just now. */
  teamIdBefore: string | null;
  /** 0 low to 3 urgent. */
  priority: number;
  waitingSince: number;
  /** Since when it is in the queue, the last time. */
  enteredAt: number;
  /** Came back from an agent who went or did not answer. */
  isReturned: boolean;
  language: string | null;
  skills: readonly string[];
  refusedIds: ReadonlySet<string>;
  lastAgent: { id: string; at: number } | null;
  /** Whose it is; null: it is in the queue. */
  assigneeId: string | null;
  /** False where it came back to whoever had it before it ended: nobody has decided yet that this is still the one. */
  isTaken: boolean;
  /** A person gave it to somebody who was not there: it waits for that one. */
  isPromised: boolean;
  /** When it was given to the assignee, who has not answered since; null: a person saw to it. */
  routedAt: number | null;
  /** What was thought of it so far. */
  reasons: readonly Reason[];
  /** Begins to wait: what the rules say of it is not written down yet. */
  isNew: boolean;
  /** Its inbox hands out; otherwise rules alone say where it waits, until somebody takes it. */
  isHanded: boolean;
  /** Whoever hands out may do so now: the business is open, or was when the wait began. */
  isOpen: boolean;
}

export interface Floor {
  rules: RoutingRules;
  teamNames: ReadonlyMap<string, string>;
  agents: ReadonlyMap<string, AgentAtWork>;
  chats: readonly Chat[];
}

export function teamRoutingOf({ teams, otherwise }: Pick<RoutingRules, 'teams' | 'otherwise'>, teamId: string | null): TeamRouting {
  return { ...firstTeamRouting, ...((teamId !== null && teams[teamId]) || otherwise) };
}

/** The order in which a queue is served: the most urgent, then who was given up, then who waits longest. */
export function inOrder(one: Chat, other: Chat): number {
  return (
    other.priority - one.priority ||
    Number(other.isReturned) - Number(one.isReturned) ||
    one.waitingSince - other.waitingSince ||
    (one.id < other.id ? -1 : 1)
  );
}

/** Floats add up with a crumb too much. */
const CRUMB = 1e-9;

export function hasRoom({ load, capacity }: Pick<AgentAtWork, 'load' | 'capacity'>): boolean {
  return load + 1 <= capacity + CRUMB;
}

export function hasRoomOf({ teamLoads }: Pick<AgentAtWork, 'teamLoads'>, teamId: string | null, agentMax: number | null): boolean {
  return teamId === null || agentMax === null || (teamLoads.get(teamId) ?? 0) + 1 <= agentMax + CRUMB;
}
