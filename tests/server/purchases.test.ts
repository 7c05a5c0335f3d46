import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { CustomerValue, Purchase, PurchasePage, RenewalPage } from '../../shared/purchase.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

async function meet(house: House, text = 'שלום'): Promise<string> {
  const { conversationId } = await writeIn(house, text);
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
  return contact.id;
}

function order(contactId: string, some: object = {}) {
  return { id: nanoid(), contactId, currency: 'ILS', at: Date.now(), total: 12_050, ...some };
}

const buy = (house: House, contactId: string, some: object = {}) => house.json<Purchase>('POST', '/api/purchases', order(contactId, some));
const contactOf = (house: House, id: string) => house.json<Contact>('GET', `/api/contacts/${id}`);
const worth = (house: House, id: string) => house.json<CustomerValue>('GET', `/api/contacts/${id}/value`);

describe.each(databases)('on $name', ({ open }) => {
  test('the first thing that a lead pays for makes it a customer, and what was not paid does not', async () => {
    const house = await open();
    const ruth = await meet(house);
    await buy(house, ruth, { status: 'pending' });
    expect((await contactOf(house, ruth)).lifecycle).toBe('lead');
    const paid = await buy(house, ruth);
    expect((await contactOf(house, ruth)).lifecycle).toBe('customer');
    expect(await worth(house, ruth)).toMatchObject({ currency: 'ILS', total: 12_050, count: 1, average: 12_050, everyDays: null });

    await house.json('PATCH', `/api/purchases/${paid.id}`, { version: 1, status: 'refunded' });
    expect((await contactOf(house, ruth)).lifecycle).toBe('lead');
    expect(await worth(house, ruth)).toMatchObject({ total: 0, count: 0, months: [] });
  });

  test('lines are added up exactly, in currencies of no, two and three digits', async () => {
    const house = await open();
    const ruth = await meet(house);
    const lines = [
      { product: 'עציץ', quantity: '3', unitPrice: 3_333 },
      { product: 'אדמה', quantity: '0.125', unitPrice: 999, sku: 'E-1' },
      { product: 'הנחה', unitPrice: -500 },
    ];
    const shekels = await buy(house, ruth, { lines, total: undefined });
    expect(shekels.total).toBe(9_999 + 125 - 500);
    expect(shekels.lines.map(({ quantity, total }) => [quantity, total])).toEqual([
      ['3', 9_999],
      ['0.125', 125],
      ['1', -500],
    ]);
    const dinars = await buy(house, ruth, {
      currency: 'KWD',
      total: undefined,
      lines: [{ product: 'x', quantity: '2.5', unitPrice: 1_001 }],
    });
    expect(dinars.total).toBe(2_503);
    await buy(house, ruth, { currency: 'JPY', total: 500 });
    const value = await worth(house, ruth);
    expect(value.total).toBe(shekels.total);
    expect(value.count).toBe(3);
    expect(value.byCurrency).toEqual(
      expect.arrayContaining([
        { currency: 'ILS', total: shekels.total, count: 1 },
        { currency: 'KWD', total: 2_503, count: 1 },
        { currency: 'JPY', total: 500, count: 1 },
      ]),
    );
    const wrong = await house.call('POST', '/api/purchases', order(ruth, { lines, total: 1 }));
    expect(await wrong.json()).toMatchObject({ code: 'invalid', field: 'total' });
    const none = await house.call('POST', '/api/purchases', order(ruth, { total: undefined }));
    expect(await none.json()).toMatchObject({ code: 'invalid', field: 'total' });
  });

  test('a purchase that is sent twice is one', async () => {
    const house = await open();
    const ruth = await meet(house);
    const same = order(ruth);
    const [one, other] = await Promise.all([house.json('POST', '/api/purchases', same), house.json('POST', '/api/purchases', same)]);
    expect(one).toEqual(other);
    expect((await worth(house, ruth)).count).toBe(1);
  });

  test('a shop sends the same order again and again, and it stands here once, as it was said last', async () => {
    const house = await open();
    const send = (some: object) =>
      house.json<Purchase>('PUT', '/api/purchases/external/S-1001', {
        person: { email: 'Ruth@Shop.example', name: 'רות' },
        opensFile: true,
        currency: 'ILS',
        at: 1_790_000_000_000,
        lines: [{ product: 'עציץ', unitPrice: 5_000 }],
        ...some,
      });
    const first = await send({ status: 'pending' });
    const again = await send({ status: 'pending' });
    expect(again).toEqual(first);
    const paid = await send({ status: 'paid' });
    expect(paid).toMatchObject({ id: first.id, version: 2, status: 'paid', contact: { name: 'רות' } });
    expect(await contactOf(house, paid.contact.id)).toMatchObject({
      lifecycle: 'customer',
      identities: [{ kind: 'email', value: 'ruth@shop.example', isVerified: false }],
    });
    const { items } = await house.json<PurchasePage>('GET', '/api/purchases?externalId=S-1001');
    expect(items).toHaveLength(1);
  });

  test('of two who change the same purchase the second is told', async () => {
    const house = await open();
    const ruth = await meet(house);
    const { id } = await buy(house, ruth);
    await house.json('PATCH', `/api/purchases/${id}`, { version: 1, note: 'שולם במזומן' });
    const late = await house.call('PATCH', `/api/purchases/${id}`, { version: 1, total: 1 });
    expect(await late.json()).toMatchObject({ code: 'stale', field: 'version' });
    expect((await house.json<Purchase>('GET', `/api/purchases/${id}`)).total).toBe(12_050);
  });

  test('lines instead of a total, and a total instead of lines, can be given later', async () => {
    const house = await open();
    const ruth = await meet(house);
    const { id } = await buy(house, ruth);
    const lined = await house.json<Purchase>('PATCH', `/api/purchases/${id}`, { version: 1, lines: [{ product: 'עציץ', unitPrice: 700 }] });
    expect(lined).toMatchObject({ total: 700, version: 2 });
    expect(await house.json('PATCH', `/api/purchases/${id}`, { version: 2, status: 'pending' })).toMatchObject({ total: 700, version: 3 });
    expect(await house.json('PATCH', `/api/purchases/${id}`, { version: 3, lines: [], total: 900 })).toMatchObject({
      total: 900,
      lines: [],
    });
    expect(await house.json('PATCH', `/api/purchases/${id}`, { version: 4, total: 901 })).toMatchObject({ total: 901 });
  });

  test('a customer lapses after the days that were set, not while a subscription runs, and is back with the next purchase', async () => {
    const house = await open();
    const [ruth, omri] = [await meet(house), await meet(house)];
    await buy(house, ruth);
    const endsAt = Date.now() + 4 * DAY_MS;
    await buy(house, omri, { total: undefined, lines: [{ product: 'מנוי', unitPrice: 9_900, startsAt: Date.now(), endsAt }] });
    await house.json('PUT', '/api/customer-rules', { currency: 'ILS', lapseAfterDays: 2, isLeadUntilPurchase: true });
    expect((await contactOf(house, ruth)).lifecycle).toBe('customer');

    house.clockOffsetMs = 3 * DAY_MS;
    await house.json('PUT', '/api/customer-rules', { currency: 'ILS', lapseAfterDays: 2, isLeadUntilPurchase: true });
    await expect.poll(async () => (await contactOf(house, ruth)).lifecycle).toBe('lapsed');
    expect((await contactOf(house, omri)).lifecycle).toBe('customer');

    await buy(house, ruth, { at: Date.now() + house.clockOffsetMs });
    expect((await contactOf(house, ruth)).lifecycle).toBe('customer');
    // The rule writes down what it does, and signs it with nobody's name.
    const { items } = await house.json<TimelinePage>('GET', `/api/contacts/${ruth}/timeline?kinds=change`);
    expect(items.map(({ agent, changes }) => [agent, changes?.map(({ field, from, to }) => `${field} ${from} ${to}`)])).toEqual([
      [null, ['lifecycle lapsed customer']],
      [null, ['lifecycle customer lapsed']],
      [null, ['lifecycle lead customer']],
    ]);

    house.clockOffsetMs = 7 * DAY_MS;
    await house.json('PUT', '/api/customer-rules', { currency: 'ILS', lapseAfterDays: 2, isLeadUntilPurchase: true });
    await expect.poll(async () => (await contactOf(house, omri)).lifecycle).toBe('lapsed');
    await house.json('PUT', '/api/customer-rules', { currency: 'ILS', lapseAfterDays: null, isLeadUntilPurchase: true });
    await expect.poll(async () => (await contactOf(house, omri)).lifecycle).toBe('customer');
  });

  test('values follow the business to another currency', async () => {
    const house = await open();
    const ruth = await meet(house);
    await buy(house, ruth);
    await buy(house, ruth, { currency: 'EUR', total: 700 });
    await house.json('PUT', '/api/customer-rules', { currency: 'EUR', lapseAfterDays: null, isLeadUntilPurchase: true });
    const { db } = house.server.app.storage;
    const kept = () => db.selectFrom('contact').select(['purchaseCount', 'purchaseTotal']).where('id', '=', ruth).executeTakeFirst();
    await expect.poll(kept).toEqual({ purchaseCount: 2, purchaseTotal: 700 });
    expect(await worth(house, ruth)).toMatchObject({ currency: 'EUR', total: 700, count: 2 });
  });

  test('what runs out soon is listed, the first first, and page by page', async () => {
    const house = await open();
    const ruth = await meet(house);
    const now = Date.now();
    for (const days of [40, 14, 3]) {
      await buy(house, ruth, { total: undefined, lines: [{ product: `מנוי ${days}`, unitPrice: 100, endsAt: now + days * DAY_MS }] });
    }
    await buy(house, ruth, { status: 'cancelled', total: undefined, lines: [{ product: 'לא', unitPrice: 1, endsAt: now + DAY_MS }] });
    const range = `from=${now}&to=${now + 30 * DAY_MS}`;
    const first = await house.json<RenewalPage>('GET', `/api/renewals?${range}&limit=1`);
    expect(first.items).toMatchObject([{ product: 'מנוי 3', contact: { id: ruth } }]);
    const second = await house.json<RenewalPage>('GET', `/api/renewals?${range}&limit=1&cursor=${first.next}`);
    expect(second.items).toMatchObject([{ product: 'מנוי 14' }]);
    expect(second.next).toBeNull();
  });

  test('of what ends soon everybody finds their own customers, without what was renewed already', async () => {
    const house = await open();
    const now = Date.now();
    const noa = await house.hire('Noa');
    const [ruth, omri, tal] = [await meet(house), await meet(house), await meet(house)];
    const { items: agents } = await house.json<{ items: { id: string; name: string }[] }>('GET', '/api/agents');
    const noaId = agents.find(({ name }) => name === 'Noa')?.id;
    await house.json('PATCH', `/api/contacts/${ruth}`, { ownerId: noaId });
    const runs = (product: string, days: number, sku: string | null = null) => ({
      total: undefined,
      lines: [{ product, sku, unitPrice: 100, endsAt: now + days * DAY_MS }],
    });
    await buy(house, ruth, runs('מנוי', 5));
    await buy(house, omri, runs('מנוי', 6, 'S-1'));
    await buy(house, omri, runs('מנוי שנתי', 371, 'S-1'));
    await buy(house, tal, runs('מנוי', 7));
    const range = `from=${now}&to=${now + 14 * DAY_MS}`;
    const ask = async (query: string, cookie = house.cookie) =>
      (await house.json<RenewalPage>('GET', `/api/renewals?${range}${query}`, undefined, { cookie })).items;
    expect(await ask('')).toMatchObject([
      { contact: { id: ruth, ownerId: noaId }, renewedUntil: null },
      { contact: { id: omri, ownerId: null }, renewedUntil: now + 371 * DAY_MS },
      { contact: { id: tal }, renewedUntil: null },
    ]);
    expect((await ask('&renewed=false')).map(({ contact }) => contact.id)).toEqual([ruth, tal]);
    expect((await ask('&renewed=true')).map(({ contact }) => contact.id)).toEqual([omri]);
    expect((await ask('&owner=me', noa.cookie)).map(({ contact }) => contact.id)).toEqual([ruth]);
    expect(await ask('&owner=me')).toEqual([]);
    expect((await ask('&owner=nobody&renewed=false')).map(({ contact }) => contact.id)).toEqual([tal]);
    const first = await house.json<RenewalPage>('GET', `/api/renewals?${range}&renewed=false&limit=1`);
    expect(first.items).toMatchObject([{ contact: { id: ruth } }]);
    const second = await house.json<RenewalPage>('GET', `/api/renewals?${range}&renewed=false&limit=1&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ contact: { id: tal } }], next: null });
  });

  test('value is told by the business’s months, and a month leads to its rows', async () => {
    const house = await open();
    await house.json('POST', '/api/business-hours', {
      id: nanoid(),
      name: 'x',
      timeZone: 'Asia/Jerusalem',
      week: [[], [], [], [], [], [], []],
      exceptions: [],
      holidays: [],
      jewish: null,
      calendars: [],
    });
    const ruth = await meet(house);
    // Half past midnight in Jerusalem, still August in London.
    await buy(house, ruth, { at: Date.parse('2026-08-31T21:30:00Z'), total: 100 });
    await buy(house, ruth, { at: Date.parse('2026-09-10T10:00:00Z'), total: 200 });
    const { months, everyDays } = await worth(house, ruth);
    expect(everyDays).toBeCloseTo(9.52, 2);
    expect(months).toHaveLength(1);
    const [september] = months;
    expect(september).toMatchObject({ month: '2026-09', total: 300, count: 2 });
    const rows = await house.json<PurchasePage>('GET', `/api/purchases?contactId=${ruth}&from=${september?.from}&to=${september?.to}`);
    expect(rows.items.map(({ total }) => total)).toEqual([200, 100]);
  });
});

test('who may only look at purchases writes none, and who may not finds none', async () => {
  const house = await openHouse();
  const ruth = await meet(house);
  const { id } = await buy(house, ruth);
  const looker = await house.hire('Rina', (await makeRole(house, 'looker', ['purchases:view'])).id);
  const blind = await house.hire('Omar', (await makeRole(house, 'blind', ['conversations:view-all'])).id);
  const editor = await house.hire('Noa', (await makeRole(house, 'editor', ['purchases:edit'])).id);
  const ask = async (who: { cookie: string }, method: string, path: string, body?: unknown) =>
    (await house.call(method, path, body, { cookie: who.cookie })).status;
  expect(await ask(looker, 'GET', `/api/purchases/${id}`)).toBe(200);
  expect(await ask(looker, 'POST', '/api/purchases', order(ruth))).toBe(403);
  expect(await ask(looker, 'DELETE', `/api/purchases/${id}`)).toBe(403);
  expect(await ask(looker, 'PUT', '/api/customer-rules', { currency: 'ILS', lapseAfterDays: 1, isLeadUntilPurchase: true })).toBe(403);
  for (const path of [`/api/purchases/${id}`, '/api/purchases', '/api/renewals', `/api/contacts/${ruth}/value`]) {
    expect(await ask(blind, 'GET', path), path).toBe(403);
  }
  // Whoever may not see addresses learns nothing by trying them, and opens no files.
  const byAddress = { id: nanoid(), person: { email: 'a@b.example' }, currency: 'ILS', at: 1, total: 1 };
  expect(await ask(editor, 'POST', '/api/purchases', byAddress)).toBe(403);
  expect(await ask(editor, 'POST', '/api/purchases', order(ruth, { opensFile: true }))).toBe(403);
  expect(await ask(editor, 'POST', '/api/purchases', order(ruth))).toBe(201);
});

test('an address that two files claim is no clue to who has bought', async () => {
  const house = await openHouse();
  const [ruth, omri] = [await meet(house), await meet(house)];
  for (const id of [ruth, omri]) await house.json('PATCH', `/api/contacts/${id}`, { email: 'home@shop.example' });
  const response = await house.call('POST', '/api/purchases', {
    id: nanoid(),
    person: { email: 'home@shop.example' },
    currency: 'ILS',
    at: 1,
    total: 1,
  });
  expect(await response.json()).toMatchObject({ code: 'conflict', field: 'person' });
});
