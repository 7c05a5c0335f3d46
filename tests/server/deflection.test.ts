import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { DeflectedConversation, Deflection } from '../../shared/deflection.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { makeRole } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, openEmptyHouse, openHouse } from '../helpers/house.ts';
import { freshDatabaseUrl } from '../helpers/postgres.ts';
import { openShopWithBot, returns, summaryOf, until, visit } from './bot-scene.ts';

const asksReturns = 'I want to return what I bought';

const readDeflection = (house: House, query = '', cookie = house.cookie) =>
  house.json<Deflection>('GET', `/api/bot/deflection${query}`, undefined, { cookie });
const listDeflected = (house: House, query: string, cookie = house.cookie) =>
  house.json<{ items: DeflectedConversation[]; next: string | null }>('GET', `/api/bot/deflection/conversations${query}`, undefined, {
    cookie,
  });

describe.each(databases)('on $name', ({ open }) => {
  test('what the bot ended alone, what went to a person and why is counted, and each number opens to its conversations', async () => {
    const { house, returnsId } = await openShopWithBot(open);
    const agent = await house.agent();
    const visitors = [];
    for (let at = 0; at < 5; at += 1) visitors.push(await visit(house));
    await Promise.all(visitors.map((visitor) => visitor.post(asksReturns)));
    const answers: Message[] = [];
    for (const visitor of visitors) answers.push(await visitor.next());
    const [helped, missed, asking, joined, quiet] = visitors;
    await helped?.rate(answers[0] as Message, true);
    await missed?.rate(answers[1] as Message, false);
    await asking?.choose(answers[2] as Message, 'Talk to a person');
    await asking?.next();
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: joined?.conversationId, text: 'I am here' });
    await until(async () => (await readDeflection(house)).reasons.joined === 1);
    house.clockOffsetMs += 25 * 60 * 60 * 1_000;
    await until(async () => (await readDeflection(house)).outcomes.quiet === 1);

    const counted = await readDeflection(house);
    expect(counted).toEqual({
      total: 5,
      outcomes: { going: 0, helped: 1, quiet: 1, person: 3 },
      reasons: { asked: 1, unanswered: 0, unhelpful: 1, joined: 1 },
      answers: [{ answerId: returnsId, given: 5, helpful: 1, unhelpful: 1 }],
    });
    const alone = await listDeflected(house, '?kind=alone');
    expect(alone.items.map(({ conversation }) => conversation.id).sort()).toEqual([helped?.conversationId, quiet?.conversationId].sort());
    const byReason = await listDeflected(house, '?kind=person&reason=unhelpful');
    expect(byReason.items.map(({ conversation }) => conversation.id)).toEqual([missed?.conversationId]);
    const first = await listDeflected(house, `?answerId=${returnsId}&limit=3`);
    const rest = await listDeflected(house, `?answerId=${returnsId}&limit=3&cursor=${first.next}`);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 2, null]);
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
    expect((await readDeflection(house, `?from=${house.server.app.now() - 60_000}`)).total, 'begun since').toBe(0);
    expect((await readDeflection(house, `?inboxId=${nanoid()}`)).total, 'elsewhere').toBe(0);

    const role = await makeRole(house, 'own figures', ['conversations:view-own', 'reports:view']);
    const noa = await house.hire('Noa', role.id);
    await get(agent.socket, 'conversation:assign', { conversationId: asking?.conversationId, agentId: noa.id });
    expect((await readDeflection(house, '', noa.cookie)).total, 'of those that Noa may see').toBe(1);
    expect((await listDeflected(house, '', noa.cookie)).items.map(({ conversation }) => conversation.id)).toEqual([asking?.conversationId]);
  });

  test('a customer who comes back to what had helped, and then needs a person, was not spared one', async () => {
    const { house } = await openShopWithBot(open);
    const agent = await house.agent();
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    await visitor.rate(await visitor.next(), true);
    expect((await readDeflection(house)).outcomes.helped).toBe(1);
    await visitor.post('still there?');
    await until(async () => (await readDeflection(house)).outcomes.helped === 0);
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: visitor.conversationId, text: 'Yes, here' });
    await until(async () => (await readDeflection(house)).outcomes.person === 1);
    expect((await readDeflection(house)).total).toBe(1);
  });
});

test('whoever is erased leaves the count behind, and nothing of what was asked', async () => {
  const { house } = await openShopWithBot(() => openHouse());
  const visitor = await visit(house);
  await visitor.post(asksReturns);
  await visitor.rate(await visitor.next(), false);
  await get(visitor.socket, 'data:erase', { confirm: 'erase' });
  const counted = await readDeflection(house);
  expect(counted).toMatchObject({ total: 1, answers: [{ given: 1, unhelpful: 1 }] });
  const turns = await house.server.app.storage.db.selectFrom('botTurn').select(['language', 'offered', 'chosen']).execute();
  expect(turns).toEqual([{ language: null, offered: '[]', chosen: null }]);
});

test('two servers that come back together answer what was asked before they went once', async () => {
  const databaseUrl = await freshDatabaseUrl();
  const environment = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
  const { house } = await openShopWithBot(() => openHouse({ databaseUrl, environment }));
  const visitor = await visit(house);
  await visitor.post(asksReturns);
  const { conversationId } = visitor;
  await house.stop();
  const reopen = async () => {
    const second = await openEmptyHouse({ databaseUrl, environment });
    return Object.assign(second, { cookie: house.cookie, inbox: house.inbox, clockOffsetMs: house.clockOffsetMs });
  };
  const [second] = await Promise.all([reopen(), house.start()]);
  const backs = [await house.visitor({ token: visitor.session.token }), await second.visitor({ token: visitor.session.token })];
  const said = async () => {
    const pages = await Promise.all(backs.map(({ socket }) => get<MessagePage>(socket, 'message:list', { conversationId })));
    return pages.map(({ messages }) => messages.map(({ text }) => text));
  };
  await until(async () => (await said()).every((texts) => texts.includes(returns)), 60_000);
  // By the time in which both have seen to what another visitor asks, neither has said it again.
  const other = await visit(second);
  await other.post(asksReturns);
  // Whichever of them answers it: the other's visitors find it when they ask.
  await until(async () => (await other.transcript()).length > 1, 60_000);
  expect(await said()).toEqual([
    [asksReturns, returns],
    [asksReturns, returns],
  ]);
  expect((await summaryOf(house, conversationId)).waitingSince).toBeNull();
}, 120_000);
