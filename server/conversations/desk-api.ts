/** The agent's side of the wire: what comes over the `/agent` namespace once the handshake has admitted an agent. */
import type { Socket } from 'socket.io';
import type { Permission } from '../../shared/agent.ts';
import {
  agentTypingSchema,
  conversationAssignSchema,
  conversationOpenSchema,
  conversationReadSchema,
  conversationSchema,
  conversationSnoozeSchema,
  conversationTagSchema,
} from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import type { AgentSessionStarted, OpenedConversation } from '../../shared/events.ts';
import { agentMessageDraftSchema, messageListSchema } from '../../shared/message.ts';
import { getSignedInAgent, listAgents } from '../agents/agents.ts';
import { getBusiness } from '../agents/setup.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import type { Requests } from '../transport/answer.ts';
import { conversationRoom } from '../transport/broadcast.ts';
import type { Caller } from '../transport/wire.ts';
import {
  assignConversation,
  type ConversationRoom,
  getConversation,
  getSummary,
  listUnresolved,
  markRead,
  reopenConversation,
  resolveConversation,
  snoozeConversation,
  tagConversation,
} from './conversations.ts';
import { listMessages, type MessageDoor } from './messages.ts';
import type { Viewers } from './viewers.ts';

/** What the connection of one signed-in agent works with. */
export interface Desk {
  socket: Socket;
  caller: Caller;
}

/** What all desks share. */
interface DeskRoom {
  room: ConversationRoom;
  door: MessageDoor;
  viewers: Viewers;
}

export function bindDesk(requests: Requests<Desk>, shared: DeskRoom): void {
  bindReading(requests, shared);
  bindWriting(requests, shared);
  bindChanges(requests, shared);
}

/** The conversations that this connection had open are open there no more. */
export function leaveDesk({ room, viewers }: DeskRoom, socketId: string): void {
  for (const id of viewers.leaveAll(socketId)) tellViewers(room.app, viewers, id);
}

/** The first fact of a connection: replaces whatever list the console had. */
export async function startAgentSession(app: App, agentId: string): Promise<AgentSessionStarted> {
  const [agent, agents, conversations] = await Promise.all([
    getBusiness(app).then((business) => getSignedInAgent(app, agentId, business)),
    listAgents(app),
    listUnresolved(app),
  ]);
  return { agent, agents, conversations, epoch: app.storage.epoch, attachmentBytesMax: app.config.attachmentBytesMax };
}

function bindReading(requests: Requests<Desk>, { room, viewers }: DeskRoom): void {
  const { app } = room;
  requests.answer('conversation:open', conversationOpenSchema, async ({ conversationId, after, afterId }, { socket, caller }) => {
    // Joined before reading: what is posted in between comes twice, which is harmless, instead of never. And before
    // anything is awaited: a leave, or the end of the connection, that comes meanwhile finds something to end.
    void socket.join(conversationRoom(conversationId));
    viewers.enter(conversationId, socket.id, caller.agentId);
    const row = await getConversation(app, conversationId).catch((error: unknown) => {
      void socket.leave(conversationRoom(conversationId));
      viewers.leave(conversationId, socket.id);
      throw error;
    });
    tellViewers(app, viewers, conversationId);
    const [conversation, contact, page] = await Promise.all([
      getSummary(app, conversationId),
      getContact(app.storage.db, row.contactId),
      listMessages(app.storage.db, { after, afterId }, row),
    ]);
    const opened: OpenedConversation = { conversation, contact, ...page };
    return opened;
  });
  requests.answer('conversation:leave', conversationSchema, async ({ conversationId }, { socket }) => {
    void socket.leave(conversationRoom(conversationId));
    viewers.leave(conversationId, socket.id);
    tellViewers(app, viewers, conversationId);
  });
  requests.answer('message:list', messageListSchema, async ({ conversationId, ...page }) =>
    listMessages(app.storage.db, page, await getConversation(app, conversationId)),
  );
  requests.answer('conversation:read', conversationReadSchema, async ({ conversationId, seq }) => {
    await markRead(room, await getConversation(app, conversationId), 'agent', seq);
  });
}

function bindWriting(requests: Requests<Desk>, { room, door, viewers }: DeskRoom): void {
  const { app } = room;
  requests.answer('message:post', agentMessageDraftSchema, async ({ visibility, ...draft }, { socket, caller }) => {
    requireRight(caller, 'conversations:reply');
    const { message } = await door.postMessage(
      { ...draft, visibility: visibility ?? 'public', author: { kind: 'agent', id: caller.agentId, name: caller.name } },
      socket.id,
    );
    return { message, conversation: await getSummary(app, message.conversationId) };
  });
  requests.answer('typing:set', agentTypingSchema, async ({ conversationId, typing, visibility }, { socket, caller }) => {
    if (!viewers.isViewing(conversationId, socket.id)) throw new AppError('not-found', 'Open the conversation first.');
    const who = { kind: 'agent', id: caller.agentId, name: caller.name } as const;
    app.broadcast.toViewers(conversationId, socket.id, 'typing:changed', { conversationId, who, typing });
    if (viewers.setReplying(conversationId, socket.id, typing)) tellViewers(app, viewers, conversationId);
    if (visibility === 'internal') return;
    const row = await getConversation(app, conversationId);
    app.broadcast.toVisitor(row, null, 'typing:changed', { conversationId, name: caller.name, typing });
  });
}

function bindChanges(requests: Requests<Desk>, { room }: DeskRoom): void {
  requests.answer('conversation:assign', conversationAssignSchema, async ({ conversationId, agentId, teamId }, { caller }) => {
    requireRight(caller, 'conversations:assign');
    if (teamId) throw new AppError('not-found', 'There is no such team.', { field: 'teamId' });
    return {
      conversation:
        agentId === undefined ? await getSummary(room.app, conversationId) : await assignConversation(room, conversationId, agentId),
    };
  });
  requests.answer('conversation:resolve', conversationSchema, async ({ conversationId }, { caller }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await resolveConversation(room, conversationId) };
  });
  requests.answer('conversation:reopen', conversationSchema, async ({ conversationId }, { caller }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await reopenConversation(room, conversationId) };
  });
  requests.answer('conversation:snooze', conversationSnoozeSchema, async ({ conversationId, until }, { caller }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await snoozeConversation(room, conversationId, until) };
  });
  requests.answer('conversation:tag', conversationTagSchema, async ({ conversationId, tags }, { caller }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await tagConversation(room, conversationId, tags) };
  });
}

function tellViewers(app: App, viewers: Viewers, conversationId: string): void {
  app.broadcast.toViewers(conversationId, null, 'viewers:changed', viewers.of(conversationId));
}

function requireRight(caller: Caller, permission: Permission): void {
  if (!caller.permissions.includes(permission)) throw new AppError('forbidden', 'Your role does not allow this.');
}
