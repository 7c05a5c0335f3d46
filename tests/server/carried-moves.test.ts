import { expect, test } from 'vitest';
import { readFloor, readStaff } from '../../server/routing/floor-reading.ts';
import { carryOut } from '../../server/routing/moves.ts';
import { firstRoutingRules } from '../../shared/routing.ts';
import { writeIn } from '../helpers/company.ts';
import { get, openHouse } from '../helpers/house.ts';
import { atWork } from './floor-scene.ts';

test('a chat that its agent has kept after all makes no room for another one', async () => {
  const house = await openHouse();
  const [noa, omar] = [await atWork(house, 'Noa', 1), await atWork(house, 'Omar', 1)];
  const first = await writeIn(house, 'one');
  const second = await writeIn(house, 'two');
  const { app } = house.server;
  const staff = await readStaff(app.storage.db);
  const reach = { now: app.now(), startedAt: 0, graceMs: 60_000 };
  const floor = await readFloor(app, { rules: firstRoutingRules, staff, reach, queue: 'all' });
  await get(noa.socket, 'conversation:pick', { conversationId: first.conversationId });
  const chatOf = (id: string) => {
    const chat = floor.chats.find((one) => one.id === id);
    if (!chat) throw new Error('nobody waits there');
    return chat;
  };
  const decided = [
    { chat: { ...chatOf(first.conversationId), assigneeId: noa.id }, to: omar.id, reasons: [] },
    { chat: chatOf(second.conversationId), to: noa.id, reasons: [] },
  ];
  // The customer got an answer between the decision and its carrying out.
  await get(noa.socket, 'message:post', { id: 'an-answer-in-between1', conversationId: first.conversationId, text: 'here I am' });
  const circumstances = { rules: { ...firstRoutingRules, waitingCounts: 1 }, agents: floor.agents, now: app.now() };
  const { done, isStale } = await app.storage.write((trx) => carryOut(trx, decided, circumstances));
  expect(done.map(({ conversation }) => conversation.id)).toEqual([]);
  expect(isStale).toBe(true);
});
