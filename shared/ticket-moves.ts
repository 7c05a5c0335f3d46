/* Apart from the schemas, so that pages and the widget need no validator. */

export const ticketStatuses = ['new', 'open', 'waiting-for-customer', 'on-hold', 'solved', 'closed'] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** Where a ticket can be moved from each status: nothing becomes new again, and what was closed can only be opened. */
export const ticketMoves: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['open', 'waiting-for-customer', 'on-hold', 'solved', 'closed'],
  open: ['waiting-for-customer', 'on-hold', 'solved', 'closed'],
  'waiting-for-customer': ['open', 'on-hold', 'solved', 'closed'],
  'on-hold': ['open', 'waiting-for-customer', 'solved', 'closed'],
  solved: ['open', 'closed'],
  closed: ['open'],
};

export function mayMoveTicket(from: TicketStatus, to: TicketStatus): boolean {
  return ticketMoves[from].includes(to);
}

/** Nobody works on it any more. */
export function isTicketOver(status: TicketStatus): boolean {
  return status === 'solved' || status === 'closed';
}

/** Its promises' clocks run: somebody waits for us. */
export function isTicketRunning(status: TicketStatus): boolean {
  return status === 'new' || status === 'open';
}

/** Which tickets a list shows: this agent's, nobody's, those of its teams, those about to be late or late, all. */
export const ticketViews = ['mine', 'unassigned', 'team', 'breaching', 'all'] as const;
export type TicketView = (typeof ticketViews)[number];
