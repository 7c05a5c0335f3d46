import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Caller } from '../../server/transport/wire.ts';
import { ViewCounter } from '../../server/views/view-counts.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { UnseenMentionsReply } from '../../shared/mention.ts';
import type { SavedView, ViewCounts, ViewFilter } from '../../shared/view.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact, openHouse } from '../helpers/house.ts';

interface Page {
  items: ConversationSummary[];
  next: string | null;
}

async function page(house: House, filter: ViewFilter, rest: Record<string, string> = {}, cookie = house.cookie): Promise<Page> {
  const query = new URLSearchParams({ filter: JSON.stringify(filter), ...rest });
  return house.json<Page>('GET', `/api/views/page?${query}`, undefined, { cookie });
}

/** Page after page: each is short where the machine is slow. */
async function allOf(house: House, filter: ViewFilter, rest: Record<string, string> = {}, cookie?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const part: Page = await page(house, filter, { ...rest, ...(cursor && { cursor }) }, cookie);
    ids.push(...part.items.map(({ id }) => id));
    cursor = part.next;
  }
  return ids;
}

describe.each(databases)('on $name', ({ open }) => {
  test('an agent filters by who has it, tag, unread, wait, status, language and what the customer file says', async () => {
    const house = await open();
    const dana = await house.agent();
    const noa = await house.hire('Noa');
    const team = await makeTeam(house, 'מכירות', [noa.id]);
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three', 'four']) ids.push((await writeIn(house, text)).conversationId);
    const [first, second, third, fourth] = ids as [string, string, string, string];
    const speaker = await house.visitor({ locale: 'he-IL' });
    const { message } = await get<{ message: { conversationId: string } }>(speaker.socket, 'message:post', { id: nanoid(), text: 'שלום' });
    await get(speaker.socket, 'visitor:identify', { fields: { plan: 'gold 100%' } });

    await get(dana.socket, 'conversation:assign', { conversationId: first, agentId: noa.id });
    await get(dana.socket, 'conversation:assign', { conversationId: second, teamId: team.id });
    await get(dana.socket, 'conversation:tag', { conversationId: third, tags: ['vip', 'a"b'] });
    await get(dana.socket, 'conversation:resolve', { conversationId: fourth });

    expect(await allOf(house, { assignees: [noa.id] })).toEqual([first]);
    expect(await allOf(house, { assignees: ['me'] }, {}, noa.cookie)).toEqual([first]);
    expect(await allOf(house, { assignees: ['none', noa.id] })).toEqual([first, second, third, message.conversationId]);
    expect(await allOf(house, { teams: ['mine'] }, {}, noa.cookie)).toEqual([second]);
    expect(await allOf(house, { teams: ['mine'] })).toEqual([]);
    expect(await allOf(house, { teams: ['none'] })).toEqual([first, third, message.conversationId]);
    expect(await allOf(house, { tags: ['vip'] })).toEqual([third]);
    expect(await allOf(house, { tags: ['a"b'] })).toEqual([third]);
    expect(await allOf(house, { tags: ['VIP'] })).toEqual([]);
    expect(await allOf(house, { statuses: ['resolved'] })).toEqual([fourth]);
    expect(await allOf(house, { statuses: ['open', 'resolved'] })).toEqual([first, second, third, message.conversationId, fourth]);
    expect(await allOf(house, { languages: ['he'] })).toEqual([message.conversationId]);
    expect(await allOf(house, { fields: [{ name: 'plan', value: 'gold 100%' }] })).toEqual([message.conversationId]);
    expect(await allOf(house, { fields: [{ name: 'plan', value: 'gold' }] })).toEqual([]);
    expect(await allOf(house, { isVerified: true })).toEqual([]);
    expect(await allOf(house, { lifecycles: ['lead'], tags: ['vip'] })).toEqual([third]);
    expect(await allOf(house, { waitingMs: 60_000 })).toEqual([]);
    house.clockOffsetMs = 120_000;
    expect(await allOf(house, { waitingMs: 60_000 })).toEqual([first, second, third, message.conversationId]);
    await get(dana.socket, 'conversation:read', { conversationId: first, seq: 1 });
    expect(await allOf(house, { isUnread: true })).toEqual([second, third, message.conversationId]);
    const fitting = await house.json<Page>('POST', '/api/views/fitting', {
      filter: { languages: ['he'] },
      ids: [...ids, message.conversationId],
    });
    expect(fitting.items.map(({ id }) => id)).toEqual([message.conversationId]);
  });

  test('an agent finds the conversations that name them, resolved ones last, and nobody else’s', async () => {
    const house = await open();
    const dana = await house.agent();
    const own = await makeRole(house, 'own', ['conversations:view-own']);
    const [noa, lior] = [await house.hire('Noa'), await house.hire('Lior', own.id)];
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three', 'four']) ids.push((await writeIn(house, text)).conversationId);
    const [first, second, third] = ids as [string, string, string];
    const name = async (conversationId: string, agentId: string) => {
      const mentions = [{ agentId, at: 0, length: 4 }];
      await get(dana.socket, 'message:post', { id: nanoid(), conversationId, text: '@who', visibility: 'internal', mentions });
    };
    for (const id of [first, third, second, third]) await name(id, noa.id);
    await name(first, lior.id);
    await get(dana.socket, 'conversation:resolve', { conversationId: second });

    const everywhere: ViewFilter = { isMentioned: true, statuses: ['open', 'snoozed', 'resolved'] };
    for (const limit of ['50', '2'])
      expect(await allOf(house, everywhere, { sort: 'newest', limit }, noa.cookie)).toEqual([first, third, second]);
    expect(await allOf(house, { isMentioned: true }, {}, noa.cookie)).toEqual([first, third]);
    expect(await allOf(house, { isMentioned: true, isUnread: true, assignees: ['me'] }, {}, noa.cookie)).toEqual([]);
    expect(await allOf(house, everywhere)).toEqual([]);
    const fitting = await house.json<Page>('POST', '/api/views/fitting', { filter: everywhere, ids }, { cookie: noa.cookie });
    expect(fitting.items.map(({ id }) => id)).toEqual([first, second, third]);

    const unseen = async (cookie: string) => {
      const { conversationIds } = await house.json<UnseenMentionsReply>('GET', '/api/mentions/unseen', undefined, { cookie });
      return conversationIds.toSorted();
    };
    expect(await unseen(noa.cookie)).toEqual([first, second, third].toSorted());
    const desk = await house.agent(noa.cookie);
    await get(desk.socket, 'notice:seen', { conversationId: third });
    expect(await unseen(noa.cookie)).toEqual([first, second].toSorted());
    // What is out of sight names nobody, until it comes into sight; seeing it then is told to the agent's other browsers.
    expect(await allOf(house, everywhere, {}, lior.cookie)).toEqual([]);
    expect(await unseen(lior.cookie)).toEqual([]);
    await get(dana.socket, 'conversation:assign', { conversationId: first, agentId: lior.id });
    expect(await allOf(house, everywhere, {}, lior.cookie)).toEqual([first]);
    expect(await unseen(lior.cookie)).toEqual([first]);
    await get((await house.agent(lior.cookie)).socket, 'notice:seen', { conversationId: first });
    expect(await unseen(lior.cookie)).toEqual([]);
  });

  test('pages of every order hold each conversation once, whoever waits longest first', async () => {
    const house = await open();
    const dana = await house.agent();
    const ids: string[] = [];
    for (let at = 0; at < 7; at += 1) ids.push((await writeIn(house, `${at}`)).conversationId);
    // Two have been answered, one is resolved.
    for (const at of [1, 4]) await get(dana.socket, 'message:post', { id: nanoid(), conversationId: ids[at], text: 'hi' });
    await get(dana.socket, 'conversation:resolve', { conversationId: ids[5] });
    const all: ViewFilter = { statuses: ['open', 'snoozed', 'resolved'] };
    const expected = { waiting: [0, 2, 3, 6, 4, 1, 5], newest: [4, 1, 6, 3, 2, 0, 5], oldest: [0, 2, 3, 6, 1, 4, 5] };
    for (const [sort, order] of Object.entries(expected)) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const part: Page = await page(house, all, { sort, limit: '2', ...(cursor && { cursor }) });
        expect(part.items.length).toBeLessThanOrEqual(2);
        seen.push(...part.items.map(({ id }) => id));
        cursor = part.next;
      } while (cursor !== null);
      expect(seen, sort).toEqual(order.map((at) => ids[at]));
    }
    await get(dana.socket, 'conversation:prioritize', { conversationId: ids[3], priority: 'urgent' });
    await get(dana.socket, 'conversation:prioritize', { conversationId: ids[2], priority: 'low' });
    for (const limit of ['2', '50']) {
      const queued = await allOf(house, all, { sort: 'queue', limit });
      expect(queued, limit).toEqual([3, 0, 6, 2, 4, 1, 5].map((at) => ids[at]));
    }
    const { counts } = await house.json<ViewCounts>('GET', '/api/views/counts');
    expect(counts).toMatchObject({
      open: { count: 6, isMore: false },
      unassigned: { count: 4 },
      mine: { count: 2 },
      snoozed: { count: 0 },
    });
  });
});

test('a view shows and counts to each agent only what that agent may see', async () => {
  const house = await openHouse();
  const own = await makeRole(house, 'own', ['conversations:view-own']);
  const noa = await house.hire('Noa', own.id);
  const dana = await house.agent();
  const [mine] = [await writeIn(house, 'mine'), await writeIn(house, 'theirs')];
  await get(dana.socket, 'conversation:assign', { conversationId: mine.conversationId, agentId: noa.id });
  expect(await allOf(house, {}, {}, noa.cookie)).toEqual([mine.conversationId]);
  const { counts } = await house.json<ViewCounts>('GET', '/api/views/counts', undefined, { cookie: noa.cookie });
  expect(counts.open).toEqual({ count: 1, isMore: false });
  for (const filter of [{ languages: ['he'] }, { fields: [{ name: 'plan', value: 'gold' }] }]) {
    const refused = await house.call('GET', `/api/views/page?filter=${encodeURIComponent(JSON.stringify(filter))}`, undefined, {
      cookie: noa.cookie,
    });
    expect(refused.status).toBe(403);
  }
});

test('a view is saved once, shared by those who may, renamed, put in order, deleted, and comes back under its id', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const seen = async (cookie: string) => (await house.json<{ items: SavedView[] }>('GET', '/api/views', undefined, { cookie })).items;
  const desk = await house.agent(noa.cookie);
  const view = { id: nanoid(), name: 'לקוחות VIP', filter: { tags: ['vip'] }, isShared: true };

  const told = nextFact<{ ownerId: string | null }>(desk.socket, 'views:changed');
  await house.json('POST', '/api/views', view);
  await house.json('POST', '/api/views', view);
  expect(await told).toEqual({ ownerId: null });
  expect(await seen(noa.cookie)).toMatchObject([{ id: view.id, name: 'לקוחות VIP', isShared: true, isMineToChange: false }]);

  const own = { id: nanoid(), name: 'שלי', filter: {} };
  await house.json('POST', '/api/views', own, { cookie: noa.cookie });
  expect((await seen(house.cookie)).map(({ id }) => id)).toEqual([view.id]);
  expect((await house.call('POST', '/api/views', { ...own, id: nanoid(), isShared: true }, { cookie: noa.cookie })).status).toBe(403);
  expect((await house.call('PATCH', `/api/views/${own.id}`, { isShared: true }, { cookie: noa.cookie })).status).toBe(403);
  expect((await house.call('PATCH', `/api/views/${view.id}`, { name: 'x' }, { cookie: noa.cookie })).status).toBe(403);
  expect((await house.call('DELETE', `/api/views/${own.id}`)).status).toBe(404);

  const second = { id: nanoid(), name: 'ב', filter: {}, isShared: true };
  await house.json('POST', '/api/views', second);
  await house.json('POST', '/api/views/order', { ids: [second.id, view.id] });
  expect((await seen(noa.cookie)).map(({ id }) => id)).toEqual([second.id, view.id, own.id]);
  await house.json('PATCH', `/api/views/${view.id}`, { name: 'חשובים' });
  expect((await seen(noa.cookie))[1]).toMatchObject({ name: 'חשובים' });

  await house.call('DELETE', `/api/views/${view.id}`);
  expect((await seen(noa.cookie)).map(({ id }) => id)).toEqual([second.id, own.id]);
  await house.json('POST', '/api/views', view);
  expect((await seen(noa.cookie)).map(({ id }) => id)).toContain(view.id);
});

test('counting ends after its time: what was not reached has its last count, or more than none, and comes first the next time', async () => {
  const house = await openHouse();
  const { session } = await house.agent();
  for (let made = 0; made < 3; made += 1)
    await house.json('POST', '/api/views', { id: nanoid(), name: `${made}`, filter: { tags: [`${made}`] } });
  await writeIn(house, 'hello');
  const { id: agentId, permissions } = session.agent;
  const caller = { agentId, permissions, name: 'Dana', teamIds: [], mateIds: new Set<string>() } as unknown as Caller;
  const counter = new ViewCounter(house.server.app);
  const none = Object.values((await counter.count(caller, -1)).counts);
  expect(none.length).toBeGreaterThan(3);
  for (const count of none) expect(count).toEqual({ count: 0, isMore: true });
  const { counts } = await counter.count(caller);
  expect(counts.open).toEqual({ count: 1, isMore: false });
  await writeIn(house, 'hello');
  expect((await counter.count(caller, -1)).counts).toEqual(counts);
  await expect.poll(async () => (await counter.count(caller)).counts.open).toEqual({ count: 2, isMore: false });
  // An agent who sees less is not told what was counted for one who sees all.
  const blind = { ...caller, agentId: nanoid(), permissions: ['conversations:view-own'] } as unknown as Caller;
  expect((await counter.count(blind)).counts.open).toEqual({ count: 0, isMore: false });
});

test('of shared views there is a limit for the whole business, whoever makes them', async () => {
  const house = await openHouse();
  const [{ session }, noa] = [await house.agent(), await house.hire('Noa')];
  const { storage, now } = house.server.app;
  await storage.write(async (trx) => {
    for (let place = 1; place <= 200; place += 1) {
      const row = { name: `${place}`, filter: '{}', sort: 'newest', isShared: 1, place, createdAt: now() };
      await trx
        .insertInto('savedView')
        .values({ ...row, id: nanoid(), ownerId: noa.id })
        .execute();
    }
  });
  expect(session.agent.permissions).toContain('views:share');
  const refused = await house.call('POST', '/api/views', { id: nanoid(), name: 'one more', filter: {}, isShared: true });
  expect(await refused.json()).toMatchObject({ code: 'too-many', field: 'isShared' });
  const own = { id: nanoid(), name: 'mine', filter: {} };
  await house.json('POST', '/api/views', own);
  expect((await house.call('PATCH', `/api/views/${own.id}`, { isShared: true })).status).toBe(refused.status);
});
