/**
 * How chats find their agent, as an administrator edits it: what is saved, what is changed and not saved, and what became of
 * saving. Without a line of JSX; it outlives the page, so that whoever looks elsewhere for a moment finds the changes again.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { RoutingRules, RoutingSettings } from '../../shared/routing.ts';
import type { Edits } from '../editing/edits.ts';
import { isSame, mergeChanges } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';

export type RoutingSubject = keyof RoutingRules;

export interface RoutingEdits extends Edits<RoutingSubject> {
  draft: ReadonlySignal<RoutingRules>;
  set: <Subject extends RoutingSubject>(subject: Subject, value: RoutingRules[Subject]) => void;
  save: () => Promise<void>;
  /** What the server says now is the ground. */
  refresh: (fresh: RoutingSettings) => void;
}

/** Somebody who saves all the time at the same moment would keep us busy for ever. */
const MERGES_MAX = 3;

function createRoutingEdits(http: Http, begun: RoutingSettings): RoutingEdits {
  const saved = signal(begun);
  const changes = signal<Partial<RoutingRules>>({});
  const isSaving = signal(false);
  const refusal = signal<ErrorReply | null>(null);
  const clashes = signal<readonly RoutingSubject[]>([]);

  const was = computed((): RoutingRules => {
    const { version: _, ...rules } = saved.value;
    return rules;
  });
  const draft = computed((): RoutingRules => ({ ...was.value, ...changes.value }));
  const changed = computed(() =>
    (Object.keys(changes.value) as RoutingSubject[]).filter((subject) => !isSame(draft.value[subject], was.value[subject])),
  );

  function settle(fresh: RoutingSettings, kept: Partial<RoutingRules>): void {
    batch(() => {
      saved.value = fresh;
      changes.value = kept;
    });
  }

  async function save(): Promise<void> {
    if (isSaving.value || changed.value.length === 0) return;
    batch(() => {
      isSaving.value = true;
      refusal.value = null;
      clashes.value = [];
    });
    let reply = await send();
    for (let merges = 0; !reply.ok && reply.error.code === 'conflict' && merges < MERGES_MAX; merges += 1) {
      const isAgreed = await takeOver();
      if (isAgreed === null) break;
      if (!isAgreed || changed.value.length === 0) {
        isSaving.value = false;
        return;
      }
      reply = await send();
    }
    batch(() => {
      isSaving.value = false;
      if (!reply.ok) refusal.value = reply.error;
    });
  }

  async function send(): Promise<Reply<RoutingSettings>> {
    const sent = changes.value;
    const reply = await http.put<RoutingSettings>('/routing', { ...draft.value, version: saved.value.version });
    if (!reply.ok) return reply;
    // What was typed while the request was on its way is still to be saved.
    const later = Object.entries(changes.value).filter(([subject, value]) => sent[subject as RoutingSubject] !== value);
    settle(reply.data, Object.fromEntries(later));
    return reply;
  }

  /** Puts our changes onto what somebody else has saved. False if both changed the same; null if it cannot be read. */
  async function takeOver(): Promise<boolean | null> {
    const reply = await http.get<RoutingSettings>('/routing');
    if (!reply.ok) return null;
    const merged = changed.value.map(
      (subject) => [subject, mergeChanges(was.value[subject], draft.value[subject], reply.data[subject])] as const,
    );
    batch(() => {
      settle(reply.data, Object.fromEntries(merged.map(([subject, { value }]) => [subject, value])));
      clashes.value = merged.filter(([, { hasClash }]) => hasClash).map(([subject]) => subject);
    });
    return clashes.value.length === 0;
  }

  return {
    draft,
    changed,
    isSaving,
    refusal,
    clashes,
    save,
    refresh: (fresh) => settle(fresh, changes.value),

    set(subject, value): void {
      batch(() => {
        changes.value = { ...changes.value, [subject]: value };
        // Whoever corrects something is not told any more what was wrong with it.
        if (refusal.value?.field?.split('.')[0] === subject) refusal.value = null;
      });
    },

    discard(): () => void {
      const discarded = changes.value;
      batch(() => {
        changes.value = {};
        refusal.value = null;
        clashes.value = [];
      });
      return () => {
        changes.value = { ...discarded, ...changes.value };
      };
    },

    takeTheirs(): void {
      batch(() => {
        const kept = Object.entries(changes.value).filter(([subject]) => !clashes.value.includes(subject as RoutingSubject));
        changes.value = Object.fromEntries(kept);
        clashes.value = [];
      });
    },

    keepMine(): Promise<void> {
      clashes.value = [];
      return save();
    },
  };
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
