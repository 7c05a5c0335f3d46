import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { CustomerPage } from '../../shared/customer.ts';
import type { CustomerImport, ImportPlan, ImportRow } from '../../shared/customer-import.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeField } from './customer-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** Windows' Hebrew: the letters stand from 0xE0 on. */
function toWindows1255(text: string): Buffer {
  return Buffer.from(
    [...text].map((letter) => (letter >= 'א' && letter <= 'ת' ? letter.charCodeAt(0) - 0x5d0 + 0xe0 : letter.charCodeAt(0))),
  );
}

async function upload(house: House, file: string | Buffer, name = 'customers.csv'): Promise<CustomerImport> {
  const response = await fetch(`${house.url}/api/customer-imports?id=${nanoid()}&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'X-Kesher': '1', cookie: house.cookie, 'Content-Type': 'text/csv' },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as CustomerImport;
}

async function settled(house: House, id: string, timeout = 60_000): Promise<CustomerImport> {
  const read = () => house.json<CustomerImport>('GET', `/api/customer-imports/${id}`);
  await expect.poll(async () => (await read()).job.status, { timeout, interval: 50 }).not.toMatch(/running|undoing/);
  return read();
}

async function check(house: House, taken: CustomerImport, plan: Partial<ImportPlan> = {}): Promise<CustomerImport> {
  await house.json('POST', `/api/customer-imports/${taken.job.id}/check`, { ...taken.plan, ...plan });
  return settled(house, taken.job.id);
}

async function run(house: House, taken: CustomerImport): Promise<CustomerImport> {
  await house.json('POST', `/api/customer-imports/${taken.job.id}/run`);
  return settled(house, taken.job.id);
}

async function everybody(house: House) {
  return (await house.json<CustomerPage>('GET', '/api/customers?sort=name&limit=200')).items;
}

describe.each(databases)('on $name', ({ open }) => {
  test('a file of customers is read by its Hebrew headings, checked without writing, and comes in with all that it says', async () => {
    const house = await open();
    const field = await makeField(house, { key: 'plants', name: 'מספר עציצים', kind: 'number' });
    const file = [
      'שם פרטי,שם משפחה,טלפון,אימייל,מספר לקוח,תגיות,סטטוס,אחראי,מספר עציצים,הערה',
      'רות,כהן,050-1234567,Ruth@Shop.Example,17,"vip; סיטונאי",לקוח,dana@shop.example,12.5,שלום',
      'Dan,Levi,+1 415 555 2671,,18,,lead,Dana,,',
      'רע,,12,,,,,,,',
      ',,,not-an-email,,,,,,',
      ',,,,,vip,,,,',
      'טעות,,,,,,,,הרבה,',
    ].join('\r\n');
    const taken = await upload(house, file);
    expect(taken).toMatchObject({ encoding: 'utf-8', separator: ',', rows: 6, job: { status: 'draft' } });
    expect(taken.plan.mapping).toEqual([
      'first-name',
      'last-name',
      'phone',
      'email',
      'external',
      'tags',
      'lifecycle',
      'owner',
      'field:plants',
      null,
    ]);
    const checked = await check(house, taken, { tag: 'יובא' });
    expect(checked.outcomes).toEqual({ add: 2, refused: 4 });
    expect(await everybody(house)).toEqual([]);
    const done = await run(house, checked);
    expect(done).toMatchObject({
      job: { status: 'done', added: 2, changed: 0, refused: 4, canUndo: true },
      outcomes: { added: 2, refused: 4 },
    });
    expect(Object.fromEntries(done.reasons.map(({ reason, count }) => [reason, count]))).toEqual({
      phone: 1,
      email: 1,
      nobody: 1,
      'field:plants': 1,
    });
    const [dan, ruth] = await everybody(house);
    expect(ruth).toMatchObject({ name: 'רות כהן', lifecycle: 'customer', tags: ['יובא', 'vip', 'סיטונאי'], values: { [field.key]: 12.5 } });
    expect(ruth?.identities.map(({ value }) => value).sort()).toEqual(['+972501234567', '17', 'ruth@shop.example']);
    expect(ruth?.ownerId).toBe(dan?.ownerId);
    expect(dan).toMatchObject({ name: 'Dan Levi', lifecycle: 'lead' });
    expect(await house.json('GET', `/api/contacts/${dan?.id}/timeline`)).toMatchObject({
      items: [{ kind: 'change', agent: { name: 'Dana' }, changes: [{ field: 'created', to: 'import' }] }],
    });
    const found = await house.json<CustomerPage>('GET', `/api/customers?q=${encodeURIComponent('כהן')}`);
    expect(found.items).toHaveLength(1);
    const refused = await (await house.call('GET', `/api/customer-imports/${taken.job.id}/refused?language=en`)).text();
    expect(refused.split('\r\n')[1]).toBe('רע,,12,,,,,,,,4,not a phone number');
  });

  test('who is here already is found again by the phone, however it is written, and nobody twice from one file', async () => {
    const house = await open();
    const first = await upload(house, 'name,phone\nRuth,050-1234567\n');
    await run(house, await check(house, first));
    const again =
      'name;phone;email\nRuth Cohen;+972 50 123 4567;ruth@shop.example\nDan;052-7654321;\nDan Levi;0527654321;dan@shop.example\n';
    const skipped = await check(house, await upload(house, again), { mode: 'skip' });
    expect(skipped.outcomes).toEqual({ skip: 2, add: 1 });
    const updated = await run(house, await check(house, await upload(house, again)));
    expect(updated).toMatchObject({ separator: ';', job: { added: 1, changed: 2 } });
    const people = await everybody(house);
    expect(people.map(({ name }) => name)).toEqual(['Dan Levi', 'Ruth Cohen']);
    expect(people.map(({ identities }) => identities.length)).toEqual([2, 2]);
    const undone = await house.json<{ status: string }>('POST', `/api/customer-jobs/${updated.job.id}/undo`);
    expect(undone.status).toBe('undoing');
    await settled(house, updated.job.id);
    expect((await everybody(house)).map(({ name, identities }) => [name, identities.length])).toEqual([['Ruth', 1]]);
  });

  test('an import that is stopped halfway leaves nothing behind, and a file that somebody has used meanwhile stays', async () => {
    const house = await open();
    const rows = Array.from({ length: 1_500 }, (_, at) => `Customer ${at},c${at}@shop.example`);
    const checked = await check(house, await upload(house, ['name,email', ...rows].join('\n')));
    const { id } = checked.job;
    await house.json('POST', `/api/customer-imports/${id}/run`);
    await expect
      .poll(async () => (await house.json<CustomerImport>('GET', `/api/customer-imports/${id}`)).job.added, { interval: 10 })
      .toBeGreaterThan(0);
    const [one] = await everybody(house);
    await house.json('PATCH', `/api/contacts/${one?.id}`, { name: 'Somebody we know' });
    await house.json('POST', `/api/customer-jobs/${id}/cancel`);
    const ended = await settled(house, id);
    expect(ended.job).toMatchObject({ status: 'undone', added: 1, changed: 0 });
    expect((await everybody(house)).map(({ name }) => name)).toEqual(['Somebody we know']);
    const { items } = await house.json<{ items: ImportRow[] }>('GET', `/api/customer-imports/${id}/rows?outcome=kept`);
    expect(items.map(({ contactId }) => contactId)).toEqual([one?.id]);
    await expect(house.json<Contact>('GET', `/api/contacts/${one?.id}`)).resolves.toMatchObject({ name: 'Somebody we know' });
  });
});

test('files in the letters of Windows and of Excel are read as they were meant', async () => {
  const house = await openHouse();
  const text = 'שם\tטלפון\r\nרות כהן\t050-1234567\r\n';
  const windows = await upload(house, toWindows1255(text));
  expect(windows).toMatchObject({
    encoding: 'windows-1255',
    separator: '\t',
    columns: [{ heading: 'שם', samples: ['רות כהן'] }, { heading: 'טלפון' }],
  });
  const excel = await upload(house, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  expect(excel).toMatchObject({ encoding: 'utf-16le', columns: [{ heading: 'שם', samples: ['רות כהן'] }, { heading: 'טלפון' }] });
  const marked = await upload(house, `\ufeff"שם","הערות, כולן"\n"רות ""כהן""","שורה\nשנייה"\n`);
  expect(marked).toMatchObject({ encoding: 'utf-8', rows: 1, columns: [{ samples: ['רות "כהן"'] }, { samples: ['שורה\nשנייה'] }] });
  // In Hebrew a quotation mark within a word is how it is spelled.
  const spelled = await upload(
    house,
    toWindows1255('שם;דוא"ל;חברה\r\nרות;ruth@example.com;"גן, בע""מ"\r\nדן;dan@example.com;אור בע"מ\r\n'),
  );
  expect(spelled).toMatchObject({
    separator: ';',
    columns: [
      { heading: 'שם' },
      { heading: 'דוא"ל', samples: ['ruth@example.com', 'dan@example.com'] },
      { samples: ['גן, בע"מ', 'אור בע"מ'] },
    ],
  });
  await expect(upload(house, Buffer.from('504b0304140006000800', 'hex'))).rejects.toThrow('save it as CSV');
  await expect(upload(house, '')).rejects.toThrow('no rows');
  await expect(upload(house, 'name,phone\n')).rejects.toThrow('no rows');
});
