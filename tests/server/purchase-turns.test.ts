import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { PurchasePage } from '../../shared/purchase.ts';
import type { PurchaseFile, PurchaseImportRequest, PurchaseReport } from '../../shared/purchase-import.ts';
import { type House, openHouse } from '../helpers/house.ts';
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
    const waiting = sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting.execute(storage.db)).rows.length, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
  });
  expect(await atRest(house, done.job.id)).toMatchObject({ job: { status: 'undone' }, opened: 1 });
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  expect(items.map(({ name }) => name)).toEqual(['Ruth Levi']);
});
