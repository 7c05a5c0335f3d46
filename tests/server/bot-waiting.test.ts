import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import type { AgentNotice } from '../../shared/agent-notice.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import { firstRoutingRules } from '../../shared/routing.ts';
import type { SlaPolicy } from '../../shared/sla.ts';
import { get, type House, hear, openHouse } from '../helpers/house.ts';
import { delivery, openShopWithBot, returns, summaryOf, until, visit } from './bot-scene.ts';

const asksReturns = 'I want to return what I bought';

const listOf = async (house: House) => (await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations')).items;

test('what the bot has answered waits in no queue and for no promise, until the visitor says that it did not help', async () => {
  const { house } = await openShopWithBot(() => openHouse());
  const rules = { name: 'x', isOn: true, when: {}, nextResponseMs: null, resolutionMs: null, isBusinessTime: false, warnAfter: 0.5 };
  await house.json<SlaPolicy>('POST', '/api/sla-policies', { id: nanoid(), ...rules, firstResponseMs: 120_000 });
  const { socket } = await house.agent();
  const breaches = hear<AgentNotice>(socket, 'notice:posted');
  const waiting = async () => (await get<NowBoard>(socket, 'now:watch', { since: house.server.app.now() - 60_000 })).waiting.count;
  const visitor = await visit(house);
  await visitor.post(asksReturns);
  await until(async () => (await summaryOf(house, visitor.conversationId)).sla !== null);
  const answer = await visitor.next();
  await until(async () => (await summaryOf(house, visitor.conversationId)).sla === null);
  expect(await waiting()).toBe(0);
  expect(visitor.session.conversation?.queue ?? null).toBeNull();
  // Long after the promise would have been broken.
  house.clockOffsetMs += 10 * 60_000;
  await visitor.rate(answer, false);
  await until(async () => (await summaryOf(house, visitor.conversationId)).sla !== null);
  const { sla, waitingSince } = await summaryOf(house, visitor.conversationId);
  expect(sla).toMatchObject({ target: 'first-response', dueAt: (waitingSince ?? 0) + 120_000 });
  await until(async () => (await waiting()) === 1);
  expect(breaches).toEqual([]);
});

test('an agent who comes to the desk is given who waits, and not whom the bot has answered', async () => {
  const { house } = await openShopWithBot(() => openHouse(), {}, false);
  await house.json('PUT', '/api/routing', { ...firstRoutingRules, version: 0, inboxes: { [house.inbox.id]: 'automatic' } });
  const answered = await visit(house);
  await answered.post(asksReturns);
  expect((await answered.next()).text).toBe(returns);
  const asking = await visit(house);
  await asking.post('can I talk to a person please');
  await asking.next();
  const { session } = await house.agent();
  await until(async () => (await summaryOf(house, asking.conversationId)).assigneeId === session.agent.id);
  expect(await summaryOf(house, answered.conversationId)).toMatchObject({ assigneeId: null, waitingSince: null, unread: 0 });

  // From here on somebody is there: what the visitor asks now is a person's, who is given it.
  await answered.post('when will my parcel arrive');
  await until(async () => (await summaryOf(house, answered.conversationId)).assigneeId === session.agent.id);
  expect(answered.said().map(({ text }) => text)).not.toContain(delivery);
  expect((await listOf(house)).map(({ unread }) => unread)).toEqual([1, 1]);
});
