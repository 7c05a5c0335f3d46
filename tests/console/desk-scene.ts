/** An agent at the console's desk in a real house, and visitors who write. */
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { expect, onTestFinished } from 'vitest';
import { createDesk, type Desk, type DeskOptions } from '../../console/conversations/desk.ts';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { get, type House, type HouseOptions, openHouse } from '../helpers/house.ts';
import { MemoryStorage } from './memory-storage.ts';

export interface DeskScene {
  house: House;
  agent: SignedInAgent;
  desk: Desk;
  storage: MemoryStorage;
}

/** Signed in as the administrator Dana, with a live desk. */
export async function openDeskScene(options: HouseOptions = {}): Promise<DeskScene> {
  const house = await openHouse(options);
  const agent = await house.json<SignedInAgent>('GET', '/api/session');
  const storage = new MemoryStorage();
  const desk = await openDesk(house, house.cookie, { storage });
  return { house, agent, desk, storage };
}

export async function openDesk(
  house: House,
  cookie: string,
  options: { storage?: MemoryStorage; agentId?: string } & Pick<DeskOptions, 'onOtherAgent' | 'onNotResolved' | 'onResolved'> = {},
): Promise<Desk> {
  const agent = await house.json<SignedInAgent>('GET', '/api/session', undefined, { cookie });
  const apiToken = cookie === house.cookie ? await makeApiToken(house) : undefined;
  const desk = createDesk({
    agentId: options.agentId ?? agent.id,
    serverUrl: house.url,
    storage: options.storage ?? new MemoryStorage(),
    ...(options.onOtherAgent && { onOtherAgent: options.onOtherAgent }),
    ...(options.onResolved && { onResolved: options.onResolved }),
    ...(options.onNotResolved && { onNotResolved: options.onNotResolved }),
    ...(apiToken !== undefined ? { apiToken } : { socketOptions: { extraHeaders: { cookie } } }),
  });
  onTestFinished(() => desk.close());
  desk.open();
  return desk;
}

/** What Node has instead of a browser's cookies; only administrators can make one. */
export async function makeApiToken(house: House): Promise<string> {
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'tests' });
  return token;
}

/** Says so much that the server refuses whatever this desk asks in the next seconds. */
export async function wearOut(desk: Desk): Promise<void> {
  const replies = await Promise.all(Array.from({ length: 320 }, () => desk.setAvailability('online')));
  expect(replies.at(-1)).toMatchObject({ ok: false, error: { code: 'too-many' } });
}

/** A visitor's words; the first ones open the conversation. */
export async function say(visitor: Socket, text: string): Promise<{ message: Message; conversation: VisitorConversation }> {
  return get(visitor, 'message:post', { id: nanoid(), text });
}

/** What people said in a conversation as this desk shows it; the lines about who came and went stand aside. */
export function textsOn(desk: Desk, conversationId: string): string[] {
  const { messages } = desk.conversation(conversationId).messages.transcript.value;
  return messages.filter(({ author }) => author.kind !== 'system').map(({ text }) => text);
}
