/** The parts of the form, and which part each setting stands in. */
import { language, t } from '../texts/texts.ts';
import type { IconName } from '../ui/icon-drawings.ts';
import type { RoutingSubject } from './routing-edits.ts';

export const routingParts = ['handing', 'rules', 'teams', 'agents', 'simulator'] as const;
export type RoutingPart = (typeof routingParts)[number];

export const routingPartIcons: Record<RoutingPart, IconName> = {
  handing: 'inbox',
  rules: 'route',
  teams: 'users',
  agents: 'user-round',
  simulator: 'zap',
};

const places: Record<RoutingSubject, RoutingPart> = {
  inboxes: 'handing',
  rules: 'rules',
  teams: 'teams',
  otherwise: 'teams',
  capacity: 'agents',
  waitingCounts: 'agents',
  graceSeconds: 'agents',
};

export const routingPartOf = (subject: string): RoutingPart | undefined => places[subject as RoutingSubject];

/** "Rules and Teams" */
export function routingNamesOf(subjects: readonly RoutingSubject[]): string {
  const names = [...new Set(subjects.map((subject) => t(`routing.part.${places[subject]}`)))];
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names);
}
