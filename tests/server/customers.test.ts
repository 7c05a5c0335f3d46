import { inflateRawSync } from 'node:zlib';
import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { CustomerPage } from '../../shared/customer.ts';
import type { CustomerFilter } from '../../shared/customer-filter.ts';
import type { CustomerJob } from '../../shared/customer-job.ts';
import type { Segment } from '../../shared/segment.ts';
import { makeRole } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact } from '../helpers/house.ts';
import { DAY_MS, makeField, nobody, type Person, storePeople } from './customer-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const named = (name: string, some: Partial<Person> = {}): Person => ({ ...nobody, name, ...some });

const where = (...conditions: CustomerFilter['groups'][number]['conditions']): CustomerFilter => ({
  match: 'all',
  groups: [{ match: 'all', conditions }],
});
const search = (house: House, query: Record<string, string>, headers?: Record<string, string>) =>
  house.json<CustomerPage>('GET', `/api/customers?${new URLSearchParams(query)}`, undefined, headers);
const names = (page: CustomerPage) => page.items.map(({ name }) => name);

async function ended(house: House, id: string): Promise<CustomerJob> {
  const read = () => house.json<CustomerJob>('GET', `/api/customer-jobs/${id}`);
  await expect.poll(async () => (await read()).status, { timeout: 60_000, interval: 30 }).not.toMatch(/running|undoing/);
  return read();
}

async function settledSegment(house: House, id: string, count: number): Promise<void> {
  await expect
    .poll(async () => house.json<Segment>('GET', `/api/segments/${id}`), { timeout: 60_000, interval: 50 })
    .toMatchObject({ count, isFilling: false });
}

describe.each(databases)('on $name', ({ open }) => {
  test('a segment follows its customers: who is tagged comes in, who is erased goes, and nobody asked for it', async () => {
    const house = await open();
    const [ruth, dan] = await storePeople(house, [named('Ruth', { tags: ['vip'] }), named('Dan'), named('Noa')]);
    const id = nanoid();
    await house.json('POST', '/api/segments', { id, name: 'VIP', filter: where({ on: 'tag', op: 'any', values: ['vip'] }) });
    await settledSegment(house, id, 1);
    const agent = await house.agent();
    const told = nextFact(agent.socket, 'segments:changed');
    await house.json('PATCH', `/api/contacts/${dan?.id}`, { tags: ['vip', 'new'] });
    await told;
    await settledSegment(house, id, 2);
    expect(names(await search(house, { segmentId: id, sort: 'name' }))).toEqual(['Dan', 'Ruth']);
    await house.json('PATCH', `/api/contacts/${ruth?.id}`, { tags: [] });
    await settledSegment(house, id, 1);
    await house.call('DELETE', `/api/contacts/${dan?.id}`);
    await settledSegment(house, id, 0);
    await house.json('PATCH', `/api/segments/${id}`, { filter: where({ on: 'tag', presence: 'empty' }) });
    await settledSegment(house, id, 2);
    expect((await house.call('DELETE', `/api/segments/${id}`)).status).toBe(204);
    expect((await house.call('GET', `/api/segments/${id}`)).status).toBe(404);
  });

  test('what time alone moves is followed: who was seen long ago comes into a segment one day, and a word takes them out', async () => {
    const house = await open();
    const now = Date.now();
    await storePeople(house, [named('Yesterday', { lastSeenAt: now - DAY_MS }), named('Long ago', { lastSeenAt: now - 100 * DAY_MS })]);
    const visitor = await house.visitor();
    await get(visitor.socket, 'message:post', { id: nanoid(), text: 'hello' });
    await get(visitor.socket, 'visitor:identify', { name: 'Today' });
    const id = nanoid();
    await house.json('POST', '/api/segments', { id, name: 'Silent', filter: where({ on: 'seen', when: { op: 'older', days: 9 } }) });
    await settledSegment(house, id, 1);
    house.clockOffsetMs = 8.5 * DAY_MS;
    await settledSegment(house, id, 2);
    expect(names(await search(house, { segmentId: id, sort: 'name' }))).toEqual(['Long ago', 'Yesterday']);
    house.clockOffsetMs = 9.5 * DAY_MS;
    await settledSegment(house, id, 3);
    await get(visitor.socket, 'visitor:identify', { name: 'Back again' });
    await settledSegment(house, id, 2);
  });

  test('many are changed in the background, each judged by itself, and taken back without what somebody changed since', async () => {
    const house = await open();
    const people = Array.from({ length: 130 }, (_, at) =>
      named(`Customer ${String(at).padStart(3, '0')}`, { tags: at < 70 ? ['old'] : [] }),
    );
    const stored = await storePeople(house, people);
    const id = nanoid();
    const search70 = { filter: where({ on: 'tag', op: 'any', values: ['old'] }) };
    await house.json('POST', '/api/customers/changes', { id, change: { kind: 'tags', add: ['new'], remove: ['old'] }, search: search70 });
    expect(await ended(house, id)).toMatchObject({ status: 'done', total: 70, done: 70, changed: 70, refused: 0, canUndo: true });
    // A retry finds it done.
    await house.json('POST', '/api/customers/changes', { id, change: { kind: 'tags', add: ['new'], remove: ['old'] }, search: search70 });
    const count = async (tag: string) =>
      (
        await house.json<{ count: number }>(
          'GET',
          `/api/customers/count?${new URLSearchParams({ filter: JSON.stringify(where({ on: 'tag', op: 'any', values: [tag] })) })}`,
        )
      ).count;
    expect([await count('old'), await count('new')]).toEqual([0, 70]);
    await house.json('PATCH', `/api/contacts/${stored[0]?.id}`, { tags: ['new', 'mine'] });
    await house.json('POST', `/api/customer-jobs/${id}/undo`);
    expect(await ended(house, id)).toMatchObject({ status: 'undone', changed: 0 });
    expect([await count('old'), await count('new'), await count('mine')]).toEqual([70, 0, 1]);
    const owner = nanoid();
    const ids = stored.slice(0, 3).map((person) => person.id);
    const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/agents');
    await house.json('POST', '/api/customers/changes', {
      id: owner,
      change: { kind: 'owner', ownerId: items[0]?.id },
      contactIds: [...ids, nanoid()],
    });
    expect(await ended(house, owner)).toMatchObject({ status: 'done', changed: 3, refused: 1 });
  });

  test('what many were given in a field is taken back, but not from whom somebody has given something else since', async () => {
    const house = await open();
    const size = await makeField(house, { key: 'size', kind: 'text' });
    const stored = await storePeople(house, [named('Ruth', { values: { [size.id]: 'S' } }), named('Dan'), named('Noa')], [size]);
    const contactIds = stored.map((person) => person.id);
    const [ruth, dan, noa] = contactIds.map((id) => `/api/contacts/${id}`) as [string, string, string];
    const id = nanoid();
    await house.json('POST', '/api/customers/changes', { id, change: { kind: 'field', key: 'size', value: 'L' }, contactIds });
    expect(await ended(house, id)).toMatchObject({ status: 'done', changed: 3 });
    await house.json('PATCH', dan, { values: { size: 'XXL' } });
    // Another field of the same file is no reason to leave this one.
    await house.json('PATCH', noa, { name: 'Noa Levi', tags: ['vip'] });
    await house.json('POST', `/api/customer-jobs/${id}/undo`);
    expect(await ended(house, id)).toMatchObject({ status: 'undone', changed: 1 });
    expect(await house.json('GET', ruth)).toMatchObject({ values: { size: 'S' } });
    expect(await house.json('GET', dan)).toMatchObject({ values: { size: 'XXL' } });
    expect(await house.json('GET', noa)).toMatchObject({ name: 'Noa Levi', tags: ['vip'], values: {} });
  });
});

describe.each(databases.slice(0, 1))('who may not see something', ({ open }) => {
  async function openShop() {
    const house = await open();
    const secret: CustomField = await makeField(house, {
      key: 'secret',
      kind: 'text',
      viewRoles: ['supervisor'],
      editRoles: ['supervisor'],
    });
    const people = [
      named('Ruth', {
        identities: [{ kind: 'email', value: 'ruth@shop.example', isVerified: false }],
        purchaseTotal: 100_000,
        purchaseCount: 3,
        values: { [secret.id]: 'blue' },
      }),
      named('Dan', { identities: [{ kind: 'phone', value: '+972501234567', isVerified: false }] }),
    ];
    await storePeople(house, people, [secret]);
    const role = await makeRole(house, 'glimpse', ['contacts:view', 'contacts:edit']);
    const { cookie } = await house.hire('Gil', role.id);
    return { house, secret, gil: { cookie } };
  }

  test('is shown the list with addresses hidden, and neither purchases nor fields of others', async () => {
    const { house, gil } = await openShop();
    const { items } = await search(house, { sort: 'name' }, gil);
    expect(items).toMatchObject([
      { name: 'Dan', isMasked: true, values: {} },
      { name: 'Ruth', isMasked: true, values: {} },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/ruth@|1234567|blue|100000|purchase/);
  });

  test('does not learn it by a filter, an order, a segment or a file', async () => {
    const { house, secret, gil } = await openShop();
    const refused = [
      where({ on: 'email', op: 'contains', value: 'ruth' }),
      where({ on: 'value', from: 1 }),
      where({ on: 'purchased', when: { op: 'ever' } }),
      where({ on: 'field', fieldId: secret.id, presence: 'filled' }),
      where({ on: 'open', what: 'ticket', is: true }),
      where({ on: 'opportunity', is: true }),
      where({ on: 'ticket', is: false, statuses: ['open'] }),
      where({ on: 'task', is: true, isOverdue: true }),
      where({ on: 'conversed', when: { op: 'ever' } }),
      {
        match: 'any',
        groups: [
          {
            match: 'any',
            conditions: [
              { on: 'tag', presence: 'empty' },
              { on: 'value', to: 5 },
            ],
          },
        ],
      },
    ];
    for (const filter of refused) {
      const query = new URLSearchParams({ filter: JSON.stringify(filter) });
      expect((await house.call('GET', `/api/customers?${query}`, undefined, gil)).status, JSON.stringify(filter)).toBe(403);
      expect((await house.call('GET', `/api/customers/count?${query}`, undefined, gil)).status).toBe(403);
      expect((await house.call('POST', '/api/segments', { id: nanoid(), name: 'x', filter }, gil)).status).toBe(403);
      const change = { id: nanoid(), change: { kind: 'tags', add: ['x'] }, search: { filter } };
      expect((await house.call('POST', '/api/customers/changes', change, gil)).status).toBe(403);
    }
    expect((await house.call('GET', '/api/customers?sort=value', undefined, gil)).status).toBe(403);
    expect((await house.call('GET', '/api/customers/export?columns=name', undefined, gil)).status).toBe(403);
    const shared = nanoid();
    await house.json('POST', '/api/segments', { id: shared, name: 'Rich', filter: where({ on: 'value', from: 1 }), isShared: true });
    expect((await house.json<{ items: Segment[] }>('GET', '/api/segments', undefined, gil)).items).toEqual([]);
    for (const path of [`/api/segments/${shared}`, `/api/customers?segmentId=${shared}`, `/api/customers/count?segmentId=${shared}`]) {
      expect((await house.call('GET', path, undefined, gil)).status, path).toBe(404);
    }
    const inFilter = JSON.stringify(where({ on: 'segment', op: 'any', values: [shared] }));
    expect((await house.call('GET', `/api/customers?${new URLSearchParams({ filter: inFilter })}`, undefined, gil)).status).toBe(404);
    expect(
      (
        await house.call(
          'POST',
          '/api/segments',
          { id: nanoid(), name: 'x', filter: where({ on: 'tag', presence: 'empty' }), isShared: true },
          gil,
        )
      ).status,
    ).toBe(403);
    expect(names(await search(house, { filter: JSON.stringify(where({ on: 'email', presence: 'filled' })) }, gil))).toEqual(['Ruth']);
  });

  test('sees and stops nothing of another’s work', async () => {
    const { house, gil } = await openShop();
    const id = nanoid();
    await house.json('POST', '/api/customers/changes', { id, change: { kind: 'tags', add: ['x'] }, search: {} });
    for (const [method, path] of [
      ['GET', `/api/customer-jobs/${id}`],
      ['POST', `/api/customer-jobs/${id}/cancel`],
      ['POST', `/api/customer-jobs/${id}/undo`],
    ] as const) {
      expect((await house.call(method, path, undefined, gil)).status).toBe(404);
    }
    expect((await house.json<{ items: unknown[] }>('GET', '/api/customer-jobs', undefined, gil)).items).toEqual([]);
    expect(await ended(house, id)).toMatchObject({ status: 'done', changed: 2 });
  });
});

describe.each(databases.slice(0, 1))('a file to take away', ({ open }) => {
  test('holds what the list shows, in its order, and no formula; whoever took it is written down', async () => {
    const house = await open();
    await storePeople(house, [
      named('=HYPERLINK("http://evil")', { tags: ['vip'], lastSeenAt: 3 }),
      named('רות, "כהן"', {
        identities: [{ kind: 'phone', value: '+972501234567', isVerified: false }],
        purchaseTotal: 12_345,
        lastSeenAt: 2,
      }),
      named('Hidden', { isGone: true }),
    ]);
    const file = (query: string) => house.call('GET', `/api/customers/export?columns=name,phone,value,tags&language=he&${query}`);
    const csv = await (await file('format=csv')).text();
    expect(csv.split('\r\n')).toEqual([
      'שם,טלפון,סך הקניות (ILS),סך הקניות במטבעות אחרים,תגיות',
      `"'=HYPERLINK(""http://evil"")",,0,,vip`,
      `"רות, ""כהן""",'+972501234567,123.45,,`,
      '',
    ]);
    const response = await file('format=xlsx&sort=name');
    expect(response.headers.get('content-disposition')).toMatch(/filename="customers-\d{4}-\d\d-\d\d\.xlsx"/);
    const parts = unzip(Buffer.from(await response.arrayBuffer()));
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('rightToLeft="1"');
    expect(sheet).not.toContain('<f>');
    expect([...sheet.matchAll(/<t [^>]*>([^<]*)<\/t>|<v>([^<]*)<\/v>/g)].map(([, text, number]) => text ?? number)).toEqual([
      ...['שם', 'טלפון', 'סך הקניות (ILS)', 'סך הקניות במטבעות אחרים', 'תגיות'],
      ...['=HYPERLINK(&quot;http://evil&quot;)', '0', 'vip'],
      ...['רות, &quot;כהן&quot;', '+972501234567', '123.45'],
    ]);
    expect([...parts.keys()].sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    const audit = await house.server.app.storage.db.selectFrom('audit').selectAll().where('action', '=', 'customers.exported').execute();
    expect(audit).toHaveLength(2);
    expect(audit[0]?.detail).not.toContain('HYPERLINK');
  });
});

/** The parts of an archive, by its central directory. */
function unzip(file: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = file.readUInt32LE(end + 16);
  for (let count = file.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [nameLength, extraLength, commentLength] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)];
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const local = file.readUInt32LE(at + 42);
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(from, from + file.readUInt32LE(at + 20));
    parts.set(name, (file.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString());
    at += 46 + nameLength + extraLength + commentLength;
  }
  return parts;
}
