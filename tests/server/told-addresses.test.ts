import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { Visitor } from '../../shared/contact.ts';
import type { CustomerPage } from '../../shared/customer.ts';
import type { ExportedData } from '../../shared/own-record.ts';
import type { PurchaseReport } from '../../shared/purchase-import.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House } from '../helpers/house.ts';
import { check, run, upload } from './import-scene.ts';
import { fileOf, likenessesOf, newcomer, post } from './merging-scene.ts';

vi.setConfig({ testTimeout: 60_000 });

const ADDRESS = 'ruth@victim.example';

async function filesOf(house: House, address: string) {
  const { items } = await house.json<CustomerPage>('GET', '/api/customers?sort=name&limit=200');
  return items.filter(({ identities }) => identities.some(({ value }) => value === address));
}

const order = (some: object) => ({ id: nanoid(), at: Date.now(), currency: 'ILS', total: 12_000, ...some });

describe.each(databases)('on $name', ({ open }) => {
  test('a stranger who types a customer’s address is told nothing of her when the shop takes in its list', async () => {
    const house = await open();
    const troll = await newcomer(house, { name: 'Troll', email: ADDRESS });
    const list = `name,email,phone,external id\nRuth Victim,${ADDRESS},050-7654321,C-17\n`;
    const done = await run(house, await check(house, await upload(house, list), { mapping: ['name', 'email', 'phone', 'external'] }));
    expect(done.job).toMatchObject({ added: 1, changed: 0, refused: 0 });
    const { visitor } = await get<{ visitor: Visitor }>(troll.socket, 'visitor:identify', {});
    expect(visitor).toMatchObject({ name: 'Troll', phone: null });
    expect(JSON.stringify(await get<ExportedData>(troll.socket, 'data:export', {}))).not.toMatch(/Ruth Victim|7654321|C-17/);

    const ruth = (await filesOf(house, ADDRESS)).find(({ name }) => name === 'Ruth Victim');
    expect(await fileOf(house, troll.contactId)).toMatchObject({ name: 'Troll' });
    // Who the stranger says to be is for an agent to decide.
    const proposed = async () => (await likenessesOf(house, troll.contactId)).flatMap(({ contact, other }) => [contact.id, other.id]);
    await expect.poll(proposed, { timeout: 20_000 }).toContain(ruth?.id);
    // The stranger's word stands in the way of no other row either.
    const again = await run(house, await check(house, await upload(house, `name,email\nRuth V. Victim,${ADDRESS}\n`)));
    expect(again.job).toMatchObject({ added: 0, changed: 1, refused: 0 });
    expect(await fileOf(house, ruth?.id ?? '')).toMatchObject({ name: 'Ruth V. Victim' });
  });

  test('what a customer buys is put into no stranger’s file that says her address', async () => {
    const house = await open();
    const troll = await newcomer(house, { email: ADDRESS });
    const bought = await house.json<{ contact: { id: string } }>(
      'POST',
      '/api/purchases',
      order({ opensFile: true, person: { email: ADDRESS, name: 'Ruth' } }),
    );
    expect(bought.contact.id).not.toBe(troll.contactId);
    const other = await newcomer(house, { email: 'omri@victim.example' });
    const text = 'id,date,email,customer name,total\nA-1,2026-11-01,omri@victim.example,Omri,50\n';
    const ask = { format: 'csv', isDryRun: false, currency: 'ILS', opensFiles: true, text };
    expect(await house.json<PurchaseReport>('POST', '/api/purchases/import', ask)).toMatchObject({ added: 1, opened: 1 });
    expect(await fileOf(house, other.contactId)).toMatchObject({ name: null, lifecycle: 'lead' });
  });

  test('an address that an agent wrote down, or that belongs to the person for sure, still finds the file', async () => {
    const house = await open();
    const guest = await newcomer(house);
    await house.json('POST', `/api/contacts/${guest.contactId}/identities`, { kind: 'email', value: ADDRESS, isVerified: false });
    const list = `name,email\nRuth,${ADDRESS}\n`;
    const done = await run(house, await check(house, await upload(house, list)));
    expect(done.job).toMatchObject({ added: 0, changed: 1 });
    expect(await fileOf(house, guest.contactId)).toMatchObject({ name: 'Ruth' });
    const bought = await house.json<{ contact: { id: string } }>('POST', '/api/purchases', order({ person: { email: ADDRESS } }));
    expect(bought.contact.id).toBe(guest.contactId);
    await post(guest.socket, 'thank you', guest.conversationId);
  });
});
