import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, nextFact } from '../helpers/house.ts';
import { atWork, comesTo, handOut, ownerOf } from './floor-scene.ts';

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
});
