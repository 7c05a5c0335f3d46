/**
 * One thing as somebody edits it: what is saved, what is changed and not saved, and what became of saving. Without a line of JSX; it
 * outlives the page, so that whoever looks elsewhere for a moment finds the changes again. What the thing is, its `DraftTrade` says.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Edits } from './edits.ts';
import { isSame } from './merge-changes.ts';

/** Somebody who saves all the time at the same moment would keep us busy for ever. */
const MERGES_MAX = 3;

type SubjectOf<Draft> = keyof Draft & string;

export interface DraftTrade<Saved, Draft> {
  draftOf: (saved: Saved) => Draft;
  /** As it is saved. */
  tidy: (draft: Draft) => Draft;
  /** Two people changed the same subject. Where nothing can be made of both, `value` is mine. */
  merge: <Subject extends SubjectOf<Draft>>(
    subject: Subject,
    was: Draft,
    [mine, theirs]: readonly [Draft, Draft],
  ) => { value: Draft[Subject]; hasClash: boolean };
  /** Absent where only what is there already is edited. */
  create?: (id: string, draft: Draft) => Promise<Reply<Saved>>;
  /** Refused with `conflict` where somebody else has saved since `saved`. */
  change: (saved: Saved, changed: Partial<Draft>) => Promise<Reply<Saved>>;
  read: (saved: Saved) => Promise<Reply<Saved>>;
  /** What the field of a refusal is about; its first part where this is absent. */
  subjectOf?: (field: string) => string | undefined;
}

export interface DraftEdits<Saved, Draft> extends Edits<SubjectOf<Draft>> {
  id: string;
  /** Null until the first save, and after somebody else has removed it. */
  saved: ReadonlySignal<Saved | null>;
  draft: ReadonlySignal<Draft>;
  set: <Subject extends SubjectOf<Draft>>(subject: Subject, value: Draft[Subject]) => void;
  save: () => Promise<void>;
  /** What the server says now is the ground. */
  refresh: (fresh: Saved) => void;
}

export function createDraftEdits<Saved extends object, Draft extends object>(
  trade: DraftTrade<Saved, Draft>,
  id: string,
  begun: { saved: Saved } | { draft: Draft },
): DraftEdits<Saved, Draft> {
  type Subject = SubjectOf<Draft>;
  const saved = signal('saved' in begun ? begun.saved : null);
  const ground = signal('saved' in begun ? trade.draftOf(begun.saved) : begun.draft);
  const changes = signal<Partial<Draft>>({});
  const isSaving = signal(false);
  const refusal = signal<ErrorReply | null>(null);
  const clashes = signal<readonly Subject[]>([]);

  const subjectOf = trade.subjectOf ?? ((field: string) => field.split('.')[0]);

  const draft = computed((): Draft => ({ ...ground.value, ...changes.value }));
  /** Of what is new, everything is. */
  const changed = computed((): Subject[] => {
    if (saved.value === null) return Object.keys(draft.value) as Subject[];
    const tidy = trade.tidy(draft.value);
    return (Object.keys(changes.value) as Subject[]).filter((subject) => !isSame(tidy[subject], ground.value[subject]));
  });

  function settle(fresh: Saved, kept: Partial<Draft>): void {
    batch(() => {
      saved.value = fresh;
      ground.value = trade.draftOf(fresh);
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
      // Somebody has removed it: what is here is kept, and saved anew.
      if (trade.create && !reply.ok && reply.error.code === 'not-found' && reply.error.field === undefined) saved.value = null;
    });
  }

  async function send(): Promise<Reply<Saved>> {
    const sent = changes.value;
    const tidy = trade.tidy(draft.value);
    const now = saved.value;
    const named = Object.fromEntries(changed.value.map((subject) => [subject, tidy[subject]])) as Partial<Draft>;
    const reply = now ? await trade.change(now, named) : await trade.create?.(id, tidy);
    if (!reply) throw new Error('What is edited here is not made here.');
    if (!reply.ok) return reply;
    // What was typed while the request was on its way is still to be saved.
    const later = Object.entries(changes.value).filter(([subject, value]) => sent[subject as Subject] !== value);
    settle(reply.data, Object.fromEntries(later) as Partial<Draft>);
    return reply;
  }

  /** Puts our changes onto what somebody else has saved. False if both changed the same; null if it cannot be read. */
  async function takeOver(): Promise<boolean | null> {
    const now = saved.value;
    const reply = now && (await trade.read(now));
    if (!reply?.ok) return null;
    const sides = [trade.tidy(draft.value), trade.draftOf(reply.data)] as const;
    const merged = changed.value.map((subject) => [subject, trade.merge(subject, ground.value, sides)] as const);
    batch(() => {
      settle(reply.data, Object.fromEntries(merged.map(([subject, { value }]) => [subject, value])) as Partial<Draft>);
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
        const field = refusal.value?.field;
        if (field !== undefined && subjectOf(field) === subject) refusal.value = null;
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
        const kept = Object.entries(changes.value).filter(([subject]) => !clashes.value.includes(subject as Subject));
        changes.value = Object.fromEntries(kept) as Partial<Draft>;
        clashes.value = [];
      });
    },

    keepMine(): Promise<void> {
      clashes.value = [];
      return save();
    },
  };
}
