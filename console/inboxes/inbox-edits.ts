/** One inbox as an administrator edits it. */
import type { ReadonlySignal } from '@preact/signals';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { createDraftEdits, type DraftEdits, type DraftTrade } from '../editing/draft-edits.ts';
import { mergeChanges } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';
import { draftOf, type InboxDraft, patchOf } from './inbox-draft.ts';

/** Inboxes are made elsewhere: there is always a saved one. */
export interface InboxEdits extends DraftEdits<Inbox, InboxDraft> {
  saved: ReadonlySignal<Inbox>;
}

const gone: ErrorReply = { code: 'not-found', message: 'This inbox is not there any more.' };

function createInboxEdits(http: Http, inbox: Inbox): InboxEdits {
  return createDraftEdits(tradeOf(http), inbox.id, { saved: inbox }) as InboxEdits;
}

function tradeOf(http: Http): DraftTrade<Inbox, InboxDraft> {
  return {
    draftOf,
    tidy: toSaved,
    subjectOf,
    merge: (subject, was, [mine, theirs]) => {
      const { value, hasClash } = mergeChanges(was[subject], mine[subject], theirs[subject]);
      return { value: value as InboxDraft[typeof subject], hasClash };
    },
    change: (saved, changed) => http.patch(`/inboxes/${saved.id}`, patchOf(changed, draftOf(saved))),
    async read({ id }): Promise<Reply<Inbox>> {
      const reply = await http.get<{ items: Inbox[] }>('/inboxes');
      if (!reply.ok) return reply;
      const fresh = reply.data.items.find((one) => one.id === id);
      return fresh ? { ok: true, data: fresh } : { ok: false, error: gone };
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
  if (read !== inbox && edits.changed.value.length === 0 && !edits.isSaving.value) edits.refresh(inbox);
  held.set(key, { edits, read: inbox });
  return edits;
}
