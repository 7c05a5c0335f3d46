/**
 * One inbox as an administrator edits it: what is saved, what is changed and not saved, and what became of saving. Without a
 * line of JSX; it outlives the page, so that whoever looks elsewhere for a moment finds the changes again.
 */
import { batch, computed, signal } from '@preact/signals';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { isSame, mergeChanges } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';
import { draftOf, type InboxDraft, patchOf, type Subject } from './inbox-draft.ts';

export type InboxEdits = ReturnType<typeof createInboxEdits>;

/** Somebody who saves all the time at the same moment would keep us busy for ever. */
const MERGES_MAX = 3;

export function createInboxEdits(http: Http, inbox: Inbox) {
  const saved = signal(inbox);
  const changes = signal<Partial<InboxDraft>>({});
  const isSaving = signal(false);
  const refusal = signal<ErrorReply | null>(null);
  /** What somebody else has changed meanwhile and we, too; it waits for a decision. */
  const clashes = signal<readonly Subject[]>([]);

  const was = computed(() => draftOf(saved.value));
  const draft = computed((): InboxDraft => ({ ...was.value, ...changes.value }));
  const changed = computed(() =>
    (Object.keys(changes.value) as Subject[]).filter((subject) => !isSame(toSaved(draft.value)[subject], was.value[subject])),
  );

  /** What the server has is the ground again; of the changes `kept` remain. */
  function settle(fresh: Inbox, kept: Partial<InboxDraft>): void {
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

  async function send(): Promise<Reply<Inbox>> {
    const sent = changes.value;
    const tidy = toSaved(draft.value);
    const body = Object.fromEntries(changed.value.map((subject) => [subject, tidy[subject]])) as Partial<InboxDraft>;
    const reply = await http.patch<Inbox>(`/inboxes/${inbox.id}`, patchOf(body, was.value));
    if (!reply.ok) return reply;
    // What was typed while the request was on its way is still to be saved.
    const later = Object.entries(changes.value).filter(([subject, value]) => sent[subject as Subject] !== value);
    settle(reply.data, Object.fromEntries(later));
    return reply;
  }

  /** Puts our changes onto what somebody else has saved. False if both changed the same; null if it cannot be read. */
  async function takeOver(): Promise<boolean | null> {
    const reply = await http.get<{ items: Inbox[] }>('/inboxes');
    const fresh = reply.ok ? reply.data.items.find(({ id }) => id === inbox.id) : undefined;
    if (!fresh) return null;
    const theirs = draftOf(fresh);
    const merged = changed.value.map(
      (subject) => [subject, mergeChanges(was.value[subject], toSaved(draft.value)[subject], theirs[subject])] as const,
    );
    batch(() => {
      settle(fresh, Object.fromEntries(merged.map(([subject, { value }]) => [subject, value])));
      clashes.value = merged.filter(([, { hasClash }]) => hasClash).map(([subject]) => subject);
    });
    return clashes.value.length === 0;
  }

  return {
    id: inbox.id,
    saved,
    draft,
    /** What a save would send; empty if there is nothing to save. */
    changed,
    isSaving,
    refusal,
    clashes,
    save,

    set<Name extends Subject>(subject: Name, value: InboxDraft[Name]): void {
      batch(() => {
        changes.value = { ...changes.value, [subject]: value };
        // Whoever corrects something is not told any more what was wrong with it.
        if (refusal.value?.field && subjectOf(refusal.value.field) === subject) refusal.value = null;
      });
    },

    /** Returns the way back. */
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
        changes.value = Object.fromEntries(
          Object.entries(changes.value).filter(([subject]) => !clashes.value.includes(subject as Subject)),
        );
        clashes.value = [];
      });
    },

    keepMine(): Promise<void> {
      clashes.value = [];
      return save();
    },
  };
}

/** `settings.preChat.fields.2.label` is about `preChat`. */
export function subjectOf(field: string): string {
  return field.replace(/^settings\./, '').split('.')[0] ?? '';
}

/** As it is saved: without empty lines, twins and closing slashes among the origins. */
function toSaved(draft: InboxDraft): InboxDraft {
  const origins = draft.allowedOrigins.map((line) => line.trim().replace(/\/+$/, ''));
  return { ...draft, allowedOrigins: [...new Set(origins.flatMap((line) => line.split(/[\s,]+/)))].filter(Boolean) };
}

const shelf = new WeakMap<Http, Map<string, { edits: InboxEdits; read: Inbox }>>();

/** The edits of this agent in this tab, begun earlier or now; `inbox` as it was read last. */
export function editsOf(http: Http, agentId: string, inbox: Inbox): InboxEdits {
  const held = shelf.get(http) ?? new Map<string, { edits: InboxEdits; read: Inbox }>();
  shelf.set(http, held);
  const key = `${agentId} ${inbox.id}`;
  const { edits, read } = held.get(key) ?? { edits: createInboxEdits(http, inbox), read: inbox };
  // Where nothing was begun, what the server says now is the ground; begun changes meet it when they are saved.
  if (read !== inbox && edits.changed.value.length === 0 && !edits.isSaving.value) edits.saved.value = inbox;
  held.set(key, { edits, read: inbox });
  return edits;
}
