/** The visitor's side of the wire: the handshake of the `/visitor` namespace and what comes over it. */
import type { Namespace, Socket } from 'socket.io';
import * as z from 'zod';
import { pageSchema, visitorHandshakeSchema, visitorIdentifySchema } from '../../shared/contact.ts';
import { conversationReadSchema, conversationSchema, visitorTypingSchema } from '../../shared/conversation.ts';
import { AppError, isTemporary } from '../../shared/errors.ts';
import type { InboxSettings } from '../../shared/inbox.ts';
import { type Message, messageListSchema, visitorMessageDraftSchema } from '../../shared/message.ts';
import { trackedEventSchema } from '../../shared/tracked-event.ts';
import { isProgram } from '../../shared/user-agent.ts';
import type { App } from '../app.ts';
import { noteEvent } from '../contacts/tracked-events.ts';
import type { Visits } from '../contacts/visits.ts';
import { currentSettings, findInboxByKey } from '../settings/inboxes.ts';
import { handshakeAddress } from '../transport/address.ts';
import { type Requests, toConnectError } from '../transport/answer.ts';
import { contactRoom, inboxRoom, visitorRoom } from '../transport/broadcast.ts';
import { isAllowedOrigin } from '../transport/origin.ts';
import { parse } from '../transport/parse.ts';
import type { AvailabilityBoard } from './availability.ts';
import { toVisitorConversations } from './conversation-views.ts';
import { type ConversationRoom, getConversation, markRead, resolveConversation } from './conversations.ts';
import { listMessages, type MessageDoor } from './messages.ts';
import { findOpeningPost } from './opening-invitation.ts';
import { answerPost } from './question-answers.ts';
import {
  getOwnConversation,
  identifyVisitor,
  listVisitorConversations,
  postingVisitor,
  seatVisitor,
  startVisitorSession,
  type VisitorSeat,
  whoIs,
} from './visitor-sessions.ts';

/** What all visitors' connections share. */
interface VisitorRoom {
  room: ConversationRoom;
  door: MessageDoor;
  visits: Visits;
}

/** What one visitor's connection works with. */
export interface VisitorDesk {
  socket: Socket;
  seat: VisitorSeat;
}

/** Lets in a page that the inbox allows, as the visitor its token says. */
export function guardVisitorNamespace(app: App, namespace: Namespace): void {
  namespace.use((socket, next) => {
    admit(app, socket).then(
      () => next(),
      (error: unknown) => next(toConnectError(app.log, error)),
    );
  });
}

async function admit(app: App, socket: Socket): Promise<void> {
  await app.limits.spend('connections', handshakeAddress(socket, app.config.trustProxy));
  const handshake = parse(visitorHandshakeSchema, socket.handshake.auth);
  const inbox = await findInboxByKey(app, handshake.inbox);
  if (!inbox || !isAllowedOrigin(socket.handshake.headers, inbox.allowedOrigins, app.publicHost)) {
    throw new AppError('forbidden', 'This page may not open this widget.');
  }
  if (handshake.isOnSite) requireOnSite(currentSettings(app, inbox), socket.handshake.headers['user-agent']);
  const { seat, ...admitted } = await seatVisitor(app, inbox, handshake);
  const { id, verifiedContactId } = whoIs(seat);
  if (app.broadcast.isCrowded(id, verifiedContactId)) {
    throw new AppError('too-many', 'This visitor is here too many times.', { retryAfterMs: 10_000 });
  }
  socket.data = { seat, handshake, ...admitted };
}

/** Who only looks is let in where the inbox shows that to its agents. */
function requireOnSite({ hasLiveVisitors }: InboxSettings, userAgent = ''): void {
  if (!hasLiveVisitors || isProgram(userAgent)) throw new AppError('forbidden', 'Nobody wants to know who looks at this page.');
}

/** The first fact of a connection comes after its rooms are joined, so nothing falls between the resume and the broadcasts. */
export async function welcomeVisitor(
  socket: Socket,
  { room, visits, availability }: { room: ConversationRoom; visits: Visits; availability: AvailabilityBoard },
): Promise<void> {
  const { app } = room;
  const { seat, handshake, ...admitted } = socket.data;
  socket.data = { seat };
  socket.on(
    'disconnect',
    () => void visits.note(seat.visitor.id, null).catch((error: unknown) => app.log.debug({ err: error }, 'a leave could not be noted')),
  );
  app.broadcast.hold(socket);
  await joinRooms(socket, seat);
  // Who only looks shows nothing of who is there to answer.
  if (handshake.isOnSite) await socket.leave(inboxRoom(seat.inbox.id));
  const session = await startVisitorSession(room, seat, handshake);
  socket.emit('session:started', { ...admitted, availability: await availability.get(seat.inbox.id), ...session });
  const toldSeq = session.messages.at(-1)?.seq ?? 0;
  app.broadcast.release(socket, (event, fact) => {
    const { conversationId, seq } = fact as Partial<Message>;
    return event === 'message:posted' && conversationId === session.conversation?.id && (seq ?? 0) <= toldSeq;
  });
  await visits.note(seat.visitor.id, seat.page);
}

export function bindVisitor(requests: Requests<VisitorDesk>, { room, door, visits }: VisitorRoom): void {
  const { app } = room;
  requests.answer('message:post', visitorMessageDraftSchema, async (draft, { socket, seat }) => {
    await app.limits.spend('messages', seat.visitor.id);
    const opening = draft.invitationId === undefined ? null : await findOpeningPost(app, seat, draft);
    if (opening)
      door.postMessage(opening, socket.id).catch((error: unknown) => app.log.warn({ err: error }, 'an invitation was not noted'));
    const settings = currentSettings(app, seat.inbox);
    const posted = door.postMessage(
      {
        id: draft.id,
        conversationId: draft.conversationId,
        text: draft.text,
        attachmentIds: draft.attachmentIds,
        replyTo: draft.replyTo,
        visibility: 'public',
        author: { kind: 'visitor', id: seat.visitor.id, ...(seat.name !== null && { name: seat.name }) },
        visitor: postingVisitor(app, seat),
      },
      socket.id,
    );
    const answer = draft.questionId === undefined ? null : answerPost(draft, settings, seat.visitor.locale);
    // Begun in the same turn, so both are stored together; the visitor's ok says that the answer is stored, too.
    if (answer) await Promise.all([posted, door.postMessage(answer).catch(forgiveAnswer)]);
    return posted;
  });
  requests.answer('message:list', messageListSchema, async ({ conversationId, ...page }, { seat }) =>
    listMessages(app.storage.db, page, await getOwnConversation(app, seat, conversationId), 'public'),
  );
  requests.answer('conversation:list', z.unknown(), async (_, { seat }) => ({
    conversations: await listVisitorConversations(room, seat),
  }));
  requests.answer('visitor:identify', visitorIdentifySchema, async (told, { socket, seat }) => {
    await app.limits.spend('identifications', seat.visitor.id);
    const visitor = await identifyVisitor(app, seat, told);
    if (socket.connected) await joinRooms(socket, seat);
    return { visitor };
  });
  requests.answer('typing:set', visitorTypingSchema, async ({ conversationId, text }, { seat }) => {
    await getOwnConversation(app, seat, conversationId);
    const who = { kind: 'visitor', id: seat.visitor.id, name: seat.name } as const;
    app.broadcast.toViewers(conversationId, null, 'typing:changed', { conversationId, who, typing: text !== '', text });
  });
  requests.answer('conversation:read', conversationReadSchema, async ({ conversationId, seq }, { seat }) => {
    await markRead(room, await getOwnConversation(app, seat, conversationId), 'visitor', seq);
  });
  requests.answer('conversation:end', conversationSchema, async ({ conversationId }, { seat }) => {
    await getOwnConversation(app, seat, conversationId);
    await resolveConversation(room, conversationId);
    const views = await toVisitorConversations(app.storage.db, [await getConversation(app, conversationId)], room.queue);
    return { conversation: views.get(conversationId) };
  });
  requests.answer('event:track', trackedEventSchema, async (event, { seat }) => {
    await app.limits.spend('trackedEvents', seat.visitor.id);
    await noteEvent(app, seat.visitor.id, event);
  });
  requests.answer('page:view', pageSchema, (page, { socket, seat }) => {
    seat.page = page;
    app.followers.pageViewed(socket.id, page);
    return visits.note(seat.visitor.id, page);
  });
}

/** A person has joined, or the question itself was refused: then there is nothing to answer. What is temporary is tried again with the question. */
function forgiveAnswer(error: unknown): void {
  if (!(error instanceof AppError) || isTemporary(error.code)) throw error;
}

async function joinRooms(socket: Socket, seat: VisitorSeat): Promise<void> {
  const { id, verifiedContactId } = whoIs(seat);
  const rooms = [inboxRoom(seat.inbox.id), visitorRoom(id)];
  await socket.join(verifiedContactId === null ? rooms : [...rooms, contactRoom(verifiedContactId)]);
}
