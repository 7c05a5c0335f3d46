import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Purchase, PurchasePage } from '../../shared/purchase.ts';
import type { PurchaseImportRequest, PurchaseReport } from '../../shared/purchase-import.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';

const take = (house: House, some: Partial<PurchaseImportRequest> & { text: string }) =>
  house.json<PurchaseReport>('POST', '/api/purchases/import', { format: 'csv', isDryRun: false, currency: 'ILS', ...some });
const all = async (house: House) => (await house.json<PurchasePage>('GET', '/api/purchases?limit=200')).items;

const orders = [
  'מספר הזמנה,מזהה הזמנה,תאריך,דוא"ל,שם לקוח,מוצר,כמות,מחיר,סטטוס,הערה פנימית',
  '1001,S-1,22/11/2026,ruth@shop.example,רות לוי,עציץ,2,"1,250.50 ₪",שולם,x',
  '1001,S-1,,,,אדמה,0.5,30,,',
  '1002,S-2,2026-11-01,omri@shop.example,עמרי,מנוי,1,99.90,ממתין,',
].join('\r\n');

describe.each(databases)('on $name', ({ open }) => {
  test('a Hebrew file of orders is tried first, then read, and read again without doubling anything', async () => {
    const house = await open();
    const trial = await take(house, { text: orders, isDryRun: true, opensFiles: true });
    expect(trial).toMatchObject({ rows: 3, added: 2, opened: 2, refusedCount: 0, ignoredColumns: ['הערה פנימית'], isWritten: false });
    expect(await all(house)).toEqual([]);

    expect(await take(house, { text: orders, opensFiles: true })).toMatchObject({ added: 2, opened: 2, isWritten: true });
    const [first] = await all(house);
    expect(first).toMatchObject({
      externalId: 'S-1',
      number: '1001',
      status: 'paid',
      total: 250_100 + 1_500,
      source: 'import',
      contact: { name: 'רות לוי' },
      lines: [
        { product: 'עציץ', quantity: '2', unitPrice: 125_050 },
        { product: 'אדמה', quantity: '0.5', total: 1_500 },
      ],
    });
    const ruth = await house.json<Contact>('GET', `/api/contacts/${first?.contact.id}`);
    expect(ruth).toMatchObject({ lifecycle: 'customer', identities: [{ value: 'ruth@shop.example', source: 'import' }] });

    expect(await take(house, { text: orders, opensFiles: true })).toMatchObject({ added: 0, changed: 0, unchanged: 2, opened: 0 });
    const paid = orders.replace('ממתין', 'שולם');
    expect(await take(house, { text: paid })).toMatchObject({ changed: 1, unchanged: 1 });
    expect((await all(house)).map(({ status }) => status)).toEqual(['paid', 'paid']);
  });

  test('one wrong row keeps all of a file out, unless somebody says that the right ones are wanted', async () => {
    const house = await open();
    const text = [
      'id,date,email,total,currency',
      'A,2026-01-02,ruth@shop.example,10.00,ILS',
      'B,31/02/2026,ruth@shop.example,10.00,ILS',
      'C,2026-01-02,not an address,10.00,ILS',
      'D,2026-01-02,ruth@shop.example,10.0011,ILS',
      'E,2026-01-02,ruth@shop.example,10.001,KWD',
      'F,2026-01-02,,10,ILS',
    ].join('\n');
    const report = await take(house, { text, opensFiles: true });
    expect(report).toMatchObject({ rows: 6, added: 2, refusedCount: 4, isWritten: false });
    expect(report.refused.map(({ line, column }) => [line, column])).toEqual([
      [3, 'date'],
      [4, 'email'],
      [5, 'total'],
      [7, null],
    ]);
    expect(report.refused.map(({ code, values }) => [code, values])).toEqual([
      ['date', { text: '31/02/2026' }],
      ['email', {}],
      ['amount', { text: '10.0011', currency: 'ILS' }],
      ['buyer-missing', {}],
    ]);
    expect(report.refused[0]).toMatchObject({ sentence: '“31/02/2026” is no date like 2026-11-22 or 22/11/2026.' });
    expect(report.refused[0]?.cells).toEqual(['B', '31/02/2026', 'ruth@shop.example', '10.00', 'ILS']);
    expect(await all(house)).toEqual([]);
    expect(await take(house, { text, opensFiles: true, skipsRefused: true })).toMatchObject({ added: 2, isWritten: true });
    expect((await all(house)).map(({ total, currency }) => [total, currency]).sort()).toEqual([
      [1_000, 'ILS'],
      [10_001, 'KWD'],
    ]);
  });

  test('every kind of refusal has a code of its own, and the other rows of an order lead to the one at fault', async () => {
    const house = await open();
    const text = [
      'id,date,email,phone,product,quantity,price,line total,total,status,currency,ends,number',
      'A,,ruth@shop.example,,,,,,10,,,,',
      'B,2026-01-02,ruth@shop.example,,,,,,,,,,',
      'C,2026-01-02,ruth@shop.example,,עציץ,,,,,,,,',
      'D,2026-01-02,ruth@shop.example,,,,,,10,maybe,,,',
      'E,2026-01-02,ruth@shop.example,,,,,,10,,shekel,,',
      'F,2026-01-02,ruth@shop.example,,עציץ,many,10,,,,,,',
      'G,2026-01-02,,12,,,,,10,,,,',
      'H,2026-01-02,stranger@shop.example,,,,,,10,,,,',
      'I,2026-01-02,ruth@shop.example,,עציץ,1,10,,,,,,',
      'I,,,,אדמה,1,x,,,,,,',
      `J,2026-01-02,ruth@shop.example,,,,,,10,,,,${'9'.repeat(101)}`,
      'K,2026-01-02,ruth@shop.example,,עציץ,1,10,,11,,,,',
      'L,2026-01-02,ruth@shop.example,,,,,,999999999999,,,,',
    ].join('\n');
    await house.json('POST', '/api/purchases', {
      ...{ id: nanoid(), person: { email: 'ruth@shop.example' }, opensFile: true },
      ...{ currency: 'ILS', at: 1, total: 1 },
    });
    const { refused } = await take(house, { text, isDryRun: true });
    expect(refused.map(({ line, code, values }) => [line, code, values])).toEqual([
      [2, 'date-missing', {}],
      [3, 'amount-missing', {}],
      [4, 'price-missing', {}],
      [5, 'status', { text: 'maybe' }],
      [6, 'currency', { text: 'shekel' }],
      [7, 'quantity', {}],
      [8, 'phone', {}],
      [9, 'buyer-unknown', {}],
      [10, 'other-row', { line: '11' }],
      [11, 'amount', { text: 'x', currency: 'ILS' }],
      [12, 'too-long', { most: '100' }],
      [13, 'lines-sum', { sum: '10.00', currency: 'ILS' }],
      [14, 'amount', { text: '999999999999', currency: 'ILS' }],
    ]);
  });

  test('orders without an id of their own are known again too', async () => {
    const house = await open();
    const text = 'date,email,total\n2026-01-02,ruth@shop.example,10\n2026-01-02,ruth@shop.example,10\n';
    expect(await take(house, { text, opensFiles: true })).toMatchObject({ added: 2, opened: 1 });
    expect(await take(house, { text, opensFiles: true })).toMatchObject({ added: 0, unchanged: 2, opened: 0 });
  });

  test('a list in JSON says amounts in the smallest unit, as the API does', async () => {
    const house = await open();
    const { conversationId } = await writeIn(house, 'שלום');
    const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
    const items = [{ externalId: 'J-1', contactId: contact.id, at: '2026-03-01T10:00:00Z', lines: [{ product: 'x', unitPrice: 1_990 }] }];
    expect(await take(house, { format: 'json', text: JSON.stringify(items) })).toMatchObject({ added: 1, isWritten: true });
    expect(await all(house)).toMatchObject([{ externalId: 'J-1', total: 1_990, currency: 'ILS' } satisfies Partial<Purchase>]);
    const strange = await take(house, { format: 'json', text: JSON.stringify([{ contactId: nanoid(), at: 1, total: 1 }]) });
    expect(strange).toMatchObject({ refusedCount: 1, isWritten: false });
  });
});

test('thousands of orders come in at once, and chats go on meanwhile', async () => {
  const house = await openHouse();
  const rows = Array.from({ length: 6_000 }, (_, at) => `X-${at},2026-01-02,person${at % 2_000}@shop.example,${(at % 500) + 1}.50`);
  const delays: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const before = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
      delays.push(performance.now() - before);
    }
  })();
  const report = await take(house, { text: ['id,date,email,total', ...rows].join('\n'), opensFiles: true });
  isOver = true;
  await watching;
  expect(report).toMatchObject({ rows: 6_000, added: 6_000, opened: 2_000, isWritten: true });
  const { db } = house.server.app.storage;
  const { sum } = await db
    .selectFrom('contact')
    .select((select) => select.fn.sum<number>('purchaseCount').as('sum'))
    .executeTakeFirstOrThrow();
  expect(sum).toBe(6_000);
  // In portions: no turn takes long, measured by how long all of it takes, since the machines of the tests are slow and noisy.
  expect(Math.max(...delays)).toBeLessThan(Math.max(300, delays.reduce((sum, one) => sum + one, 0) / 4));
}, 60_000);

test('who may not import contacts imports no purchases', async () => {
  const house = await openHouse();
  const editor = await house.hire('Noa', (await makeRole(house, 'editor', ['purchases:edit', 'contacts:edit'])).id);
  const body = { format: 'csv', isDryRun: true, currency: 'ILS', text: orders };
  expect((await house.call('POST', '/api/purchases/import', body, { cookie: editor.cookie })).status).toBe(403);
});
