import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { AgentSession, ApiToken, SignedInAgent } from '../../shared/agent.ts';
import { routes } from '../helpers/attack-surface.ts';
import { cookieOf, get, type House, openEmptyHouse, openHouse, PASSWORD } from '../helpers/house.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const setupCode = 'the-code-of-the-tests';
const dana = { business: 'חנות העציצים', name: 'Dana', email: 'dana@shop.example', password: PASSWORD };

function setUp(house: House, body: Record<string, unknown>): Promise<Response> {
  return house.call('POST', '/api/setup', { ...dana, ...body });
}

function signIn(house: House, email: string, password: string, headers: Record<string, string> = {}): Promise<Response> {
  return house.call('POST', '/api/session', { email, password }, { cookie: '', ...headers });
}

function whoAmI(house: House, headers: Record<string, string>): Promise<Response> {
  return house.call('GET', '/api/session', undefined, headers);
}

/** Everything that the house has on disk: the database, its log, and the files that were sent. */
function onDisk(house: House): Buffer {
  const entries = readdirSync(house.dataDir, { recursive: true, withFileTypes: true });
  return Buffer.concat(entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => readFileSync(path.join(parentPath, name))));
}

function gone(socket: Socket): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve) => socket.once('disconnect', () => resolve(performance.now() - startedAt)));
}

test('the first start waits for whoever holds the printed code, who becomes the administrator and is signed in', async () => {
  const house = await openEmptyHouse();
  expect(house.server.setupCode).toBe(setupCode);
  const wrong = await setUp(house, { code: 'a wrong code' });
  expect(wrong.status).toBe(403);
  expect(await wrong.json()).toMatchObject({ code: 'forbidden', field: 'code' });
  expect(cookieOf(wrong)).toBe('');
  expect((await signIn(house, dana.email, PASSWORD)).status).toBe(401);

  const right = await setUp(house, { code: setupCode, email: ' Dana@SHOP.example ' });
  expect(await right.json()).toMatchObject({ name: 'Dana', email: 'dana@shop.example', role: 'administrator', business: dana.business });
  expect(await (await whoAmI(house, { cookie: cookieOf(right) })).json()).toMatchObject({ name: 'Dana' });
});

test('the code works once, and not for two who hurry', async () => {
  const house = await openEmptyHouse();
  const hurry = await Promise.all([1, 2, 3].map((n) => setUp(house, { code: setupCode, email: `admin${n}@shop.example` })));
  expect(hurry.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect((await setUp(house, { code: setupCode })).status).toBe(409);
  expect((await setUp(house, { code: 'a wrong code' })).status).toBe(409);
  const cookie = cookieOf(hurry.find(({ status }) => status === 200) as Response);
  expect((await house.json<{ items: unknown[] }>('GET', '/api/agents', undefined, { cookie })).items).toHaveLength(1);
  await house.stop();
  await house.start();
  expect(house.server.setupCode).toBeNull();
});

test('a code that was never used is another one after the next start, unless the operator fixed it', async () => {
  const house = await openEmptyHouse({ environment: { SETUP_CODE: '' } });
  const first = house.server.setupCode;
  expect(first).toMatch(/^[2-9a-z]{20}$/);
  expect(onDisk(house).includes(first as string)).toBe(false);
  await house.stop();
  await house.start();
  expect(house.server.setupCode).not.toBe(first);
  expect((await setUp(house, { code: first })).status).toBe(403);
  expect((await setUp(house, { code: house.server.setupCode })).status).toBe(200);
});

test('signing in gives a session, signing out ends it', async () => {
  const house = await openHouse();
  const response = await signIn(house, 'DANA@shop.example', PASSWORD);
  expect(await response.json()).toMatchObject({
    name: 'Dana',
    role: 'administrator',
    permissions: expect.arrayContaining(['agents:manage']),
  });
  const cookie = cookieOf(response);
  expect((await whoAmI(house, { cookie })).status).toBe(200);
  const out = await house.call('DELETE', '/api/session', undefined, { cookie });
  expect(out.status).toBe(204);
  expect(out.headers.get('set-cookie')).toMatch(/^kesher=;.*Expires=Thu, 01 Jan 1970/);
  expect((await whoAmI(house, { cookie })).status).toBe(401);
  expect((await whoAmI(house, {})).status).toBe(200);
});

test('a wrong password and an unknown account cannot be told apart', async () => {
  const house = await openHouse();
  await house.hire('Noa');
  await house.server.app.storage.write((trx) => trx.updateTable('agent').set({ deactivatedAt: 1 }).where('name', '=', 'Noa').execute());
  const attempts = { wrong: 'dana@shop.example', unknown: 'nobody@shop.example', deactivated: 'noa@shop.example' };
  const answers: unknown[] = [];
  for (const [kind, email] of Object.entries(attempts)) {
    const response = await signIn(house, email, kind === 'wrong' ? 'a wrong password' : PASSWORD);
    const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
    answers.push({ status: response.status, body: await response.text(), headers });
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 401, headers: expect.not.objectContaining({ 'set-cookie': expect.anything() }) });
});

test('passwords are stored as Argon2id with parameters that hurt a thief', async () => {
  const house = await openHouse();
  const { passwordHash } = await house.server.app.storage.db.selectFrom('agent').select('passwordHash').executeTakeFirstOrThrow();
  const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$[\w+/]{22,}\$[\w+/]{40,}$/.exec(passwordHash) ?? [];
  expect(Number(memory)).toBeGreaterThanOrEqual(19_456);
  expect(Number(passes)).toBeGreaterThanOrEqual(2);
  const again = await house.hire('Noa');
  const { passwordHash: other } = await house.server.app.storage.db
    .selectFrom('agent')
    .select('passwordHash')
    .where('id', '=', again.id)
    .executeTakeFirstOrThrow();
  expect(other).not.toBe(passwordHash);
  expect(onDisk(house).includes(PASSWORD)).toBe(false);
});

test('a password that a keyboard writes in another way is the same password', async () => {
  const house = await openHouse();
  await house.json('POST', '/api/agents', { name: 'Zoë', email: 'zoe@shop.example', password: 'Zoe\u0308 in caf\u00e9s', role: 'agent' });
  expect((await signIn(house, 'zoe@shop.example', 'Zo\u00eb in cafe\u0301s')).status).toBe(200);
});

test('the session cookie is out of reach of scripts and of other sites, and behind TLS of other hosts', async () => {
  const plain = await openHouse();
  expect((await signIn(plain, dana.email, PASSWORD)).headers.get('set-cookie')).toMatch(
    /^kesher=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  const secure = await openHouse({ environment: { PUBLIC_URL: 'https://chat.shop.example' } });
  const response = await signIn(secure, dana.email, PASSWORD);
  expect(response.headers.get('set-cookie')).toMatch(
    /^__Host-kesher=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
  const out = await secure.call('DELETE', '/api/session', undefined, { cookie: cookieOf(response) });
  expect(out.headers.get('set-cookie')).toMatch(
    /^__Host-kesher=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax$/,
  );

  const proxied = await openHouse({ environment: { TRUST_PROXY: '1' } });
  expect((await signIn(proxied, dana.email, PASSWORD, { 'x-forwarded-proto': 'https' })).headers.get('set-cookie')).toMatch(
    /^__Host-kesher=.*; Secure/,
  );
  expect((await signIn(plain, dana.email, PASSWORD, { 'x-forwarded-proto': 'https' })).headers.get('set-cookie')).not.toMatch(/Secure/);
});

test('behind TLS a cookie that a neighbouring host has planted signs nobody in', async () => {
  const house = await openHouse({ environment: { PUBLIC_URL: 'https://chat.shop.example' } });
  const planted = house.cookie.replace('__Host-kesher', 'kesher');
  expect((await whoAmI(house, { cookie: planted })).status).toBe(401);
  expect((await whoAmI(house, { cookie: `${planted}; ${house.cookie}` })).status).toBe(200);
  expect(await house.refusal('/agent', { extraHeaders: { cookie: planted } })).toMatchObject({ code: 'unauthenticated' });
});

test('a page of another site can do nothing with our cookie', async () => {
  const house = await openHouse();
  const own = house.url;
  const forbidden: Record<string, string>[] = [
    { 'X-Kesher': '' },
    { 'X-Kesher': '0' },
    { 'X-Kesher': 'true' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'x' },
    { origin: own.replace('http:', 'ftp:').replace('127.0.0.1', 'evil') },
    { origin: `${own}.evil.example` },
    { origin: own.replace('127.0.0.1', '127.0.0.1.evil.example') },
    { origin: own.replace(/:\d+$/, '') },
    { 'sec-fetch-site': 'cross-site' },
    { origin: own, 'sec-fetch-site': 'cross-site' },
  ];
  const protectedRoutes = routes.filter(({ access }) => access !== 'public');
  for (const headers of forbidden) {
    for (const { method, path: at, body, isLink } of protectedRoutes) {
      if (isLink && 'X-Kesher' in headers) continue;
      const response = await house.call(method, `/api${at.replace(':id', nanoid())}`, body?.sample, headers);
      expect(response.status, `${method} ${at} ${JSON.stringify(headers)}`).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'forbidden' });
    }
  }
  const session = await signIn(house, dana.email, PASSWORD, { origin: 'https://evil.example' });
  expect([session.status, cookieOf(session)]).toEqual([403, '']);
  for (const headers of [{ origin: own }, { origin: own, 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }] as Record<
    string,
    string
  >[]) {
    expect((await whoAmI(house, headers)).status, JSON.stringify(headers)).toBe(200);
  }
  const answer = await fetch(`${own}/api/session`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-headers': 'x-kesher' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('no route but the public ones answers a stranger', async () => {
  const house = await openHouse();
  for (const { method, path: at, body, access } of routes) {
    if (access === 'public') continue;
    for (const headers of [
      { cookie: '' },
      { cookie: 'kesher=x' },
      { cookie: '', authorization: 'Bearer x' },
      { cookie: house.cookie, authorization: 'Bearer x' },
    ] as Record<string, string>[]) {
      const response = await house.call(method, `/api${at.replace(':id', nanoid())}`, body?.sample, headers);
      expect(response.status, `${method} ${at}`).toBe(401);
    }
  }
});

test("an agent reaches an agent's routes and none of an administrator's", async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  for (const { method, path: at, body, access } of routes) {
    if (access === 'public' || at === '/session') continue;
    const response = await house.call(method, `/api${at.replace(':id', nanoid())}`, body?.sample, { cookie: noa.cookie });
    if (access === 'administrator') expect(response.status, `${method} ${at}`).toBe(403);
    else expect([200, 201, 202, 204, 400, 404, 409], `${method} ${at}`).toContain(response.status);
  }
  expect((await house.json<SignedInAgent>('GET', '/api/session', undefined, { cookie: noa.cookie })).permissions).not.toContain(
    'agents:manage',
  );
  expect(JSON.stringify(await house.json('GET', '/api/agents', undefined, { cookie: noa.cookie }))).not.toMatch(/argon2|passwordHash/);
});

test('an API token speaks for its maker on both wires, from anywhere and without a cookie', async () => {
  const house = await openHouse();
  const { token, id } = await house.json<ApiToken & { token: string }>('POST', '/api/api-tokens', { name: 'nightly export' });
  const authorization = `Bearer ${token}`;
  const response = await fetch(`${house.url}/api/contacts`, { headers: { authorization, origin: 'https://evil.example' } });
  expect(response.status).toBe(200);
  expect((await house.agent('', { auth: { token } })).session.agent.name).toBe('Dana');
  // When it was last used is noted beside the answer, not before it.
  await expect
    .poll(() => house.json('GET', '/api/api-tokens'))
    .toMatchObject({ items: [{ id, name: 'nightly export', lastUsedAt: expect.any(Number) }] });
  expect(JSON.stringify(await house.json('GET', '/api/api-tokens'))).not.toContain(token);
  for (const wrong of [`Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token, 'Bearer', `Bearer ${token} ${token}`]) {
    expect(
      (await fetch(`${house.url}/api/contacts`, { headers: { authorization: wrong } })).status,
      wrong.replace(token, '…'),
    ).toBeGreaterThanOrEqual(401);
  }
});

test('revoking a session closes the sockets that it holds open within a second, and only those', async () => {
  const house = await openHouse();
  const other = cookieOf(await signIn(house, dana.email, PASSWORD, { 'user-agent': 'a stolen laptop' }));
  const [kept, stolen, stolenTab] = [await house.agent(), await house.agent(other), await house.agent(other, { transports: ['polling'] })];
  const { items } = await house.json<{ items: AgentSession[] }>('GET', '/api/sessions');
  expect(items.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
  const session = items.find(({ userAgent }) => userAgent === 'a stolen laptop') as AgentSession;

  const closed = Promise.all([gone(stolen.socket), gone(stolenTab.socket)]);
  expect((await house.call('DELETE', `/api/sessions/${session.id}`)).status).toBe(204);
  expect(Math.max(...(await closed))).toBeLessThan(1_000);
  expect((await whoAmI(house, { cookie: other })).status).toBe(401);
  expect(await house.refusal('/agent', { extraHeaders: { cookie: other } })).toMatchObject({ code: 'unauthenticated' });
  await get(kept.socket, 'availability:set', { availability: 'away' });
});

test('signing out closes the sockets of that browser', async () => {
  const house = await openHouse();
  const other = cookieOf(await signIn(house, dana.email, PASSWORD));
  const [kept, left] = [await house.agent(), await house.agent(other)];
  const closed = gone(left.socket);
  await house.call('DELETE', '/api/session', undefined, { cookie: other });
  expect(await closed).toBeLessThan(1_000);
  await get(kept.socket, 'availability:set', { availability: 'online' });
});

test('revoking an API token closes the sockets that it holds open within a second, and only those', async () => {
  const house = await openHouse();
  const make = () => house.json<ApiToken & { token: string }>('POST', '/api/api-tokens', { name: 'robot' });
  const [first, second] = [await make(), await make()];
  const [robot, other, human] = [
    await house.agent('', { auth: { token: first.token } }),
    await house.agent('', { auth: { token: second.token } }),
    await house.agent(),
  ];
  const closed = gone(robot.socket);
  expect((await house.call('DELETE', `/api/api-tokens/${first.id}`)).status).toBe(204);
  expect(await closed).toBeLessThan(1_000);
  expect((await fetch(`${house.url}/api/contacts`, { headers: { authorization: `Bearer ${first.token}` } })).status).toBe(401);
  await get(other.socket, 'availability:set', { availability: 'online' });
  await get(human.socket, 'availability:set', { availability: 'online' });
});

test("nobody can end or see a colleague's sessions and tokens", async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const { items } = await house.json<{ items: AgentSession[] }>('GET', '/api/sessions');
  expect((await house.call('DELETE', `/api/sessions/${items[0]?.id}`, undefined, { cookie: noa.cookie })).status).toBe(404);
  expect((await house.json<{ items: AgentSession[] }>('GET', '/api/sessions', undefined, { cookie: noa.cookie })).items).toHaveLength(1);
  expect((await whoAmI(house, {})).status).toBe(200);
});

test('a session that was not used for thirty days is over; one that is used goes on', async () => {
  const house = await openHouse();
  const idle = cookieOf(await signIn(house, dana.email, PASSWORD));
  for (let day = 0; day < 31; day += 1) {
    house.clockOffsetMs += DAY_MS;
    expect((await whoAmI(house, {})).status).toBe(200);
    // That it was used is noted beside the answer: what was to be written by then is written.
    await house.server.app.storage.write(async () => {});
  }
  expect((await whoAmI(house, { cookie: idle })).status).toBe(401);
  expect(await house.refusal('/agent', { extraHeaders: { cookie: idle } })).toMatchObject({ code: 'unauthenticated' });
  expect((await house.json<{ items: unknown[] }>('GET', '/api/sessions')).items).toHaveLength(1);
  house.clockOffsetMs += 31 * DAY_MS;
  expect((await whoAmI(house, {})).status).toBe(401);
});

test('a deactivated agent is nobody: no session, no token, no sign-in, no assignment', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa', 'administrator');
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'hers' }, { cookie: noa.cookie });
  await house.server.app.storage.write((trx) => trx.updateTable('agent').set({ deactivatedAt: 1 }).where('id', '=', noa.id).execute());
  expect((await whoAmI(house, { cookie: noa.cookie })).status).toBe(401);
  expect((await fetch(`${house.url}/api/contacts`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  expect(await house.refusal('/agent', { extraHeaders: { cookie: noa.cookie } })).toMatchObject({ code: 'unauthenticated' });
  expect(await house.refusal('/agent', { auth: { token } })).toMatchObject({ code: 'unauthenticated' });
  expect((await signIn(house, noa.email, PASSWORD)).status).toBe(401);
  expect((await house.json<{ items: { id: string }[] }>('GET', '/api/agents')).items.map(({ id }) => id)).not.toContain(noa.id);
});

test('whoever reads the database finds no token and cannot become anybody', async () => {
  const house = await openHouse();
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'robot' });
  const visitor = await house.visitor();
  await get(visitor.socket, 'message:post', { id: nanoid(), text: 'this text is on the disk' });
  const session = house.cookie.split('=')[1] as string;
  const disk = onDisk(house);
  expect(disk.includes('this text is on the disk')).toBe(true);
  for (const secret of [session, token, visitor.session.token, setupCode]) expect(disk.includes(secret)).toBe(false);
  const { tokenHash } = await house.server.app.storage.db.selectFrom('agentSession').select('tokenHash').executeTakeFirstOrThrow();
  expect((await whoAmI(house, { cookie: `kesher=${tokenHash}` })).status).toBe(401);
  const hashed = await house.server.app.storage.db.selectFrom('visitor').select('tokenHash').executeTakeFirstOrThrow();
  expect((await house.visitor({ token: hashed.tokenHash })).session.visitor.id).not.toBe(visitor.session.visitor.id);
  expect([session, token, visitor.session.token].map((secret) => Buffer.from(secret, 'base64url').length)).toEqual([32, 32, 32]);
});

test("an account's e-mail is taken once", async () => {
  const house = await openHouse();
  const hire = (email: string) => house.call('POST', '/api/agents', { name: 'Noa', email, password: PASSWORD, role: 'agent' });
  const both = await Promise.all([hire('noa@shop.example'), hire('NOA@shop.example')]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(await (await hire('dana@shop.example')).json()).toMatchObject({ code: 'conflict', field: 'email' });
});
