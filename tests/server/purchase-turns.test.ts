import { sql } from 'kysely';
import { nanoid } from 'nanoid';
import { expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { CustomerJob } from '../../shared/customer-job.ts';
import type { PurchasePage } from '../../shared/purchase.ts';
import type { PurchaseFile, PurchaseImportRequest, PurchaseReport } from '../../shared/purchase-import.ts';
import { type House, hear, openHouse } from '../helpers/house.ts';
import { merge } from './merging-scene.ts';
import { atRest, bring, checkFile, runFile } from './purchase-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const many = (rows: number, named = 'Q', refused = 0) =>
  [
    'id,date,email,total',
    ...Array.from({ length: rows }, (_, at) => `${named}-${at},${at < refused ? '31/02/2026' : '2026-01-02'},q${at % 3}@shop.example,5`),
  ].join('\n');
const ask = (house: House, text: string, some: Partial<PurchaseImportRequest> = {}) =>
  house.json<PurchaseReport>('POST', '/api/purchases/import', {
    ...{ format: 'csv', text, isDryRun: false, currency: 'ILS', opensFiles: true },
    ...some,
  });
const somebodyWaits = async ({ server }: House) => {
  const waiting = sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const count = async () => (await waiting.execute(server.app.storage.db)).rows.length;
  await expect.poll(count, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
};
const latest = async (house: House) => (await house.json<{ items: PurchaseFile[] }>('GET', '/api/purchase-imports')).items;

test('what a shop brings in single requests stands among nobody’s files', async () => {
  const house = await openHouse();
  const own = await bring(house, many(1));
  for (let times = 0; times < 6; times += 1) expect(await ask(house, many(201))).toMatchObject({ rows: 201, isWritten: true });
  expect((await latest(house)).map(({ job }) => job.id)).toEqual([own.job.id]);
});

test('a file says what was found in it since it was last looked through, and which of its rows were erased since', async () => {
  const house = await openHouse();
  const checked = await checkFile(house, await bring(house, many(900, 'E', 2)));
  expect(checked).toMatchObject({ outcomes: { add: 898, refused: 2 }, refusals: [{ code: 'date', count: 2 }] });
  const path = `/api/purchase-imports/${checked.job.id}`;
  // Nothing of what was found before.
  expect((await house.json<PurchaseFile>('POST', `${path}/check`, { ...checked.plan, opensFiles: false })).outcomes).toEqual({});
  expect(await atRest(house, checked.job.id)).toMatchObject({ outcomes: { refused: 900 } });
  const again = await checkFile(house, checked);
  expect([again.outcomes, again.refusals]).toEqual([checked.outcomes, checked.refusals]);
  expect((await runFile(house, again, true)).outcomes).toEqual({ added: 898, refused: 2 });
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  await house.call('DELETE', `/api/contacts/${items[0]?.id}`);
  expect((await house.json<PurchaseFile>('GET', path)).outcomes).toMatchObject({ erased: expect.any(Number), refused: 2 });
});

const filed = (house: House, id: string) => house.json<PurchaseFile>('GET', `/api/purchase-imports/${id}`);
const isBegun = async (house: House, id: string) => {
  const { job } = await filed(house, id);
  return job.done > 0 || job.status !== 'running';
};

test('whoever brings little waits for no large file, which goes on meanwhile where it was', async () => {
  const house = await openHouse();
  const large = await bring(house, many(6_000, 'L'));
  const little = await bring(house, many(900, 'S'));
  await house.json('POST', `/api/purchase-imports/${large.job.id}/check`, { ...large.plan, opensFiles: true });
  await expect.poll(() => isBegun(house, large.job.id), { timeout: 20_000, interval: 5 }).toBe(true);
  const { done } = (await filed(house, large.job.id)).job;
  expect((await checkFile(house, little)).outcomes).toEqual({ add: 900 });
  const meanwhile = (await filed(house, large.job.id)).job;
  expect(meanwhile).toMatchObject({ status: 'running', stage: 'check' });
  expect(meanwhile.done).toBeGreaterThan(done);
  const checked = await atRest(house, large.job.id);
  expect(checked).toMatchObject({ outcomes: { add: 6_000 }, opened: 3 });

  await house.json('POST', `/api/purchase-imports/${large.job.id}/run`, {});
  expect(await ask(house, many(300))).toMatchObject({ added: 300 });
  expect((await filed(house, large.job.id)).job.status).toBe('running');
  expect(await atRest(house, large.job.id)).toMatchObject({ outcomes: { added: 6_000 } });
});

test('a long request is answered with what became of its rows, also where somebody came in between', async () => {
  const house = await openHouse({ database: 'PostgreSQL' });
  const { storage } = house.server.app;
  const ruth = await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'Ruth' });
  const twin = await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'Ruth L.' });
  const rows = Array.from(
    { length: 250 },
    (_, at) => `${at === 140 ? ruth.id : ''},W-${at},2026-01-${at === 9 ? 'x' : '02'},p${at}@shop.example,5`,
  );
  const text = ['contact id,order id,date,email,total', ...rows].join('\n').replace('p140@shop.example', '');
  let asked: Promise<PurchaseReport> | undefined;
  await storage.write(async (trx) => {
    // Judged, and not yet waiting for its turn.
    await sql`lock table "customerJob" in share mode`.execute(trx);
    asked = ask(house, text, { skipsRefused: true });
    await somebodyWaits(house);
    await merge(house, twin.id, ruth.id);
  });
  const report = await asked;
  expect(report).toMatchObject({ rows: 250, added: 248, opened: 248, refusedCount: 2, isWritten: true });
  expect(report?.refused.map(({ line, code, cells }) => [line, code, cells[1]])).toEqual([
    [11, 'date', 'W-9'],
    [142, 'file-unknown', 'W-140'],
  ]);
});

test('orders of many lines are gone through a few at a time, there and back', async () => {
  const house = await openHouse();
  const { socket } = await house.agent();
  const heard = hear<CustomerJob>(socket, 'customers:job');
  const lines = (price: number) => Array.from({ length: 150 }, (_, at) => ({ product: `Pot ${at}`, quantity: '1', unitPrice: price }));
  const entries = (price: number) =>
    Array.from({ length: 40 }, (_, at) => ({
      externalId: `L-${at}`,
      person: { email: `l${at}@shop.example` },
      at: 1_000,
      lines: lines(price),
    }));
  const checked = await checkFile(house, await bring(house, JSON.stringify(entries(100)), 'json'));
  expect(checked.outcomes).toEqual({ add: 40 });
  expect((await runFile(house, checked)).outcomes).toEqual({ added: 40 });
  const dearer = await checkFile(house, await bring(house, JSON.stringify(entries(110)), 'json'));
  await runFile(house, dearer);
  await house.json('POST', `/api/purchase-imports/${dearer.job.id}/undo`);
  expect(await atRest(house, dearer.job.id)).toMatchObject({ job: { status: 'undone' }, outcomes: { undone: 40 } });
  const { items } = await house.json<PurchasePage>('GET', '/api/purchases?limit=1');
  expect(items).toMatchObject([{ total: 15_000 }]);
  // Two orders, or three.
  for (const stage of ['check', 'write', 'undo']) expect(heard.filter((job) => job.stage === stage).length).toBeGreaterThan(12);
  // In one request, too, they are not written at a stroke.
  const text = JSON.stringify(entries(120));
  expect(await ask(house, text, { format: 'json' })).toMatchObject({ changed: 40 });
  expect(new Set(heard.map(({ id }) => id)).size).toBe(3);
});

test('a file that somebody is writing in while the import that opened it is taken back stays', async () => {
  const house = await openHouse({ database: 'PostgreSQL' });
  const { storage } = house.server.app;
  const done = await runFile(house, await checkFile(house, await bring(house, 'id,date,email,total\nA,2026-01-02,ruth@shop.example,5')));
  const [bought] = (await house.json<PurchasePage>('GET', '/api/purchases')).items;
  await house.call('DELETE', `/api/purchases/${bought?.id}`);
  await storage.write(async (trx) => {
    await trx
      .updateTable('contact')
      .set({ name: 'Ruth Levi', updatedAt: house.server.app.now() + 1_000 })
      .execute();
    await house.json('POST', `/api/purchase-imports/${done.job.id}/undo`);
    await somebodyWaits(house);
  });
  expect(await atRest(house, done.job.id)).toMatchObject({ job: { status: 'undone' }, opened: 1 });
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  expect(items.map(({ name }) => name)).toEqual(['Ruth Levi']);
});
