import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { expect, onTestFinished, test } from 'vitest';
import { get, openHouse, PASSWORD } from '../helpers/house.ts';

/** A folder with these files, as a build lays them out. */
async function layOut(files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kesher-assets-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), '');
  }
  return folder;
}

test('every refusal over HTTP is a problem document with its code and its status', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const problems: [string, number, string, Promise<Response>][] = [
    ['invalid', 400, 'Bad Request', house.call('GET', '/api/contacts?limit=x')],
    ['invalid', 400, 'Bad Request', house.call('POST', '/api/agents')],
    ['unauthenticated', 401, 'Unauthorized', house.call('GET', '/api/session', undefined, { cookie: '' })],
    ['forbidden', 403, 'Forbidden', house.call('GET', '/api/inboxes', undefined, { cookie: noa.cookie })],
    ['not-found', 404, 'Not Found', house.call('GET', `/api/contacts/${nanoid()}`)],
    ['not-found', 404, 'Not Found', house.call('GET', '/api/nothing')],
    ['conflict', 409, 'Conflict', house.call('POST', '/api/agents', { name: 'x', email: noa.email, password: PASSWORD, role: 'agent' })],
    ['too-large', 413, 'Payload Too Large', house.call('POST', '/api/api-tokens', { name: 'x'.repeat(121) })],
  ];
  for (const [code, status, title, asked] of problems) {
    const response = await asked;
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const { detail, field, ...problem } = (await response.json()) as Record<string, unknown>;
    expect(problem).toEqual({ type: 'about:blank', title, status, code });
    expect(String(detail)).toMatch(/^\S.*[^\s]$/);
    expect(String(detail)).not.toMatch(/ at |node_modules|Error:/);
  }
});

test('while nothing can be stored, the answer is that it is unavailable, with the time to wait', async () => {
  const house = await openHouse();
  await house.server.app.storage.close();
  for (const response of [
    await house.call('GET', '/health/ready'),
    await house.call('POST', '/api/session', { email: 'dana@shop.example', password: PASSWORD }),
  ]) {
    expect([503, 500]).toContain(response.status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  }
  const ready = await house.call('GET', '/health/ready');
  expect(await ready.json()).toMatchObject({ code: 'unavailable', status: 503, retryAfterMs: expect.any(Number) });
  expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await house.call('GET', '/health/live')).status).toBe(200);
});

test("the widget's settings may be read by any site, are kept for a minute and asked for again at no cost", async () => {
  const house = await openHouse();
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, {
    settings: { accent: '#123456' },
    allowedOrigins: ['https://shop.example'],
  });
  const at = `${house.url}/api/widget/${house.inbox.key}`;
  const response = await fetch(at, { headers: { origin: 'https://shop.example' } });
  const headers = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=60',
  };
  expect(Object.fromEntries(response.headers)).toMatchObject(headers);
  const settings = await response.json();
  expect(settings).toMatchObject({ business: 'חנות העציצים', accent: '#123456', locale: 'auto', greeting: {} });
  expect(Object.keys(settings)).not.toEqual(expect.arrayContaining([expect.stringMatching(/secret|publicKey|origins/i)]));
  const etag = response.headers.get('etag') as string;
  expect(etag).toMatch(/^(W\/)?"[^"]+"$/);

  const revalidate = { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } };
  const again = await fetch(at, revalidate);
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect(Object.fromEntries(again.headers)).toMatchObject({ ...headers, etag });
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { locale: 'he' } });
  const changed = await fetch(at, revalidate);
  expect([changed.status, await changed.json()]).toMatchObject([200, { locale: 'he', accent: '#123456' }]);
  expect((await fetch(at, { method: 'HEAD' })).status).toBe(200);
  const unknown = await fetch(`${house.url}/api/widget/${nanoid()}`);
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'not-found' }]);
});

test('what the API says is kept by nobody and taken for nothing else than it is', async () => {
  const house = await openHouse();
  for (const at of ['/api/session', '/api/contacts', '/api/inboxes', '/api/nothing', '/api/contacts?limit=x']) {
    const { headers } = await house.call('GET', at);
    expect(Object.fromEntries(headers), at).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers.get('access-control-allow-origin'), at).toBeNull();
    expect(headers.get('x-powered-by'), at).toBeNull();
  }
});

test('a change of an inbox changes what was named and nothing else', async () => {
  const house = await openHouse();
  const at = `/api/inboxes/${house.inbox.id}`;
  const changed = await house.json('PATCH', at, {
    settings: { greeting: { he: 'שלום' } },
    allowedOrigins: ['HTTPS://Shop.Example:443', 'http://shop.example'],
  });
  expect(changed).toEqual({
    ...house.inbox,
    allowedOrigins: ['https://shop.example', 'http://shop.example'],
    settings: { ...house.inbox.settings, greeting: { he: 'שלום' } },
  });
  expect(await house.json('PATCH', at, {})).toEqual(changed);
  expect(await house.json('PATCH', at, { key: 'x', identitySecret: 'x', id: nanoid() })).toEqual(changed);
  const { socket } = await house.visitor();
  await get(socket, 'conversation:list', {});
});

test('the preview of the widget has no origin, no way out, and stands in our own pages only', async () => {
  const house = await openHouse({ assetsDir: await layOut(['console/index.html', 'preview/index.html', 'widget/preview.js']) });
  const response = await fetch(`${house.url}/console/preview`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(response.status).toBe(200);
  expect(policy).toContain('sandbox allow-scripts');
  expect(policy).not.toContain('allow-same-origin');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('connect-src');
  expect(policy).toContain("frame-ancestors 'self'");
  const console = (await fetch(`${house.url}/console/settings`)).headers.get('content-security-policy') ?? '';
  expect(console).toContain("frame-ancestors 'none'");
  expect(console).not.toContain('unsafe');
  const script = await fetch(`${house.url}/widget/preview.js`);
  expect([script.status, script.headers.get('cache-control')]).toEqual([200, 'no-cache']);
});
