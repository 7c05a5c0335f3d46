/** How chats find their agent, as an administrator edits it. */
import type { RoutingRules, RoutingSettings } from '../../shared/routing.ts';
import { createDraftEdits, type DraftEdits } from '../editing/draft-edits.ts';
import { mergeChanges } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';

export type RoutingSubject = keyof RoutingRules;
export type RoutingEdits = DraftEdits<RoutingSettings, RoutingRules>;

function createRoutingEdits(http: Http, saved: RoutingSettings): RoutingEdits {
  return createDraftEdits<RoutingSettings, RoutingRules>(
    {
      draftOf: ({ version: _, ...rules }) => rules,
      tidy: (rules) => rules,
      merge: (subject, was, [mine, theirs]) => {
        const { value, hasClash } = mergeChanges(was[subject], mine[subject], theirs[subject]);
        return { value: value as RoutingRules[typeof subject], hasClash };
      },
      change: (before, changed) => http.put('/routing', { ...before, ...changed }),
      read: () => http.get('/routing'),
    },
    'routing',
    { saved },
  );
}

const shelf = new WeakMap<Http, Map<string, RoutingEdits>>();

/** The edits of this agent in this tab, begun earlier or now. Where nothing was begun, what the server says now is the ground. */
export function routingEditsOf(http: Http, agentId: string, read: RoutingSettings): RoutingEdits {
  const held = shelf.get(http) ?? new Map<string, RoutingEdits>();
  shelf.set(http, held);
  const edits = held.get(agentId) ?? createRoutingEdits(http, read);
  held.set(agentId, edits);
  if (edits.changed.value.length === 0 && !edits.isSaving.value) edits.refresh(read);
  return edits;
}
