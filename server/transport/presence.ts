import type { AgentAvailability } from '../../shared/agent.ts';

/** A colleague who said for an agent that it is away. */
export interface SetBy {
  id: string;
  name: string;
}

/** What an agent is since when; `setBy` is null for its own choice, or a closed window. */
interface State {
  availability: AgentAvailability;
  since: number;
  setBy: SetBy | null;
}

/** Who is connected right now. In memory: what may be lost is no row. An agent without a socket is offline, whatever was chosen. */
export class Presence {
  readonly #now: () => number;
  readonly #agents = new Map<string, { socketIds: Set<string>; chosen: AgentAvailability; setBy: SetBy | null }>();
  /** Of everybody who has been here since the server started. */
  readonly #states = new Map<string, State>();
  #onChange: () => void = () => undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** One listener: who wants to know when somebody comes, goes, or chooses. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  enter(agentId: string, socketId: string, chosen: { availability: AgentAvailability; since: number | null; setBy: SetBy | null }): void {
    const agent = this.#agents.get(agentId) ?? { socketIds: new Set(), chosen: chosen.availability, setBy: null };
    agent.socketIds.add(socketId);
    Object.assign(agent, { chosen: chosen.availability, setBy: chosen.setBy });
    this.#agents.set(agentId, agent);
    // Set by somebody while the window was closed, it is so since then.
    this.#note(agentId, chosen.setBy === null ? null : chosen.since);
  }

  leave(agentId: string, socketId: string): void {
    const agent = this.#agents.get(agentId);
    agent?.socketIds.delete(socketId);
    if (agent?.socketIds.size === 0) this.#agents.delete(agentId);
    this.#note(agentId);
  }

  choose(agentId: string, chosen: AgentAvailability, setBy: SetBy | null = null): void {
    const agent = this.#agents.get(agentId);
    if (agent) Object.assign(agent, { chosen, setBy });
    this.#note(agentId);
  }

  availabilityOf(agentId: string): AgentAvailability {
    return this.#agents.get(agentId)?.chosen ?? 'offline';
  }

  /** Null for somebody who has not been here since the server started. */
  stateOf(agentId: string): State | null {
    return this.#states.get(agentId) ?? null;
  }

  /** The agents who are there to answer now. */
  onlineIds(): string[] {
    return [...this.#agents].filter(([, agent]) => agent.chosen === 'online').map(([id]) => id);
  }

  /** Whether anybody is there to answer now. */
  isStaffed(): boolean {
    for (const agent of this.#agents.values()) if (agent.chosen === 'online') return true;
    return false;
  }

  #note(agentId: string, since: number | null = null): void {
    const availability = this.availabilityOf(agentId);
    const setBy = this.#agents.get(agentId)?.setBy ?? null;
    const held = this.#states.get(agentId);
    if (!held || held.availability !== availability || held.setBy?.id !== setBy?.id) {
      this.#states.set(agentId, { availability, since: since ?? this.#now(), setBy });
    }
    this.#onChange();
  }
}
