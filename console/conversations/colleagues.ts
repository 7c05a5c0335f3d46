/** The agents of the house, this one included, as they are known right now. */
import { signal } from '@preact/signals';
import type { Agent } from '../../shared/agent.ts';
import type { AgentFacts } from '../../shared/events.ts';
import type { Team } from '../../shared/team.ts';

export class Colleagues {
  readonly agents = signal<ReadonlyMap<string, Agent>>(new Map());

  readonly teams = signal<readonly Team[]>([]);

  replace(agents: readonly Agent[]): void {
    this.agents.value = new Map(agents.map((agent) => [agent.id, agent]));
  }

  /** False for somebody who is not known yet. */
  change(change: Parameters<AgentFacts['agent:changed']>[0]): boolean {
    const agent = this.agents.value.get(change.id);
    if (agent) this.agents.value = new Map(this.agents.value).set(change.id, { ...agent, ...change });
    return agent !== undefined;
  }
}
