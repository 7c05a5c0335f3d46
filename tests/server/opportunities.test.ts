import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Board, Opportunity, OpportunityPage, Pipeline } from '../../shared/opportunity.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, hear, openHouse } from '../helpers/house.ts';

async function meet(house: House): Promise<string> {
  const { conversationId } = await writeIn(house, 'שלום');
  return (await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`)).contact.id;
}

const stages = () => [
  { id: nanoid(), name: 'פנייה', probability: 10 },
  { id: nanoid(), name: 'הצעה', probability: 50 },
  { id: nanoid(), name: 'משא ומתן', probability: 80 },
];
const makePipeline = (house: House) =>
  house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'מכירות', currency: 'ILS', stages: stages() });
const offer = (house: House, contactId: string, pipeline: Pipeline, some: object = {}) =>
  house.json<Opportunity>('POST', '/api/opportunities', {
    id: nanoid(),
    contactId,
    pipelineId: pipeline.id,
    name: 'גינה',
    amount: 10_000,
    ...some,
  });
const board = (house: House, { id }: Pipeline, query = '') => house.json<Board>('GET', `/api/opportunities/board?pipelineId=${id}${query}`);
const seenAt = ({ stageId, status }: Opportunity) => ({ stageId, status });

describe.each(databases)('on $name', ({ open }) => {
  test('the board says how many stand in each stage, and what they are worth, whatever is done to them', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house), await makePipeline(house)];
    const [first, second] = sales.stages;
    const one = await offer(house, ruth, sales);
    const two = await offer(house, ruth, sales, { amount: 5_001, probability: 33 });
    await offer(house, ruth, sales, { amount: 700, currency: 'KWD', stageId: second?.id });
    expect(await board(house, sales)).toMatchObject({
      columns: [
        { count: 2, sums: [{ currency: 'ILS', amount: 15_001, weighted: 1_000 + 1_650 }] },
        { count: 1, sums: [{ currency: 'KWD', amount: 700, weighted: 350 }] },
        { count: 0, sums: [], items: [] },
      ],
      won: { count: 0 },
    });
    await house.json('POST', `/api/opportunities/${one.id}/move`, { from: seenAt(one), stageId: second?.id, afterId: null });
    await house.json('PATCH', `/api/opportunities/${two.id}`, { version: 1, amount: 6_000, probability: null });
    await house.json('PATCH', `/api/pipelines/${sales.id}`, {
      version: 1,
      stages: sales.stages.map((stage) => ({ ...stage, probability: 25 })),
    });
    const next = await board(house, sales);
    expect(next.columns.map(({ count, sums }) => [count, sums])).toEqual([
      [1, [{ currency: 'ILS', amount: 6_000, weighted: 1_500 }]],
      [
        2,
        [
          { currency: 'ILS', amount: 10_000, weighted: 2_500 },
          { currency: 'KWD', amount: 700, weighted: 175 },
        ],
      ],
      [0, []],
    ]);
    // A narrower view is added up from the rows, and agrees.
    expect((await board(house, sales, `&contactId=${ruth}`)).columns).toEqual(next.columns);
    expect((await board(house, sales, '&q=גינה')).columns).toEqual(next.columns);
    expect((await board(house, sales, '&q=מטבח')).columns.map(({ count }) => count)).toEqual([0, 0, 0]);

    const moved = { stageId: second?.id, status: 'open' };
    await house.json('POST', `/api/opportunities/${one.id}/close`, { from: moved, status: 'won' });
    await house.call('DELETE', `/api/opportunities/${two.id}`);
    expect(await board(house, sales)).toMatchObject({
      columns: [{ count: 0, sums: [] }, { count: 1 }, { count: 0 }],
      won: { count: 1, sums: [{ currency: 'ILS', amount: 10_000, weighted: 10_000 }] },
    });
    expect(first?.name).toBe('פנייה');
  });

  test('cards keep the order in which they were put, however often they are put between the same two', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house), await makePipeline(house)];
    const target = sales.stages[1]?.id ?? '';
    const cards: Opportunity[] = [];
    for (let at = 0; at < 24; at += 1) cards.push(await offer(house, ruth, sales, { name: `כרטיס ${at}` }));
    const put = (card: Opportunity, afterId: string | null) =>
      house.json('POST', `/api/opportunities/${card.id}/move`, { from: seenAt(card), stageId: target, afterId });
    const [top, bottom, ...others] = cards as [Opportunity, Opportunity, ...Opportunity[]];
    await put(top, null);
    await put(bottom, top.id);
    for (const card of others) await put(card, top.id);
    const { items } = await house.json<OpportunityPage>('GET', `/api/opportunities?stageId=${target}&order=place&limit=100`);
    expect(items.map(({ name }) => name)).toEqual([top, ...others.toReversed(), bottom].map(({ name }) => name));
    const page = await house.json<OpportunityPage>('GET', `/api/opportunities?stageId=${target}&order=place&limit=10`);
    const rest = await house.json<OpportunityPage>('GET', `/api/opportunities?stageId=${target}&order=place&limit=100&cursor=${page.next}`);
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  });

  test('of two who pull the same card one succeeds, and the other is told; both see it where it is', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house), await makePipeline(house)];
    const card = await offer(house, ruth, sales);
    const noa = await house.hire('Noa');
    const { socket } = await house.agent(noa.cookie);
    const heard = hear<Opportunity>(socket, 'opportunity:changed');
    const [, second, third] = sales.stages;
    const pull = (stageId: string | undefined, cookie: string) =>
      house.call('POST', `/api/opportunities/${card.id}/move`, { from: seenAt(card), stageId, afterId: null }, { cookie });
    const replies = await Promise.all([pull(second?.id, house.cookie), pull(third?.id, noa.cookie)]);
    const codes = await Promise.all(replies.map(async (reply) => ((await reply.json()) as { code?: string }).code));
    expect(codes.filter((code) => code === 'stale')).toHaveLength(1);
    const now = await house.json<Opportunity>('GET', `/api/opportunities/${card.id}`);
    expect(now.stageId).toBe(codes[0] === 'stale' ? third?.id : second?.id);
    await expect.poll(() => heard.at(-1)?.stageId).toBe(now.stageId);
    expect((await board(house, sales)).columns.map(({ count }) => count).toSorted()).toEqual([0, 0, 1]);
  });

  test('what was lost keeps why, and what was closed by mistake is opened again where it was', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house), await makePipeline(house)];
    const reason = { id: nanoid(), name: 'יקר מדי' };
    await house.json('PUT', '/api/lost-reasons', { items: [reason] });
    const card = await offer(house, ruth, sales);
    const lost = await house.json<Opportunity>('POST', `/api/opportunities/${card.id}/close`, {
      from: seenAt(card),
      status: 'lost',
      lostReasonId: reason.id,
      lostNote: 'קנו אצל המתחרים',
    });
    expect(lost).toMatchObject({
      status: 'lost',
      probability: 0,
      lostReasonId: reason.id,
      lostNote: 'קנו אצל המתחרים',
      stageId: card.stageId,
    });
    await house.json('PUT', '/api/lost-reasons', { items: [] });
    expect(await house.json('GET', '/api/lost-reasons')).toEqual({ items: [{ ...reason, isArchived: true }], next: null });
    const again = { from: seenAt(lost), stageId: lost.stageId, afterId: null };
    expect(await house.json('POST', `/api/opportunities/${card.id}/move`, again)).toMatchObject({
      status: 'open',
      lostReasonId: null,
      lostNote: null,
      closedAt: null,
    });
  });

  test('a stage that holds something open is not taken away, an empty one is', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house), await makePipeline(house)];
    await offer(house, ruth, sales);
    const refused = await house.call('PATCH', `/api/pipelines/${sales.id}`, { version: 1, stages: sales.stages.slice(1) });
    expect(await refused.json()).toMatchObject({ code: 'conflict', field: 'stages' });
    const fewer = await house.json<Pipeline>('PATCH', `/api/pipelines/${sales.id}`, { version: 1, stages: sales.stages.slice(0, 2) });
    expect(fewer.stages).toHaveLength(2);
    const late = await house.call('PATCH', `/api/pipelines/${sales.id}`, { version: 1, name: 'x' });
    expect(await late.json()).toMatchObject({ code: 'stale' });
  });

  test('what a colleague who leaves was to sell is nobody’s', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house), await makePipeline(house)];
    const noa = await house.hire('Noa');
    const card = await offer(house, ruth, sales, { ownerId: noa.id });
    expect((await board(house, sales, `&owner=${noa.id}`)).columns[0]?.count).toBe(1);
    await house.json('PATCH', `/api/agents/${noa.id}`, { isActive: false });
    expect((await house.json<Opportunity>('GET', `/api/opportunities/${card.id}`)).ownerId).toBeNull();
    expect((await board(house, sales, '&owner=nobody')).columns[0]?.count).toBe(1);
  });

  test('what is expected to close is listed by when, and one’s own are found', async () => {
    const house = await open();
    const [ruth, sales] = [await meet(house), await makePipeline(house)];
    const me = await house.json<{ id: string }>('GET', '/api/session');
    await offer(house, ruth, sales, { name: 'אחרי', expectedCloseOn: '2027-02-01' });
    await offer(house, ruth, sales, { name: 'לפני', expectedCloseOn: '2026-12-01', ownerId: me.id });
    await offer(house, ruth, sales, { name: 'מתישהו' });
    const names = async (query: string) =>
      (await house.json<OpportunityPage>('GET', `/api/opportunities?${query}`)).items.map(({ name }) => name);
    expect(await names('order=close&status=open')).toEqual(['לפני', 'אחרי']);
    expect(await names('closingBefore=2027-01-01')).toEqual(['לפני']);
    expect(await names('owner=me')).toEqual(['לפני']);
    expect(await names('q=מתי')).toEqual(['מתישהו']);
  });
});

test('won, it becomes a purchase of the one it was about', async () => {
  const house = await openHouse();
  const [ruth, sales] = [await meet(house), await makePipeline(house)];
  const card = await offer(house, ruth, sales);
  await house.json('POST', `/api/opportunities/${card.id}/close`, { from: seenAt(card), status: 'won' });
  const purchase = { id: nanoid(), contactId: ruth, opportunityId: card.id, currency: 'ILS', at: Date.now(), total: card.amount };
  expect(await house.json('POST', '/api/purchases', purchase)).toMatchObject({ source: 'opportunity', opportunityId: card.id });
  expect(await house.json('GET', `/api/contacts/${ruth}`)).toMatchObject({ lifecycle: 'customer' });
});

test('who may only look moves nothing, and pipelines are made by who manages customers', async () => {
  const house = await openHouse();
  const [ruth, sales] = [await meet(house), await makePipeline(house)];
  const card = await offer(house, ruth, sales);
  const looker = await house.hire('Rina', (await makeRole(house, 'looker', ['opportunities:view'])).id);
  const seller = await house.hire('Noa', (await makeRole(house, 'seller', ['opportunities:edit'])).id);
  const ask = async (who: { cookie: string }, method: string, path: string, body?: unknown) =>
    (await house.call(method, path, body, { cookie: who.cookie })).status;
  const move = { from: seenAt(card), stageId: sales.stages[1]?.id, afterId: null };
  expect(await ask(looker, 'GET', `/api/opportunities/board?pipelineId=${sales.id}`)).toBe(200);
  expect(await ask(looker, 'POST', `/api/opportunities/${card.id}/move`, move)).toBe(403);
  expect(await ask(seller, 'POST', `/api/opportunities/${card.id}/move`, move)).toBe(200);
  expect(await ask(seller, 'PATCH', `/api/pipelines/${sales.id}`, { version: 1, name: 'x' })).toBe(403);
  const blind = await house.hire('Omar', (await makeRole(house, 'blind', ['conversations:view-all'])).id);
  const { socket } = await house.agent(blind.cookie);
  const heard = hear(socket, 'opportunity:changed');
  await house.json('PATCH', `/api/opportunities/${card.id}`, { version: 1, name: 'שם אחר' });
  await house.json('PATCH', '/api/profile', { name: 'דנה' });
  expect(await ask(blind, 'GET', `/api/opportunities/${card.id}`)).toBe(403);
  expect(heard).toEqual([]);
});
