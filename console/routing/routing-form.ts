/** What every field of the routing form knows: the draft, how to change it, what things are called, and what was refused. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { RoutingRules } from '../../shared/routing.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import type { RoutingEdits } from './routing-edits.ts';

export interface Named {
  id: string;
  name: string;
}

export interface RoutingForm {
  http: Http;
  draft: RoutingRules;
  set: RoutingEdits['set'];
  /** The draft as it is when it is asked for: a toast's way back may be taken much later. */
  latest: () => RoutingRules;
  inboxes: readonly Named[];
  teams: readonly Team[];
  agents: readonly Agent[];
  /** What the server says of this field: `rules.2.name`. */
  errorAt: (path: string) => string | undefined;
}

export const RoutingFormContext = createContext<RoutingForm | null>(null);

export function useRoutingForm(): RoutingForm {
  const form = useContext(RoutingFormContext);
  if (!form) throw new Error('A field of routing stands outside its form.');
  return form;
}

const sentences = [
  [/^rules\.\d+\.name/, 'routing.error.name'],
  [/\.pages/, 'routing.error.pages'],
  [/\.fields/, 'routing.error.field'],
  [/\.skills/, 'routing.error.skills'],
] as const;

export function errorOf(refusal: ErrorReply | null, path: string): string | undefined {
  const field = refusal?.field;
  if (!refusal || field === undefined || !(field === path || field.startsWith(`${path}.`))) return undefined;
  if (refusal.code !== 'invalid') return errorText(refusal);
  const sentence = sentences.find(([about]) => about.test(field));
  return sentence ? t(sentence[1]) : errorText(refusal);
}
