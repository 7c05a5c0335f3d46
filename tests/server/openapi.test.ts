import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { nanoid } from 'nanoid';
import createClient from 'openapi-fetch';
import { expect, test } from 'vitest';
import type { ApiDescription } from '../../server/openapi/api-description.ts';
import { routes } from '../helpers/attack-surface.ts';
import { get, type House, openHouse } from '../helpers/house.ts';

function read(house: House): Promise<ApiDescription> {
  return house.json<ApiDescription>('GET', '/api/openapi.json', undefined, { cookie: '' });
}

test('a developer reads the description of the API without signing in, and once', async () => {
  const house = await openHouse();
  const first = await house.call('GET', '/api/openapi.json', undefined, { cookie: '' });
  expect(first.status).toBe(200);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).not.toBe('');
  const again = await house.call('GET', '/api/openapi.json', undefined, { cookie: '', 'If-None-Match': etag });
  expect(again.status).toBe(304);
});

test('the description is OpenAPI 3.1 in the eyes of a stranger, and every reference in it leads somewhere', async () => {
  const house = await openHouse();
  const description = await read(house);
  const validator = new Validator();
  expect(await validator.validate(structuredClone(description))).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
  const places = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
  expect(places.length).toBeGreaterThan(100);
  const components = description.components as unknown as Record<string, Record<string, unknown>>;
  expect(places.filter(([, kind = '', name = '']) => components[kind]?.[name] === undefined)).toEqual([]);
});

test('every route that the server binds is described, and no other', async () => {
  const house = await openHouse();
  const { paths } = await read(house);
  const described = Object.entries(paths).flatMap(([address, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`),
  );
  const bound = routes.map(({ method, path }) => `${method} /api${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(described.sort()).toEqual(bound.sort());
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

test('what every route does is said as one tells somebody to do it', async () => {
  const house = await openHouse();
  const { paths } = await read(house);
  const summaries = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ summary }) => String(summary)));
  const isTold = /^(?!(?:The|A|An|One|All|Everything|This|To|In)\b|Wh|How)[A-Z][a-z]*[a-rt-z](?:,? |: ).*\.$/;
  expect(summaries.filter((summary) => !isTold.test(summary))).toEqual([]);
});

test('every list can be read to its end: where items are answered, so is the cursor of the next page', async () => {
  const house = await openHouse();
  const { paths } = await read(house);
  const lists = Object.entries(paths).filter(([, { get }]) => JSON.stringify(get?.responses ?? '').includes('"items"'));
  expect(lists.length).toBeGreaterThan(20);
  expect(lists.filter(([, { get }]) => !JSON.stringify(get?.responses).includes('"next"')).map(([address]) => address)).toEqual([]);
});

test('a client that is generated from the description compiles, and does what its types say', async () => {
  const house = await openHouse();
  const folder = path.resolve('.cache/api-client');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const types = spawnSync(process.execPath, ['tests/helpers/openapi-types.mjs'], {
    input: JSON.stringify(await read(house)),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(types.stderr).toBe('');
  writeFileSync(path.join(folder, 'api-types.ts'), types.stdout);
  cpSync('tests/api-client/shop-program.ts', path.join(folder, 'shop-program.ts'));
  const options = { extends: '../../tsconfig.base.json', compilerOptions: { lib: ['ES2023', 'DOM'], types: [] }, include: ['.'] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(options));
  const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], { encoding: 'utf8' });
  expect(compiled.stdout).toBe('');
  expect(compiled.status).toBe(0);

  const visitor = await house.visitor();
  await get(visitor.socket, 'message:post', { id: nanoid(), text: 'hello' });
  const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/contacts');
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'Shop' });
  const { runShopProgram } = await import(/* @vite-ignore */ path.join(folder, 'shop-program.ts'));
  expect(await runShopProgram({ url: house.url, token, contactId: items[0]?.id ?? '' })).toEqual({
    contactId: items[0]?.id,
    name: 'Ruth',
    refusal: { code: 'invalid', field: 'phone' },
    pages: [['a', 'b'], ['c', 'd'], ['e']],
  });
});

test('whatever route such a client calls, the answer is one that the description tells of', async () => {
  const house = await openHouse();
  const { paths } = await read(house);
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'Stranger' });
  const client = createClient<Record<string, never>>({ baseUrl: house.url, headers: { Authorization: `Bearer ${token}` } });
  const request = client.request as unknown as (
    method: string,
    address: string,
    how: object,
  ) => Promise<{ response: Response; error?: { code?: string } }>;
  const called: string[] = [];
  // What ends the token that asks comes last.
  const inOrder = Object.entries(paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ address, method, operation })),
  );
  for (const { address, method, operation } of inOrder.toSorted((one, other) => Number(endsSession(one)) - Number(endsSession(other)))) {
    const target = routes.find(
      (route) => route.method === method.toUpperCase() && `/api${route.path.replace(/:(\w+)/g, '{$1}')}` === address,
    );
    const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, nanoid()]);
    const how = { params: { path: Object.fromEntries(names) }, parseAs: 'text', ...(target?.body && { body: target.body.sample }) };
    const { response } = await request(method, address, how);
    const told = Object.keys((operation as { responses: object }).responses);
    expect(told, `${method} ${address}`).toContain(String(response.status));
    expect(response.status, `${method} ${address}`).not.toBe(500);
    called.push(`${method} ${address}`);
  }
  expect(called).toHaveLength(routes.length);
}, 60_000);

function endsSession({ address, method }: { address: string; method: string }): boolean {
  return address === '/api/session' && method === 'delete';
}
