/** Documents of tickets: for whoever may see the ticket, and change it. The history of the ticket says what became of them. */
import { AppError } from '../../shared/errors.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import type { DocumentRoom, FindPlace } from '../documents/documents.ts';
import { writeDown } from './ticket-changes.ts';
import { findTicketRow, lockTickets, updateTicket } from './ticket-store.ts';
import { announceTickets, notFound, requireSeen } from './ticket-views.ts';

const findTicketPlace: FindPlace = async (db, caller, { id, isToChange }) => {
  requireRight(caller, isToChange ? 'tickets:edit' : 'tickets:view');
  const row = requireSeen(caller, await findTicketRow(db, id));
  if (isToChange) requireUnerased(row);
  return { contactId: row.contactId };
};

export function keepTicketDocuments(room: DocumentRoom): void {
  room.places.ticket = findTicketPlace;
  room.keepers = {
    ...room.keepers,
    ticket: {
      async lock(trx, ticketId) {
        const [row] = await lockTickets(trx, [ticketId]);
        if (!row) throw notFound();
        requireUnerased(row);
      },
      async note(trx, { entityId, agentId, before, after, at }) {
        await writeDown(trx, entityId, { told: [{ field: 'document', before, after }], agentId, at });
        await updateTicket(trx, entityId, { updatedAt: at });
      },
      changed: (ticketId) => tell(room.app, ticketId),
    },
  };
}

function tell(app: App, ticketId: string): void {
  announceTickets(app, [ticketId]).catch((error: unknown) => app.log.warn({ err: error }, 'a ticket’s documents could not be told'));
}

function requireUnerased({ erasedAt }: { erasedAt: number | null }): void {
  if (erasedAt !== null) throw new AppError('conflict', 'What this ticket was about has been erased.');
}
