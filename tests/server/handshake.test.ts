import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Message } from '../../shared/message.ts';
import { seatBystanders } from '../helpers/bystanders.ts';
import { ask, get, type House, nextFact, openHouse } from '../helpers/house.ts';
import { frame, openRawSocket, openRawVisitor } from '../helpers/raw-wire.ts';

function from(origin: string, headers: Record<string, string> = {}) {
  return { extraHeaders: { origin, ...headers } };
}

async function allow(house: House, ...allowedOrigins: string[]) {
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { allowedOrigins });
}

test('a visitor and an agent whose networks know no WebSockets chat by long-polling', async () => {
  const house = await openHouse();
  const polling = { transports: ['polling'] };
  const [visitor, agent] = await Promise.all([house.visitor({}, polling), house.agent(house.cookie, polling)]);
  const { message } = await get<{ message: Message }>(visitor.socket, 'message:post', { id: nanoid(), text: 'שלום' });
  await get(agent.socket, 'conversation:open', { conversationId: message.conversationId });
  const answered = nextFact<Message>(visitor.socket, 'message:posted', ({ author }) => author.kind === 'agent');
  await get(agent.socket, 'message:post', { id: nanoid(), conversationId: message.conversationId, text: 'hello' });
  expect((await answered).text).toBe('hello');
  expect([visitor.socket.io.engine.transport.name, agent.socket.io.engine.transport.name]).toEqual(['polling', 'polling']);
});

test('a visitor who starts with long-polling is moved to a WebSocket', async () => {
  const house = await openHouse();
  const { socket } = await house.visitor({}, { transports: ['polling', 'websocket'] });
  if (socket.io.engine.transport.name !== 'websocket') await new Promise((resolve) => socket.io.engine.once('upgrade', resolve));
  expect(await ask(socket, 'conversation:list', {})).toMatchObject({ ok: true });
  expect(socket.io.engine.transport.name).toBe('websocket');
});

test('an inbox that names its sites opens its widget there and on our own demo page, and nowhere else', async () => {
  const house = await openHouse();
  const auth = { inbox: house.inbox.key };
  expect((await house.visitor({}, from('https://anywhere.example'))).socket.connected).toBe(true);
  await allow(house, 'https://Shop.example', 'https://shop.example:8443', 'http://xn--5dbqzzl.example:80');
  for (const origin of [
    'https://shop.example',
    'https://shop.example:8443',
    'http://xn--5dbqzzl.example',
    house.url,
    'HTTPS://SHOP.EXAMPLE',
  ]) {
    expect((await house.visitor({}, from(origin))).socket.connected, origin).toBe(true);
  }
  const foreign = [
    'https://evil.example',
    'http://shop.example',
    'https://shop.example.evil.example',
    'https://evilshop.example',
    'https://shop.example:444',
    'null',
    'file://',
    'https://shop.example@evil.example',
    'about:blank',
    'x',
  ];
  for (const origin of foreign) {
    expect(await house.refusal('/visitor', { auth, ...from(origin) }), origin).toMatchObject({ code: 'forbidden' });
    expect(await house.refusal('/visitor', { auth, transports: ['polling'], ...from(origin) }), origin).toMatchObject({
      code: 'forbidden',
    });
  }
});

test('a refused page leaves nothing behind, and a visitor of another inbox is a stranger here', async () => {
  const house = await openHouse();
  const known = await house.visitor();
  await allow(house, 'https://shop.example');
  await house.refusal('/visitor', { auth: { inbox: house.inbox.key }, ...from('https://evil.example') });
  await house.refusal('/visitor', { auth: { inbox: nanoid(), token: known.session.token } });
  const again = await house.visitor({ token: known.session.token });
  expect(again.session.visitor.id).toBe(known.session.visitor.id);
});

test('whoever shows no usable inbox key is refused', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  for (const inbox of ['x', nanoid(), `${house.inbox.key} `, house.inbox.key.toLowerCase(), 'x'.repeat(64), '\ud800', '__proto__', '%']) {
    expect(await house.refusal('/visitor', { auth: { inbox } }), inbox).toMatchObject({ code: 'forbidden' });
  }
  for (const auth of [
    {},
    { inbox: '' },
    { inbox: null },
    { inbox: 0 },
    { inbox: [house.inbox.key] },
    { inbox: { toString: house.inbox.key } },
    { inbox: 'x'.repeat(20_000) },
  ]) {
    expect(await house.refusal('/visitor', { auth })).toMatchObject({ code: 'forbidden' });
  }
  expect(await house.refusal('/visitor', { auth: { inbox: '\0' } })).toMatchObject({ code: 'invalid' });
  await bystanders.expectUnharmed();
});

test('what a page tells of itself may be nonsense: the visitor is let in without it', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const nonsense = {
    token: [null, 0, {}, [], 'x', 'x'.repeat(5_000)],
    conversationId: [null, 0, {}, 'x', bystanders.conversationId],
    after: [null, -1, 1.5, '1', {}, 2 ** 31, 2 ** 53],
    afterId: [null, 0, {}, 'x'.repeat(500)],
    epoch: [null, 0, {}, 'x', 'x'.repeat(500)],
    locale: [null, 0, {}, '', '<script>', 'x'.repeat(500), '\0'],
    page: [
      null,
      0,
      'x',
      [],
      {},
      { url: 0 },
      { url: 'x'.repeat(5_000) },
      { url: 'javascript:alert(1)' },
      { url: 'https://a.example', title: {} },
    ],
  };
  for (const [field, values] of Object.entries(nonsense)) {
    for (const value of values) {
      const { socket, session } = await house.visitor({ [field]: value });
      expect(session, field).toMatchObject({ conversation: null, messages: [], more: false, visitor: { name: null, isVerified: false } });
      socket.disconnect();
    }
  }
  for (const identity of [null, 0, {}, []]) {
    expect(await house.refusal('/visitor', { auth: { inbox: house.inbox.key, identity } })).toMatchObject({ code: 'invalid' });
  }
  await bystanders.expectUnharmed();
});

test('an agent is let in by cookie from our own pages only, and by API token from anywhere', async () => {
  const house = await openHouse();
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'robot' });
  const { cookie } = house;
  expect((await house.agent(cookie, { extraHeaders: { cookie, origin: house.url } })).session.agent.name).toBe('Dana');
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: house.url.replace('127.0.0.1', 'localhost') },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of foreign) {
    expect(await house.refusal('/agent', { extraHeaders: { cookie, ...headers } })).toMatchObject({ code: 'forbidden' });
    expect(await house.refusal('/agent', { transports: ['polling'], extraHeaders: { cookie, ...headers } })).toMatchObject({
      code: 'forbidden',
    });
  }
  expect((await house.agent('', { auth: { token }, ...from('https://evil.example') })).session.agent.name).toBe('Dana');
  for (const auth of [{ token: 'x' }, { token: '' }, { token: `${token} ` }, { token: 'x'.repeat(20_000) }]) {
    expect(await house.refusal('/agent', { auth, extraHeaders: { cookie } })).toMatchObject({ code: 'unauthenticated' });
  }
  for (const auth of [{}, { token: null }, { token: [token] }, { token: { toString: token } }]) {
    expect(await house.refusal('/agent', { auth })).toMatchObject({ code: 'unauthenticated' });
  }
  for (const broken of ['kesher=', 'kesher', 'kesher=%', 'kesher="', `kesher=${'x'.repeat(9_000)}`, '__proto__=x', ';;;=;=']) {
    expect(await house.refusal('/agent', { extraHeaders: { cookie: broken } }), broken).toMatchObject({ code: 'unauthenticated' });
  }
});

test('behind a proxy that asks us under another name, pages of the public address are our own', async () => {
  const house = await openHouse({ environment: { PUBLIC_URL: 'https://chat.shop.example' } });
  const { cookie } = house;
  await allow(house, 'https://shop.example');
  const own = { origin: 'https://chat.shop.example' };
  expect((await house.agent(cookie, { extraHeaders: { cookie, ...own } })).session.agent.name).toBe('Dana');
  expect((await house.call('GET', '/api/session', undefined, own)).status).toBe(200);
  expect((await house.visitor({}, from(own.origin))).socket.connected).toBe(true);
  expect(await house.refusal('/agent', { extraHeaders: { cookie, origin: 'https://shop.example' } })).toMatchObject({ code: 'forbidden' });
});

test('there is no room but the two that are documented', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  for (const namespace of [
    '/',
    '/admin',
    '/Visitor',
    '/visitor/',
    '/__proto__',
    '/constructor',
    '/visitor?inbox=x',
    `/${'x'.repeat(10_000)}`,
  ]) {
    const wire = await openRawSocket(house.url);
    wire.write(frame(`40${namespace === '/' ? '' : `${namespace},`}{"inbox":"${house.inbox.key}"}`));
    await wire.hears(/44(\/[^,]+,)?\{"message"/);
    expect(wire.text, namespace).not.toContain('session:started');
  }
  await bystanders.expectUnharmed();
});

test('a connection that asks to be let in again and again is cut off, and makes few visitors at most', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const join = frame(`40/visitor,{"inbox":"${house.inbox.key}"}`);
  const wire = await openRawSocket(house.url);
  wire.write(Buffer.concat(Array.from({ length: 2_000 }, () => join)));
  await wire.closed;
  const visitors = await house.server.app.storage.db.selectFrom('visitor').select('id').execute();
  expect(visitors.length).toBeLessThanOrEqual(15);
  const big = await openRawSocket(house.url);
  big.write(frame(`40/visitor,{"inbox":"${house.inbox.key}","padding":"${'x'.repeat(100_000)}"}`));
  await big.closed;
  await bystanders.expectUnharmed();
});

test('a second handshake on one connection ends it', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const wire = await openRawVisitor(house.url, house.inbox.key);
  wire.write(frame(`40/visitor,{"inbox":"${house.inbox.key}"}`));
  await wire.closed;
  await bystanders.expectUnharmed();
});

test('a visitor who names a conversation of somebody else resumes nothing', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const { session } = await house.visitor({ conversationId: bystanders.conversationId, after: 0 });
  expect(session).toMatchObject({ conversation: null, messages: [] });
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  expect(items).toHaveLength(1);
});
