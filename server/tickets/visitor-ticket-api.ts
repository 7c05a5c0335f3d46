import * as z from 'zod';
import type { App } from '../app.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Requests } from '../transport/answer.ts';
import { listVisitorTickets } from './visitor-tickets.ts';

export function bindVisitorTickets<Desk extends { seat: VisitorSeat }>(requests: Requests<Desk>, app: App): void {
  requests.answer('ticket:list', z.object({}), async (_, { seat }) => {
    await app.limits.spend('ticketLists', seat.visitor.id);
    return { tickets: await listVisitorTickets(app, seat) };
  });
}
