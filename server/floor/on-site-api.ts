import type { Socket } from 'socket.io';
import * as z from 'zod';
import { type Greeted, visitorGreetSchema, visitorWatchSchema } from '../../shared/live-visitor.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import { type ConversationRoom, getOutcome } from '../conversations/conversations.ts';
import { postGreeting } from '../conversations/greetings.ts';
import type { MessageDoor } from '../conversations/messages.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Requests } from '../transport/answer.ts';
import type { Caller } from '../transport/wire.ts';
import type { OnSite } from './on-site.ts';

interface Desk {
  socket: Socket;
  caller: Caller;
}

/** Two letters; Cloudflare says XX for "unknown" and T1 for Tor. */
const COUNTRY = /^(?!XX)[A-Z]{2}$/;

/** Every connection of a visitor is noticed, whatever it is for. */
export function noticeOnSite({ config }: App, onSite: OnSite, socket: Socket): void {
  const { seat, handshake } = socket.data as { seat: VisitorSeat; handshake: { isOnSite?: boolean } };
  const { headers } = socket.handshake;
  const said = config.countryHeader === null ? undefined : headers[config.countryHeader];
  const country = typeof said === 'string' ? said.trim().toUpperCase() : '';
  onSite.arrive(socket.id, {
    end: handshake.isOnSite ? () => void socket.disconnect(true) : null,
    inbox: seat.inbox,
    visitorId: seat.visitor.id,
    page: seat.page,
    locale: seat.locale,
    userAgent: headers['user-agent'] ?? '',
    country: COUNTRY.test(country) ? country : null,
  });
  socket.once('disconnect', () => onSite.leave(socket.id));
}

export function bindOnSite(
  requests: Requests<Desk>,
  { room, door, onSite }: { room: ConversationRoom; door: MessageDoor; onSite: OnSite },
): void {
  const { app } = room;
  requests.answer('visitor:watch', visitorWatchSchema, async ({ q = '' }, { socket, caller }) => {
    requireRight(caller, 'visitors:view');
    const watched = await onSite.watch(socket.id, caller, {
      q: q.trim(),
      join: (name) => void socket.join(name),
      leave: (name) => void socket.leave(name),
    });
    if (!socket.connected) onSite.unwatch(socket.id);
    return watched;
  });
  requests.answer('visitor:unwatch', z.object({}), (_, { socket }) => onSite.unwatch(socket.id));
  requests.answer('visitor:greet', visitorGreetSchema, async (greeting, { caller }): Promise<Greeted> => {
    requireRight(caller, 'visitors:view');
    requireRight(caller, 'conversations:reply');
    const page = onSite.find(greeting.visitorId)?.page ?? null;
    const message = await postGreeting({ app, door }, caller, { ...greeting, page });
    onSite.touch(greeting.visitorId);
    return { message, conversation: await getOutcome(app, caller, message.conversationId) };
  });
}
