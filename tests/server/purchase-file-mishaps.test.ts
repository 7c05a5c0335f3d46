import { sql } from 'kysely';
import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { PurchasePage } from '../../shared/purchase.ts';
import type { PurchaseFile, PurchaseFileRow, PurchaseReport } from '../../shared/purchase-import.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { merge } from './merging-scene.ts';
import { bring, checkFile, runFile } from './purchase-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const all = async (house: House) => (await house.json<PurchasePage>('GET', '/api/purchases?limit=200')).items;
const nameSomebody = (house: House, name: string) => house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name });
const rowsOf = async (house: House, id: string) =>
  (await house.json<{ items: PurchaseFileRow[] }>('GET', `/api/purchase-imports/${id}/rows?limit=100`)).items;

describe.each(databases)('on $name', ({ open }) => {
  test('each row of an order whose customer was merged since the check says why it was not written', async () => {
    const house = await open();
    const ruth = await nameSomebody(house, 'Ruth');
    const text = [
      'contact id,id,date,email,product,price',
      `${ruth.id},A,2026-01-02,,Pot,5`,
      ',B,2026-01-02,omri@shop.example,Rake,7',
      ',A,,,Earth,3',
    ].join('\n');
    const checked = await checkFile(house, await bring(house, text));
    expect(checked).toMatchObject({ outcomes: { add: 2 } });
    await merge(house, (await nameSomebody(house, 'Ruth L.')).id, ruth.id);
    expect(await runFile(house, checked, true)).toMatchObject({
      job: { status: 'done', added: 1, refused: 2 },
      outcomes: { added: 1, refused: 2 },
      refusals: expect.arrayContaining([
        { code: 'file-unknown', count: 1 },
        { code: 'other-row', count: 1 },
      ]),
    });
    expect((await rowsOf(house, checked.job.id)).map(({ line, outcome, code, values }) => [line, outcome, code, values])).toEqual([
      [2, 'refused', 'file-unknown', {}],
      [3, 'added', null, {}],
      [4, 'refused', 'other-row', { line: '2' }],
    ]);
    const refused = await house.call('GET', `/api/purchase-imports/${checked.job.id}/refused`);
    const [, ...given] = (await refused.text()).trim().split('\r\n');
    // No spreadsheet takes it for a formula.
    const cell = ruth.id.startsWith('-') ? `'${ruth.id}` : ruth.id;
    expect(given).toEqual([
      `${cell},A,2026-01-02,,Pot,5,2,,There is no such customer file.`,
      ',A,,,Earth,3,4,,Another row of this order is refused: line 2.',
    ]);
  });

  test('the same file comes in again after one of its buyers was erased, who does not come back with it', async () => {
    const house = await open();
    const text = 'date,email,total,number\n2026-01-02,ruth@shop.example,10,7\n2026-01-03,omri@shop.example,11,8';
    await runFile(house, await checkFile(house, await bring(house, text)));
    const ruth = (await all(house)).find(({ total }) => total === 1_000)?.contact.id;
    expect((await house.call('DELETE', `/api/contacts/${ruth}`)).ok).toBe(true);

    const checked = await checkFile(house, await bring(house, text));
    expect(checked).toMatchObject({ outcomes: { same: 2 }, opened: 0 });
    expect(await runFile(house, checked)).toMatchObject({ job: { status: 'done', added: 0, changed: 0 }, outcomes: { same: 2 } });
    const asked = { format: 'csv', isDryRun: false, currency: 'ILS', opensFiles: true };
    const report = await house.json<PurchaseReport>('POST', '/api/purchases/import', { ...asked, text });
    expect(report).toMatchObject({ added: 0, changed: 0, unchanged: 2, opened: 0, isWritten: true });
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts?q=shop.example');
    expect(items.map(({ identities }) => identities[0]?.value)).toEqual(['omri@shop.example']);
    // Who buys again is somebody new.
    const more = await house.json<PurchaseReport>('POST', '/api/purchases/import', {
      ...asked,
      text: `${text}\n2026-02-02,ruth@shop.example,12,9`,
    });
    expect(more).toMatchObject({ added: 1, unchanged: 2, opened: 1 });
    expect(await all(house)).toHaveLength(3);
  });
});

test('what PostgreSQL breaks off and begins again is judged as if for the first time', async () => {
  const house = await openHouse({ database: 'PostgreSQL' });
  const text = 'order id,date,email,total\nA,2026-01-02,ruth@shop.example,10\n,2026-01-02,ruth@shop.example,11\n';
  await runFile(house, await checkFile(house, await bring(house, text)));
  const { storage } = house.server.app;
  // A sequence remembers what a transaction that is rolled back has taken from it.
  await storage.write(async (trx) => {
    await sql`create sequence "tries"`.execute(trx);
    await sql`create function "breakOff"() returns trigger language plpgsql as $$
      begin
        if nextval('tries') = 1 then raise exception 'a knot' using errcode = '40P01'; end if;
        return null;
      end $$`.execute(trx);
    await sql`create trigger "knot" after update on "importRow" for each statement execute function "breakOff"()`.execute(trx);
  });
  const checked = await checkFile(house, await bring(house, `${text}B,2026-01-02,omri@shop.example,12\n`));
  const tries = await sql<{ tries: number }>`select last_value as tries from "tries"`.execute(storage.db);
  expect(tries.rows[0]?.tries).toBe(2);
  expect(checked).toMatchObject({ outcomes: { same: 2, add: 1 }, opened: 1, job: { refused: 0 } });
  await runFile(house, checked);
  expect((await all(house)).map(({ total }) => total).sort()).toEqual([1_000, 1_100, 1_200]);
});

test('a long request that a lost database interrupts leaves no half of a file that could be run', async () => {
  const house = await openHouse();
  const { storage } = house.server.app;
  const text = ['id,date,email,total', ...Array.from({ length: 900 }, (_, at) => `Q-${at},2026-01-02,q${at % 9}@shop.example,5`)].join(
    '\n',
  );
  const ask = () =>
    house.call('POST', '/api/purchases/import', { format: 'csv', text, isDryRun: false, currency: 'ILS', opensFiles: true });
  const listed = async () => (await house.json<{ items: PurchaseFile[] }>('GET', '/api/purchase-imports')).items;
  const kept = () => storage.db.selectFrom('customerJob').select('id').execute();

  await storage.write((trx) =>
    sql`create trigger "lost" before insert on "importRow" when new."line" > 700 begin select raise(abort, 'lost'); end`.execute(trx),
  );
  await storage.write((trx) => sql`create trigger "gone" before delete on "importRow" begin select raise(abort, 'lost'); end`.execute(trx));
  expect((await ask()).status).toBe(500);
  // Nothing could be cleared away, as if the server had crashed.
  const [left] = await kept();
  expect(left).toBeDefined();
  expect(await listed()).toEqual([]);
  expect((await house.call('POST', `/api/purchase-imports/${left?.id}/run`, {})).status).toBe(404);

  await storage.write((trx) => sql`drop trigger "gone"`.execute(trx));
  expect((await ask()).status).toBe(500);
  expect(await kept()).toEqual([left]);

  await storage.write((trx) => sql`drop trigger "lost"`.execute(trx));
  expect(await (await ask()).json()).toMatchObject({ added: 900, opened: 9, isWritten: true });
});

test.each(['application/json', 'text/csv', 'application/octet-stream'])(
  'a file that calls itself %s is taken in as it is',
  async (type) => {
    const house = await openHouse();
    const isList = type === 'application/json';
    const note = 'x'.repeat(400);
    const orders = Array.from({ length: 1_000 }, (_, at) => ({
      externalId: `T-${at}`,
      at: 1_000,
      total: 5,
      person: { email: 'r@b.example' },
      note,
    }));
    const small = isList ? JSON.stringify(orders.slice(0, 1)) : 'id,date,email,total\nA,2026-01-02,r@b.example,5';
    const large = isList
      ? JSON.stringify({ items: orders })
      : `${small}\n${orders.map((_, at) => `T-${at},2026-01-02,r@b.example,5`).join('\n')}`;
    const taken = await Promise.all([small, large].map((file) => bring(house, file, isList ? 'json' : 'csv', { type })));
    expect(taken.map(({ rows }) => rows)).toEqual(isList ? [1, 1_000] : [1, 1_001]);
  },
);
