import type { ReadonlySignal } from '@preact/signals';

/** To whom something can be given to do. */
export interface PeopleAtHand {
  agents: ReadonlySignal<ReadonlyMap<string, { id: string; name: string }>>;
  teams: ReadonlySignal<readonly { id: string; name: string }[]>;
}
