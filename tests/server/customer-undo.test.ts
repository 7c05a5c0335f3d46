import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { CustomerImport, ImportRow } from '../../shared/customer-import.ts';
import type { CustomerChange, CustomerJob } from '../../shared/customer-job.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { databases } from '../helpers/databases.ts';
import type { House } from '../helpers/house.ts';
import { makeField } from './customer-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const contactOf = (house: House, id: string) => house.json<Contact>('GET', `/api/contacts/${id}`);
const edit = (house: House, id: string, patch: object) => house.json<Contact>('PATCH', `/api/contacts/${id}`, patch);

async function ended(house: House, id: string): Promise<CustomerJob> {
  const read = () => house.json<CustomerJob>('GET', `/api/customer-jobs/${id}`);
  await expect.poll(async () => (await read()).status, { timeout: 60_000, interval: 30 }).not.toMatch(/running|undoing/);
  return read();
}

/** Named by an external id, so that an import finds it again. */
async function meet(house: House, number: string, some: object = {}): Promise<string> {
  const id = nanoid();
  await house.json('POST', '/api/contacts', { id, identities: [{ kind: 'external', value: number }], ...some });
  return id;
}

async function check(house: House, rows: readonly string[]): Promise<string> {
  const response = await fetch(`${house.url}/api/customer-imports?id=${nanoid()}&name=customers.csv`, {
    method: 'POST',
    headers: { 'X-Kesher': '1', cookie: house.cookie, 'Content-Type': 'text/csv' },
    body: rows.join('\n'),
  });
  const { job, plan } = (await response.json()) as CustomerImport;
  await house.json('POST', `/api/customer-imports/${job.id}/check`, plan);
  await ended(house, job.id);
  return job.id;
}

async function run(house: House, id: string): Promise<CustomerJob> {
  await house.json('POST', `/api/customer-imports/${id}/run`);
  return ended(house, id);
}

async function change(house: House, contactIds: readonly string[], asked: CustomerChange): Promise<string> {
  const id = nanoid();
  await house.json('POST', '/api/customers/changes', { id, change: asked, contactIds });
  expect(await ended(house, id)).toMatchObject({ status: 'done', changed: contactIds.length });
  return id;
}

async function takeBack(house: House, id: string): Promise<CustomerJob> {
  await house.json('POST', `/api/customer-jobs/${id}/undo`);
  return ended(house, id);
}

async function makeCompany(house: House, name: string): Promise<string> {
  const id = nanoid();
  await house.json('POST', '/api/companies', { id, name });
  return id;
}

describe.each(databases)('on $name', ({ open }) => {
  test('an import that is taken back leaves what agents have written since, and takes back the rest with a line in the history', async () => {
    const house = await open();
    const ruth = await meet(house, '1', { name: 'Ruth', tags: ['old', 'fair'] });
    const dan = await meet(house, '2', { name: 'Dan' });
    const noa = await meet(house, '3', { name: 'Noa', locale: 'he' });
    const id = await check(house, [
      'customer number,name,tags,lifecycle,phone,language',
      '1,Ruth I,imported;from list,customer,050-1234567,en',
      '2,Dan I,imported,customer,050-7654321,en',
      '3,Noa I,imported,customer,050-1111111,en',
    ]);
    expect(await run(house, id)).toMatchObject({ changed: 3 });
    await edit(house, ruth, { name: 'Ruth Cohen', tags: ['fair', 'imported', 'mine'], lifecycle: 'lapsed' });
    // Somebody has called, and it is Dan's phone indeed.
    const phone = (await contactOf(house, dan)).identities.find(({ kind }) => kind === 'phone');
    await house.json('PATCH', `/api/contacts/${dan}/identities/${phone?.id}`, { isVerified: true });
    expect(await takeBack(house, id)).toMatchObject({ status: 'undone', changed: 0 });
    const [own, called, untouched] = [await contactOf(house, ruth), await contactOf(house, dan), await contactOf(house, noa)];
    expect(own).toMatchObject({ name: 'Ruth Cohen', tags: ['fair', 'mine'], lifecycle: 'lapsed', locale: null });
    expect(own.identities.map(({ kind }) => kind)).toEqual(['external']);
    expect(called).toMatchObject({ name: 'Dan', tags: [], lifecycle: 'lead' });
    expect(called.identities.map(({ value }) => value).sort()).toEqual(['+972507654321', '2']);
    expect(untouched).toMatchObject({ name: 'Noa', tags: [], lifecycle: 'lead', locale: 'he', isLifecycleByHand: false });
    const { items } = await house.json<TimelinePage>('GET', `/api/contacts/${noa}/timeline`);
    expect(items[0]).toMatchObject({
      kind: 'change',
      changes: expect.arrayContaining([
        expect.objectContaining({ field: 'name', from: 'Noa I', to: 'Noa' }),
        expect.objectContaining({ field: 'phone', from: '+972501111111', to: null }),
      ]),
    });
  });

  test('who is erased after an import was taken back is erased from its papers, too', async () => {
    const house = await open();
    const ruth = await meet(house, '1', { name: 'Ruth' });
    const id = await check(house, ['customer number,name', '1,Ruth Private', '2,Dan', '2,Dan Levi']);
    expect(await run(house, id)).toMatchObject({ added: 1, changed: 2 });
    await takeBack(house, id);
    const rows = async () => (await house.json<{ items: ImportRow[] }>('GET', `/api/customer-imports/${id}/rows`)).items;
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(['undone', 'undone', 'undone']);
    expect((await house.call('DELETE', `/api/contacts/${ruth}`)).ok).toBe(true);
    expect((await rows()).map(({ cells }) => cells[1])).toEqual([undefined, 'Dan', 'Dan Levi']);
  });

  test('nobody is given back a company that is gone, or a stage that purchases have overtaken', async () => {
    const house = await open();
    const [acme, bond, core] = [await makeCompany(house, 'Acme'), await makeCompany(house, 'Bond'), await makeCompany(house, 'Core')];
    const ruth = await meet(house, '1', { companyId: acme });
    const dan = await meet(house, '2', { companyId: core });
    const noa = await meet(house, '3', { company: 'Somewhere' });
    const gil = await meet(house, '4');
    const purchase = { id: nanoid(), contactId: gil, currency: 'ILS', at: Date.now(), total: 5_000 };
    await house.json('POST', '/api/purchases', purchase);
    expect((await contactOf(house, gil)).lifecycle).toBe('customer');
    const id = await check(house, ['customer number,company,lifecycle', '1,Bond,', '2,Bond,', '3,Bond Street,', '4,,lead']);
    expect(await run(house, id)).toMatchObject({ changed: 4 });
    expect(await contactOf(house, ruth)).toMatchObject({ companyId: bond });
    expect((await house.call('DELETE', `/api/companies/${acme}`)).ok).toBe(true);
    await house.json('PATCH', `/api/companies/${core}`, { name: 'Core Ltd' });
    // The same words, but by now they are a company's name.
    const street = await makeCompany(house, 'Bond Street');
    await edit(house, noa, { companyId: street });
    await house.json('PATCH', `/api/purchases/${purchase.id}`, { version: 1, status: 'refunded' });
    expect(await takeBack(house, id)).toMatchObject({ status: 'undone', changed: 2 });
    expect(await contactOf(house, ruth)).toMatchObject({ companyId: null, company: 'Acme' });
    expect(await contactOf(house, dan)).toMatchObject({ companyId: core, company: 'Core Ltd' });
    expect(await contactOf(house, noa)).toMatchObject({ companyId: street, company: 'Bond Street' });
    expect(await contactOf(house, gil)).toMatchObject({ lifecycle: 'lead', isLifecycleByHand: true });
  });

  test('a file that an import has made stays when agents have written into it, although a later import is taken back first', async () => {
    const house = await open();
    const first = await check(house, ['customer number,name', '1,Ruth', '2,Dan']);
    expect(await run(house, first)).toMatchObject({ added: 2 });
    const second = await check(house, ['customer number,name', '1,Ruth Cohen', '2,Dan Levi']);
    expect(await run(house, second)).toMatchObject({ changed: 2 });
    const rows = await house.json<{ items: { contactId: string }[] }>('GET', `/api/customer-imports/${first}/rows`);
    const [ruth, dan] = rows.items.map(({ contactId }) => contactId) as [string, string];
    await edit(house, ruth, { locale: 'he' });
    expect(await takeBack(house, second)).toMatchObject({ changed: 0 });
    expect(await takeBack(house, first)).toMatchObject({ added: 1 });
    expect(await contactOf(house, ruth)).toMatchObject({ name: 'Ruth', locale: 'he' });
    expect((await house.call('GET', `/api/contacts/${dan}`)).status).toBe(404);
  });

  test('a change of many is taken back tag by tag, and a value that fits no more stops nobody else', async () => {
    const house = await open();
    const [small, large] = [nanoid(), nanoid()];
    const choices = [
      { id: small, label: 'S' },
      { id: large, label: 'L' },
    ];
    const size = await makeField(house, { key: 'size', kind: 'choice', choices });
    const [ruth, dan] = [await meet(house, '1', { tags: ['old'], values: { size: small } }), await meet(house, '2', { tags: ['old'] })];
    const tags = await change(house, [ruth, dan], { kind: 'tags', add: ['new'], remove: ['old'] });
    await edit(house, ruth, { name: 'Ruth', locale: 'he', tags: ['new', 'mine'], values: { size: large } });
    expect(await takeBack(house, tags)).toMatchObject({ changed: 0 });
    expect(await contactOf(house, ruth)).toMatchObject({ name: 'Ruth', locale: 'he', tags: ['mine', 'old'], values: { size: large } });
    expect(await contactOf(house, dan)).toMatchObject({ tags: ['old'] });

    const emptied = await change(house, [ruth], { kind: 'field', key: 'size', value: null });
    await house.json('PATCH', `/api/fields/${size.id}`, { isArchived: true });
    expect(await takeBack(house, emptied)).toMatchObject({ status: 'undone', changed: 1 });
  });

  test('a row whose field was archived after the check is refused whole: nothing of it is written', async () => {
    const house = await open();
    const size = await makeField(house, { key: 'size', kind: 'text' });
    const ruth = await meet(house, '1', { name: 'Ruth' });
    const id = await check(house, ['customer number,name,tags,phone,size', '1,Ruth I,imported,050-1234567,L']);
    await house.json('PATCH', `/api/fields/${size.id}`, { isArchived: true });
    const before = await contactOf(house, ruth);
    expect(await run(house, id)).toMatchObject({ status: 'done', changed: 0, refused: 1 });
    expect(await contactOf(house, ruth)).toEqual(before);
    const { items } = await house.json<{ items: ImportRow[] }>('GET', `/api/customer-imports/${id}/rows?outcome=refused`);
    expect(items).toMatchObject([{ reason: 'field:size' }]);
  });
});
