/** A house that hands chats out, and agents at work in it. */
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { expect } from 'vitest';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { firstRoutingRules, type Reason, type RoutingRules, type RoutingSettings, type TeamRouting } from '../../shared/routing.ts';
import { get, type House } from '../helpers/house.ts';

/** The house hands chats out; what is not said is as at first. */
export async function handOut(house: House, changes: Partial<RoutingRules> = {}, team: Partial<TeamRouting> = {}): Promise<void> {
  const { version } = await house.json<RoutingSettings>('GET', '/api/routing');
  const inboxes = { [house.inbox.id]: 'automatic' };
  const otherwise = { ...firstRoutingRules.otherwise, ...team };
  await house.json('PUT', '/api/routing', { ...firstRoutingRules, inboxes, otherwise, ...changes, version });
}

export async function atWork(house: House, name: string, capacity = 5) {
  const { id, cookie } = await house.hire(name);
  await house.json('PUT', `/api/routing/agents/${id}`, { capacity, skills: [] });
  const { socket } = await house.agent(cookie);
  return { id, name, cookie, socket };
}

export const read = (house: House, id: string) => house.json<ConversationSummary>('GET', `/api/conversations/${id}`);
export const ownerOf = async (house: House, id: string) => (await read(house, id)).assigneeId;

export async function comesTo(house: House, conversationId: string, agentId: string | null): Promise<void> {
  await expect.poll(() => ownerOf(house, conversationId), { timeout: 5_000 }).toBe(agentId);
}

/** The house has seen that nobody is there for it. */
export async function isLookedAt(house: House, conversationId: string): Promise<void> {
  const { db } = house.server.app.storage;
  const routes = () => db.selectFrom('conversationRoute').select('agentId').where('conversationId', '=', conversationId).execute();
  await expect.poll(routes, { timeout: 5_000 }).toEqual([{ agentId: null }]);
}

export async function reasonsIn(house: House, conversationId: string): Promise<Reason[][]> {
  const { items } = await house.json<{ items: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
  return items.flatMap(({ notice }) => (notice?.kind === 'routed' ? [notice.reasons ?? []] : []));
}

export const say = (socket: Socket, conversationId: string, text = 'hello') =>
  get(socket, 'message:post', { id: nanoid(), conversationId, text });
