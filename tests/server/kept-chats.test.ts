import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, nextFact } from '../helpers/house.ts';
import { atWork, comesTo, handOut, ownerOf, read } from './floor-scene.ts';

const everyDay = (...spans: { from: number; to: number }[]) => Array.from({ length: 7 }, () => spans);
const always = everyDay({ from: 0, to: 1_440 });

describe.each(databases)('on $name', ({ open }) => {
  test('hours that an administrator opens let whoever waited before the door in at once, and hours closed again keep the rest out', async () => {
    const house = await open();
    await handOut(house);
    const shut = { name: 'Shut', timeZone: 'UTC', week: everyDay(), exceptions: [], holidays: [], jewish: null, calendars: [] };
    const { id } = await house.json<BusinessHours>('POST', '/api/business-hours', { ...shut, inboxIds: [house.inbox.id] });
    const noa = await atWork(house, 'Noa', 1);
    const first = await writeIn(house, 'anybody there?');
    const secondSocket = (await house.visitor()).socket;
    const placed = nextFact<VisitorConversation>(secondSocket, 'conversation:changed', ({ queue }) => queue?.place === 2);
    await get(secondSocket, 'message:post', { id: nanoid(), text: 'and me?' });
    const second = await placed;
    expect(await ownerOf(house, first.conversationId)).toBeNull();
    await house.json('PATCH', `/api/business-hours/${id}`, { week: always, version: 1 });
    await comesTo(house, first.conversationId, noa.id);

    await house.json('PATCH', `/api/business-hours/${id}`, { week: everyDay(), version: 2 });
    await get(noa.socket, 'conversation:resolve', { conversationId: first.conversationId });
    // Whoever comes in through a door that has no hours is served: the house has looked.
    const side = await house.json<{ id: string; key: string }>('POST', '/api/inboxes', { name: 'Side door' });
    await handOut(house, { inboxes: { [house.inbox.id]: 'automatic', [side.id]: 'automatic' } });
    const { socket } = await house.visitor({ inbox: side.key });
    const { conversation } = await get<{ conversation: { id: string } }>(socket, 'message:post', { id: nanoid(), text: 'hi' });
    await comesTo(house, conversation.id, noa.id);
    expect(await ownerOf(house, second.id)).toBeNull();
  });

  test('an agent who puts an unanswered chat to sleep still has it when it wakes', async () => {
    const house = await open();
    await handOut(house, {}, { answerSeconds: 30 });
    const noa = await atWork(house, 'Noa');
    const { conversationId } = await writeIn(house, 'is my parcel here?');
    await comesTo(house, conversationId, noa.id);
    const omar = await atWork(house, 'Omar');
    await get(noa.socket, 'conversation:snooze', { conversationId, until: Date.now() + house.clockOffsetMs + 30 * 60_000 });
    house.clockOffsetMs += 31 * 60_000;
    await expect.poll(async () => (await read(house, conversationId)).status, { timeout: 10_000 }).toBe('open');
    const other = await writeIn(house, 'a newcomer');
    await comesTo(house, other.conversationId, omar.id);
    expect(await ownerOf(house, conversationId)).toBe(noa.id);
  });

  test('whoever is given a chat by a colleague while off has it until the morning, however long the house has been open', async () => {
    const house = await open();
    await handOut(house, { graceSeconds: 5 }, { answerSeconds: 10 });
    const dana = await house.agent();
    await get(dana.socket, 'availability:set', { availability: 'away' });
    const gil = await house.hire('Gil');
    const noa = await atWork(house, 'Noa', 20);
    house.clockOffsetMs += 60_000;
    const given: string[] = [];
    for (const text of ['one', 'two', 'three', 'four']) {
      const { conversationId } = await writeIn(house, text);
      await comesTo(house, conversationId, noa.id);
      given.push(conversationId);
    }
    // Until somebody new has started, the house has come to rest, and looks the moment it is woken.
    await house.hire('Rina');
    for (const conversationId of given) await get(dana.socket, 'conversation:assign', { conversationId, agentId: gil.id });
    const other = await writeIn(house, 'a newcomer');
    await comesTo(house, other.conversationId, noa.id);
    expect(await Promise.all(given.map((id) => ownerOf(house, id)))).toEqual(given.map(() => gil.id));
  });

  test('who gives a chat back to the queue is not given it again, whoever had it before', async () => {
    const house = await open();
    await handOut(house);
    const dana = await house.agent();
    await get(dana.socket, 'availability:set', { availability: 'away' });
    const noa = await atWork(house, 'Noa');
    const { conversationId } = await writeIn(house, 'hello');
    await comesTo(house, conversationId, noa.id);
    const omar = await atWork(house, 'Omar');
    await get(dana.socket, 'conversation:assign', { conversationId, agentId: omar.id });
    await get(dana.socket, 'conversation:assign', { conversationId, agentId: null });
    await comesTo(house, conversationId, noa.id);
  });

  test('an agent who ends an unanswered chat by mistake and opens it again, or takes that back with others, still has it', async () => {
    const house = await open();
    await handOut(house, {}, { answerSeconds: 30, lastAgentHours: null });
    const noa = await atWork(house, 'Noa');
    const chats: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const { conversationId } = await writeIn(house, text);
      await comesTo(house, conversationId, noa.id);
      chats.push(conversationId);
    }
    const [opened, reopened, undone] = chats as [string, string, string];
    const omar = await atWork(house, 'Omar');
    house.clockOffsetMs += 20_000;
    await get(noa.socket, 'conversation:resolve', { conversationId: opened });
    await get(noa.socket, 'conversation:reopen', { conversationId: opened });
    const both = { id: nanoid(), conversationIds: [reopened, undone] };
    await get(noa.socket, 'conversation:bulk', { ...both, change: { kind: 'resolve' } });
    await get(noa.socket, 'conversation:bulk', { id: nanoid(), conversationIds: [reopened], change: { kind: 'reopen' } });
    await get(noa.socket, 'conversation:bulk-undo', { id: both.id });
    house.clockOffsetMs += 20_000;
    const other = await writeIn(house, 'a newcomer');
    await comesTo(house, other.conversationId, omar.id);
    expect(await Promise.all(chats.map((id) => ownerOf(house, id)))).toEqual(chats.map(() => noa.id));
  });

  test('an agent who missed a chat is asked again once nobody else is there, and so is one who gave it back, a while later', async () => {
    const house = await open();
    await handOut(house, { graceSeconds: 5 }, { answerSeconds: 30, lastAgentHours: null });
    const noa = await atWork(house, 'Noa');
    const { conversationId } = await writeIn(house, 'anybody?');
    await comesTo(house, conversationId, noa.id);
    const omar = await atWork(house, 'Omar');
    house.clockOffsetMs += 31_000;
    await comesTo(house, conversationId, omar.id);
    const dana = await house.agent();
    await get(dana.socket, 'availability:set', { availability: 'away' });
    const leaving = nextFact<{ id: string }>(dana.socket, 'agent:changed', ({ id }) => id === omar.id);
    omar.socket.disconnect();
    await leaving;
    house.clockOffsetMs += 6_000;
    await comesTo(house, conversationId, noa.id);

    await get(dana.socket, 'conversation:assign', { conversationId, agentId: null });
    const other = await writeIn(house, 'a newcomer');
    await comesTo(house, other.conversationId, noa.id);
    expect(await ownerOf(house, conversationId)).toBeNull();
    house.clockOffsetMs += 61_000;
    await comesTo(house, conversationId, noa.id);
  });
});
