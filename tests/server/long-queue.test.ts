import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { writeIn } from '../helpers/company.ts';
import { get, openHouse } from '../helpers/house.ts';
import { copyConversation } from '../helpers/many-conversations.ts';
import { atWork, comesTo, handOut, ownerOf, say } from './floor-scene.ts';

const MANY = 5_100;

test('however many have said a last thank-you to their agent, whoever writes in now is given to somebody', async () => {
  const house = await openHouse();
  await handOut(house);
  const noa = await atWork(house, 'Noa');
  const { conversationId } = await writeIn(house, 'hello');
  await comesTo(house, conversationId, noa.id);
  await say(noa.socket, conversationId);
  const before = house.server.app.now() - 60_000;
  await copyConversation(house, conversationId, { count: MANY, change: (at) => ({ waitingSince: before + at }) });
  const omar = await atWork(house, 'Omar');
  const newcomer = await writeIn(house, 'and me?');
  await comesTo(house, newcomer.conversationId, omar.id);
}, 60_000);

test('however many wait before somebody, an agent may take that one out of their midst', async () => {
  const house = await openHouse();
  await handOut(house, { inboxes: { [house.inbox.id]: 'pick' } });
  const noa = await atWork(house, 'Noa');
  const { conversationId } = await writeIn(house, 'hello');
  const before = house.server.app.now() - 60_000;
  await copyConversation(house, conversationId, { count: MANY, change: (at) => ({ waitingSince: before + at }) });
  const last = await writeIn(house, 'I am an old friend of Noa');
  const { conversation } = await get<{ conversation: ConversationSummary | null }>(noa.socket, 'conversation:pick', {
    conversationId: last.conversationId,
  });
  expect(conversation?.id).toBe(last.conversationId);
  expect(await ownerOf(house, last.conversationId)).toBe(noa.id);
}, 60_000);
