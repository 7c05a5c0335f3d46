/** Which tickets the page lists, as its address says it, so that going back shows them again. */
import type { Ticket } from '../../shared/ticket.ts';
import { isTicketOver, type TicketStatus, type TicketView, ticketStatuses, ticketViews } from '../../shared/ticket-moves.ts';

export const statusFilters = ['unsolved', ...ticketStatuses, 'over', 'any'] as const;

export interface TicketFilter {
  view: TicketView;
  status: (typeof statusFilters)[number];
  priority: string;
  categoryId: string;
  q: string;
}

export function readFilter(query: Record<string, string | undefined>): TicketFilter {
  return {
    view: ticketViews.find((view) => view === query.view) ?? 'mine',
    status: statusFilters.find((status) => status === query.status) ?? 'unsolved',
    priority: query.priority ?? '',
    categoryId: query.category ?? '',
    q: query.q ?? '',
  };
}

export function filterPath({ view, status, priority, categoryId, q }: TicketFilter): string {
  const said = Object.entries({ view, status: status === 'unsolved' ? '' : status, priority, category: categoryId, q });
  return `/console/tickets?${new URLSearchParams(said.filter(([, value]) => value !== ''))}`;
}

/** As the server is asked. */
export function filterQuery({ view, status, priority, categoryId, q }: TicketFilter): Record<string, string | undefined> {
  return { view, status: status === 'any' ? undefined : status, priority, categoryId, q };
}

/** Whether what is told of a ticket belongs into a list that is on screen; null where only the server knows. */
export function fitsFilter(ticket: Ticket, { view, status, priority, categoryId, q }: TicketFilter, agentId: string): boolean | null {
  const isStatus =
    status === 'any' ||
    status === ticket.status ||
    (status === 'unsolved' && !isTicketOver(ticket.status)) ||
    (status === 'over' && isTicketOver(ticket.status as TicketStatus));
  if (!isStatus || (priority !== '' && priority !== ticket.priority)) return false;
  if (view === 'mine' && ticket.assigneeId !== agentId) return false;
  if (view === 'unassigned' && ticket.assigneeId !== null) return false;
  return view === 'team' || view === 'breaching' || categoryId !== '' || q !== '' ? null : true;
}
