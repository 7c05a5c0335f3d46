import * as fc from 'fast-check';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { businessClock } from '../../server/hours/business-clock.ts';
import type { Agent } from '../../shared/agent.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { CustomerCount, CustomerPage, CustomerSort } from '../../shared/customer.ts';
import type { CustomerCondition, CustomerFilter } from '../../shared/customer-filter.ts';
import { lifecycleNames } from '../../shared/lifecycle.ts';
import type { Segment } from '../../shared/segment.ts';
import type { When } from '../../shared/when.ts';
import { databases } from '../helpers/databases.ts';
import type { House } from '../helpers/house.ts';
import { DAY_MS, makeField, type Person, type Stored, storePeople, wouldFit } from './customer-scene.ts';
import { type Around, matterConditionsOf, mattersOf } from './matter-scene.ts';

const tags = ['vip', 'סיטונאי', "o'brien_%"];
const ids = ['V1StGXR8_Z5jdHi6B-myT', 'AAAAAAAAAAAAAAAAAAAAA'];
const names = ['רות כהן', 'Ruth Cohen', 'RUTH', 'Élodie', '100% _x_', 'דנה', 'a\\b'];
const choices = ['aaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbb'];

/** A few values each, so that conditions meet people. */
function peopleOf(around: Around, fields: Record<'text' | 'number' | 'date' | 'choice' | 'yesNo', string>) {
  const { now } = around;
  const moments = [now - 400 * DAY_MS, now - 90 * DAY_MS, now - 30 * DAY_MS - 3_600_000, now - DAY_MS / 2];
  const identity = fc.constantFrom(
    { kind: 'email' as const, value: 'ruth@shop.example', isVerified: true },
    { kind: 'email' as const, value: 'dana@other.example', isVerified: false },
    { kind: 'phone' as const, value: '+972501234567', isVerified: false },
    { kind: 'external' as const, value: 'CRM-7', isVerified: false },
  );
  const value = fc.record(
    {
      [fields.text]: fc.constantFrom('מידה L', 'Blue Suede', 'שָׁלוֹם'),
      [fields.number]: fc.constantFrom(-3, 0, 2.5, 10),
      [fields.date]: fc.constantFrom('2025-01-31', new Date(now + 5 * DAY_MS).toISOString().slice(0, 10)),
      [fields.choice]: fc.constantFrom(...choices),
      [fields.yesNo]: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  return fc.record({
    name: fc.option(fc.constantFrom(...names)),
    lifecycle: fc.constantFrom(...lifecycleNames),
    locale: fc.constantFrom('he', 'he-IL', 'en-US', 'ru', null),
    ownerId: fc.option(fc.constantFrom(...ids)),
    companyId: fc.option(fc.constantFrom(...ids)),
    tags: fc.subarray(tags),
    identities: fc.uniqueArray(identity, { maxLength: 2, selector: ({ kind }) => kind }),
    consents: fc.uniqueArray(
      fc.record({ kind: fc.constantFrom('email' as const, 'sms' as const), isGiven: fc.boolean(), at: fc.constantFrom(1, 2) }),
      { selector: ({ kind, at }) => `${kind}${at}` },
    ),
    purchaseTotal: fc.constantFrom(0, 9_900, 100_000),
    purchaseCount: fc.constantFrom(0, 1, 5),
    lastPurchaseAt: fc.option(fc.constantFrom(...moments)),
    createdAt: fc.constantFrom(...moments),
    lastSeenAt: fc.constantFrom(...moments),
    isGone: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
    values: value as unknown as fc.Arbitrary<Person['values']>,
    matters: mattersOf(around),
  });
}

function filtersOf(around: Around, fields: Record<'text' | 'number' | 'date' | 'choice' | 'yesNo', string>): fc.Arbitrary<CustomerFilter> {
  const { now } = around;
  const op = fc.constantFrom('any' as const, 'none' as const);
  const textOp = fc.constantFrom('is' as const, 'contains' as const, 'starts' as const);
  const presence = fc.constantFrom('filled' as const, 'empty' as const);
  const some = <Value>(values: readonly Value[]) => fc.subarray([...values], { minLength: 1 });
  const range = fc.record({ from: fc.constantFrom(-3, 0, 5, 9_900), to: fc.constantFrom(0, 2.5, 5, 100_000) }, { requiredKeys: [] });
  const whole = fc.record({ from: fc.constantFrom(-3, 0, 5, 9_900), to: fc.constantFrom(0, 5, 100_000) }, { requiredKeys: [] });
  const days = fc.constantFrom(1, 30, 90, 400);
  const when: fc.Arbitrary<When> = fc.oneof(
    fc.record({ op: fc.constantFrom('older' as const, 'within' as const, 'ahead' as const), days }),
    fc.record({ op: fc.constantFrom('before' as const, 'after' as const), at: fc.constantFrom(now - 90 * DAY_MS, now) }),
    fc.constant({ op: 'between' as const, from: now - 100 * DAY_MS, to: now - DAY_MS }),
    fc.constantFrom({ op: 'never' as const }, { op: 'ever' as const }),
  ) as fc.Arbitrary<When>;
  const condition = fc.oneof(
    fc.record({ on: fc.constant('lifecycle'), op, values: some(lifecycleNames) }),
    fc.record({ on: fc.constant('owner'), op, values: some([...ids, 'nobody']) }),
    fc.record({ on: fc.constant('tag'), op: fc.constantFrom('any', 'all', 'none'), values: some(tags) }),
    fc.record({ on: fc.constantFrom('tag', 'company', 'name', 'email', 'phone', 'external'), presence }),
    fc.record({ on: fc.constant('company'), op, values: some(ids) }),
    fc.record({ on: fc.constant('language'), op, values: some(['he', 'en', 'ru']) }),
    fc.record({ on: fc.constant('name'), op: textOp, value: fc.constantFrom(...names, 'ruth', '%', '_', '\\', 'כ') }),
    fc.record({
      on: fc.constantFrom('email', 'external'),
      op: textOp,
      value: fc.constantFrom('ruth@shop.example', 'RUTH', 'crm', 'CRM-7', 'example'),
    }),
    fc.record({ on: fc.constantFrom('email', 'phone'), isVerified: fc.boolean() }),
    fc.record({ on: fc.constant('consent'), kind: fc.constantFrom('email', 'sms'), state: fc.constantFrom('given', 'refused', 'unknown') }),
    whole.map((ends) => ({ on: 'value', ...ends })),
    whole.map((ends) => ({ on: 'value', currency: 'USD', ...ends })),
    matterConditionsOf(around),
    matterConditionsOf(around),
    matterConditionsOf(around),
    whole.map((ends) => ({ on: 'purchases', ...ends })),
    fc.record({ on: fc.constantFrom('created', 'seen', 'purchased'), when }),
    fc.record({ on: fc.constant('field'), fieldId: fc.constantFrom(...Object.values(fields)), presence }),
    fc.record({
      on: fc.constant('field'),
      fieldId: fc.constant(fields.text),
      text: fc.record({ op: textOp, value: fc.constantFrom('blue', 'מידה L', 'שלום', 'ל') }),
    }),
    fc.record({ on: fc.constant('field'), fieldId: fc.constant(fields.number), range }),
    fc.record({ on: fc.constant('field'), fieldId: fc.constant(fields.date), when }),
    fc.record({ on: fc.constant('field'), fieldId: fc.constant(fields.choice), choice: fc.record({ op, values: some(choices) }) }),
    fc.record({ on: fc.constant('field'), fieldId: fc.constant(fields.yesNo), is: fc.boolean() }),
  ) as unknown as fc.Arbitrary<CustomerCondition>;
  const match = fc.constantFrom('all' as const, 'any' as const);
  const group = fc.record({ match, conditions: fc.array(condition, { minLength: 1, maxLength: 3 }) });
  return fc.record({ match, groups: fc.array(group, { minLength: 1, maxLength: 3 }) });
}

async function listAll(house: House, query: Record<string, string>): Promise<CustomerPage['items']> {
  const items: CustomerPage['items'] = [];
  let cursor: string | null = null;
  do {
    const asked = new URLSearchParams({ ...query, limit: '7', ...(cursor !== null && { cursor }) });
    const page: CustomerPage = await house.json('GET', `/api/customers?${asked}`);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

async function makeFields(house: House) {
  const text = await makeField(house, { key: 'size', kind: 'text' });
  const number = await makeField(house, { key: 'plants', kind: 'number' });
  const date = await makeField(house, { key: 'renewal', kind: 'date' });
  const labelled = choices.map((id, at) => ({ id, label: `choice ${at}` }));
  const choice = await makeField(house, { key: 'source', kind: 'choice', choices: labelled });
  const yesNo = await makeField(house, { key: 'garden', kind: 'yes-no' });
  const all: CustomField[] = [text, number, date, choice, yesNo];
  return { all, ids: { text: text.id, number: number.id, date: date.id, choice: choice.id, yesNo: yesNo.id } };
}

const sorts: readonly CustomerSort[] = ['seen', 'created', 'name', 'value', 'purchased'];

function inOrder(people: readonly Stored[], sort: CustomerSort): (string | number)[] {
  const keys: Record<CustomerSort, (person: Stored) => string | number> = {
    seen: (person) => person.lastSeenAt,
    created: (person) => person.createdAt,
    name: (person) => person.name?.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) ?? '\u{10ffff}',
    value: (person) => person.purchaseTotal,
    purchased: (person) => person.lastPurchaseAt ?? 0,
  };
  return people.map(keys[sort]);
}

describe.each(databases)('on $name', ({ open }) => {
  test('whatever is asked for, list, count and segment find exactly those whom a reader of the filter would name', async () => {
    const house = await open();
    const now = Date.now();
    const clock = await businessClock(house.server.app);
    await house.hire('Noa');
    const agents = await house.json<{ items: Agent[] }>('GET', '/api/agents');
    const around = { now, clock, agentIds: agents.items.map(({ id }) => id) };
    const fields = await makeFields(house);
    const people = await storePeople(house, fc.sample(peopleOf(around, fields.ids), { numRuns: 60, seed: 7 }), fields.all);
    const byId = new Map(people.map((person) => [person.id, person]));
    const kept: { id: string; expected: string[] }[] = [];
    await fc.assert(
      fc.asyncProperty(
        filtersOf(around, fields.ids),
        fc.constantFrom(...sorts),
        fc.constantFrom('asc', 'desc'),
        async (filter, sort, direction) => {
          const expected = people.filter((person) => !person.isGone && wouldFit(filter, person, { now, clock })).map(({ id }) => id);
          const items = await listAll(house, { filter: JSON.stringify(filter), sort, direction });
          expect(items.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
          const keys = inOrder(
            items.map(({ id }) => byId.get(id) as Stored),
            sort,
          );
          const sorted = keys.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
          expect(keys).toEqual(direction === 'asc' ? sorted : sorted.toReversed());
          const { count } = await house.json<CustomerCount>(
            'GET',
            `/api/customers/count?${new URLSearchParams({ filter: JSON.stringify(filter) })}`,
          );
          expect(count).toBe(expected.length);
          if (kept.length < 25) {
            const id = nanoid();
            await house.json('POST', '/api/segments', { id, name: `${kept.length}`, filter });
            kept.push({ id, expected });
          }
        },
      ),
      { numRuns: 120, seed: 11 },
    );
    await expect
      .poll(
        async () => (await house.json<{ items: Segment[] }>('GET', '/api/segments')).items.filter(({ isFilling }) => isFilling).length,
        { timeout: 20_000 },
      )
      .toBe(0);
    for (const { id, expected } of kept) {
      const items = await listAll(house, { segmentId: id });
      expect(items.map((customer) => customer.id).toSorted()).toEqual(expected.toSorted());
      expect((await house.json<Segment>('GET', `/api/segments/${id}`)).count).toBe(expected.length);
    }
  }, 120_000);
});
