/** A ticket as agents see it: who may, and who is told when it changes. */
import { AppError } from '../../shared/errors.ts';
import type { SlaTarget } from '../../shared/sla.ts';
import type { Ticket, TicketLink } from '../../shared/ticket.ts';
import type { TicketStatus } from '../../shared/ticket-moves.ts';
import { maySee, type Place, type Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { toPriority } from '../sla/promised-clocks.ts';
import type { TicketRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import type { LinkRow } from './ticket-link-store.ts';
import { findTicketRow, listTicketRowsByIds, type TicketListRow } from './ticket-store.ts';
import { tellGone, tellVisitor } from './visitor-tickets.ts';

const ROOM = 'agents';

export function toTicket(row: TicketListRow): Ticket {
  const { id, number, subject, description, minutes, version, createdBy, createdAt, updatedAt, firstResponseAt, erasedAt } = row;
  const { categoryId, assigneeId, teamId, contactId, companyId, parentId, reasonId, externalId } = row;
  const { policyId, target, warnAt, dueAt, updateText, updateAt } = row;
  return {
    id,
    number,
    subject,
    description,
    status: row.status as TicketStatus,
    priority: toPriority(row.priority),
    categoryId,
    assigneeId,
    teamId,
    contact: contactId === null ? null : { id: contactId, name: row.contactName },
    company: companyId === null ? null : { id: companyId, name: row.companyName ?? '' },
    parentId,
    reasonId,
    externalId,
    isHidden: row.isHidden === 1,
    sla:
      policyId === null || target === null || warnAt === null || dueAt === null
        ? null
        : { policyId, target: target as SlaTarget, warnAt, dueAt },
    minutes,
    publicUpdate: updateText === null || updateAt === null ? null : { text: updateText, at: updateAt },
    createdBy,
    createdAt,
    updatedAt,
    firstResponseAt,
    overAt: row.isOver === 1 ? row.overAt : null,
    erasedAt,
    version,
  };
}

export function toLink({ id, number, subject, status }: LinkRow): TicketLink {
  return { id, number, subject, status: status as TicketStatus };
}

/** What one may not see is `not-found`, as what does not exist. */
export function requireSeen<Row extends Place>(sight: Sight, row: Row | undefined): Row {
  if (!row || !maySee(sight, row)) throw notFound();
  return row;
}

export function notFound(): AppError {
  return new AppError('not-found', 'There is no such ticket.');
}

export async function getSeenTicket(app: App, sight: Sight, id: string): Promise<TicketListRow> {
  return requireSeen(sight, await findTicketRow(app.storage.db, id));
}

function maySeeTicket(caller: Caller, place: Place): boolean {
  return caller.permissions.includes('tickets:view') && maySee(caller, place);
}

interface Stood extends Place {
  id: string;
  contactId: string | null;
}

/** After the commit, to whoever may see it; `before`: where it stood, so that those who see it no more are told that, too. */
export async function announceTickets(app: App, ids: readonly string[], before: readonly Stood[] = []): Promise<void> {
  const stood = new Map(before.map((place) => [place.id, place]));
  for (const row of await listTicketRowsByIds(app.storage.db, ids)) {
    const ticket = toTicket(row);
    app.broadcast.toAgentsWho({ room: ROOM, isFor: (caller) => maySeeTicket(caller, row) }, 'ticket:changed', ticket);
    const was = stood.get(row.id);
    if (was && (was.assigneeId !== row.assigneeId || was.teamId !== row.teamId)) {
      const hasLost = (caller: Caller) => maySeeTicket(caller, was) && !maySee(caller, row);
      app.broadcast.toAgentsWho({ room: ROOM, isFor: hasLost }, 'ticket:gone', { ticketId: row.id });
    }
    if (was && was.contactId !== row.contactId) tellGone(app, was);
    tellVisitor(app, row);
  }
}

export function announceGone(app: App, row: Pick<TicketRow, 'id' | 'assigneeId' | 'teamId' | 'contactId'>): void {
  app.broadcast.toAgentsWho({ room: ROOM, isFor: (caller) => maySeeTicket(caller, row) }, 'ticket:gone', { ticketId: row.id });
  tellGone(app, row);
}
