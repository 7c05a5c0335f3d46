import { describe, expect, test, vi } from 'vitest';
import type { CustomerImport, ImportPlan } from '../../shared/customer-import.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openEmptyHouse, openHouse } from '../helpers/house.ts';
import { freshDatabaseUrl } from '../helpers/postgres.ts';
import { run, settled, upload } from './import-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const ROWS = 2_000;
const rows = Array.from({ length: ROWS }, (_, at) => `Old ${at},New ${at},c${at}@shop.example`);
const list = ['one,two,email', ...rows].join('\n');

const mapped = (taken: CustomerImport, mapping: ImportPlan['mapping']): ImportPlan => ({ ...taken.plan, mapping });
const isUnderWay = async (house: House, id: string) => {
  const { job } = await house.json<CustomerImport>('GET', `/api/customer-imports/${id}`);
  return job.done > 0 || job.status !== 'running';
};
const names = async (house: House) =>
  (await house.server.app.storage.db.selectFrom('contact').select('name').execute()).map(({ name }) => name);

describe.each(databases)('on $name', ({ open }) => {
  test('whoever maps the columns anew while the rows are still looked at gets every customer as it was said last', async () => {
    const house = await open();
    const taken = await upload(house, list);
    const at = `/api/customer-imports/${taken.job.id}/check`;
    for (let turns = 0; turns < 6; turns += 1) {
      await house.json('POST', at, mapped(taken, turns % 2 === 0 ? ['name', null, 'email'] : [null, 'name', 'email']));
      if (turns < 5) await expect.poll(() => isUnderWay(house, taken.job.id), { timeout: 20_000, interval: 5 }).toBe(true);
    }
    const checked = await settled(house, taken.job.id);
    expect(checked).toMatchObject({ outcomes: { add: ROWS }, job: { done: ROWS, refused: 0 } });
    await run(house, checked);
    expect((await names(house)).filter((name) => !name?.startsWith('New '))).toEqual([]);
  });
});

test('two servers that are both told to take a list in make each customer once, and say so', async () => {
  const databaseUrl = await freshDatabaseUrl();
  const environment = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), LIMITS: 'off' };
  const one = await openHouse({ databaseUrl, environment });
  const other = await openEmptyHouse({ databaseUrl, environment });
  Object.assign(other, { cookie: one.cookie, inbox: one.inbox });
  const taken = await upload(one, list);
  const { id } = taken.job;
  const plan = mapped(taken, ['name', null, 'email']);
  await Promise.all([one, other].map((house) => house.json('POST', `/api/customer-imports/${id}/check`, plan)));
  expect((await settled(one, id)).outcomes).toEqual({ add: ROWS });
  await Promise.all([one, other].map((house) => house.json('POST', `/api/customer-imports/${id}/run`)));
  expect(await settled(other, id)).toMatchObject({ outcomes: { added: ROWS }, job: { added: ROWS, changed: 0, refused: 0 } });
  expect(await names(one)).toHaveLength(ROWS);

  await other.json('POST', `/api/customer-jobs/${id}/undo`);
  // Whoever holds the work is gone with it: the other goes on.
  await other.stop();
  expect(await settled(one, id)).toMatchObject({ job: { status: 'undone', added: 0 } });
  expect(await names(one)).toEqual([]);
});
