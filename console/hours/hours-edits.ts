/**
 * One set of business hours as an administrator edits it: what is saved, what is changed and not saved, and what became of
 * saving. Without a line of JSX; it outlives the page, so that whoever looks elsewhere for a moment finds the changes again.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Edits } from '../editing/edits.ts';
import { isSame } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';
import { draftOf, type HoursDraft, type HoursSubject, mergeSubject, patchOf, tidyDraft } from './hours-draft.ts';

/** Somebody who saves all the time at the same moment would keep us busy for ever. */
const MERGES_MAX = 3;

export interface HoursEdits extends Edits<HoursSubject> {
  id: string;
  /** Null until the first save. */
  saved: ReadonlySignal<BusinessHours | null>;
  draft: ReadonlySignal<HoursDraft>;
  set: <Subject extends HoursSubject>(subject: Subject, value: HoursDraft[Subject]) => void;
  save: () => Promise<void>;
  /** What the server says now is the ground. */
  refresh: (fresh: BusinessHours) => void;
}

export function createHoursEdits(http: Http, id: string, begun: BusinessHours | HoursDraft): HoursEdits {
  const saved = signal('version' in begun ? begun : null);
  const ground = signal('version' in begun ? draftOf(begun) : begun);
  const changes = signal<Partial<HoursDraft>>({});
  const isSaving = signal(false);
  const refusal = signal<ErrorReply | null>(null);
  const clashes = signal<readonly HoursSubject[]>([]);

  const draft = computed((): HoursDraft => ({ ...ground.value, ...changes.value }));
  /** Of hours that are new, everything is. */
  const changed = computed((): HoursSubject[] => {
    if (!saved.value) return Object.keys(draft.value) as HoursSubject[];
    const tidy = tidyDraft(draft.value);
    return (Object.keys(changes.value) as HoursSubject[]).filter((subject) => !isSame(tidy[subject], ground.value[subject]));
  });

  function settle(fresh: BusinessHours, kept: Partial<HoursDraft>): void {
    batch(() => {
      saved.value = fresh;
      ground.value = draftOf(fresh);
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

  async function send(): Promise<Reply<BusinessHours>> {
    const sent = changes.value;
    const tidy = tidyDraft(draft.value);
    const now = saved.value;
    const reply = now
      ? await http.patch<BusinessHours>(`/business-hours/${now.id}`, patchOf(changed.value, tidy, now.version))
      : await http.post<BusinessHours>('/business-hours', tidy);
    if (!reply.ok) return reply;
    // What was typed while the request was on its way is still to be saved.
    const later = Object.entries(changes.value).filter(([subject, value]) => sent[subject as HoursSubject] !== value);
    settle(reply.data, Object.fromEntries(later));
    return reply;
  }

  /** Puts our changes onto what somebody else has saved. False if both changed the same; null if it cannot be read. */
  async function takeOver(): Promise<boolean | null> {
    const reply = await http.get<{ items: BusinessHours[] }>('/business-hours');
    const fresh = reply.ok ? reply.data.items.find((one) => one.id === saved.value?.id) : undefined;
    if (!fresh) return null;
    const sides = [tidyDraft(draft.value), draftOf(fresh)] as const;
    const merged = changed.value.map((subject) => [subject, mergeSubject(subject, ground.value, sides)] as const);
    batch(() => {
      settle(fresh, Object.fromEntries(merged.map(([subject, { value }]) => [subject, value])));
      clashes.value = merged.filter(([, { hasClash }]) => hasClash).map(([subject]) => subject);
    });
    return clashes.value.length === 0;
  }

  return {
    id,
    saved,
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
        const kept = Object.entries(changes.value).filter(([subject]) => !clashes.value.includes(subject as HoursSubject));
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
