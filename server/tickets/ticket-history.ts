/** The history of a ticket as it is read: what the ids in it are called, as far as the reader may see that. */
import type { TicketChange, TicketListQuery } from '../../shared/ticket.ts';
import type { App } from '../app.ts';
import { listFields } from '../fields/field-catalogue.ts';
import type { Db } from '../storage/database.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { type ChangeListRow, listChangeRows, listChatNames, listNames, listTicketNames } from './ticket-change-store.ts';
import { getSeenTicket } from './ticket-views.ts';

const named = {
  contactId: 'contact',
  companyId: 'company',
  categoryId: 'ticketCategory',
  reasonId: 'ticketReason',
  assigneeId: 'agent',
  teamId: 'team',
} as const;

export async function listTicketChanges(
  app: App,
  caller: Caller,
  { id, cursor, limit }: TicketListQuery & { id: string },
): Promise<{ items: TicketChange[]; next: string | null }> {
  const before = parseCursor(cursor);
  await getSeenTicket(app, caller, id);
  const rows = await listChangeRows(app.storage.db, id, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const [names, seenFields] = await Promise.all([readNames(app.storage.db, caller, shown), seenFieldsOf(app, caller, shown)]);
  return {
    items: shown.map((row) => toChange(row, { names, seenFields })),
    next: rows.length > limit && last ? formatCursor(last) : null,
  };
}

interface Reading {
  names: ReadonlyMap<string, string>;
  seenFields: ReadonlySet<string>;
}

function toChange({ id, at, agentId, agentName, field, before, after }: ChangeListRow, { names, seenFields }: Reading): TicketChange {
  // Who may read the history may not see every field: it says that one was changed, and not to what.
  const isSeen = !field.startsWith('values.') || seenFields.has(field.slice('values.'.length));
  const nameOf = (value: string | null) => (value === null ? null : (names.get(`${field} ${value}`) ?? null));
  return {
    id,
    at,
    agent: agentId === null ? null : { id: agentId, name: agentName ?? '' },
    field,
    before: isSeen ? before : null,
    after: isSeen ? after : null,
    beforeName: nameOf(before),
    afterName: nameOf(after),
  };
}

async function seenFieldsOf(app: App, caller: Caller, rows: readonly ChangeListRow[]): Promise<Set<string>> {
  if (!rows.some(({ field }) => field.startsWith('values.'))) return new Set();
  return new Set((await listFields(app, caller, { entity: 'ticket' })).map(({ key }) => key));
}

/** By field and id. */
async function readNames(db: Db, caller: Caller, rows: readonly ChangeListRow[]): Promise<Map<string, string>> {
  const idsOf = (field: string) => [
    ...new Set(rows.flatMap((row) => (row.field === field ? [row.before, row.after].filter((id) => id !== null) : []))),
  ];
  const names = new Map<string, string>();
  const keep = (field: string, called: readonly { id: string; name: string | null }[]) => {
    for (const { id, name } of called) if (name) names.set(`${field} ${id}`, name);
  };
  const maySeePeople = caller.permissions.includes('contacts:view');
  for (const [field, table] of Object.entries(named)) {
    if ((table === 'contact' || table === 'company') && !maySeePeople) continue;
    keep(field, await listNames(db, table, idsOf(field)));
  }
  for (const field of ['parentId', 'related']) keep(field, await listTicketNames(db, caller, idsOf(field)));
  keep('conversation', await listChatNames(db, caller, idsOf('conversation')));
  return names;
}
