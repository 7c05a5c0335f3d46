import { describe, expect, test } from 'vitest';
import type { Permission } from '../../shared/agent.ts';
import type { CannedResponse } from '../../shared/canned-response.ts';
import { databases } from '../helpers/databases.ts';
import type { House } from '../helpers/house.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

async function tokenWith(house: House, scopes: Permission[] | null, expiresAt: number | null = null) {
  const { id, token } = await house.json<{ id: string; token: string }>('POST', '/api/api-tokens', { name: 'Shop', scopes, expiresAt });
  return { id, by: { cookie: '', 'X-Kesher': '', Authorization: `Bearer ${token}` }, token };
}

const statusOf = async (answer: Promise<Response>) => (await answer).status;

describe.each(databases)('on $name', ({ open }) => {
  test('a program may do what its token was made for and nothing else, whatever its agent may', async () => {
    const house = await open();
    const { by } = await tokenWith(house, ['contacts:view']);
    expect(await statusOf(house.call('GET', '/api/contacts', undefined, by))).toBe(200);
    expect(await statusOf(house.call('GET', '/api/conversations', undefined, by))).toBe(403);
    expect(await statusOf(house.call('POST', '/api/tags', { name: 'vip' }, by))).toBe(403);
    expect(await house.json('GET', '/api/session', undefined, by)).toMatchObject({ name: 'Dana' });
    // What is an agent's own account no scope opens.
    expect(await statusOf(house.call('PATCH', '/api/profile', { name: 'Dan' }, by))).toBe(403);
    expect(await statusOf(house.call('POST', '/api/two-factor', undefined, by))).toBe(403);
    expect(await house.json('GET', '/api/session')).toMatchObject({ name: 'Dana' });
  });

  test('a token makes none that may do more than itself', async () => {
    const house = await open();
    const { by } = await tokenWith(house, ['tokens:manage', 'contacts:view']);
    expect(await statusOf(house.call('POST', '/api/api-tokens', { name: 'More', scopes: ['settings:manage'] }, by))).toBe(403);
    const { scopes } = await house.json<{ scopes: string[] }>('POST', '/api/api-tokens', { name: 'All' }, by);
    expect(scopes.sort()).toEqual(['contacts:view', 'tokens:manage']);
  });

  test('a token loses what its agent loses', async () => {
    const house = await open();
    const role = await house.json<{ id: string }>('POST', '/api/roles', {
      name: 'Office',
      permissions: ['tokens:manage', 'contacts:edit'],
    });
    const noa = await house.hire('Noa', role.id);
    const made = await house.json<{ token: string }>(
      'POST',
      '/api/api-tokens',
      { name: 'x', scopes: ['contacts:edit'] },
      { cookie: noa.cookie },
    );
    const by = { cookie: '', Authorization: `Bearer ${made.token}` };
    expect(await statusOf(house.call('GET', '/api/contacts', undefined, by))).toBe(200);
    await house.json('PATCH', `/api/roles/${role.id}`, { permissions: ['tokens:manage'] });
    expect(await statusOf(house.call('GET', '/api/contacts', undefined, by))).toBe(403);
  });

  test('a token ends when it was said to, and so does what it keeps open', async () => {
    const house = await open();
    const { token, by } = await tokenWith(house, null, Date.now() + DAY_MS);
    const socket = house.dial('/agent', { auth: { token } });
    await new Promise((resolve) => socket.once('session:started', resolve));
    expect(await statusOf(house.call('GET', '/api/contacts', undefined, by))).toBe(200);
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    house.clockOffsetMs += DAY_MS + 1_000;
    expect(await statusOf(house.call('GET', '/api/contacts', undefined, by))).toBe(401);
    await gone;
    const past = house.call('POST', '/api/api-tokens', { name: 'Late', expiresAt: Date.now() });
    expect(await (await past).json()).toMatchObject({ code: 'invalid', field: 'expiresAt' });
  });

  const hello = { id: 'V1StGXR8_Z5jdHi6B-myT', shortcut: 'hello', title: 'Hello', texts: { en: 'Hello!' }, reach: 'shared' };

  test('a call that comes again with its key gets the reply of the first, and is carried out once', async () => {
    const house = await open();
    const key = { 'Idempotency-Key': 'order-7' };
    const first = await house.call('POST', '/api/tags', { name: 'vip' }, key);
    const again = await house.call('POST', '/api/tags', { name: 'vip' }, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    // Without the key it is another call.
    expect(await statusOf(house.call('POST', '/api/tags', { name: 'vip' }))).toBe(409);
    const other = await house.call('POST', '/api/tags', { name: 'other' }, key);
    expect(await other.json()).toMatchObject({ code: 'conflict', field: 'Idempotency-Key' });
    const { items } = await house.json<{ items: { name: string }[] }>('GET', '/api/tags');
    expect(items.map(({ name }) => name)).toEqual(['vip']);
  });

  test('what was refused is refused again, also after a restart; a day later the key is free', async () => {
    const house = await open();
    const key = { 'Idempotency-Key': 'late' };
    const remove = () => house.call('DELETE', '/api/tags/nothing', undefined, key);
    expect(await statusOf(remove())).toBe(404);
    await house.stop();
    await house.start();
    const again = await remove();
    expect([again.status, await again.json()]).toMatchObject([404, { code: 'not-found' }]);
    await house.server.app.repeats.forgetOld();
    house.clockOffsetMs += DAY_MS + 1;
    await house.server.app.repeats.forgetOld();
    expect(await statusOf(house.call('POST', '/api/tags', { name: 'nothing' }, key))).toBe(201);
  });

  test('of two that come at the same moment one is carried out, and the other is told to come again', async () => {
    const house = await open();
    const key = { 'Idempotency-Key': 'twice' };
    const both = await Promise.all([1, 2, 3].map(() => house.call('POST', '/api/canned-responses', hello, key)));
    const replies = await Promise.all(both.map(async (reply) => [reply.status, await reply.json()] as const));
    const done = replies.filter(([status]) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    for (const [status, reply] of replies) if (status !== 201) expect(reply).toMatchObject({ code: 'conflict', retryAfterMs: 1_000 });
    const { items } = await house.json<{ items: CannedResponse[] }>('GET', '/api/canned-responses');
    expect(items.filter(({ shortcut }) => shortcut === 'hello')).toHaveLength(1);
  });

  test('a call whose server died under way is carried out when it comes again', async () => {
    const house = await open();
    const { app } = house.server;
    const { id: agentId } = await house.json<{ id: string }>('GET', '/api/session');
    const asked = ['POST', '/api/tags', null, { name: 'vip', colour: 'neutral' }];
    const forEver = new Promise<never>(() => undefined);
    await new Promise<void>((isUnderWay) => {
      const run = () => {
        isUnderWay();
        return forEver;
      };
      void app.repeats.once({ agentId, key: 'cut', asked }, run);
    });
    const key = { 'Idempotency-Key': 'cut' };
    const call = () => house.call('POST', '/api/tags', { name: 'vip' }, key);
    expect(await (await call()).json()).toMatchObject({ retryAfterMs: 1_000 });
    house.clockOffsetMs += 61_000;
    expect(await statusOf(call())).toBe(201);
    expect((await call()).headers.get('idempotency-replayed')).toBe('true');
  });

  test('what is told once, or is a file, is not kept: such a call takes no key', async () => {
    const house = await open();
    const reply = await house.call('POST', '/api/api-tokens', { name: 'x' }, { 'Idempotency-Key': 'k' });
    expect(await reply.json()).toMatchObject({ code: 'invalid', field: 'Idempotency-Key' });
    expect(await house.json('GET', '/api/api-tokens')).toMatchObject({ items: [] });
    const long = await house.call('POST', '/api/tags', { name: 'vip' }, { 'Idempotency-Key': 'x'.repeat(201) });
    expect(await long.json()).toMatchObject({ code: 'invalid', field: 'Idempotency-Key' });
  });
});
