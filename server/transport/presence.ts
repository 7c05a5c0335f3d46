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

/** How long somebody whose window is not heard of counts as away, until it is taken for gone. */
const FIRST_GRACE_MS = 60_000;

/**
 * Who is connected right now. In memory: what may be lost is no row. An agent whose last window was closed is offline, whatever was
 * chosen; one whose last window fell silent is away for a while first: it may come back, and is then what it chose.
 */
export class Presence {
  readonly #now: () => number;
  readonly #agents = new Map<string, { socketIds: Set<string>; chosen: AgentAvailability; setBy: SetBy | null }>();
  /** Whose windows have fallen silent, and since when. */
  readonly #silent = new Map<string, number>();
  readonly #leftAt = new Map<string, number>();
  /** Of everybody who has been here since the server started. */
  readonly #states = new Map<string, State>();
  readonly #listeners: (() => void)[] = [];
  #graceMs = FIRST_GRACE_MS;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Is told when somebody comes, goes, or chooses. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  setGrace(ms: number): void {
    this.#graceMs = ms;
  }

  enter(agentId: string, socketId: string, chosen: { availability: AgentAvailability; since: number | null; setBy: SetBy | null }): void {
    const agent = this.#agents.get(agentId) ?? { socketIds: new Set(), chosen: chosen.availability, setBy: null };
    agent.socketIds.add(socketId);
    Object.assign(agent, { chosen: chosen.availability, setBy: chosen.setBy });
    this.#agents.set(agentId, agent);
    this.#silent.delete(agentId);
    // Set by somebody while the window was closed, it is so since then.
    this.#note(agentId, chosen.setBy === null ? null : chosen.since);
  }

  /** `isSilent`: the window did not say that it goes. */
  leave(agentId: string, socketId: string, { isSilent = false } = {}): void {
    const agent = this.#agents.get(agentId);
    agent?.socketIds.delete(socketId);
    if (agent?.socketIds.size === 0) {
      this.#agents.delete(agentId);
      this.#leftAt.set(agentId, this.#now());
      if (isSilent && agent.chosen !== 'offline') this.#silent.set(agentId, this.#now());
    }
    this.#note(agentId);
  }

  choose(agentId: string, chosen: AgentAvailability, setBy: SetBy | null = null): void {
    const agent = this.#agents.get(agentId);
    if (agent) Object.assign(agent, { chosen, setBy });
    this.#note(agentId);
  }

  /** Called now and then: whoever has been silent for too long is offline. Gives who that is. */
  lapse(): string[] {
    const until = this.#now() - this.#graceMs;
    const lapsed = [...this.#silent].filter(([, since]) => since <= until).map(([agentId]) => agentId);
    for (const agentId of lapsed) {
      this.#silent.delete(agentId);
      this.#note(agentId);
    }
    return lapsed;
  }

  availabilityOf(agentId: string): AgentAvailability {
    return this.#agents.get(agentId)?.chosen ?? (this.#silent.has(agentId) ? 'away' : 'offline');
  }

  /** Whether a window of the agent is open. */
  isHere(agentId: string): boolean {
    return this.#agents.has(agentId);
  }

  /** When its last window went; null for somebody who is here, or has not been since the server started. */
  leftAt(agentId: string): number | null {
    return this.#agents.has(agentId) ? null : (this.#leftAt.get(agentId) ?? null);
  }

  /** Null for somebody who has not been here since the server started. */
  stateOf(agentId: string): State | null {
    return this.#states.get(agentId) ?? null;
  }

  hereIds(): string[] {
    return [...this.#agents.keys()];
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
    for (const listen of this.#listeners) listen();
  }
}
