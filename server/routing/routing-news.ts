import type { RoutingRules } from '../../shared/routing.ts';
import type { Broadcast } from '../transport/broadcast.ts';
import type { RosterRow } from './routing-store.ts';

type Told = Pick<RoutingRules, 'capacity' | 'inboxes'>;

/** Tells agents at their desks what was set for them, by whichever server: what was known at first they read themselves. */
export class RoutingNews {
  readonly #broadcast: Broadcast;
  #settings: string | null = null;
  #owns: ReadonlyMap<string, number | null> | null = null;

  constructor(broadcast: Broadcast) {
    this.#broadcast = broadcast;
  }

  tell({ capacity, inboxes }: Told, roster: readonly RosterRow[]): void {
    const told: Told = { capacity, inboxes };
    const settings = JSON.stringify(told);
    if (this.#settings !== null && settings !== this.#settings) this.#broadcast.toAgents('routing:changed', told);
    this.#settings = settings;
    for (const { id, capacity: own } of this.#owns === null ? [] : roster) {
      if ((this.#owns?.get(id) ?? null) !== own) this.#broadcast.toAgent(id, null, 'routing:changed', { own });
    }
    this.#owns = new Map(roster.map(({ id, capacity: own }) => [id, own]));
  }
}
