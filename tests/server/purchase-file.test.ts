import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Purchase, PurchasePage } from '../../shared/purchase.ts';
import type { PurchaseChangePage } from '../../shared/purchase-change.ts';
import type { PurchaseFile, PurchaseFileRow, PurchaseReport } from '../../shared/purchase-import.ts';
import { makeRole } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openEmptyHouse, openHouse } from '../helpers/house.ts';
import { freshDatabaseUrl } from '../helpers/postgres.ts';
import { merge } from './merging-scene.ts';
import { atRest, bring, checkFile, runFile } from './purchase-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const all = async (house: House) => (await house.json<PurchasePage>('GET', '/api/purchases?limit=200')).items;
const fileRows = async (house: House, id: string, outcome: string) =>
  (await house.json<{ items: PurchaseFileRow[] }>('GET', `/api/purchase-imports/${id}/rows?outcome=${outcome}&limit=100`)).items;
const people = async (house: House) => (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items;

/** The lines of one order stand far apart. */
const orders = [
  'מזהה הזמנה;תאריך;דוא"ל;שם לקוח;מוצר;כמות;מחיר;הערה פנימית',
  'S-1;22/11/2026;ruth@shop.example;רות לוי;עציץ;2;1,250.50 ₪;x',
  'S-2;2026-11-01;omri@shop.example;עמרי;מנוי;1;99.90;',
  'S-3;2026-11-02;ruth@shop.example;;מנוי;1;10;',
  'S-1;;;;אדמה;0.5;30;',
].join('\r\n');
const many = (rows: number, some: (at: number) => string = () => '') =>
  [
    'id,date,email,product,price',
    ...Array.from({ length: rows }, (_, at) => `M-${at},2026-01-02,p${at % 300}@shop.example,Pot${some(at)},${(at % 50) + 1}.50`),
  ].join('\n');

describe.each(databases)('on $name', ({ open }) => {
  test('a table in Windows letters is looked at, run, run again without doubling anything, and taken back whole', async () => {
    const house = await open();
    const windows = Buffer.from(
      [...orders].map((letter) => {
        const code = letter.codePointAt(0) ?? 0;
        if (letter === '₪') return 0xa4;
        return code >= 0x5d0 && code <= 0x5ea ? code - 0x5d0 + 0xe0 : code;
      }),
    );
    const taken = await bring(house, windows);
    expect(taken).toMatchObject({
      rows: 4,
      ignoredColumns: ['הערה פנימית'],
      job: { status: 'draft', stage: 'read' },
      plan: { currency: 'ILS' },
    });
    const checked = await checkFile(house, taken);
    expect(checked).toMatchObject({ outcomes: { add: 3 }, opened: 2, refusals: [], job: { status: 'draft', stage: 'check', refused: 0 } });
    expect([await all(house), await people(house)]).toEqual([[], []]);

    const done = await runFile(house, checked);
    expect(done).toMatchObject({ outcomes: { added: 3 }, opened: 2, job: { status: 'done', added: 3, changed: 0, canUndo: true } });
    const sold = await all(house);
    expect(sold.find(({ externalId }) => externalId === 'S-1')).toMatchObject({
      ...{ total: 250_100 + 1_500, source: 'import', contact: { name: 'רות לוי' } },
      lines: [
        { product: 'עציץ', quantity: '2' },
        { product: 'אדמה', quantity: '0.5' },
      ],
    });
    expect((await people(house)).map(({ lifecycle }) => lifecycle)).toEqual(['customer', 'customer']);

    const again = await runFile(house, await checkFile(house, await bring(house, orders)));
    expect(again).toMatchObject({ outcomes: { same: 3 }, job: { added: 0, changed: 0, canUndo: false } });
    const dearer = await runFile(house, await checkFile(house, await bring(house, orders.replace('99.90', '120'))));
    expect(dearer).toMatchObject({ outcomes: { same: 2, updated: 1 }, job: { changed: 1 } });

    await house.json('POST', `/api/purchase-imports/${dearer.job.id}/undo`);
    expect(await atRest(house, dearer.job.id)).toMatchObject({ outcomes: { undone: 1, same: 2 }, job: { status: 'undone', changed: 0 } });
    const held = (await all(house)).find(({ externalId }) => externalId === 'S-2');
    expect(held).toMatchObject({ total: 9_990, version: 3 });
    const { items } = await house.json<PurchaseChangePage>('GET', `/api/purchases/${held?.id}/changes`);
    expect(items.map(({ source, changes }) => [source, changes.find(({ field }) => field === 'total')?.after])).toEqual([
      ['import', 9_990],
      ['import', 12_000],
      ['import', undefined],
    ]);
    // What somebody has changed since stays, and so does whose it is.
    await house.json('PATCH', `/api/purchases/${held?.id}`, { version: 3, note: 'לברר' });
    await house.json('POST', `/api/purchase-imports/${done.job.id}/undo`);
    // It was changed and changed back before: that was somebody, too.
    expect(await atRest(house, done.job.id)).toMatchObject({
      outcomes: { kept: 1, undone: 2 },
      opened: 1,
      job: { status: 'undone', added: 1 },
    });
    expect((await all(house)).map(({ externalId }) => externalId)).toEqual(['S-2']);
    expect((await people(house)).map(({ name }) => name)).toEqual(['עמרי']);
  });

  test('what is wrong keeps all of a file out until it is said that the others are wanted, and is given back with why', async () => {
    const house = await open();
    const text = [
      'id,date,email,total,product,price',
      'A,2026-01-02,ruth@shop.example,10.00,,',
      'B,31/02/2026,ruth@shop.example,10.00,,',
      'C,2026-01-02,ruth@shop.example,,Pot,5',
      'C,,,,Earth,x',
      'D,2026-01-02,,10,,',
    ].join('\n');
    const checked = await checkFile(house, await bring(house, text));
    const { id } = checked.job;
    expect(checked).toMatchObject({ outcomes: { add: 1, refused: 4 }, job: { refused: 4 } });
    expect(checked.refusals).toEqual(
      expect.arrayContaining([
        { code: 'date', count: 1 },
        { code: 'other-row', count: 1 },
      ]),
    );
    expect((await fileRows(house, id, 'refused')).map(({ line, code, column, values }) => [line, code, column, values])).toEqual([
      [3, 'date', 'date', { text: '31/02/2026' }],
      [4, 'other-row', null, { line: '5' }],
      [5, 'amount', 'price', { text: 'x', currency: 'ILS' }],
      [6, 'buyer-missing', null, {}],
    ]);
    const response = await house.call('GET', `/api/purchase-imports/${id}/refused?language=he`);
    expect(await response.text()).toContain('B,31/02/2026,ruth@shop.example,10.00,,,3,date,״31/02/2026״ הוא לא תאריך');
    expect((await house.call('POST', `/api/purchase-imports/${id}/run`, {})).status).toBe(409);
    expect(await runFile(house, checked, true)).toMatchObject({ outcomes: { added: 1, refused: 4 }, job: { status: 'done', added: 1 } });
  });

  test('an order that is wrong by the time it is written takes the others back', async () => {
    const house = await open();
    const file = await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'Ruth' });
    const rows = Array.from(
      { length: 150 },
      (_, at) => `${at === 140 ? file.id : ''},W-${at},2026-01-02,${at === 140 ? '' : `p${at}@shop.example`},5`,
    );
    const checked = await checkFile(house, await bring(house, ['contact id,order id,date,email,total', ...rows].join('\n')));
    expect(checked).toMatchObject({ outcomes: { add: 150 }, opened: 149 });
    const twin = await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'Ruth L.' });
    await merge(house, twin.id, file.id);
    expect(await runFile(house, checked)).toMatchObject({
      job: { status: 'undone', added: 0, refused: 1 },
      outcomes: { refused: 1, undone: 149 },
      opened: 0,
    });
    expect(await all(house)).toEqual([]);
    expect((await people(house)).map(({ id }) => id)).toEqual([twin.id]);
  });

  test('a file that is stopped leaves nothing, one that a restart interrupts goes on, and a long request is answered when all is written', async () => {
    const house = await open();
    const isUnderWay = async (id: string) => {
      const { job } = await house.json<PurchaseFile>('GET', `/api/purchase-imports/${id}`);
      return job.added > 0 || job.status !== 'running';
    };
    const stopped = await checkFile(house, await bring(house, many(2_000)));
    await house.json('POST', `/api/purchase-imports/${stopped.job.id}/run`, {});
    await expect.poll(() => isUnderWay(stopped.job.id), { timeout: 20_000, interval: 5 }).toBe(true);
    await house.json('POST', `/api/purchase-imports/${stopped.job.id}/cancel`);
    expect(await atRest(house, stopped.job.id)).toMatchObject({ job: { status: 'undone', added: 0 }, opened: 0 });
    expect([await all(house), await people(house)]).toEqual([[], []]);

    const going = await bring(house, JSON.stringify({ note: ['items', { a: '[' }], items: JSON.parse(listOf(1_500)) }), 'json');
    expect(going.rows).toBe(1_500);
    const checked = await checkFile(house, going);
    await house.json('POST', `/api/purchase-imports/${checked.job.id}/run`, {});
    await expect.poll(() => isUnderWay(checked.job.id), { timeout: 20_000, interval: 5 }).toBe(true);
    await house.stop();
    await house.start();
    expect(await atRest(house, checked.job.id)).toMatchObject({ job: { status: 'done', added: 1_500 }, outcomes: { added: 1_500 } });
    const latest = await house.json<{ items: PurchaseFile[] }>('GET', '/api/purchase-imports');
    expect(latest.items.map(({ job }) => [job.id, job.status])).toEqual([
      [checked.job.id, 'done'],
      [stopped.job.id, 'undone'],
    ]);

    const ask = { format: 'csv', isDryRun: false, currency: 'ILS', opensFiles: true, text: many(600, (at) => (at % 2 === 0 ? '!' : '')) };
    expect(await house.json<PurchaseReport>('POST', '/api/purchases/import', ask)).toMatchObject({
      rows: 600,
      added: 600,
      opened: 300,
      isWritten: true,
    });
    expect(await house.json<PurchaseReport>('POST', '/api/purchases/import', ask)).toMatchObject({ added: 0, unchanged: 600, opened: 0 });
  });
});

function listOf(count: number): string {
  const items: Partial<Purchase & { person: object }>[] = Array.from({ length: count }, (_, at) => ({
    ...{ externalId: `J-${at}`, at: 1_000, total: 500, note: 'a "quoted", [note] \\' },
    person: { email: `j${at % 100}@shop.example` },
  }));
  return JSON.stringify(items);
}

test('two servers that are both told to write a file write each purchase once', async () => {
  const databaseUrl = await freshDatabaseUrl();
  const environment = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), LIMITS: 'off' };
  const one = await openHouse({ databaseUrl, environment });
  const other = await openEmptyHouse({ databaseUrl, environment });
  Object.assign(other, { cookie: one.cookie, inbox: one.inbox });
  const checked = await checkFile(one, await bring(one, many(1_500)));
  await Promise.all([one, other].map((house) => house.json('POST', `/api/purchase-imports/${checked.job.id}/run`, {})));
  expect(await atRest(other, checked.job.id)).toMatchObject({ outcomes: { added: 1_500 }, opened: 300, job: { added: 1_500, refused: 0 } });
  const { count } = await one.server.app.storage.db
    .selectFrom('purchase')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(1_500);
});

test('a file is its bringer’s alone, and closed to whoever may not import customers', async () => {
  const house = await openHouse();
  const taken = await bring(house, orders);
  const mine = await house.hire(
    'Noa',
    (await makeRole(house, 'seller', ['purchases:edit', 'contacts:import', 'contacts:view-details'])).id,
  );
  const path = `/api/purchase-imports/${taken.job.id}`;
  expect((await house.call('GET', path, undefined, { cookie: mine.cookie })).status).toBe(404);
  const editor = await house.hire('Rina', (await makeRole(house, 'editor', ['purchases:edit', 'contacts:edit'])).id);
  await expect(bring(house, orders, 'csv', editor)).rejects.toThrow('403');
  await expect(bring(house, 'name,email\nRuth,r@shop.example')).rejects.toThrow(/400.*first line/);
  await expect(bring(house, '[{"total": 1}', 'json')).rejects.toThrow('400');
  await house.call('DELETE', path);
  expect((await house.call('GET', path)).status).toBe(404);
});
