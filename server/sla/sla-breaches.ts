/** The history of promises that were not kept, of chats and of tickets, for whoever leads. */
import type { SlaBreach, SlaBreachQuery, SlaTarget } from '../../shared/sla.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import {
  type BreachListRow,
  countBreaches,
  countTicketBreaches,
  listBreachRows,
  listTicketBreachRows,
  type TicketBreachListRow,
} from './sla-breach-store.ts';

export async function listBreaches(
  app: App,
  sight: Sight,
  { of, since = 0, until = Number.MAX_SAFE_INTEGER, cursor, limit }: SlaBreachQuery,
): Promise<{ items: SlaBreach[]; next: string | null }> {
  const { db } = app.storage;
  const page = { since, until, before: parseCursor(cursor), limit: limit + 1 };
  // Each list is in its order: of both together the first of either come first.
  const [chats, tickets] = await Promise.all([
    of === 'tickets' ? [] : listBreachRows(db, sight, page),
    of === 'chats' || !seesTickets(sight) ? [] : listTicketBreachRows(db, sight, page),
  ]);
  const items = [...chats.map(ofChat), ...tickets.map(ofTicket)].sort(
    (one, other) => other.dueAt - one.dueAt || (one.id < other.id ? 1 : -1),
  );
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, next: items.length > limit && last ? formatCursor({ at: last.dueAt, id: last.id }) : null };
}

/** Promises that were due since then and were not kept. */
export async function countBroken(app: App, sight: Sight, since: number): Promise<number> {
  const { db } = app.storage;
  const counts = await Promise.all([countBreaches(db, sight, since), seesTickets(sight) ? countTicketBreaches(db, sight, since) : 0]);
  return counts[0] + counts[1];
}

function seesTickets({ permissions }: Sight): boolean {
  return permissions.includes('tickets:view');
}

function ofChat({ contactId, contactName, target, ...row }: BreachListRow): SlaBreach {
  return { ...row, ticket: null, target: target as SlaTarget, contact: { id: contactId, name: contactName } };
}

function ofTicket({ ticketId, number, subject, contactId, contactName, target, ...row }: TicketBreachListRow): SlaBreach {
  return {
    ...row,
    conversationId: null,
    ticket: { id: ticketId, number, subject },
    target: target as SlaTarget,
    contact: contactId === null ? null : { id: contactId, name: contactName },
  };
}
