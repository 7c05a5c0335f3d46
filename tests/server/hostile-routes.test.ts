import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { type ErrorCode, errorStatus } from '../../shared/errors.ts';
import { routes, spoil } from '../helpers/attack-surface.ts';
import { seatBystanders } from '../helpers/bystanders.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { everything } from '../helpers/house-contents.ts';
import { nested } from '../helpers/wrong-values.ts';

describe.each(databases)('on $name', ({ open }) => {
  test('every route refuses a wrong body or query with a problem document that names the field', async () => {
    const house = await open();
    const bystanders = await seatBystanders(house);
    const ids: Record<string, string> = {
      inboxes: house.inbox.id,
      contacts: await firstContactId(house),
      conversations: bystanders.conversationId,
    };
    const before = await everything(house);
    const surprises: unknown[] = [];
    const attack = async (route: string, expected: { field?: string; isBody: boolean }, request: () => Promise<Response>) => {
      const response = await request();
      const problem = (await response.json()) as { code?: ErrorCode; status?: number; field?: string };
      const isRefused =
        (response.status === 400 || response.status === 413) &&
        response.headers.get('content-type')?.startsWith('application/problem+json') &&
        problem.status === response.status &&
        problem.code !== undefined &&
        errorStatus[problem.code] === response.status &&
        (expected.field === undefined || problem.field?.split('.')[0] === expected.field);
      if (!isRefused) surprises.push({ route, ...expected, status: response.status, problem: JSON.stringify(problem).slice(0, 200) });
    };
    for (const { method, path, body, wrongQueries } of routes) {
      const at = `/api${path.replace(':id', ids[path.split('/')[1] as string] ?? nanoid())}`;
      const route = `${method} ${path}`;
      if (body) {
        for (const { field, payload } of spoil(body.sample, body.fields)) {
          await attack(`${route} ${JSON.stringify(payload[field])?.slice(0, 60)}`, { field, isBody: true }, () =>
            house.call(method, at, payload),
          );
        }
        for (const payload of [null, 0, 'x', true, [], [[]]]) await attack(route, { isBody: true }, () => house.call(method, at, payload));
        const isRequired = Object.values(body.fields).some((field) => field.isRequired);
        const broken = ['{', '{"a":', 'null', '"x"', '[', '\0', '{"__proto__":', '[['.repeat(50_000), '\ud800', 'a=b&c=d'];
        for (const raw of isRequired ? ['', nested(30_000), ...broken] : broken) {
          await attack(`${route} ${raw.slice(0, 20)}`, { isBody: true }, () => rawCall(house, method, at, raw, 'application/json'));
        }
        await attack(route, { isBody: true }, () => rawCall(house, method, at, 'name=x', 'application/x-www-form-urlencoded'));
        await attack(route, { isBody: true }, () => rawCall(house, method, at, '{"name":"x"}', 'text/plain'));
        await attack(route, { isBody: true }, () => rawCall(house, method, at, '{}', 'application/json; charset=klingon'));
      }
      for (const query of wrongQueries ?? [])
        await attack(`${route}?${query}`, { isBody: false }, () => house.call(method, `${at}?${query}`));
    }
    expect(surprises).toEqual([]);
    expect(await everything(house)).toEqual(before);
    await bystanders.expectUnharmed();
  }, 180_000);

  test('what is asked for under a nonsense id or an address that does not exist is not found', async () => {
    const house = await open();
    const bystanders = await seatBystanders(house);
    const nonsense = [
      'x',
      nanoid(),
      '%00',
      '%ff',
      '%E0%A4%A',
      '..',
      '..%2f..%2fetc%2fpasswd',
      '__proto__',
      'constructor',
      `${'x'.repeat(20)}%00`,
      'x'.repeat(5_000),
      "'%20OR%201=1--",
      '%F0%9F%98%80',
    ];
    for (const { method, path, body } of routes.filter((route) => route.path.includes(':'))) {
      for (const id of nonsense) {
        const at = `/api${path.replace(/:\w+/, id)}`;
        const response = await house.call(method, at, body ? body.sample : undefined);
        expect([400, 404], `${method} ${at}`).toContain(response.status);
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      }
    }
    for (const at of [
      '/api',
      '/api/',
      '/api/nothing',
      '/api/__proto__',
      '/nothing',
      '/api/session/',
      '/health',
      '/socket.io',
      '/.env',
      '/%00',
      '/console/%ff',
      '/widget/%2e%2e/%2e%2e/package.json',
      '/demo/..%2f..%2fpackage.json',
      '/demo/%00.html',
    ]) {
      const response = await house.call('GET', at);
      expect([200, 400, 404], at).toContain(response.status);
      expect(await response.text(), at).not.toContain('"name": "kesher"');
    }
    for (const method of ['PUT', 'TRACE', 'PROPFIND', 'OPTIONS', 'HEAD'].filter((verb) => verb !== 'TRACE')) {
      expect((await house.call(method, '/api/contacts')).status, method).toBeLessThan(500);
    }
    await bystanders.expectUnharmed();
  }, 90_000);
});

test('megabytes in a body, however they are packed, are too large', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const { gzipSync, brotliCompressSync } = await import('node:zlib');
  const large = JSON.stringify({ name: 'x'.repeat(10_000_000) });
  const packed = [
    { body: large, encoding: 'identity' },
    { body: gzipSync(large), encoding: 'gzip' },
    { body: brotliCompressSync(large), encoding: 'br' },
  ];
  for (const { body, encoding } of packed) {
    const response = await fetch(`${house.url}/api/api-tokens`, {
      method: 'POST',
      headers: { cookie: house.cookie, 'X-Kesher': '1', 'Content-Type': 'application/json', 'Content-Encoding': encoding },
      body,
    }).catch((error: unknown) => error as Error);
    // A sender who is still talking when it is refused may find the connection closed instead of the answer.
    if (response instanceof Error) continue;
    expect(response.status, encoding).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too-large', status: 413 });
  }
  const broken = await rawCall(house, 'POST', '/api/api-tokens', 'this is no gzip', 'application/json', { 'Content-Encoding': 'gzip' });
  expect(broken.status).toBe(400);
  expect(await house.json('GET', '/api/api-tokens')).toEqual({ items: [], next: null });
  await bystanders.expectUnharmed();
});

async function firstContactId(house: House): Promise<string> {
  const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/contacts');
  return items[0]?.id as string;
}

function rawCall(
  house: House,
  method: string,
  route: string,
  body: string,
  type: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(house.url + route, { method, body, headers: { cookie: house.cookie, 'X-Kesher': '1', 'Content-Type': type, ...headers } });
}
