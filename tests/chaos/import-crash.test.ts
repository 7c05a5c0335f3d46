import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { expect, onTestFinished, test } from 'vitest';
import type { CustomerCount } from '../../shared/customer.ts';
import type { CustomerImport } from '../../shared/customer-import.ts';
import { dist } from './asked.ts';
import { SETUP_CODE, ServedKesher } from './served-kesher.ts';
import { until } from './until.ts';

const ROWS = Number(process.env.IMPORT_ROWS ?? 6_000);

test('an import whose server is killed halfway goes on to its end with nobody twice; stopped, and killed again, it leaves nothing', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-import-'));
  const server = await ServedKesher.prepare({ dist, dataDir });
  onTestFinished(async () => {
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });
  await server.start();
  const headers: Record<string, string> = { 'X-Kesher': '1', 'Content-Type': 'application/json' };
  const call = async <Data>(method: string, at: string, body?: unknown): Promise<Data> => {
    const response = await fetch(`${server.url}/api${at}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (at === '/setup') headers.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Data;
  };
  await call('POST', '/setup', {
    code: SETUP_CODE,
    business: 'x',
    name: 'Dana',
    email: 'dana@shop.example',
    password: 'correct horse battery',
  });
  const id = nanoid();
  const lines = Array.from({ length: ROWS }, (_, at) => `Customer ${at},${at % 100 === 7 ? 'broken' : `c${at}@shop.example`}`);
  const upload = await fetch(`${server.url}/api/customer-imports?id=${id}`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'text/csv' },
    body: ['name,email', ...lines].join('\n'),
  });
  const { plan } = (await upload.json()) as CustomerImport;
  const read = () => call<CustomerImport>('GET', `/customer-imports/${id}`);
  const count = async () => {
    let all = 0;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { count: some, next }: CustomerCount = await call('GET', `/customers/count${cursor && `?cursor=${cursor}`}`);
      all += some;
      cursor = next;
    }
    return all;
  };
  await call('POST', `/customer-imports/${id}/check`, plan);
  expect(await until(async () => (await read()).job.status === 'draft', 60_000)).toBe(true);
  await call('POST', `/customer-imports/${id}/run`);
  expect(await until(async () => (await read()).job.added > 0, 30_000)).toBe(true);

  await server.kill();
  await server.start();
  expect(await until(async () => (await read()).job.status === 'done', 120_000)).toBe(true);
  const whole = ROWS - Math.ceil((ROWS - 7) / 100);
  expect((await read()).job).toMatchObject({ added: whole, refused: ROWS - whole });
  expect(await count()).toBe(whole);

  await call('POST', `/customer-jobs/${id}/undo`);
  expect(await until(async () => (await read()).job.added < whole, 30_000)).toBe(true);
  await server.kill();
  await server.start();
  expect(await until(async () => (await read()).job.status === 'undone', 120_000)).toBe(true);
  expect(await count()).toBe(0);
}, 400_000);
