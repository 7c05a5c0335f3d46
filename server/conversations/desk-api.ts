/** The agent's side of the wire: what comes over the `/agent` namespace once the handshake has admitted an agent. */
import type { Socket } from 'socket.io';
import {
  agentTypingSchema,
  conversationAssignSchema,
  conversationOpenSchema,
  conversationPrioritizeSchema,
  conversationReadSchema,
  conversationSchema,
  conversationSnoozeSchema,
  conversationTagSchema,
} from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import type { AgentSessionStarted, OpenedConversation } from '../../shared/events.ts';
import { agentMessageDraftSchema, messageListSchema } from '../../shared/message.ts';
import { conversationTransferSchema } from '../../shared/transfer.ts';
import { requireRight } from '../access/rights.ts';
import { maySee, roomsOfSight } from '../access/sight.ts';
import { listTeams } from '../access/teams.ts';
import { getSignedInAgent, listAgents } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { repertoireRooms } from '../canned/reach-places.ts';
import { getContact } from '../contacts/contacts.ts';
import { fileRooms, salesRooms, shownTo, taskRooms } from '../contacts/masking.ts';
import { listAudience } from '../notices/mentions.ts';
import type { Requests } from '../transport/answer.ts';
import { conversationRoom } from '../transport/broadcast.ts';
import type { Caller } from '../transport/wire.ts';
import {
  assignConversation,
  type ConversationRoom,
  getConversation,
  getOutcome,
  getSeen,
  getSeenSummary,
  listUnresolved,
  markRead,
  reopenConversation,
  resolveConversation,
  snoozeConversation,
  tagConversation,
} from './conversations.ts';
import { listMessages, type MessageDoor } from './messages.ts';
import { prioritizeConversation } from './priorities.ts';
import { transferConversation } from './transfers.ts';
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
async function startAgentSession(app: App, caller: Caller): Promise<AgentSessionStarted> {
  const [agent, agents, teams, conversations] = await Promise.all([
    getSignedInAgent(app, caller.agentId),
    listAgents(app),
    listTeams(app.storage.db),
    listUnresolved(app, caller),
  ]);
  return { agent, agents, teams, conversations, epoch: app.storage.epoch, attachmentBytesMax: app.config.attachmentBytesMax };
}

/** The rooms of what this agent may see and hear; whatever it was in before and is not now, it leaves. */
async function joinSight(socket: Socket, caller: Caller): Promise<void> {
  const rooms = [...roomsOfSight(caller), ...fileRooms(caller), ...taskRooms(caller), ...salesRooms(caller), ...repertoireRooms(caller)];
  const left = [...socket.rooms].filter((room) => /^(sight|files|tasks|sales|repertoire):/.test(room) && !rooms.includes(room));
  await Promise.all([...left.map((room) => socket.leave(room)), socket.join(rooms)]);
}

/** Role, teams or name are others now: the open connection of the agent goes on as whom it is from now on, or ends. */
export async function refreshDesk(shared: DeskRoom, { socket, caller }: Desk, fresh: Caller | null): Promise<void> {
  const { room, viewers } = shared;
  if (!fresh || fresh.mustEnrol) {
    socket.disconnect(true);
    return;
  }
  Object.assign(caller, fresh);
  await joinSight(socket, caller);
  for (const conversationId of viewers.openedBy(socket.id)) {
    const row = await getConversation(room.app, conversationId);
    if (!maySee(caller, row)) leaveConversation(shared, socket, conversationId);
  }
  if (socket.connected) socket.emit('session:started', await startAgentSession(room.app, caller));
}

function leaveConversation({ room, viewers }: DeskRoom, socket: Socket, conversationId: string): void {
  void socket.leave(conversationRoom(conversationId));
  viewers.leave(conversationId, socket.id);
  tellViewers(room.app, viewers, conversationId);
}

function bindReading(requests: Requests<Desk>, shared: DeskRoom): void {
  const { room, viewers } = shared;
  const { app } = room;
  requests.answer('conversation:open', conversationOpenSchema, async ({ conversationId, after, afterId }, { socket, caller }) => {
    // Before anything is awaited: a leave, or the end of the connection, that comes meanwhile finds something to end.
    viewers.enter(conversationId, socket.id, caller.agentId);
    try {
      const row = await getSeen(app, caller, conversationId);
      // Joined before reading: what is posted in between comes twice, which is harmless, instead of never.
      if (viewers.isViewing(conversationId, socket.id)) void socket.join(conversationRoom(conversationId));
      tellViewers(app, viewers, conversationId);
      const [contact, page] = await Promise.all([
        getContact(app.storage.db, row.contactId),
        listMessages(app.storage.db, { after, afterId }, row),
      ]);
      const opened: OpenedConversation = {
        // Asked last: given to somebody else meanwhile, it is not this agent's to see.
        conversation: await getSeenSummary(app, caller, conversationId),
        contact: shownTo(caller, contact),
        ...page,
      };
      return opened;
    } catch (error) {
      leaveConversation(shared, socket, conversationId);
      throw error;
    }
  });
  requests.answer('conversation:leave', conversationSchema, async ({ conversationId }, { socket }) => {
    if (viewers.isViewing(conversationId, socket.id)) leaveConversation(shared, socket, conversationId);
  });
  requests.answer('message:list', messageListSchema, async ({ conversationId, ...page }, { caller }) =>
    listMessages(app.storage.db, page, await getSeen(app, caller, conversationId)),
  );
  requests.answer('conversation:audience', conversationSchema, async ({ conversationId }, { caller }) => {
    requireRight(caller, 'conversations:reply');
    return { agentIds: await listAudience(app.storage.db, await getSeen(app, caller, conversationId)) };
  });
  requests.answer('conversation:read', conversationReadSchema, async ({ conversationId, seq }, { caller }) => {
    await markRead(room, await getSeen(app, caller, conversationId), 'agent', seq);
  });
}

function bindWriting(requests: Requests<Desk>, { room, door, viewers }: DeskRoom): void {
  const { app } = room;
  requests.answer('message:post', agentMessageDraftSchema, async ({ visibility, ...draft }, { socket, caller }) => {
    requireRight(caller, 'conversations:reply');
    const { message } = await door.postMessage(
      {
        ...draft,
        visibility: visibility ?? 'public',
        author: { kind: 'agent', id: caller.agentId, name: caller.name },
        sight: caller,
      },
      socket.id,
    );
    return { message, conversation: await getOutcome(app, caller, message.conversationId) };
  });
  requests.answer('typing:set', agentTypingSchema, async ({ conversationId, typing, visibility }, { socket, caller }) => {
    if (!socket.rooms.has(conversationRoom(conversationId))) throw new AppError('not-found', 'Open the conversation first.');
    requireRight(caller, 'conversations:reply');
    const who = { kind: 'agent', id: caller.agentId, name: caller.name } as const;
    app.broadcast.toViewers(conversationId, socket.id, 'typing:changed', { conversationId, who, typing });
    if (viewers.setReplying(conversationId, socket.id, typing)) tellViewers(app, viewers, conversationId);
    if (visibility === 'internal') return;
    const row = await getConversation(app, conversationId);
    app.broadcast.toVisitor(row, null, 'typing:changed', { conversationId, name: caller.name, typing });
  });
}

function bindChanges(requests: Requests<Desk>, { room }: DeskRoom): void {
  const requireReply = async (caller: Caller, conversationId: string) => {
    requireRight(caller, 'conversations:reply');
    await getSeen(room.app, caller, conversationId);
  };
  requests.answer('conversation:assign', conversationAssignSchema, async ({ conversationId, agentId, teamId }, { caller }) => {
    requireRight(caller, 'conversations:assign');
    return { conversation: await assignConversation(room, caller, { conversationId, agentId, teamId }) };
  });
  requests.answer('conversation:transfer', conversationTransferSchema, async (request, { caller }) => {
    requireRight(caller, 'conversations:assign');
    if (request.note !== undefined) requireRight(caller, 'conversations:reply');
    return { conversation: await transferConversation(room, caller, request) };
  });
  requests.answer('conversation:resolve', conversationSchema, async ({ conversationId }, { caller }) => {
    await requireReply(caller, conversationId);
    return { conversation: await resolveConversation(room, conversationId) };
  });
  requests.answer('conversation:reopen', conversationSchema, async ({ conversationId }, { caller }) => {
    await requireReply(caller, conversationId);
    return { conversation: await reopenConversation(room, caller.agentId, conversationId) };
  });
  requests.answer('conversation:snooze', conversationSnoozeSchema, async ({ conversationId, until }, { caller }) => {
    await requireReply(caller, conversationId);
    return { conversation: await snoozeConversation(room, conversationId, until) };
  });
  requests.answer('conversation:prioritize', conversationPrioritizeSchema, async (request, { caller }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await prioritizeConversation(room, caller, request) };
  });
  requests.answer('conversation:tag', conversationTagSchema, async ({ conversationId, tags }, { caller }) => {
    await requireReply(caller, conversationId);
    return { conversation: await tagConversation(room, conversationId, tags) };
  });
}

function tellViewers(app: App, viewers: Viewers, conversationId: string): void {
  app.broadcast.toViewers(conversationId, null, 'viewers:changed', viewers.of(conversationId));
}
