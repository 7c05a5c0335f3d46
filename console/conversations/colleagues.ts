/** The agents of the house, this one included, as they are known right now. */
import { signal } from '@preact/signals';
import type { Agent, AgentAvailability } from '../../shared/agent.ts';
import type { Team } from '../../shared/team.ts';

export class Colleagues {
  readonly agents = signal<ReadonlyMap<string, Agent>>(new Map());

  readonly teams = signal<readonly Team[]>([]);

  replace(agents: readonly Agent[]): void {
    this.agents.value = new Map(agents.map((agent) => [agent.id, agent]));
  }

  /** False for somebody who is not known yet. */
  change({ id, availability, load }: { id: string; availability: AgentAvailability; load: number }): boolean {
    const agent = this.agents.value.get(id);
    if (agent) this.agents.value = new Map(this.agents.value).set(id, { ...agent, availability, load });
    return agent !== undefined;
  }
}
