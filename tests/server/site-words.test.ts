import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import { firstInboxSettings } from '../../shared/inbox.ts';
import { invitationSchema } from '../../shared/invitation.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { TRACKED_EVENTS_KEPT, type TrackedEvent } from '../../shared/tracked-event.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';

const unlimited = { environment: { LIMITS: 'off' } };
const eventsOf = async (house: House, contact: Contact) =>
  (await house.json<{ items: TrackedEvent[] }>('GET', `/api/contacts/${contact.id}/events`)).items;
const onlyContact = async (house: House) => {
  const { items } = await house.json<{ items: [Contact] }>('GET', '/api/contacts');
  expect(items).toHaveLength(1);
  return items[0];
};

/** An inbox that invites, in Hebrew and English. */
async function invite(house: House, onceMore: object = {}) {
  const text = { he: 'אפשר לעזור?', en: 'Can we help?' };
  const invitation = invitationSchema.parse({ id: 'help', isOn: true, text, ...onceMore });
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { invitations: [invitation] } });
  return invitation;
}

describe.each(databases)('on $name', ({ open }) => {
  test('what a visitor did on the site is in the customer file, newest first, once, and at the time it happened', async () => {
    const house = await open(unlimited);
    const { socket } = await house.visitor();
    const agent = await house.agent();
    await get(socket, 'message:post', { id: nanoid(), text: 'hello' });
    const added = { id: nanoid(), name: 'נוסף לעגלה', properties: { product: 'Sea mug', price: '89.90' }, agoMs: 60_000 };
    const told = nextFact(agent.socket, 'contact:changed');
    for (let retry = 0; retry < 2; retry += 1) await get(socket, 'event:track', added);
    await told;
    await get(socket, 'event:track', { id: nanoid(), name: 'Opened checkout' });
    const [newest, oldest, ...others] = await eventsOf(house, await onlyContact(house));
    expect([newest?.name, oldest?.name, others]).toEqual(['Opened checkout', 'נוסף לעגלה', []]);
    expect(oldest?.properties).toEqual(added.properties);
    expect((newest?.at ?? 0) - (oldest?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  test('only the last hundred are kept, and another visitor’s stay', async () => {
    const house = await open(unlimited);
    const [busy, calm] = [await house.visitor(), await house.visitor()];
    for (const { socket } of [busy, calm]) await get(socket, 'message:post', { id: nanoid(), text: 'hello' });
    await get(calm.socket, 'event:track', { id: nanoid(), name: 'calm' });
    for (let number = 0; number < TRACKED_EVENTS_KEPT + 5; number += 1) {
      await get(busy.socket, 'event:track', { id: nanoid(), name: `event ${number}`, agoMs: 1_000 - number });
    }
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    const events = await Promise.all(items.map((contact) => eventsOf(house, contact)));
    const [few, many] = events.sort((a, b) => a.length - b.length);
    expect(few?.map(({ name }) => name)).toEqual(['calm']);
    expect([many?.length, many?.[0]?.name, many?.at(-1)?.name]).toEqual([TRACKED_EVENTS_KEPT, 'event 104', 'event 5']);
  });

  test('a visitor who takes an invitation up begins the conversation with it, once, in the visitor’s language', async () => {
    const house = await open();
    await invite(house);
    const { socket, session } = await house.visitor({ locale: 'he-IL' });
    const otherTab = await house.visitor({ token: session.token, locale: 'he-IL' });
    const draft = { id: nanoid(), text: 'כן, בבקשה', invitationId: 'help' };
    const [first] = await Promise.all([
      get<{ message: Message }>(socket, 'message:post', draft),
      get<{ message: Message }>(otherTab.socket, 'message:post', { ...draft, id: nanoid(), text: 'and from here' }),
    ]);
    expect(await get(socket, 'message:post', draft)).toMatchObject({ message: first.message });
    await get(socket, 'message:post', { id: nanoid(), text: 'ועוד משהו', invitationId: 'help' });
    const page = await get<MessagePage>(socket, 'message:list', { conversationId: first.message.conversationId });
    expect(page.messages.map(({ seq, author, text }) => [seq, author.kind, text])).toEqual([
      [1, 'bot', 'אפשר לעזור?'],
      [expect.any(Number), 'visitor', expect.any(String)],
      [expect.any(Number), 'visitor', expect.any(String)],
      [4, 'visitor', 'ועוד משהו'],
    ]);
    const { items } = await house.json<{ items: { unread: number; lastSeq: number }[] }>('GET', '/api/conversations');
    expect(items).toMatchObject([{ lastSeq: 4, unread: 3 }]);
  });

  test('invitations are counted as shown and taken up, and only those that the inbox has', async () => {
    const house = await open();
    await invite(house);
    const address = `/api/widget/${house.inbox.key}/invitations`;
    const say = async (what: string) => (await house.call('POST', `${address}/${what}`, undefined, { cookie: '' })).status;
    expect(await Promise.all(['help/shown', 'help/shown', 'help/accepted'].map(say))).toEqual([204, 204, 204]);
    expect(await Promise.all(['other/shown', 'help/deleted', `${'x'.repeat(500)}/shown`].map(say))).toEqual([404, 404, 404]);
    expect((await house.call('POST', `/api/widget/${nanoid()}/invitations/help/shown`)).status).toBe(404);
    const counts = async () => (await house.json<{ items: unknown[] }>('GET', `/api/inboxes/${house.inbox.id}/invitations`)).items;
    await vi.waitFor(async () => expect(await counts()).toEqual([{ invitationId: 'help', shown: 2, accepted: 1 }]), 10_000);
    await say('help/shown');
    await vi.waitFor(async () => expect(await counts()).toEqual([{ invitationId: 'help', shown: 3, accepted: 1 }]), 10_000);
  });
});

test('a site that tells too much of one visitor is stopped, for that visitor only', async () => {
  const house = await openHouse();
  const [busy, calm] = [await house.visitor(), await house.visitor()];
  const track = (socket: typeof busy.socket) => ask(socket, 'event:track', { id: nanoid(), name: 'moved the mouse' });
  for (let number = 0; number < 50; number += 1) expect(await track(busy.socket)).toMatchObject({ ok: true });
  expect(await track(busy.socket)).toMatchObject({ ok: false, error: { code: 'too-many' } });
  expect(await track(calm.socket)).toMatchObject({ ok: true });
});

test('an invitation changes nothing where a conversation is under way, is unknown, or is switched off', async () => {
  const house = await openHouse();
  await invite(house, { isOn: false });
  const { socket } = await house.visitor({ locale: 'en' });
  const heard = hear<Message>(socket, 'message:posted');
  for (const invitationId of ['help', 'other']) await get(socket, 'message:post', { id: nanoid(), text: 'hi', invitationId });
  await invite(house);
  const again = await house.visitor({ locale: 'en' });
  await get(again.socket, 'message:post', { id: nanoid(), text: 'hi' });
  const { message } = await get<{ message: Message }>(again.socket, 'message:post', { id: nanoid(), text: 'hi', invitationId: 'help' });
  expect(message.seq).toBe(2);
  expect(heard).toEqual([]);
});

test('events are for those who may see customer files, and unknown files have none', async () => {
  const house = await openHouse();
  const { socket } = await house.visitor();
  await get(socket, 'message:post', { id: nanoid(), text: 'hi' });
  const { id } = await onlyContact(house);
  expect((await house.call('GET', `/api/contacts/${id}/events`, undefined, { cookie: '' })).status).toBe(401);
  expect((await house.call('GET', `/api/contacts/${nanoid()}/events`)).status).toBe(404);
  const noa = await house.hire('Noa');
  expect((await house.call('GET', `/api/inboxes/${house.inbox.id}/invitations`, undefined, { cookie: noa.cookie })).status).toBe(403);
  expect((await house.call('GET', `/api/inboxes/${nanoid()}/invitations`)).status).toBe(404);
});

test('whether anyone can answer is told to pages without a connection, and caches may keep it', async () => {
  const house = await openHouse();
  const ways = { Origin: 'https://shop.example', cookie: '' };
  const look = () => house.call('GET', `/api/widget/${house.inbox.key}/availability`, undefined, ways);
  const reply = await look();
  expect([reply.headers.get('access-control-allow-origin'), reply.headers.get('cache-control')]).toEqual(['*', 'public, max-age=30']);
  expect(await reply.json()).toEqual({ open: true, staffed: false, opensAt: null });
  await house.agent();
  await vi.waitFor(async () => expect(await (await look()).json()).toMatchObject({ staffed: true }), 15_000);
  expect((await house.call('GET', `/api/widget/${nanoid()}/availability`)).status).toBe(404);
});

test('a page of a foreign site counts nothing', async () => {
  const house = await openHouse();
  await invite(house);
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { allowedOrigins: ['https://shop.example'] });
  const from = async (Origin: string) =>
    (await house.call('POST', `/api/widget/${house.inbox.key}/invitations/help/shown`, undefined, { Origin, cookie: '' })).status;
  expect([await from('https://evil.example'), await from('https://shop.example')]).toEqual([403, 204]);
});

test('the settings bring the launcher as it was chosen, and no invitation that is off', async () => {
  const house = await openHouse();
  const settings = async () => (await house.json('GET', `/api/widget/${house.inbox.key}`)) as Record<string, unknown> & { look: string };
  await invite(house, { isOn: false });
  const launcher = {
    ...firstInboxSettings.launcher,
    icon: 'wave',
    side: 'left',
    offsetInline: 7,
    offsetBlock: 90,
    text: { en: 'Questions?' },
  };
  const before = await settings();
  expect(before).toMatchObject({ invitations: [], labels: { en: 'Open chat' } });
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { launcher, accent: '#ffee00' } });
  const after = await settings();
  expect(after.labels).toMatchObject({ en: 'Questions?, Open chat', he: 'פתיחת הצ׳אט' });
  expect(after.look).toContain('--k-on-accent:#000000');
  expect(after.look).toContain('{left:calc(');
  expect(after.look).toContain('min(7px,40vw)');
  expect(after.look).not.toBe(before.look);
});
