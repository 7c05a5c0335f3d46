import { nanoid } from 'nanoid';
import { describe, expect, test, vi } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Macro } from '../../shared/macro.ts';
import type { Segment } from '../../shared/segment.ts';
import type { Tag } from '../../shared/tag.ts';
import type { SavedView } from '../../shared/view.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';
import { nobody, storePeople } from './customer-scene.ts';

const seen = { timeout: 15_000, interval: 20 };

async function tagsOf(house: House, cookie = house.cookie): Promise<Tag[]> {
  return (await house.json<{ items: Tag[] }>('GET', '/api/tags', undefined, { cookie })).items;
}

async function countsOf(house: House): Promise<Record<string, number | null>> {
  return Object.fromEntries((await tagsOf(house)).map(({ name, count }) => [name, count]));
}

/** Conversations with these tags. */
async function tagged(house: House, ...sets: string[][]): Promise<string[]> {
  const dana = await house.agent();
  const ids: string[] = [];
  for (const tags of sets) {
    const { conversationId } = await writeIn(house, tags.join());
    await get(dana.socket, 'conversation:tag', { conversationId, tags });
    ids.push(conversationId);
  }
  return ids;
}

async function carried(house: House, id: string): Promise<string[]> {
  return (await house.json<{ tags: string[] }>('GET', `/api/conversations/${id}`)).tags;
}

describe.each(databases)('on $name', ({ open }) => {
  test('a tag becomes known by being used, and is counted whatever becomes of its conversations', async () => {
    const house = await open();
    const [first, second] = await tagged(house, ['vip', 'החזר'], ['vip']);
    expect(await countsOf(house)).toEqual({ vip: 2, החזר: 1 });
    const dana = await house.agent();
    await Promise.all([
      get(dana.socket, 'conversation:tag', { conversationId: first, tags: ['new', 'vip'] }),
      get(dana.socket, 'conversation:tag', { conversationId: second, tags: ['new'] }),
    ]);
    expect(await countsOf(house)).toEqual({ vip: 1, new: 2, החזר: 0 });
  });

  test('another name follows on every conversation, resolved ones too, and in their order of change', async () => {
    const house = await open();
    const ids = await tagged(house, ['refnd', 'vip'], ['refnd'], ['other']);
    const dana = await house.agent();
    await get(dana.socket, 'conversation:resolve', { conversationId: ids[1] });
    const before = await house.json<{ updatedAt: number }>('GET', `/api/conversations/${ids[0]}`);
    const told = nextFact<{ id: string; tags: string[] }>(
      dana.socket,
      'conversation:changed',
      ({ id, tags }) => id === ids[0] && tags.includes('refund'),
    );
    await house.json('PATCH', '/api/tags/refnd', { name: 'refund', colour: 'green' });
    await vi.waitFor(async () => expect(await countsOf(house)).toEqual({ refund: 2, vip: 1, other: 1 }), seen);
    expect(await told).toMatchObject({ tags: ['refund', 'vip'] });
    expect(await Promise.all(ids.map((id) => carried(house, id)))).toEqual([['refund', 'vip'], ['refund'], ['other']]);
    expect(await house.json('GET', `/api/conversations/${ids[0]}`)).toMatchObject({ updatedAt: before.updatedAt });
    expect((await tagsOf(house)).find(({ name }) => name === 'refund')?.colour).toBe('green');
  });

  test('segments and saved views that ask for a tag follow it to another name, and nobody drops out of them meanwhile', async () => {
    const house = await open();
    await storePeople(
      house,
      Array.from({ length: 600 }, () => ({ ...nobody, tags: ['refnd', 'vip'] })),
    );
    await tagged(house, ['refnd']);
    const segment = (name: string, condition: object) =>
      house.json<Segment>('POST', '/api/segments', {
        ...{ id: nanoid(), name, isShared: true },
        filter: { match: 'all', groups: [{ match: 'all', conditions: [{ on: 'tag', ...condition }] }] },
      });
    await segment('any', { op: 'any', values: ['refnd', 'other'] });
    await segment('all', { op: 'all', values: ['vip', 'refnd'] });
    await segment('none', { op: 'none', values: ['refnd'] });
    const view = { id: nanoid(), name: 'Refunds', filter: { tags: ['refnd', 'vip'] }, isShared: true };
    await house.json('POST', '/api/views', view);
    const segments = async () => (await house.json<{ items: Segment[] }>('GET', '/api/segments')).items;
    const counts = async () => Object.fromEntries((await segments()).map(({ name, count, isFilling }) => [name, isFilling ? null : count]));
    await expect.poll(counts, seen).toEqual({ all: 600, any: 600, none: 1 });

    const any: number[] = [];
    const told = hear(await house.agent().then(({ socket }) => socket), 'views:changed');
    await house.json('PATCH', '/api/tags/refnd', { name: 'refund' });
    const names = async () => {
      const found = await segments();
      any.push(found.find(({ name }) => name === 'any')?.count ?? 0);
      return found.map(({ filter }) => (filter.groups[0]?.conditions[0] as { values: string[] } | undefined)?.values);
    };
    await expect.poll(names, seen).toEqual([['vip', 'refund'], ['refund', 'other'], ['refund']]);
    await expect.poll(counts, seen).toEqual({ all: 600, any: 600, none: 1 });
    expect(Math.min(...any)).toBe(600);
    const [saved] = (await house.json<{ items: SavedView[] }>('GET', '/api/views')).items;
    expect(saved?.filter.tags).toEqual(['refund', 'vip']);
    expect(told.length).toBeGreaterThan(0);
  });

  test('a macro puts the other name on from the first moment, and takes either off', async () => {
    const house = await open();
    const [id = ''] = await tagged(house, ['refnd']);
    const made = await house.json<Macro>('POST', '/api/macros', {
      name: 'Refund',
      reach: 'shared',
      steps: { addTags: ['refnd', 'vip'], removeTags: ['refnd'] },
    });
    await house.json('POST', '/api/macros', { name: 'Other', reach: 'shared', steps: { addTags: ['other'] } });
    const told = nextFact<Macro>((await house.agent()).socket, 'macro:changed');
    await house.json('PATCH', '/api/tags/refnd', { name: 'refund' });
    expect((await told).steps.addTags).toEqual(['refund', 'vip']);
    const macros = async () =>
      (await house.json<{ items: Macro[] }>('GET', '/api/macros')).items.map(({ name, steps }) => [name, steps.addTags, steps.removeTags]);
    await expect
      .poll(async () => (await macros()).sort(), seen)
      .toEqual([
        ['Other', ['other'], []],
        ['Refund', ['refund', 'vip'], ['refund']],
      ]);
    expect(await carried(house, id)).toEqual(['refund']);
    expect((await house.call('PATCH', `/api/macros/${made.id}`, { name: 'Old', expectedAt: made.updatedAt })).status).toBe(409);
  });

  test('two tags become one, each conversation carries it once, and the first is gone', async () => {
    const house = await open();
    const ids = await tagged(house, ['vip', 'VIP'], ['VIP'], ['vip']);
    const refused = await house.call('PATCH', '/api/tags/VIP', { name: 'vip' });
    expect([refused.status, await refused.json()]).toMatchObject([409, { field: 'name' }]);
    await house.json('PATCH', '/api/tags/VIP', { name: 'vip', isMerging: true });
    await vi.waitFor(async () => expect(await countsOf(house)).toEqual({ vip: 3 }), seen);
    expect(await Promise.all(ids.map((id) => carried(house, id)))).toEqual([['vip'], ['vip'], ['vip']]);
  });

  test('customers follow a tag to its other name and to its end, found by it as before, and whoever looks at a file sees it', async () => {
    const house = await open();
    await tagged(house, ['refnd', 'old']);
    const ruth = await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name: 'Ruth', tags: ['old', 'refnd', 'vip'] });
    const others = await storePeople(
      house,
      Array.from({ length: 450 }, () => ({ ...nobody, tags: ['refnd'] })),
    );
    const dana = await house.agent();
    const told = nextFact<Contact>(dana.socket, 'contact:changed', ({ id, tags }) => id === ruth.id && tags.includes('refund'));
    await house.json('PATCH', '/api/tags/refnd', { name: 'refund' });
    await house.call('DELETE', '/api/tags/old');
    expect((await told).tags).toContain('refund');
    await vi.waitFor(async () => expect(Object.keys(await countsOf(house))).toEqual(['refund']), seen);
    expect((await house.json<Contact>('GET', `/api/contacts/${ruth.id}`)).tags).toEqual(['refund', 'vip']);
    expect((await house.json<Contact>('GET', `/api/contacts/${others[449]?.id}`)).tags).toEqual(['refund']);
    const filter = JSON.stringify({ match: 'all', groups: [{ match: 'all', conditions: [{ on: 'tag', op: 'any', values: ['refund'] }] }] });
    expect(await house.json('GET', `/api/customers/count?${new URLSearchParams({ filter })}`)).toMatchObject({ count: 451 });
    expect(await house.json('GET', '/api/contact-tags')).toMatchObject({ items: ['refund', 'vip'] });
  });

  test('a deleted tag goes off its conversations even over a restart, and one used again is new', async () => {
    const house = await open();
    const ids = await tagged(house, ['old', 'vip'], ['old']);
    await house.call('DELETE', '/api/tags/old');
    await house.stop();
    await house.start();
    await vi.waitFor(async () => expect(await countsOf(house)).toEqual({ vip: 1 }), seen);
    expect(await carried(house, ids[1] ?? '')).toEqual([]);
    await tagged(house, ['old']);
    expect(await countsOf(house)).toEqual({ vip: 1, old: 1 });
  });
});

test('a name that was given away can be taken back at once', async () => {
  const house = await openHouse();
  const [id] = await tagged(house, ['a']);
  await house.json('PATCH', '/api/tags/a', { name: 'b' });
  await house.json('PATCH', '/api/tags/b', { name: 'a' });
  await vi.waitFor(async () => expect(await countsOf(house)).toEqual({ a: 1 }), seen);
  expect(await carried(house, id ?? '')).toEqual(['a']);
});

test('everybody knows the names, who sees only some is told no numbers, and who may not manage changes nothing', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'own', ['conversations:view-own', 'conversations:reply']);
  const omar = await house.hire('Omar', role.id);
  await tagged(house, ['vip']);
  expect(await tagsOf(house, omar.cookie)).toEqual([{ name: 'vip', colour: 'neutral', count: null }]);
  for (const [method, body] of [
    ['PATCH', { colour: 'red' }],
    ['DELETE', undefined],
  ] as const) {
    expect((await house.call(method, '/api/tags/vip', body, { cookie: omar.cookie })).status).toBe(403);
  }
  const supervisor = await house.hire('Sara', 'supervisor');
  const desk = await house.agent(omar.cookie);
  const told = nextFact(desk.socket, 'tags:changed');
  expect((await house.call('PATCH', '/api/tags/vip', { colour: 'red' }, { cookie: supervisor.cookie })).status).toBe(200);
  await told;
});

test('many tags are read page by page, with names as people write them', async () => {
  const house = await openHouse();
  const names = ['דחוף!', 'a/b', '100%', 'כפול "מירכאות"', `id ${nanoid()}`].sort();
  for (const name of names) await house.json('POST', '/api/tags', { name, colour: 'pink' });
  const found: string[] = [];
  let next: string | null = null;
  do {
    const page: { items: Tag[]; next: string | null } = await house.json('GET', `/api/tags?limit=2${next ? `&cursor=${next}` : ''}`);
    found.push(...page.items.map(({ name }) => name));
    next = page.next;
  } while (next);
  expect(found.sort()).toEqual(names);
  expect((await house.call('POST', '/api/tags', { name: 'a/b' })).status).toBe(409);
  expect((await house.call('PATCH', `/api/tags/${encodeURIComponent('a/b')}`, { colour: 'teal' })).status).toBe(200);
});
