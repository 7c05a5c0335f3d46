/** The agent's side of the wire: what comes over the `/agent` namespace once the handshake has admitted an agent. */
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
import { type AnsweringSocket, answer } from '../transport/answer.ts';
import { conversationRoom } from '../transport/broadcast.ts';
import type { Caller } from '../transport/wire.ts';
import {
  type ConversationRoom,
  assignConversation,
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

/** Everything that the desk of one signed-in agent works with. */
export interface Desk {
  room: ConversationRoom;
  door: MessageDoor;
  viewers: Viewers;
  edge: AnsweringSocket;
  caller: Caller;
}

export function bindDesk(desk: Desk): void {
  bindReading(desk);
  bindWriting(desk);
  bindChanges(desk);
  const { edge, room, viewers } = desk;
  edge.socket.on('disconnect', () => {
    for (const id of viewers.leaveAll(edge.socket.id)) tellViewers(room.app, viewers, id);
  });
}

/** The first fact of a connection: replaces whatever list the console had. */
export async function startAgentSession(app: App, agentId: string): Promise<AgentSessionStarted> {
  const [agent, agents, conversations] = await Promise.all([
    getBusiness(app).then((business) => getSignedInAgent(app, agentId, business)),
    listAgents(app),
    listUnresolved(app),
  ]);
  return { agent, agents, conversations, epoch: app.storage.epoch };
}

function bindReading({ room, viewers, edge, caller }: Desk): void {
  const { app } = room;
  const { socket } = edge;
  answer(edge, 'conversation:open', conversationOpenSchema, async ({ conversationId, after, afterId }): Promise<OpenedConversation> => {
    const row = await getConversation(app, conversationId);
    // Joined before reading: what is posted in between comes twice, which is harmless, instead of never.
    await socket.join(conversationRoom(conversationId));
    viewers.enter(conversationId, socket.id, caller.agentId);
    const [conversation, contact, page] = await Promise.all([
      getSummary(app, conversationId),
      getContact(app.storage.db, row.contactId),
      listMessages(app.storage.db, { after, afterId }, row),
    ]);
    tellViewers(app, viewers, conversationId);
    return { conversation, contact, ...page };
  });
  answer(edge, 'conversation:leave', conversationSchema, async ({ conversationId }) => {
    await socket.leave(conversationRoom(conversationId));
    viewers.leave(conversationId, socket.id);
    tellViewers(app, viewers, conversationId);
  });
  answer(edge, 'message:list', messageListSchema, async ({ conversationId, ...page }) =>
    listMessages(app.storage.db, page, await getConversation(app, conversationId)),
  );
  answer(edge, 'conversation:read', conversationReadSchema, async ({ conversationId, seq }) => {
    await markRead(room, await getConversation(app, conversationId), 'agent', seq);
  });
}

function bindWriting({ room, door, viewers, edge, caller }: Desk): void {
  const { app } = room;
  const { socket } = edge;
  answer(edge, 'message:post', agentMessageDraftSchema, async ({ attachmentIds, visibility, ...draft }) => {
    requireRight(caller, 'conversations:reply');
    if (attachmentIds?.length) throw new AppError('not-found', 'There is no such attachment.', { field: 'attachmentIds' });
    const { message } = await door.postMessage(
      { ...draft, visibility: visibility ?? 'public', author: { kind: 'agent', id: caller.agentId, name: caller.name } },
      socket.id,
    );
    return { message, conversation: await getSummary(app, message.conversationId) };
  });
  answer(edge, 'typing:set', agentTypingSchema, async ({ conversationId, typing, visibility }) => {
    if (!viewers.isViewing(conversationId, socket.id)) throw new AppError('not-found', 'Open the conversation first.');
    const who = { kind: 'agent', id: caller.agentId, name: caller.name } as const;
    app.broadcast.toViewers(conversationId, socket.id, 'typing:changed', { conversationId, who, typing });
    if (viewers.setReplying(conversationId, socket.id, typing)) tellViewers(app, viewers, conversationId);
    if (visibility === 'internal') return;
    const row = await getConversation(app, conversationId);
    app.broadcast.toVisitor(row, null, 'typing:changed', { conversationId, name: caller.name, typing });
  });
}

function bindChanges({ room, edge, caller }: Desk): void {
  answer(edge, 'conversation:assign', conversationAssignSchema, async ({ conversationId, agentId, teamId }) => {
    requireRight(caller, 'conversations:assign');
    if (teamId) throw new AppError('not-found', 'There is no such team.', { field: 'teamId' });
    return { conversation: agentId === undefined ? await getSummary(room.app, conversationId) : await assignConversation(room, conversationId, agentId) };
  });
  answer(edge, 'conversation:resolve', conversationSchema, async ({ conversationId }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await resolveConversation(room, conversationId) };
  });
  answer(edge, 'conversation:reopen', conversationSchema, async ({ conversationId }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await reopenConversation(room, conversationId) };
  });
  answer(edge, 'conversation:snooze', conversationSnoozeSchema, async ({ conversationId, until }) => {
    requireRight(caller, 'conversations:reply');
    return { conversation: await snoozeConversation(room, conversationId, until) };
  });
  answer(edge, 'conversation:tag', conversationTagSchema, async ({ conversationId, tags }) => {
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
