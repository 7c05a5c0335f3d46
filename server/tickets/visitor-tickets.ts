/** What customers are told of their tickets: number, subject, status and the last update meant for them. Only those whom the site vouches for. */
import type { VisitorTicket } from '../../shared/ticket.ts';
import type { TicketStatus } from '../../shared/ticket-moves.ts';
import type { App } from '../app.ts';
import { type VisitorSeat, whoIs } from '../conversations/visitor-sessions.ts';
import type { Db } from '../storage/database.ts';
import type { TicketRow } from '../storage/tables.ts';
import { listVisitorTicketRows } from './ticket-list-store.ts';

const SHOWN_MAX = 50;
const EXPORTED_MAX = 1_000;
/** What ended is shown for so long. */
const OVER_SHOWN_MS = 90 * 24 * 60 * 60 * 1_000;

export async function listVisitorTickets(app: App, seat: VisitorSeat): Promise<VisitorTicket[]> {
  const { verifiedContactId } = whoIs(seat);
  if (verifiedContactId === null) return [];
  return (await listShownTickets(app.storage.db, verifiedContactId, app.now() - OVER_SHOWN_MS)).slice(0, SHOWN_MAX);
}

/** The newest first: those that go on, and those that ended after the given moment. */
export async function listShownTickets(db: Db, contactId: string, since: number): Promise<VisitorTicket[]> {
  return (await listVisitorTicketRows(db, contactId, { since, limit: EXPORTED_MAX })).map(toVisitorTicket);
}

/** After the commit, to every browser of the verified person; a claim hears nothing. */
export function tellVisitor(app: App, row: TicketRow): void {
  if (row.contactId === null) return;
  const isShown = row.isHidden === 0 && row.erasedAt === null;
  app.broadcast.toPerson(row.contactId, 'ticket:changed', { ticketId: row.id, ticket: isShown ? toVisitorTicket(row) : null });
}

/** It is this person's no more. */
export function tellGone({ broadcast }: App, { id, contactId }: Pick<TicketRow, 'id' | 'contactId'>): void {
  if (contactId !== null) broadcast.toPerson(contactId, 'ticket:changed', { ticketId: id, ticket: null });
}

function toVisitorTicket(row: TicketRow): VisitorTicket {
  const { id, number, subject, status, updateText, updateAt, createdAt, statusAt } = row;
  return {
    id,
    number,
    subject,
    status: status as TicketStatus,
    update: updateText === null || updateAt === null ? null : { text: updateText, at: updateAt },
    createdAt,
    updatedAt: Math.max(statusAt, updateAt ?? 0),
  };
}
