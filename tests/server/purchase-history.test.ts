import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Purchase, PurchasePage } from '../../shared/purchase.ts';
import type { PurchaseChange, PurchaseChangePage } from '../../shared/purchase-change.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { makeRole, makeToken } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import type { House } from '../helpers/house.ts';
import { merge, undo } from './merging-scene.ts';
import { atRest, bring, checkFile, runFile } from './purchase-scene.ts';

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

  test('a purchase that a file brings again after it was deleted can be deleted again, and each time has a history of its own', async () => {
    const house = await open();
    const file = 'date,email,total\n2026-01-02,ruth@shop.example,10';
    const bringIn = async () => {
      await runFile(house, await checkFile(house, await bring(house, file)));
      const { items } = await house.json<PurchasePage>('GET', '/api/purchases');
      return items[0]?.id ?? '';
    };
    const remove = (id: string) => house.call('DELETE', `/api/purchases/${id}`);
    const kinds = async (id: string) => (await historyOf(house, id)).items.map(({ kind }) => kind);
    const id = await bringIn();
    expect((await remove(id)).status).toBe(204);
    expect(await bringIn()).toBe(id);
    expect(await kinds(id)).toEqual(['created']);
    expect((await remove(id)).status).toBe(204);
    expect(await kinds(id)).toEqual(['removed', 'created', 'removed', 'created']);
    const { items } = await historyOf(house, id);
    expect(new Set(items.map((item) => item.id)).size).toBe(4);

    // The same again, for somebody else.
    const [ruth, dan] = [await makeFile(house, 'Ruth'), await makeFile(house, 'Dan')];
    const bought = await buy(house, ruth, { note: 'for Ruth' });
    await remove(bought.id);
    await buy(house, dan, { id: bought.id, note: 'for Dan' });
    await remove(bought.id);
    await house.call('DELETE', `/api/contacts/${dan}`);
    const notes = (await historyOf(house, bought.id)).items.flatMap(({ changes }) => changes.filter(({ field }) => field === 'note'));
    expect(notes.map(({ before }) => before)).toEqual([null, 'for Ruth']);
  });

  test('what went to another customer is forgotten with whom it was bought for, in its history and in the papers of the file', async () => {
    const house = await open();
    const names = ['Xenia', 'Xenia L.', 'Yoni', 'Dan'];
    const [xenia = '', twin = '', yoni = '', dan = ''] = await Promise.all(names.map((name) => makeFile(house, name)));
    const content = { currency: 'ILS', at: 1_000, lines: [pot] };
    const put = (order: string, contactId: string, note: string) =>
      house.json<Purchase>('PUT', `/api/purchases/external/${order}`, { ...content, contactId, note });
    const { id } = await put('S-1', xenia, 'secret 1');
    await put('S-1', xenia, 'secret 2');
    const rows = [{ ...content, externalId: 'S-1', contactId: yoni, note: 'Yoni’s', lines: [{ ...pot, product: 'כד' }] }];
    const ran = await runFile(house, await checkFile(house, await bring(house, JSON.stringify(rows), 'json')));
    // Merged and parted again, it is still known whose it was.
    const { id: mergeId } = (await merge(house, twin, xenia)).merge;
    await undo(house, mergeId);
    await house.call('DELETE', `/api/contacts/${twin}`);
    const { db } = house.server.app.storage;
    const everything = async () =>
      JSON.stringify([
        await db.selectFrom('purchaseChange').select('changes').execute(),
        await db.selectFrom('importRow').select(['cells', 'draft', 'before']).execute(),
      ]);
    expect(await everything()).toMatch(/secret.*עציץ/);
    await merge(house, await makeFile(house, 'Xenia the third'), xenia);
    await house.call('DELETE', `/api/contacts/${xenia}`);
    const { items } = await historyOf(house, id);
    expect(items.map(({ kind, changes }) => [kind, changes.find(({ field }) => field === 'note')])).toMatchObject([
      ['changed', { before: null, after: 'Yoni’s' }],
      ['changed', { before: null, after: null }],
      ['created', undefined],
    ]);
    expect(items[0]?.changes.find(({ field }) => field === 'lines')).toMatchObject({ before: null, after: [{ product: 'כד' }] });
    expect(await everything()).not.toMatch(/secret|עציץ/);
    // Nothing is left that it could be taken back to.
    await house.json('POST', `/api/purchase-imports/${ran.job.id}/undo`);
    expect((await atRest(house, ran.job.id)).job.status).toBe('undone');
    expect(await house.json('GET', `/api/purchases/${id}`)).toMatchObject({ contact: { id: yoni }, note: 'Yoni’s' });
    // Whose it is now is erased alone.
    await put('S-2', dan, 'Dan’s');
    await put('S-2', yoni, 'Yoni’s');
    await house.call('DELETE', `/api/contacts/${yoni}`);
    expect(await everything()).toContain('Dan’s');
    expect(await everything()).not.toMatch(/Yoni’s|כד/);
  });
});
