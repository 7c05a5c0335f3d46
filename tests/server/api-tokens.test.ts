import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Repeats } from '../../server/transport/repeats.ts';
import type { Caller } from '../../server/transport/wire.ts';
import type { Permission } from '../../shared/agent.ts';
import type { CannedResponse } from '../../shared/canned-response.ts';
import type { Contact } from '../../shared/contact.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import type { House } from '../helpers/house.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

async function tokenWith(house: House, scopes: Permission[] | null, expiresAt: number | null = null) {
  const { id, token } = await house.json<{ id: string; token: string }>('POST', '/api/api-tokens', { name: 'Shop', scopes, expiresAt });
  return { id, by: { cookie: '', 'X-Kesher': '', Authorization: `Bearer ${token}` }, token };
}

/** Whose calls these are. */
async function caller(house: House): Promise<{ agentId: string; credentialId: string }> {
  return (await house.server.app.findCaller({ cookie: house.cookie }, undefined)) as Caller;
}

/** Something that is being done until it is said to be over. */
function holding<Result>() {
  const begun = new EventEmitter();
  const hasBegun = once(begun, 'begun');
  let end: (result: Result) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const over = new Promise<Result>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const run = () => {
    begun.emit('begun');
    return over;
  };
  return { run, hasBegun, end, fail };
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
    const me = await caller(house);
    const asked = ['POST', '/api/tags', null, { name: 'vip', colour: 'neutral' }];
    const forEver = new Promise<never>(() => undefined);
    await new Promise<void>((isUnderWay) => {
      const run = () => {
        isUnderWay();
        return forEver;
      };
      void app.repeats.once({ ...me, key: 'cut', asked }, run);
    });
    const key = { 'Idempotency-Key': 'cut' };
    const call = () => house.call('POST', '/api/tags', { name: 'vip' }, key);
    expect(await (await call()).json()).toMatchObject({ retryAfterMs: 1_000 });
    house.clockOffsetMs += 61_000;
    expect(await statusOf(call())).toBe(201);
    expect((await call()).headers.get('idempotency-replayed')).toBe('true');
  });

  test('a call that takes long is not carried out by another, and a slow first one takes nothing from the second', async () => {
    const house = await open();
    const { app } = house.server;
    const call = { ...(await caller(house)), key: 'slow', asked: ['POST', '/api/slow'] };
    const slow = holding<string>();
    // Its server lives, and says so all the time.
    const first = new Repeats(app.storage, app.now, 10).once(call, slow.run);
    house.clockOffsetMs += 61_000;
    const startedAt = async () => (await app.storage.db.selectFrom('repeatableCall').select('startedAt').executeTakeFirst())?.startedAt;
    await expect.poll(startedAt).toBeGreaterThan(Date.now() + 60_000);
    await expect(app.repeats.once(call, async () => 'twice')).rejects.toThrow('still under way');
    slow.end('done');
    expect(await first).toEqual({ result: 'done', isReplayed: false });
    expect(await app.repeats.once(call, async () => 'twice')).toEqual({ result: 'done', isReplayed: true });

    const other = { ...call, key: 'other' };
    const [lost, second] = [holding<string>(), holding<string>()];
    const silent = app.repeats.once(other, lost.run);
    await lost.hasBegun;
    house.clockOffsetMs += 61_000;
    const after = app.repeats.once(other, second.run);
    await second.hasBegun;
    lost.fail(new Error('the line is gone'));
    await expect(silent).rejects.toThrow('the line is gone');
    await expect(app.repeats.once(other, async () => 'third')).rejects.toThrow('still under way');
    second.end('second');
    expect((await after).result).toBe('second');
    expect((await app.repeats.once(other, async () => 'third')).result).toBe('second');
  });

  test('what was done and could not be written down at once is not done again', async () => {
    const house = await open();
    const { storage, now } = house.server.app;
    const call = { ...(await caller(house)), key: 'full', asked: ['POST', '/api/full'] };
    let isFull = false;
    const repeats = new Repeats(
      { db: storage.db, write: (job) => (isFull ? Promise.reject(new Error('full')) : storage.write(job)) },
      now,
      10,
    );
    const run = async () => {
      isFull = true;
      return 'done';
    };
    expect((await repeats.once(call, run)).result).toBe('done');
    isFull = false;
    const again = () => repeats.once(call, async () => 'twice').catch(({ message }: Error) => message);
    await expect.poll(again).toEqual({ result: 'done', isReplayed: true });
  });

  test('two tokens of one agent have keys of their own: what one is not shown is not told again by the other', async () => {
    const house = await open();
    const { contact } = await house.json<{ contact: Contact }>(
      'GET',
      `/api/conversations/${(await writeIn(house, 'hello')).conversationId}`,
    );
    const edit = (by: Record<string, string>) =>
      house.call('PATCH', `/api/contacts/${contact.id}`, { name: 'Ruth', email: 'ruth@example.com' }, { ...by, 'Idempotency-Key': 'edit' });
    const wide = await edit((await tokenWith(house, null)).by);
    expect(await wide.text()).toContain('ruth@example.com');
    const narrow = await edit((await tokenWith(house, ['contacts:edit'])).by);
    expect(narrow.headers.get('idempotency-replayed')).toBeNull();
    expect(await narrow.text()).not.toContain('ruth@example.com');
  });

  test('once a person is erased no kept reply tells of it, and what was done is still not done again', async () => {
    const house = await open();
    const { contact } = await house.json<{ contact: Contact }>(
      'GET',
      `/api/conversations/${(await writeIn(house, 'hello')).conversationId}`,
    );
    const name = () => house.call('PATCH', `/api/contacts/${contact.id}`, { name: 'Ruth' }, { 'Idempotency-Key': 'name' });
    expect((await name()).status).toBe(200);
    const { app } = house.server;
    // It has read of the person before, and ends after.
    const slow = holding<{ name: string }>();
    const call = { ...(await caller(house)), key: 'slow', asked: ['POST', '/api/slow'] };
    const slowly = app.repeats.once(call, slow.run);
    await slow.hasBegun;
    const erase = () => house.call('DELETE', `/api/contacts/${contact.id}`, undefined, { 'Idempotency-Key': 'erase' });
    expect((await erase()).status).toBe(204);
    slow.end({ name: 'Ruth' });
    await slowly;
    const rows = await app.storage.db.selectFrom('repeatableCall').selectAll().execute();
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toContain('Ruth');
    expect(await (await name()).json()).toMatchObject({ code: 'conflict', field: 'Idempotency-Key' });
    await expect(app.repeats.once(call, async () => ({ name: 'twice' }))).rejects.toThrow('not carried out again');
    expect((await erase()).status).toBe(204);
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
