import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { CustomerPage } from '../../shared/customer.ts';
import type { CustomerCondition } from '../../shared/customer-filter.ts';
import type { Opportunity, Pipeline } from '../../shared/opportunity.ts';
import type { Segment } from '../../shared/segment.ts';
import type { Todo } from '../../shared/task.ts';
import { toDate } from '../../shared/wall-clock.ts';
import { makeRole } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { DAY_MS, type Person, storePeople } from './customer-scene.ts';
import { noMatters } from './matter-scene.ts';

const nobody: Person = {
  ...{ name: null, lifecycle: 'lead', locale: 'he', ownerId: null, companyId: null, lastPurchaseAt: null, createdAt: 1, lastSeenAt: 1 },
  ...{ tags: [], identities: [], consents: [], purchaseTotal: 0, purchaseCount: 0, isGone: false, values: {} },
};
const named = (name: string, some: Partial<Person> = {}): Person => ({ ...nobody, name, ...some });
const where = (...conditions: CustomerCondition[]) => ({ match: 'all', groups: [{ match: 'all', conditions }] });
const find = async (house: House, condition: CustomerCondition, cookie = house.cookie) => {
  const query = new URLSearchParams({ filter: JSON.stringify(where(condition)), sort: 'name' });
  return house.json<CustomerPage>('GET', `/api/customers?${query}`, undefined, { cookie });
};
const names = ({ items }: CustomerPage) => items.map(({ name }) => name);

async function keep(house: House, condition: CustomerCondition, cookie = house.cookie) {
  const id = nanoid();
  await house.json('POST', '/api/segments', { id, name: 'x', filter: where(condition) }, { cookie });
  return {
    id,
    count: async () => {
      const { count, isFilling } = await house.json<Segment>('GET', `/api/segments/${id}`, undefined, { cookie });
      return isFilling ? null : count;
    },
  };
}
const soon = { timeout: 20_000 };

async function openShop(house: House) {
  const people = await storePeople(house, [named('Dan'), named('Ruth')]);
  const [dan, ruth] = people.map(({ id }) => id) as [string, string];
  const stages = ['פנייה', 'הצעה'].map((name) => ({ id: nanoid(), name, probability: 50 }));
  const sales = await house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'מכירות', currency: 'ILS', stages });
  const offer = (contactId: string, some: object = {}) =>
    house.json<Opportunity>('POST', '/api/opportunities', {
      ...{ id: nanoid(), contactId, pipelineId: sales.id, name: 'גינה', amount: 10_000 },
      ...some,
    });
  return { dan, ruth, sales, offer, first: stages[0]?.id ?? '', second: stages[1]?.id ?? '' };
}

describe.each(databases)('on $name', ({ open }) => {
  test('all that is asked of an opportunity must hold of one and the same', async () => {
    const house = await open();
    const { dan, ruth, offer, first, second } = await openShop(house);
    await offer(ruth, { amount: 90_000, stageId: first });
    await offer(ruth, { amount: 100, stageId: second });
    await offer(dan, { amount: 90_000, stageId: second });
    const large = { currency: 'ILS', from: 50_000 };
    expect(names(await find(house, { on: 'opportunity', is: true, stageIds: [second], amount: large }))).toEqual(['Dan']);
    expect(names(await find(house, { on: 'opportunity', is: true, amount: large }))).toEqual(['Dan', 'Ruth']);
    expect(names(await find(house, { on: 'opportunity', is: false, stageIds: [first] }))).toEqual(['Dan']);
    expect(names(await find(house, { on: 'opportunity', is: true, amount: { ...large, currency: 'USD' } }))).toEqual([]);
  });

  test('a segment follows opportunities from stage to stage, to their end, and to another amount', async () => {
    const house = await open();
    const { ruth, offer, first, second } = await openShop(house);
    const card = await offer(ruth, { stageId: first });
    const offered = await keep(house, { on: 'opportunity', is: true, stageIds: [second], statuses: ['open'] });
    const won = await keep(house, { on: 'opportunity', is: true, closed: { op: 'within', days: 30 }, statuses: ['won'] });
    const large = await keep(house, { on: 'opportunity', is: true, amount: { currency: 'ILS', from: 50_000 } });
    for (const { count } of [offered, won, large]) await expect.poll(count, soon).toBe(0);
    const from = { stageId: first, status: 'open' };
    await house.json('POST', `/api/opportunities/${card.id}/move`, { from, stageId: second, afterId: null });
    await expect.poll(offered.count, soon).toBe(1);
    await house.json('PATCH', `/api/opportunities/${card.id}`, { version: 1, amount: 60_000 });
    await expect.poll(large.count, soon).toBe(1);
    await house.json('POST', `/api/opportunities/${card.id}/close`, { from: { ...from, stageId: second }, status: 'won' });
    await expect.poll(won.count, soon).toBe(1);
    await expect.poll(offered.count, soon).toBe(0);
    await house.call('DELETE', `/api/opportunities/${card.id}`);
    await expect.poll(won.count, soon).toBe(0);
  });

  test('days that come nearer bring customers into a segment and out again, and so do tasks that grow late', async () => {
    const house = await open();
    const { dan, ruth, offer } = await openShop(house);
    const today = Math.floor(Date.now() / DAY_MS);
    await offer(ruth, { expectedCloseOn: toDate(today + 20) });
    const task = await house.json<Todo>('POST', '/api/tasks', {
      ...{ id: nanoid(), kind: 'task', title: 'להתקשר', contactId: dan, dueAt: Date.now() + 5 * DAY_MS },
    });
    const closing = await keep(house, { on: 'opportunity', is: true, closes: { op: 'ahead', days: 14 } });
    const late = await keep(house, { on: 'task', is: true, isOverdue: true });
    for (const { count } of [closing, late]) await expect.poll(count, soon).toBe(0);
    house.clockOffsetMs = 8 * DAY_MS;
    await expect.poll(closing.count, soon).toBe(1);
    await expect.poll(late.count, soon).toBe(1);
    await house.json('PATCH', `/api/tasks/${task.id}`, { version: task.version, status: 'done' });
    await expect.poll(late.count, soon).toBe(0);
    house.clockOffsetMs = 22 * DAY_MS;
    await expect.poll(closing.count, soon).toBe(0);
  });

  test('in a segment "me" is whoever made it', async () => {
    const house = await open();
    const { ruth, offer } = await openShop(house);
    const noa = await house.hire('Noa');
    const { items } = await house.json<{ items: { id: string; name: string }[] }>('GET', '/api/agents');
    await offer(ruth, { ownerId: items.find(({ name }) => name === 'Noa')?.id });
    const condition: CustomerCondition = { on: 'opportunity', is: true, owners: ['me'] };
    const [hers, danas] = [await keep(house, condition, noa.cookie), await keep(house, condition)];
    await expect.poll(hers.count, soon).toBe(1);
    await expect.poll(danas.count, soon).toBe(0);
    expect(names(await find(house, condition, noa.cookie))).toEqual(['Ruth']);
  });

  test('sums are told and compared in the business’s currency, and what was paid in another stands beside them', async () => {
    const house = await open();
    await storePeople(house, [
      named('Dan', { matters: { ...noMatters, dollars: [2_500] }, purchaseTotal: 10_000, purchaseCount: 2 }),
      named('Ruth', { purchaseTotal: 1_500, purchaseCount: 1 }),
    ]);
    const shekels = await find(house, { on: 'value', from: 1 });
    expect(shekels.currency).toBe('ILS');
    expect(shekels.items).toMatchObject([
      { name: 'Dan', purchaseTotal: 10_000, otherTotals: [{ currency: 'USD', total: 2_500 }] },
      { name: 'Ruth', purchaseTotal: 1_500, otherTotals: [] },
    ]);
    const inDollars = await keep(house, { on: 'value', currency: 'USD', from: 2_000 });
    await expect.poll(inDollars.count, soon).toBe(1);
    await house.json('PUT', '/api/customer-rules', { currency: 'USD', lapseAfterDays: null, isLeadUntilPurchase: false });
    await expect.poll(async () => (await find(house, { on: 'value', from: 2_000 })).items[0]?.purchaseTotal, soon).toBe(2_500);
    const dollars = await find(house, { on: 'value', currency: 'USD', from: 2_000 });
    expect([dollars.currency, names(dollars)]).toEqual(['USD', ['Dan']]);
    const csv = await (await house.call('GET', '/api/customers/export?columns=name,value&language=en&sort=name')).text();
    expect(csv.split('\r\n')[0]).toContain('Value (USD),Value in other currencies');
    await expect.poll(inDollars.count, soon).toBe(1);
  });
});

test('who does not see all tickets is told by no list whom they are about', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'desk', ['contacts:view', 'tickets:view', 'conversations:view-own', 'tasks:view']);
  const { cookie } = await house.hire('Gil', role.id);
  const ask = async (condition: CustomerCondition) => {
    const query = new URLSearchParams({ filter: JSON.stringify(where(condition)) });
    return (await house.call('GET', `/api/customers?${query}`, undefined, { cookie })).status;
  };
  expect(await ask({ on: 'ticket', is: true })).toBe(403);
  expect(await ask({ on: 'open', what: 'ticket', is: true })).toBe(403);
  expect(await ask({ on: 'opportunity', is: true })).toBe(403);
  expect(await ask({ on: 'task', is: true, owners: ['me'] })).toBe(200);
});
