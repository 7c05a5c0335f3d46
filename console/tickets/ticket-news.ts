/** What the live session tells of tickets, for whichever page shows some: one place for each way to the server. */
import { type Signal, signal } from '@preact/signals';
import type { Ticket } from '../../shared/ticket.ts';
import type { Connection } from '../connection.ts';
import type { Http } from '../http.ts';

/** A ticket that is another now, one that is gone, or neither: then all of them may be others. */
export interface TicketNews {
  ticket?: Ticket;
  goneId?: string;
}

const places = new WeakMap<Http, Signal<TicketNews>>();

export function ticketNews(http: Http): Signal<TicketNews> {
  const place = places.get(http) ?? signal<TicketNews>({});
  places.set(http, place);
  return place;
}

export function followTickets(http: Http, connection: Connection): void {
  const news = ticketNews(http);
  connection.on('session:started', () => {
    news.value = {};
  });
  connection.on('ticket:changed', (ticket) => {
    news.value = { ticket };
  });
  connection.on('ticket:gone', ({ ticketId }) => {
    news.value = { goneId: ticketId };
  });
}
