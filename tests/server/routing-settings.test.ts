import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import {
  type AgentRouting,
  type AgentRoutings,
  firstRoutingRules,
  firstTeamRouting,
  type RoutingRule,
  type RoutingSettings,
  type SimulatedPath,
} from '../../shared/routing.ts';
import { makeTeam } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { openHouse } from '../helpers/house.ts';

const rule = (values: Partial<RoutingRule>): RoutingRule => ({
  id: nanoid(),
  name: 'Billing',
  isOn: true,
  when: {},
  teamId: null,
  priority: 'normal',
  skills: [],
  ...values,
});

describe.each(databases)('on $name', ({ open }) => {
  test('nothing is handed out until an administrator says so, and who saves what somebody else has changed meanwhile is told', async () => {
    const house = await open();
    const first = await house.json<RoutingSettings>('GET', '/api/routing');
    expect(first).toEqual({ ...firstRoutingRules, version: 0 });
    const saved = await house.json<RoutingSettings>('PUT', '/api/routing', {
      ...first,
      inboxes: { [house.inbox.id]: 'both' },
      capacity: 3,
    });
    expect(saved).toEqual({ ...firstRoutingRules, inboxes: { [house.inbox.id]: 'both' }, capacity: 3, version: 1 });
    const late = await house.call('PUT', '/api/routing', { ...first, capacity: 9 });
    expect(late.status).toBe(409);
    const again = await house.json<RoutingSettings>('PUT', '/api/routing', { ...saved, capacity: 4 });
    expect(again.version).toBe(2);
    expect(await house.json('GET', '/api/routing')).toEqual(again);
  });

  test('an agent’s number of chats and skills are set by who manages, and everybody else sees its own', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    await house.json('PUT', `/api/routing/agents/${noa.id}`, { capacity: 2, skills: ['Refunds', 'refunds', 'VIP'] });
    const all = await house.json<AgentRoutings>('GET', '/api/routing/agents');
    expect(all.items).toHaveLength(2);
    expect(all).toMatchObject({ capacity: 5, waitingCounts: 1 });
    const own = await house.json<AgentRoutings>('GET', '/api/routing/agents', undefined, { cookie: noa.cookie });
    expect(own.items).toEqual([{ agentId: noa.id, capacity: 2, skills: ['Refunds', 'VIP'] }]);
    const refused = await house.call('PUT', `/api/routing/agents/${noa.id}`, { capacity: 9, skills: [] }, { cookie: noa.cookie });
    expect(refused.status).toBe(403);
    expect((await house.call('PUT', `/api/routing/agents/${nanoid()}`, { capacity: 9, skills: [] })).status).toBe(404);
  });

  test('of two administrators one gives an agent a skill and the other a number, and both stay', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const put = (values: object) => house.json<AgentRouting>('PUT', `/api/routing/agents/${noa.id}`, values);
    await Promise.all([put({ capacity: 3 }), put({ skills: ['Refunds'] })]);
    const own = { agentId: noa.id, capacity: 3, skills: ['Refunds'] };
    expect((await house.json<AgentRoutings>('GET', '/api/routing/agents')).items).toContainEqual(own);
    expect(await put({ capacity: null })).toEqual({ ...own, capacity: null });
    expect(await put({})).toEqual({ ...own, capacity: null });
  });
});

test('a rule cannot send people to a team that is not there', async () => {
  const house = await openHouse();
  const lost = nanoid();
  const refused = await house.call('PUT', '/api/routing', { ...firstRoutingRules, version: 0, rules: [rule({}), rule({ teamId: lost })] });
  expect(await refused.json()).toMatchObject({ code: 'invalid', field: 'rules.1.teamId' });
  const overflow = { ...firstTeamRouting, overflow: { afterSeconds: 60, teamId: lost } };
  const alsoRefused = await house.call('PUT', '/api/routing', { ...firstRoutingRules, version: 0, otherwise: overflow });
  expect(await alsoRefused.json()).toMatchObject({ code: 'invalid', field: 'otherwise.overflow.teamId' });
});

test('the simulator says which way a visitor would go, and why, without a trace', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const omar = await house.hire('Omar');
  const billing = await makeTeam(house, 'חשבונות', [noa.id, omar.id]);
  await house.json('PATCH', '/api/profile', { languages: ['he'] }, { cookie: noa.cookie });
  await house.json('PUT', `/api/routing/agents/${noa.id}`, { capacity: 4, skills: [] });
  const rules = {
    ...firstRoutingRules,
    inboxes: { [house.inbox.id]: 'automatic' },
    rules: [rule({ name: 'Invoices', when: { pages: ['/invoices'], languages: ['he'] }, teamId: billing.id, priority: 'high' })],
  };
  const ask = (more: object) => house.json<SimulatedPath>('POST', '/api/routing/simulate', { inboxId: house.inbox.id, rules, ...more });
  const asked = { page: 'https://shop.example/invoices/7', language: 'he-IL' };
  expect(await ask(asked)).toMatchObject({ outcome: 'nobody', teamId: billing.id, place: 1, agentId: null });

  await house.agent(noa.cookie);
  await house.agent(omar.cookie);
  const path = await ask(asked);
  expect(path).toMatchObject({ outcome: 'assigned', agentId: noa.id, priority: 'high', isOpen: true, ruleId: rules.rules[0]?.id });
  expect(path.reasons).toEqual([
    { code: 'rule', name: 'Invoices' },
    { code: 'team', name: 'חשבונות' },
    { code: 'priority', priority: 'high' },
    { code: 'language', language: 'he', isSpoken: true },
    { code: 'load', name: 'Noa', load: 0, capacity: 4 },
    { code: 'least-busy', among: 2 },
  ]);
  expect(path.candidates.map(({ name, isFit }) => [name, isFit])).toEqual([
    ['Noa', true],
    ['Omar', true],
  ]);
  expect(path.then).toEqual([
    { code: 'reroute', afterSeconds: 60, name: null },
    { code: 'callback', afterSeconds: 180, name: null },
  ]);
  expect(await ask({ page: 'https://shop.example/', language: 'en' })).toMatchObject({ ruleId: null, teamId: null, outcome: 'assigned' });
  // Of a language is spoken only where somebody has said which ones are.
  await house.json('PATCH', '/api/profile', { languages: [] }, { cookie: noa.cookie });
  const silent = await ask(asked);
  expect([silent, ...silent.candidates].flatMap(({ reasons }) => reasons).filter(({ code }) => code === 'language')).toEqual([]);
  expect(await ask({ rules: undefined })).toMatchObject({ outcome: 'picked-by-agents', place: 1 });
  expect(await house.json('GET', '/api/routing')).toMatchObject({ version: 0, rules: [] });
});
