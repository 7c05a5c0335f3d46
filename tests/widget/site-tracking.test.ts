// @vitest-environment node
import { expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { TrackedEvent } from '../../shared/tracked-event.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import type { KesherQueue } from '../../widget/handover.ts';
import { takeOverQueue } from '../../widget/kesher-api.ts';
import { createPanelState } from '../../widget/panel-state.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { seen, textsOf, VisitorAtHome } from './visitor-at-home.ts';

/** A page of the shop whose script speaks to the widget. */
function openPage(house: House) {
  const visitor = new VisitorAtHome(house);
  const chat = visitor.open();
  const panel = createPanelState(memoryStorage(), house.inbox.key);
  const queue = [] as unknown as KesherQueue;
  takeOverQueue(queue, {
    chat,
    panel,
    preChat: () => house.inbox.settings.preChat,
    setLocale: () => {},
    preview: () => {},
    setHidden: () => {},
  });
  return { chat, panel, queue };
}

async function activity(house: House): Promise<TrackedEvent[]> {
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  const lists = items.map(({ id }) => house.json<{ items: TrackedEvent[] }>('GET', `/api/contacts/${id}/events`));
  return (await Promise.all(lists)).flatMap((list) => list.items);
}
const namesIn = async (house: House) => (await activity(house)).map(({ name }) => name);

test('what the site tracks waits without making a connection, and is told in order once there is one', async () => {
  const house = await openHouse();
  const { chat, queue } = openPage(house);
  queue.push(['track', 'Looked at a mug', { price: 89.9, isNew: true }], ['track', 'Opened the cart']);
  expect(chat.status.value).toBe('idle');
  chat.send('hello');
  await seen(() => chat.messages.value.length === 1);
  await vi.waitFor(async () => expect((await namesIn(house)).sort()).toEqual(['Looked at a mug', 'Opened the cart']));
  const looked = (await activity(house)).find(({ name }) => name === 'Looked at a mug');
  expect(looked?.properties).toEqual({ price: '89.9', isNew: 'true' });
});

test('what is tracked while the server is away is told when it is back, once', async () => {
  const house = await openHouse();
  const { chat, queue } = openPage(house);
  chat.send('hello');
  await seen(() => chat.messages.value.length === 1);
  await house.stop();
  await seen(() => chat.status.value === 'lost');
  queue.push(['track', 'Paid']);
  await house.start();
  await vi.waitFor(async () => expect(await namesIn(house)).toEqual(['Paid']), 20_000);
});

test('a person who signs out takes along what was not told yet', async () => {
  const house = await openHouse();
  const { chat, queue } = openPage(house);
  queue.push(['track', 'A secret'], ['reset'], ['track', 'Looked around']);
  chat.send('hello');
  await seen(() => chat.messages.value.length === 1);
  await vi.waitFor(async () => expect(await namesIn(house)).toEqual(['Looked around']));
});

test('facts that the site sets reach the customer file as text, those of two calls together', async () => {
  const house = await openHouse();
  const { chat, queue } = openPage(house);
  queue.push(['setFields', { plan: 'pro', seats: 3 }], ['setFields', { seats: 4, isTrial: false }]);
  chat.start();
  await seen(() => chat.status.value === 'live' && chat.unsentDetails.value === null);
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  expect(items.map(({ fields }) => fields)).toEqual([{ plan: 'pro', seats: '4', isTrial: 'false' }]);
});

test('an invitation that was taken up is the first bubble of the conversation that the answer opens, and goes with it only', async () => {
  const house = await openHouse();
  const invitation = { id: 'help', isOn: true, text: { en: 'Can we help?' } };
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { invitations: [invitation] } });
  const { chat, panel, queue } = openPage(house);
  queue.push(['accept', { id: 'help', text: 'Can we help?' }]);
  expect([panel.isOpen.value, panel.invitation.value?.id]).toEqual([true, 'help']);
  chat.start();
  await seen(() => chat.status.value === 'live');
  await house.stop();
  await seen(() => chat.status.value === 'lost');
  chat.send('Yes', { invitationId: 'help' });
  chat.send('please', { invitationId: 'help' });
  await house.start();
  await seen(() => chat.messages.value.length === 3);
  expect(textsOf(chat)).toEqual(['Can we help?', 'Yes', 'please']);
  expect(chat.unread.value).toBe(0);
});
