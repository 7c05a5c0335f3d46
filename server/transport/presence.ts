import type { AgentAvailability } from '../../shared/agent.ts';

/** Who is connected right now. In memory: what may be lost is no row. An agent without a socket is offline, whatever was chosen. */
export class Presence {
  readonly #agents = new Map<string, { socketIds: Set<string>; chosen: AgentAvailability }>();
  #onChange: () => void = () => undefined;

  /** One listener: who wants to know when somebody comes, goes, or chooses. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  enter(agentId: string, socketId: string, chosen: AgentAvailability): void {
    const agent = this.#agents.get(agentId) ?? { socketIds: new Set(), chosen };
    agent.socketIds.add(socketId);
    agent.chosen = chosen;
    this.#agents.set(agentId, agent);
    this.#onChange();
  }

  leave(agentId: string, socketId: string): void {
    const agent = this.#agents.get(agentId);
    agent?.socketIds.delete(socketId);
    if (agent?.socketIds.size === 0) this.#agents.delete(agentId);
    this.#onChange();
  }

  choose(agentId: string, chosen: AgentAvailability): void {
    const agent = this.#agents.get(agentId);
    if (agent) agent.chosen = chosen;
    this.#onChange();
  }

  availabilityOf(agentId: string): AgentAvailability {
    return this.#agents.get(agentId)?.chosen ?? 'offline';
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
}
