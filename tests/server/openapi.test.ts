import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import type { ApiDescription } from '../../server/openapi/api-description.ts';
import { routes } from '../helpers/attack-surface.ts';
import { type House, openHouse } from '../helpers/house.ts';

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

test('every list can be read to its end: where items are answered, so is the cursor of the next page', async () => {
  const house = await openHouse();
  const { paths } = await read(house);
  const lists = Object.entries(paths).filter(([, { get }]) => JSON.stringify(get?.responses ?? '').includes('"items"'));
  expect(lists.length).toBeGreaterThan(20);
  expect(lists.filter(([, { get }]) => !JSON.stringify(get?.responses).includes('"next"')).map(([address]) => address)).toEqual([]);
});
