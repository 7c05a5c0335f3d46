import type { SlaRules } from '../../shared/sla.ts';

export interface Named {
  id: string;
  name: string;
}

/** What conditions are called. */
export interface SlaPlaces {
  inboxes: readonly Named[];
  teams: readonly Named[];
  /** What tickets can be about, each with what it stands under. */
  ticketCategories: readonly Named[];
}

const MINUTE_MS = 60_000;

/** What most businesses begin with; the name is asked for. */
export const firstRules: SlaRules = {
  name: '',
  isOn: true,
  when: {},
  firstResponseMs: 2 * MINUTE_MS,
  nextResponseMs: 5 * MINUTE_MS,
  resolutionMs: null,
  isBusinessTime: true,
  warnAfter: 0.8,
};
