import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { codeAt, findStep } from '../../server/agents/one-time-codes.ts';
import type { AgentInvitation, IssuedLink, TwoFactorStart } from '../../shared/account-link.ts';
import type { AgentSession, Person, SignedInAgent } from '../../shared/agent.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { makeRole, makeTeam, makeToken, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { cookieOf, get, type House, nextFact, openHouse, PASSWORD } from '../helpers/house.ts';

const HOUR_MS = 60 * 60 * 1_000;

function signIn(house: House, email: string, password = PASSWORD, code?: string): Promise<Response> {
  return house.call('POST', '/api/session', { email, password, ...(code !== undefined && { code }) }, { cookie: '' });
}

function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('disconnect', () => resolve()));
}

const tokenOf = ({ url }: IssuedLink) => url.split('#')[1] as string;
const nowCode = (house: House, secret: string, steps = 0) =>
  codeAt(secret, Math.floor((Date.now() + house.clockOffsetMs) / 30_000) + steps);
const outside = { cookie: '' };

describe('the rules that keep rights where they are', () => {
  test('the last administrator can be neither deactivated nor made anything else, whoever asks, and two who try at once fail', async () => {
    const house = await openHouse();
    const maya = await house.hire('Maya', 'administrator');
    const dana = (await house.json<SignedInAgent>('GET', '/api/session')).id;
    const deposed = await Promise.all([
      house.call('PATCH', `/api/agents/${maya.id}`, { role: 'agent' }),
      house.call('PATCH', `/api/agents/${dana}`, { isActive: false }, { cookie: maya.cookie }),
    ]);
    expect(deposed.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    const { items } = await house.json<{ items: Person[] }>('GET', '/api/agents', undefined, {
      cookie: deposed[0]?.ok ? house.cookie : maya.cookie,
    });
    expect(items.filter(({ role }) => role === 'administrator').length).toBeGreaterThanOrEqual(1);
    const self = await house.call('PATCH', `/api/agents/${dana}`, { role: 'agent' });
    expect([403, 401]).toContain(self.status);
  });

  test('nobody gives what they do not hold, reaches who holds more, or changes their own role', async () => {
    const house = await openHouse();
    const lead = await makeRole(house, 'team lead', ['conversations:view-all', 'agents:manage', 'roles:manage', 'teams:manage']);
    const noa = await house.hire('Noa', lead.id);
    const dana = (await house.json<SignedInAgent>('GET', '/api/session')).id;
    const small = await makeRole(house, 'small', ['conversations:view-own']);
    const as = { cookie: noa.cookie };
    const attempts: [string, string, unknown][] = [
      ['POST', '/agents', { name: 'x', email: 'x@shop.example', password: PASSWORD, role: 'administrator' }],
      ['POST', '/agent-invitations', { email: 'x@shop.example', role: 'administrator' }],
      ['PATCH', `/agents/${noa.id}`, { role: small.id }],
      ['PATCH', `/agents/${noa.id}`, { role: 'administrator' }],
      ['PATCH', `/agents/${dana}`, { name: 'Not Dana' }],
      ['PATCH', `/agents/${dana}`, { isActive: false }],
      ['POST', `/agents/${dana}/password-reset`, undefined],
      ['DELETE', `/agents/${dana}/two-factor`, undefined],
      ['POST', '/roles', { name: 'bigger', permissions: ['settings:manage'] }],
      ['PATCH', `/roles/${lead.id}`, { permissions: ['conversations:view-all', 'roles:manage'] }],
      ['PATCH', `/roles/${small.id}`, { permissions: ['conversations:view-all', 'contacts:view'] }],
      ['PATCH', '/roles/administrator', { requiresTwoFactor: true }],
      ['PATCH', '/roles/supervisor', { permissions: [] }],
    ];
    for (const [method, path, body] of attempts) {
      expect((await house.call(method, `/api${path}`, body, as)).status, `${method} ${path} ${JSON.stringify(body)}`).toBe(403);
    }
    expect((await house.call('PATCH', `/api/roles/${small.id}`, { permissions: ['conversations:view-all'] }, as)).status).toBe(200);
    expect((await house.call('PATCH', '/api/roles/administrator', { permissions: [] })).status).toBe(403);
    expect((await house.call('DELETE', `/api/roles/${lead.id}`)).status).toBe(409);
    expect((await house.call('DELETE', '/api/roles/viewer')).status).toBe(409);
  });
});

describe.each(databases)('on $name', ({ open }) => {
  test('who is deactivated is out within a second, and what they had waits for anybody, since when it waited', async () => {
    const house = await open();
    const noa = await house.hire('Noa', 'administrator');
    const { token } = await makeToken(house, noa.cookie);
    const visitor = await writeIn(house, 'מחכה');
    const { conversationId } = visitor;
    const dana = await house.agent();
    await get(dana.socket, 'conversation:assign', { conversationId, agentId: noa.id });
    const { waitingSince } = await house.json<ConversationSummary>('GET', `/api/conversations/${conversationId}`);
    const [browser, program] = [await house.agent(noa.cookie), await house.agent('', { auth: { token } })];
    const freed = nextFact<ConversationSummary>(dana.socket, 'conversation:changed', ({ assigneeId }) => assigneeId === null);
    const ends = Promise.all([gone(browser.socket), gone(program.socket)]);
    const startedAt = performance.now();
    await house.json('PATCH', `/api/agents/${noa.id}`, { isActive: false });
    await ends;
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await freed).toMatchObject({ id: conversationId, waitingSince });
    expect((await house.call('GET', '/api/session', undefined, { cookie: noa.cookie })).status).toBe(401);
    expect((await house.call('GET', '/api/session', undefined, { cookie: '', authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await signIn(house, noa.email)).status).toBe(401);

    const { items } = await house.json<{ items: Person[] }>('GET', '/api/agents?include=deactivated');
    expect(items.find(({ id }) => id === noa.id)?.deactivatedAt).toBeTypeOf('number');
    await house.json('PATCH', `/api/agents/${noa.id}`, { isActive: true });
    expect((await signIn(house, noa.email)).status).toBe(200);
    expect((await house.call('GET', '/api/session', undefined, { cookie: '', authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test('an invitation lets one person in, once, with the role and the teams that it names, and no longer than three days', async () => {
    const house = await open();
    const team = await makeTeam(house, 'מכירות');
    const invite = (email: string) =>
      house.json<{ invitation: AgentInvitation } & IssuedLink>('POST', '/api/agent-invitations', {
        email,
        role: 'supervisor',
        teamIds: [team.id],
      });
    const accept = (token: string) =>
      house.call('POST', '/api/agent-invitations/accept', { token, name: 'מאיה', password: PASSWORD }, outside);
    const link = await invite('Maya@shop.example');
    expect(link.url).toMatch(/\/console\/invitation#[\w-]{43}$/);
    expect(await house.json('POST', '/api/agent-invitations/look', { token: tokenOf(link) }, outside)).toEqual({
      email: 'maya@shop.example',
      business: 'חנות העציצים',
    });
    const hurry = await Promise.all([accept(tokenOf(link)), accept(tokenOf(link))]);
    expect(hurry.map(({ status }) => status).sort()).toEqual([200, 404]);
    const entered = hurry.find(({ ok }) => ok) as Response;
    expect(await entered.json()).toMatchObject({ name: 'מאיה', role: 'supervisor', teamIds: [team.id] });
    expect((await house.call('GET', '/api/session', undefined, { cookie: cookieOf(entered) })).status).toBe(200);
    expect((await house.call('POST', '/api/agent-invitations', { email: 'maya@shop.example', role: 'agent' })).status).toBe(409);

    const late = await invite('late@shop.example');
    const renewed = await house.json<IssuedLink>('POST', `/api/agent-invitations/${late.invitation.id}/renew`);
    expect((await accept(tokenOf(late))).status).toBe(404);
    house.clockOffsetMs = 73 * HOUR_MS;
    expect((await accept(tokenOf(renewed))).status).toBe(404);
    const { items } = await house.json<{ items: AgentInvitation[] }>('GET', '/api/agent-invitations');
    expect(items.map(({ email }) => email)).toEqual(['late@shop.example']);
    expect((await house.call('DELETE', `/api/agent-invitations/${items[0]?.id}`)).status).toBe(204);
    expect((await house.json<{ items: unknown[] }>('GET', '/api/agent-invitations')).items).toEqual([]);
  });

  test.each(['made', 'invited'])('team-mates see at once what a colleague has who was just %s', async (how) => {
    const house = await open();
    const sales = await makeTeam(house, 'מכירות');
    const role = (await makeRole(house, 'team', ['conversations:view-team', 'conversations:reply'])).id;
    const oren = await house.hire('Oren', role, [sales.id]);
    const mate = await house.agent(oren.cookie);
    const dana = await house.agent();
    const come = async () => {
      if (how === 'made') return (await house.hire('Noa', role, [sales.id])).id;
      const invitation = { email: 'noa@shop.example', role, teamIds: [sales.id] };
      const { url } = await house.json<IssuedLink>('POST', '/api/agent-invitations', invitation);
      const accepted = { token: tokenOf({ url } as IssuedLink), name: 'Noa', password: PASSWORD };
      return (await house.json<SignedInAgent>('POST', '/api/agent-invitations/accept', accepted, outside)).id;
    };
    const agentId = await come();
    const { conversationId } = await writeIn(house, 'שלום');
    const told = nextFact<ConversationSummary>(mate.socket, 'conversation:changed', ({ assigneeId }) => assigneeId === agentId);
    await get(dana.socket, 'conversation:assign', { conversationId, agentId });
    expect(await told).toMatchObject({ id: conversationId });
  });

  test('a link for a new password works once, ends every session, and leaves the second factor', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const link = await house.json<IssuedLink>('POST', `/api/agents/${noa.id}/password-reset`);
    const { socket } = await house.agent(noa.cookie);
    const ended = gone(socket);
    const use = () => house.call('POST', '/api/password-resets/use', { token: tokenOf(link), password: 'a new long password' }, outside);
    const first = await use();
    expect([first.status, cookieOf(first)]).toEqual([200, '']);
    await ended;
    expect((await use()).status).toBe(404);
    expect((await signIn(house, noa.email)).status).toBe(401);
    expect((await signIn(house, noa.email, 'a new long password')).status).toBe(200);
    const ask = (email: string) => house.call('POST', '/api/password-resets', { email }, outside);
    const [known, unknown] = [await ask(noa.email), await ask('stranger@shop.example')];
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
  });

  test('a second factor is asked for after the password; a code works once, a recovery code as well', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const as = { cookie: noa.cookie };
    const { secret, uri } = await house.json<TwoFactorStart>('POST', '/api/two-factor', undefined, as);
    expect(uri).toContain(`secret=${secret}`);
    expect((await signIn(house, noa.email)).status).toBe(200);
    expect((await house.call('POST', '/api/two-factor/confirm', { code: '000000' }, as)).status).toBe(400);
    const { recoveryCodes } = await house.json<{ recoveryCodes: string[] }>(
      'POST',
      '/api/two-factor/confirm',
      { code: nowCode(house, secret) },
      as,
    );
    expect(new Set(recoveryCodes).size).toBe(10);

    const missing = await signIn(house, noa.email);
    expect([missing.status, await missing.json()]).toMatchObject([401, { code: 'unauthenticated', field: 'code' }]);
    const unknown = await signIn(house, noa.email, 'not the password');
    expect(((await unknown.json()) as { field?: string }).field).toBeUndefined();
    expect((await signIn(house, noa.email, PASSWORD, nowCode(house, secret))).status).toBe(401);
    house.clockOffsetMs = 60_000;
    const hurry = await Promise.all([1, 2, 3].map(() => signIn(house, noa.email, PASSWORD, nowCode(house, secret))));
    expect(hurry.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const recovery = recoveryCodes[0] as string;
    expect((await signIn(house, noa.email, PASSWORD, recovery.toUpperCase())).status).toBe(200);
    expect((await signIn(house, noa.email, PASSWORD, recovery)).status).toBe(401);
    expect((await house.call('POST', '/api/two-factor/end', { password: 'wrong' }, as)).status).toBe(400);
    expect((await house.call('DELETE', `/api/agents/${noa.id}/two-factor`)).status).toBe(204);
    expect((await signIn(house, noa.email)).status).toBe(200);
  });
});

test('a sign-in that has run out ends the connections that it opened, and one that is in use goes on', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const [busy, idle] = [await house.agent(), await house.agent(noa.cookie)];
  const { db } = house.server.app.storage;
  const latestEnd = async () =>
    Math.max(...(await db.selectFrom('agentSession').select('expiresAt').execute()).map(({ expiresAt }) => expiresAt));
  const before = await latestEnd();
  house.clockOffsetMs = 29 * 24 * HOUR_MS;
  await get(busy.socket, 'availability:set', { availability: 'away' });
  await expect.poll(latestEnd, { timeout: 20_000, interval: 200 }).toBeGreaterThan(before + 28 * 24 * HOUR_MS);
  const ended = gone(idle.socket);
  house.clockOffsetMs = 31 * 24 * HOUR_MS;
  await ended;
  expect((await house.call('GET', '/api/session', undefined, { cookie: noa.cookie })).status).toBe(401);
  await get(busy.socket, 'availability:set', { availability: 'online' });
}, 40_000);

test('codes of the second factor cannot be tried out', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const as = { cookie: noa.cookie };
  const { secret } = await house.json<TwoFactorStart>('POST', '/api/two-factor', undefined, as);
  await house.json('POST', '/api/two-factor/confirm', { code: nowCode(house, secret) }, as);
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess += 1) statuses.push((await signIn(house, noa.email, PASSWORD, String(100_000 + guess))).status);
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(statuses.slice(10)).toEqual([429, 429]);
});

test('a role that needs a second factor answers nothing until there is one', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const { socket } = await house.agent(noa.cookie);
  const ended = gone(socket);
  await house.json('PATCH', '/api/roles/agent', { requiresTwoFactor: true });
  await ended;
  const as = { cookie: noa.cookie };
  expect(await house.json('GET', '/api/session', undefined, as)).toMatchObject({ mustEnrol: true, permissions: [] });
  const refused = await house.call('GET', '/api/conversations', undefined, as);
  expect([refused.status, await refused.json()]).toMatchObject([403, { field: 'twoFactor' }]);
  expect((await house.refusal('/agent', { extraHeaders: { cookie: noa.cookie } })).code).toBe('forbidden');
  const { secret } = await house.json<TwoFactorStart>('POST', '/api/two-factor', undefined, as);
  await house.json('POST', '/api/two-factor/confirm', { code: nowCode(house, secret) }, as);
  expect((await house.json<SignedInAgent>('GET', '/api/session', undefined, as)).permissions).toContain('conversations:reply');
  await house.agent(noa.cookie);
});

test('one’s own password changes with the old one, and the other browsers are out', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const other = cookieOf(await signIn(house, noa.email));
  const as = { cookie: noa.cookie };
  expect((await house.call('POST', '/api/password', { current: 'wrong', password: 'another password' }, as)).status).toBe(400);
  expect((await house.call('POST', '/api/password', { current: PASSWORD, password: 'another password' }, as)).status).toBe(204);
  expect((await house.call('GET', '/api/session', undefined, { cookie: other })).status).toBe(401);
  expect((await house.json<{ items: AgentSession[] }>('GET', '/api/sessions', undefined, as)).items).toHaveLength(1);
});

test('a name, languages, a signature and what one is told of are one’s own to change, and colleagues see the name', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const dana = await house.agent();
  const told = nextFact<{ agents: { name: string }[] }>(dana.socket, 'agents:changed');
  const notifications = {
    mine: { sound: false, desktop: true },
    waiting: { sound: true, desktop: true },
    assigned: { sound: true, desktop: false },
  };
  const changed = await house.json<SignedInAgent>(
    'PATCH',
    '/api/profile',
    { name: 'נועה', languages: ['he', 'ar'], signature: 'נועה, שירות', notifications },
    { cookie: noa.cookie },
  );
  expect(changed).toMatchObject({ name: 'נועה', profile: { languages: ['he', 'ar'], signature: 'נועה, שירות', notifications } });
  expect((await told).agents.map(({ name }) => name)).toContain('נועה');
  const { socket } = await house.agent(noa.cookie);
  const { conversationId } = await writeIn(house, 'שלום');
  const { message } = await get<{ message: { author: { name: string } } }>(socket, 'message:post', {
    id: nanoid(),
    conversationId,
    text: 'היי',
  });
  expect(message.author.name).toBe('נועה');
});

test('the business is renamed for agents at once and for the widget', async () => {
  const house = await openHouse();
  const { socket } = await house.agent();
  const told = nextFact<{ name: string }>(socket, 'business:changed');
  await house.json('PATCH', '/api/business', { name: 'העציץ הירוק' });
  expect(await told).toEqual({ name: 'העציץ הירוק' });
  expect(await house.json('GET', `/api/widget/${house.inbox.key}`)).toMatchObject({ business: 'העציץ הירוק' });
});

test('codes are those of RFC 6238, for clocks that are half a minute apart', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const vectors: [seconds: number, code: string][] = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ];
  for (const [seconds, code] of vectors) expect(codeAt(secret, Math.floor(seconds / 30))).toBe(code);
  expect(findStep(secret, '287082', 89_000, null)).toBe(1);
  expect(findStep(secret, '287082', 59_000, 1)).toBeNull();
  expect(findStep(secret, '287082', 120_000, null)).toBeNull();
});
