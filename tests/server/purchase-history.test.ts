import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Purchase } from '../../shared/purchase.ts';
import type { PurchaseChange, PurchaseChangePage } from '../../shared/purchase-change.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { makeRole, makeToken } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import type { House } from '../helpers/house.ts';
import { merge, undo } from './merging-scene.ts';

const makeFile = async (house: House, name: string) => (await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name })).id;
const pot = { product: 'עציץ', quantity: '2', unitPrice: 5_000 };
const buy = (house: House, contactId: string, some: object = {}) =>
  house.json<Purchase>('POST', '/api/purchases', { id: nanoid(), contactId, currency: 'ILS', at: 1_000, lines: [pot], ...some });
const historyOf = (house: House, id: string, query = '') => house.json<PurchaseChangePage>('GET', `/api/purchases/${id}/changes${query}`);
const told = ({ items }: PurchaseChangePage) =>
  items.map(({ kind, source, agent, changes }) => [
    kind,
    source,
    agent?.name,
    Object.fromEntries(changes.map(({ field, before, after }) => [field, [before, after]])),
  ]);
const removalsIn = async (house: House, contactId: string, cookie = house.cookie) => {
  const { items } = await house.json<TimelinePage>('GET', `/api/contacts/${contactId}/timeline`, undefined, { cookie });
  return items.flatMap(({ changes }) => changes ?? []).filter(({ field }) => field === 'purchase');
};

describe.each(databases)('on $name', ({ open }) => {
  test('the history of a purchase says who changed what, by hand, by a shop and by a file, and what it was before', async () => {
    const house = await open();
    const noa = await house.hire('Noa', (await makeRole(house, 'seller', ['purchases:view', 'purchases:edit', 'contacts:view'])).id);
    const ruth = await makeFile(house, 'Ruth');
    const bought = await buy(house, ruth, { externalId: 'S-1', status: 'pending' });
    await house.json('PATCH', `/api/purchases/${bought.id}`, { version: 1, status: 'paid', number: '77' }, { cookie: noa.cookie });
    // Nothing is otherwise: nothing is written down.
    await house.json('PATCH', `/api/purchases/${bought.id}`, { version: 2, number: '77' });
    const { token } = await makeToken(house, house.cookie);
    const content = { currency: 'ILS', at: 2_000, number: '77', lines: [{ ...pot, quantity: '3', endsAt: 9_000 }] };
    await house.json('PUT', '/api/purchases/external/S-1', content, { cookie: '', Authorization: `Bearer ${token}` });
    const text = JSON.stringify([{ ...content, externalId: 'S-1', contactId: ruth, currency: 'USD' }]);
    await house.json('POST', '/api/purchases/import', { format: 'json', text, isDryRun: false, currency: 'ILS' });

    const said = { product: 'עציץ', sku: null, unitPrice: 5_000, startsAt: null };
    const history = await historyOf(house, bought.id);
    expect(told(history)).toEqual([
      ['changed', 'import', 'Dana', { currency: ['ILS', 'USD'] }],
      [
        'changed',
        'api',
        'Dana',
        {
          total: [10_000, 15_000],
          at: [1_000, 2_000],
          endsAt: [null, 9_000],
          lines: [[{ ...said, quantity: '2', total: 10_000, endsAt: null }], [{ ...said, quantity: '3', total: 15_000, endsAt: 9_000 }]],
        },
      ],
      ['changed', 'hand', 'Noa', { status: ['pending', 'paid'], number: [null, '77'] }],
      ['created', 'hand', 'Dana', {}],
    ]);
    expect(history.items.map(({ currency }) => currency)).toEqual(['USD', 'ILS', 'ILS', 'USD']);
    const pages: PurchaseChange[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: PurchaseChangePage = await historyOf(house, bought.id, `?limit=1${next && `&cursor=${next}`}`);
      pages.push(...page.items);
      next = page.next;
    }
    expect(pages).toEqual(history.items);
  });

  test('what was deleted can still be read, and the customer’s timeline says so to whoever may see purchases', async () => {
    const house = await open();
    const ruth = await makeFile(house, 'Ruth');
    const bought = await buy(house, ruth, { note: 'במתנה' });
    await house.call('DELETE', `/api/purchases/${bought.id}`);
    expect(told(await historyOf(house, bought.id))).toMatchObject([
      [
        'removed',
        'hand',
        'Dana',
        { status: ['paid', null], total: [10_000, null], note: ['במתנה', null], lines: [[{ product: 'עציץ' }], null] },
      ],
      ['created', 'hand', 'Dana', {}],
    ]);
    expect(await removalsIn(house, ruth)).toMatchObject([{ from: 'עציץ · 100.00 ILS', to: null }]);
    const rina = await house.hire('Rina', (await makeRole(house, 'rina', ['contacts:view'])).id);
    expect(await removalsIn(house, ruth, rina.cookie)).toEqual([]);
    expect((await house.call('GET', `/api/purchases/${bought.id}/changes`, undefined, { cookie: rina.cookie })).status).toBe(403);
    expect((await house.call('GET', `/api/purchases/${nanoid()}/changes`)).status).toBe(404);
  });

  test('the history goes with its purchase through a merge and back, and an erased person’s says when, who and how much', async () => {
    const house = await open();
    const [ruth, twin] = [await makeFile(house, 'Ruth'), await makeFile(house, 'Ruth L.')];
    const [kept, gone] = [await buy(house, twin, { number: '12' }), await buy(house, twin)];
    await house.json('PATCH', `/api/purchases/${kept.id}`, { version: 1, status: 'refunded', note: 'secret' });
    await house.call('DELETE', `/api/purchases/${gone.id}`);
    const { id: mergeId } = (await merge(house, ruth, twin)).merge;
    const { db } = house.server.app.storage;
    const whose = async () =>
      (await db.selectFrom('purchaseChange').select('contactId').where('purchaseId', '=', gone.id).execute()).map(
        ({ contactId }) => contactId,
      );
    expect(await whose()).toEqual([ruth, ruth]);
    await undo(house, mergeId);
    expect(await whose()).toEqual([twin, twin]);
    await merge(house, ruth, twin);

    await house.call('DELETE', `/api/contacts/${ruth}`);
    const [change] = (await historyOf(house, kept.id)).items;
    expect(change?.changes).toMatchObject([
      { field: 'status', before: 'paid', after: 'refunded' },
      { field: 'note', before: null, after: null },
    ]);
    const removed = (await historyOf(house, gone.id)).items[0];
    expect(removed?.changes.find(({ field }) => field === 'total')).toMatchObject({ before: 10_000 });
    const left = await db.selectFrom('purchaseChange').select('changes').execute();
    expect(JSON.stringify(left)).not.toMatch(/secret|עציץ/);
  });
});
