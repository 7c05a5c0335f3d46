import type { Inbox, InboxPatch, InboxSettings } from '../../shared/inbox.ts';

/** All that the form changes, in one level: each key is saved, compared and fought over by itself. */
export type InboxDraft = InboxSettings & Pick<Inbox, 'name' | 'allowedOrigins'>;
export type Subject = keyof InboxDraft;

export function draftOf({ name, allowedOrigins, settings }: Inbox): InboxDraft {
  return { ...settings, name, allowedOrigins };
}

/** `PATCH /api/inboxes/:id`: only what is changed, and beside it what it was, so that nobody is undone unseen. */
export function patchOf(changes: Partial<InboxDraft>, saved: InboxDraft): InboxPatch {
  const seen = Object.fromEntries(Object.keys(changes).map((subject) => [subject, saved[subject as Subject]]));
  return { ...split(changes), expected: split(seen) } as InboxPatch;
}

function split({ name, allowedOrigins, ...settings }: Partial<InboxDraft>) {
  return {
    ...(name !== undefined && { name }),
    ...(allowedOrigins !== undefined && { allowedOrigins }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}
