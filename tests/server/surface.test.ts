import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { agentEvents, routes, visitorEvents } from '../helpers/attack-surface.ts';

const server = path.resolve('server');
const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.replaceAll(path.sep, '/'), text: readFileSync(path.join(server, file), 'utf8') }));

/** `requests.answer('message:post'` */
function eventsBoundIn(isIncluded: (file: string) => boolean): string[] {
  return sources
    .filter(({ file }) => isIncluded(file))
    .flatMap(({ text }) => [...text.matchAll(/\.answer\(\s*'([^']+)'/g)].map(([, event]) => String(event)));
}

test('every request that a visitor can make is on the list of what the hostile tests attack', () => {
  const bound = eventsBoundIn((file) => file.includes('visitor'));
  expect(bound.sort()).toEqual(Object.keys(visitorEvents).sort());
});

test('every request that an agent can make is on that list, too', () => {
  const bound = eventsBoundIn((file) => !file.includes('visitor'));
  expect(bound.sort()).toEqual(Object.keys(agentEvents).sort());
});

test('every route of the API is on that list, too', () => {
  const bound = sources
    .filter(({ file }) => file.endsWith('-api.ts'))
    .flatMap(({ text }) =>
      [...text.matchAll(/\brouter\.(get|post|put|patch|delete)\(\s*'([^']+)'/g)].map(([, method, at]) => `${method?.toUpperCase()} ${at}`),
    );
  expect(bound.sort()).toEqual(routes.map(({ method, path: at }) => `${method} ${at}`).sort());
});
