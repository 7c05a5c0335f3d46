/** The hours that somebody edits in this tab: those of the server, and those that were begun and are not saved yet. */
import { signal } from '@preact/signals';
import type { BusinessHours } from '../../shared/business-hours.ts';
import { newId } from '../editing/new-id.ts';
import type { Http } from '../http.ts';
import type { HoursDraft } from './hours-draft.ts';
import { createHoursEdits, type HoursEdits } from './hours-edits.ts';

export type HoursShelf = ReturnType<typeof createHoursShelf>;

function createHoursShelf(http: Http) {
  const held = new Map<string, { edits: HoursEdits; read: BusinessHours }>();
  const begun = signal<readonly HoursEdits[]>([]);

  return {
    /** Begun here and never saved; while it is saved for the first time it stays what it is. */
    begun,

    /** One of the server's; `hours` as it was read last. */
    editsOf(hours: BusinessHours): HoursEdits {
      const born = begun.value.find(({ saved }) => saved.value?.id === hours.id);
      const { edits, read } = held.get(hours.id) ?? { edits: born ?? createHoursEdits(http, hours.id, hours), read: hours };
      // Where nothing was begun, what the server says now is the ground; begun changes meet it when they are saved.
      if (read !== hours && edits.changed.value.length === 0 && !edits.isSaving.value) edits.refresh(hours);
      held.set(hours.id, { edits, read: hours });
      return edits;
    },

    begin(draft: HoursDraft): HoursEdits {
      const edits = createHoursEdits(http, `new-${newId()}`, draft);
      begun.value = [...begun.value, edits];
      return edits;
    },

    drop(edits: HoursEdits): () => void {
      begun.value = begun.value.filter((one) => one !== edits);
      return () => {
        begun.value = [...begun.value, edits];
      };
    },
  };
}

const shelves = new WeakMap<Http, Map<string, HoursShelf>>();

export function hoursShelf(http: Http, agentId: string): HoursShelf {
  const ofTab = shelves.get(http) ?? new Map<string, HoursShelf>();
  shelves.set(http, ofTab);
  const shelf = ofTab.get(agentId) ?? createHoursShelf(http);
  ofTab.set(agentId, shelf);
  return shelf;
}
