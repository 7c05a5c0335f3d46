export const enTickets = {
  'tickets.title': 'Tickets',
} as const;
