import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Message } from '../../shared/message.ts';
import { seatBystanders } from '../helpers/bystanders.ts';
import { ask, get, type House, openEmptyHouse, openHouse, PASSWORD } from '../helpers/house.ts';
import { frame, getAll, openRawSocket, openRawVisitor } from '../helpers/raw-wire.ts';

/** What an attack may cost somebody else's pair of messages, on a machine that also runs the attacker. */
const PATIENCE_MS = 2_000;

const behindProxy = { environment: { TRUST_PROXY: '1' } };
const by = (address: string) => ({ 'x-forwarded-for': address });

function tally(replies: Reply<unknown>[]): { accepted: number; refusals: ErrorReply[] } {
  const refusals = replies.filter((reply) => !reply.ok).map((reply) => (reply as { error: ErrorReply }).error);
  return { accepted: replies.length - refusals.length, refusals };
}

function expectWait(refusals: readonly ErrorReply[], atMostMs: number) {
  for (const { code, retryAfterMs } of refusals) {
    expect(code).toBe('too-many');
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(atMostMs);
  }
}

test('a flood of requests is told to wait, and goes on costing only itself', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const { socket } = await house.visitor();
  const flood = Promise.all(Array.from({ length: 900 }, () => ask(socket, 'conversation:list', {})));
  expect(await bystanders.chat()).toBeLessThan(PATIENCE_MS);
  const { accepted, refusals } = tally(await flood);
  expect(accepted).toBe(300);
  expectWait(refusals, 3_000);
  // After the wait that it was told, the same connection is served again.
  await expect.poll(async () => (await ask(socket, 'conversation:list', {})).ok, { timeout: 20_000, interval: 300 }).toBe(true);
  await bystanders.expectUnharmed();
});

test('a connection that does not listen to its refusals is cut off', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const floods = ['2/visitor,["conversation:list",{}]', '2/visitor,["nonsense"]', '3/visitor,1[]', '2/visitor,7["message:post",{}]'];
  for (const packet of floods) {
    const wire = await openRawVisitor(house.url, house.inbox.key);
    const frames = Buffer.concat(Array.from({ length: 1_000 }, () => frame(`4${packet}`)));
    for (let thousands = 0; thousands < 30; thousands += 1) wire.write(frames);
    expect(await bystanders.chat(), packet).toBeLessThan(PATIENCE_MS);
    await wire.closed;
  }
  const pongs = await openRawVisitor(house.url, house.inbox.key);
  pongs.write(Buffer.concat(Array.from({ length: 10_000 }, () => frame('3'))));
  await pongs.closed;
  await bystanders.expectUnharmed();
});

test('an agent who floods is held back like anybody', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const noa = await house.hire('Noa');
  const { socket } = await house.agent(noa.cookie);
  const draft = () => ({ id: nanoid(), conversationId: bystanders.conversationId, text: 'x', visibility: 'internal' });
  const flood = Promise.all(Array.from({ length: 600 }, () => ask(socket, 'message:post', draft())));
  expect(await bystanders.chat()).toBeLessThan(PATIENCE_MS);
  const { accepted, refusals } = tally(await flood);
  expect(accepted).toBe(300);
  expectWait(refusals, 3_000);
  await bystanders.expectUnharmed();
});

test("a visitor's messages are counted over all its tabs, and other visitors' are not", async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const first = await house.visitor();
  const tabs = [first.socket, ...(await Promise.all([1, 2].map(async () => (await house.visitor({ token: first.session.token })).socket)))];
  const post = (socket: Socket) => ask<{ message: Message }>(socket, 'message:post', { id: nanoid(), text: 'x' });
  const { accepted, refusals } = tally(await Promise.all(tabs.flatMap((socket) => Array.from({ length: 120 }, () => post(socket)))));
  expect(accepted).toBe(240);
  expectWait(refusals, 6_000);
  const other = await house.visitor();
  expect((await post(other.socket)).ok).toBe(true);
  expect((await post(tabs[0] as Socket)).ok).toBe(false);
  await bystanders.expectUnharmed();
});

test('a visitor who says all the time that it is somebody else is told to wait', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const first = await house.visitor();
  const second = await house.visitor({ token: first.session.token });
  const identify = (socket: Socket, index: number) => ask(socket, 'visitor:identify', { name: `somebody ${index}` });
  const { accepted, refusals } = tally(
    await Promise.all(Array.from({ length: 80 }, (_, index) => identify(index % 2 ? first.socket : second.socket, index))),
  );
  expect(accepted).toBe(30);
  expectWait(refusals, 60_000);
  const other = await house.visitor();
  expect((await identify(other.socket, 0)).ok).toBe(true);
  await bystanders.expectUnharmed();
});

test('one visitor holds a hundred connections at most, so that no message is told a thousand times', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const { socket, session } = await house.visitor();
  const { token } = session;
  for (let tabs = 1; tabs < 100; tabs += 11) await Promise.all(Array.from({ length: 11 }, () => house.visitor({ token })));
  const refusal = await house.refusal('/visitor', { auth: { inbox: house.inbox.key, token } });
  expect(refusal).toMatchObject({ code: 'too-many', retryAfterMs: expect.any(Number) });
  socket.disconnect();
  await expect
    .poll(async () =>
      house.visitor({ token }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await bystanders.expectUnharmed();
});

test('the requests of one address are counted, whatever they ask for, and other addresses are served', async () => {
  const house = await openHouse(behindProxy);
  const bystanders = await seatBystanders(house);
  const wild = ['/api/nothing', '/api/widget/x', `/api/widget/${house.inbox.key}`, '/api/session', '/api/contacts?limit=x'];
  const paths = Array.from({ length: 1_300 }, (_, index) => wild[index % wild.length] as string);
  const statuses = await getAll(house.url, paths, by('203.0.113.7'));
  expect(statuses.filter((status) => status === 429)).toHaveLength(100);
  const refused = await house.call('GET', '/api/session', undefined, by('203.0.113.7'));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    code: 'too-many',
    status: 429,
    title: 'Too Many Requests',
    retryAfterMs: expect.any(Number),
  });
  // What somebody puts before the address that our proxy saw changes nothing.
  expect((await house.call('GET', '/api/session', undefined, by('198.51.100.9, 203.0.113.7'))).status).toBe(429);
  expect((await house.call('GET', '/api/session', undefined, by('203.0.113.7, 198.51.100.9'))).status).toBe(200);
  await bystanders.expectUnharmed();
});

test('without a trusted proxy nobody can hide behind an invented address', async () => {
  const house = await openHouse();
  const wrong = (address: string) => signIn(house, 'dana@shop.example', 'a wrong password', by(address));
  const statuses = [];
  for (let index = 0; index < 12; index += 1) statuses.push((await wrong(`203.0.113.${index}`)).status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
});

test('all the addresses that one IPv6 subscriber has are one', async () => {
  const house = await openHouse(behindProxy);
  const attempt = async (address: string) => (await signIn(house, 'dana@shop.example', 'a wrong password', by(address))).status;
  for (let index = 0; index < 10; index += 1) expect(await attempt(`2001:db8:0:7:${index}::${index + 1}`)).toBe(401);
  expect(await attempt('2001:db8::7:abcd:0:0:1')).toBe(429);
  expect(await attempt('2001:0DB8:0000:0007::')).toBe(429);
  expect(await attempt('2001:db8:0:8::1')).toBe(401);
  expect(await attempt('::ffff:203.0.113.7')).toBe(401);
});

test('the connections of one address are counted, also those that never say who they are', async () => {
  const house = await openHouse(behindProxy);
  const bystanders = await seatBystanders(house);
  const dial = async (address: string) => (await fetch(`${house.url}/socket.io/?EIO=4&transport=polling`, { headers: by(address) })).status;
  const statuses = await getAll(
    house.url,
    Array.from({ length: 1_300 }, () => '/socket.io/?EIO=4&transport=polling'),
    by('203.0.113.7'),
  );
  expect(statuses.filter((status) => status === 403)).toHaveLength(100);
  expect(await dial('198.51.100.9')).toBe(200);
  const visitor = await house.visitor({}, { extraHeaders: by('198.51.100.9') });
  expect(visitor.socket.connected).toBe(true);
  await bystanders.expectUnharmed();
});

test('the handshakes of one address are counted, and refused with the time to wait', async () => {
  const house = await openHouse(behindProxy);
  const bystanders = await seatBystanders(house);
  const knockOnce = async () => {
    const wire = await openRawSocket(house.url, by('203.0.113.7'));
    wire.write(frame('40/visitor,{"inbox":"nobody"}'));
    await wire.hears(/44\/visitor,/);
    wire.socket.destroy();
    return wire.text;
  };
  for (let round = 0; round < 12; round += 1) await Promise.all(Array.from({ length: 50 }, knockOnce));
  const refusal = await house.refusal('/visitor', { auth: { inbox: house.inbox.key }, extraHeaders: by('203.0.113.7') });
  expect(refusal).toMatchObject({ code: 'too-many', retryAfterMs: expect.any(Number) });
  const invented = { auth: { inbox: house.inbox.key }, extraHeaders: by('198.51.100.9, 203.0.113.7') };
  expect(await house.refusal('/visitor', invented)).toMatchObject({ code: 'too-many' });
  const { cookie } = house;
  expect(await house.refusal('/agent', { extraHeaders: { cookie, ...by('203.0.113.7') } })).toMatchObject({ code: 'too-many' });
  expect((await house.agent(cookie, { extraHeaders: { cookie, ...by('198.51.100.9') } })).socket.connected).toBe(true);
  await bystanders.expectUnharmed();
});

test('guesses of a password are counted even if all are made at the same moment, and lock out nobody but the guesser', async () => {
  const house = await openHouse(behindProxy);
  const email = 'dana@shop.example';
  const guesses = await Promise.all(Array.from({ length: 40 }, () => signIn(house, email, 'a wrong password', by('203.0.113.7'))));
  const judged = guesses.filter(({ status }) => status === 401);
  expect(judged).toHaveLength(10);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(30);
  expect((await signIn(house, email, PASSWORD, by('203.0.113.7'))).status).toBe(429);
  expect((await signIn(house, email, PASSWORD, by('198.51.100.9'))).status).toBe(200);
  expect((await signIn(house, 'noa@shop.example', 'a wrong password', by('203.0.113.7'))).status).toBe(401);
});

test('an address that tries one account after another is stopped, and a success costs it nothing', async () => {
  const house = await openHouse(behindProxy);
  for (let index = 0; index < 12; index += 1)
    expect((await signIn(house, 'dana@shop.example', PASSWORD, by('203.0.113.7'))).status).toBe(200);
  const guesses = await Promise.all(
    Array.from({ length: 15 }, (_, index) => signIn(house, `agent${index}@shop.example`, 'a wrong password', by('203.0.113.7'))),
  );
  expect(guesses.every(({ status }) => status === 401)).toBe(true);
  const more = await Promise.all(
    Array.from({ length: 50 }, (_, index) => signIn(house, `other${index}@shop.example`, 'a wrong password', by('203.0.113.7'))),
  );
  const refused = more.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(15);
  expect((await signIn(house, 'dana@shop.example', PASSWORD, by('198.51.100.9'))).status).toBe(200);
});

test('however many passwords are tried at once, chats and other sign-ins go on', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const guesses = Promise.all(Array.from({ length: 150 }, (_, index) => signIn(house, `agent${index}@shop.example`, 'a wrong password')));
  expect(await bystanders.chat()).toBeLessThan(PATIENCE_MS);
  const statuses = (await guesses).map(({ status }) => status);
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(0);
  expect((await signIn(house, 'dana@shop.example', PASSWORD)).status).toBe(200);
  await bystanders.expectUnharmed();
});

test('wrong setup codes are counted, for one address and for all of them together', async () => {
  const house = await openEmptyHouse(behindProxy);
  const setUp = (code: string, address: string) =>
    house.call('POST', '/api/setup', { code, business: 'x', name: 'x', email: 'x@shop.example', password: PASSWORD }, by(address));
  const first = await Promise.all(Array.from({ length: 30 }, () => setUp('wrong', '203.0.113.7')));
  expect(first.every(({ status }) => status === 403)).toBe(true);
  const rest = await Promise.all(Array.from({ length: 30 }, (_, index) => setUp('wrong', `198.51.100.${index}`)));
  expect(rest.filter(({ status }) => status === 429)).toHaveLength(10);
  expect((await setUp('the-code-of-the-tests', '192.0.2.1')).status).toBe(429);
});

test('a visitor that asks and never reads the answers is cut off before it fills the memory', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const writer = await house.visitor();
  for (let index = 0; index < 60; index += 1) await get(writer.socket, 'message:post', { id: nanoid(), text: 'ש'.repeat(8_000) });
  const { conversations } = await get<{ conversations: { id: string }[] }>(writer.socket, 'conversation:list', {});
  const wire = await openRawSocket(house.url);
  wire.write(frame(`40/visitor,${JSON.stringify({ inbox: house.inbox.key, token: writer.session.token })}`));
  await wire.hears(/session:started/);
  wire.socket.pause();
  const request = frame(`42/visitor,1["message:list",{"conversationId":"${conversations[0]?.id}","limit":100}]`);
  wire.write(Buffer.concat(Array.from({ length: 100 }, () => request)));
  // Who does not read does not see either that it was cut off, until it speaks again.
  const isClosed = () => {
    wire.write(frame('3'));
    return wire.isClosed;
  };
  await expect.poll(isClosed, { timeout: 10_000, interval: 50 }).toBe(true);
  expect(writer.socket.connected).toBe(true);
  await bystanders.expectUnharmed();
});

function signIn(house: House, email: string, password: string, headers: Record<string, string> = {}): Promise<Response> {
  return house.call('POST', '/api/session', { email, password }, { cookie: '', ...headers });
}
