import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { lockUnerasedConversation } from '../../server/conversations/conversations.ts';
import { postWithin } from '../../server/conversations/messages.ts';
import type { AnswerTrial } from '../../shared/automatic-answer.ts';
import { firstBotRule } from '../../shared/bot-rule.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear, openHouse } from '../helpers/house.ts';
import { delivery, hours, openShopWithBot, returns, summaryOf, tryOut, until, visit } from './bot-scene.ts';

const asksReturns = 'I want to return what I bought';
const asksDelivery = 'when will my parcel arrive';
const asksHours = 'when are you open';
const unknown = 'do your violins come with rosin';

/** A question about which the shop's answers are decided like this, whatever the matching has learned by now. */
async function questionThatIs(house: House, decision: AnswerTrial['decision']): Promise<string> {
  const candidates = [
    unknown,
    'zebra quartz piano',
    'qwrtp sdfgh',
    'time friday shipping',
    'parcel on friday opening',
    'days open delivery',
    'send it back time',
    'open parcel policy',
    'friday policy',
    'how many',
    'delivery opening return',
  ];
  for (const text of candidates) if ((await tryOut(house, text)).decision === decision) return text;
  throw new Error(`No question is decided as ${decision}.`);
}

describe.each(databases)('on $name', ({ open }) => {
  test('at night a visitor who asks what is known is answered by the bot, which says that it is automatic', async () => {
    const { house, returnsId } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    const answer = await visitor.next();
    expect(answer).toMatchObject({
      text: returns,
      author: { kind: 'bot', name: 'Automatic assistant' },
      automatic: { kind: 'answer', answerId: returnsId },
    });
    expect(answer.choices?.map(({ text }) => text)).toEqual(['What about sale items?', 'Talk to a person']);
    const summary = await summaryOf(house, visitor.conversationId);
    expect(summary, 'nobody waits any more').toMatchObject({ waitingSince: null, unread: 0, status: 'open', assigneeId: null });
  });

  test('"no" is answered with regret and a person, who is waited for from then on; the answer is not given again', async () => {
    const { house, returnsId } = await openShopWithBot(open);
    const agent = await house.agent();
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    const answer = await visitor.next();
    await get(agent.socket, 'conversation:open', { conversationId: visitor.conversationId });
    const rated = hear<{ messageId: string; helpful: boolean }>(agent.socket, 'answer:rated');
    const before = house.server.app.now();
    await visitor.rate(answer, false);
    await visitor.rate(answer, false);
    const sorry = await visitor.next();
    expect(sorry).toMatchObject({ automatic: { kind: 'sorry' } });
    await until(() => rated.length > 0);
    expect(rated).toEqual([{ conversationId: visitor.conversationId, messageId: answer.id, helpful: false }]);
    const summary = await summaryOf(house, visitor.conversationId);
    expect(summary.waitingSince).toBeGreaterThanOrEqual(before);
    expect(summary.unread).toBe(1);
    const [, stored] = await visitor.transcript();
    expect(stored?.automatic).toEqual({ kind: 'answer', answerId: returnsId, helpful: false });
    await visitor.post(asksDelivery);
    expect((await visitor.next()).text).toBe(delivery);
    await visitor.post(asksReturns);
    expect((await visitor.next()).text).not.toBe(returns);
  });

  test('answered and silent for a day, a conversation has ended by itself', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    await visitor.next();
    house.clockOffsetMs += 23 * 60 * 60 * 1_000;
    await visitor.post('thanks');
    await until(async () => (await summaryOf(house, visitor.conversationId)).waitingSince === null);
    house.clockOffsetMs += 23 * 60 * 60 * 1_000;
    const other = await visit(house);
    await other.post(asksReturns);
    await other.next();
    expect((await summaryOf(house, visitor.conversationId)).status, 'a word of thanks is no end').toBe('open');
    house.clockOffsetMs += 2 * 60 * 60 * 1_000;
    await until(async () => (await summaryOf(house, visitor.conversationId)).status === 'resolved');
    expect((await visitor.transcript()).at(-1)?.notice).toEqual({ kind: 'ended', by: 'quiet' });
    expect(visitor.said()).toHaveLength(1);
  });
});

describe('in one shop', () => {
  const open = () => openHouse();

  test('what was said in several messages is one question, and is answered once', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post('I want to return');
    await visitor.post('what I bought');
    expect((await visitor.next()).text).toBe(returns);
    await visitor.post(asksDelivery);
    expect((await visitor.next()).text).toBe(delivery);
    expect(visitor.said()).toHaveLength(2);
  });

  test('several questions in a row are answered one by one, in the language of each', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    expect((await visitor.next()).text).toBe(returns);
    await visitor.post('מתי אתם פתוחים');
    const inHebrew = await visitor.next();
    expect(inHebrew).toMatchObject({ text: 'פתוח מתשע עד שש.', author: { name: 'מענה אוטומטי' } });
    expect(inHebrew.choices?.map(({ text }) => text)).toEqual(['שיחה עם נציג']);
  });

  test('nobody is told the same twice in a row, nor a third time at all', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    const texts: string[] = [];
    for (const question of [asksReturns, 'return policy', asksDelivery, asksReturns, asksHours]) {
      await visitor.post(question);
      texts.push((await visitor.next()).text);
    }
    const asked = await visitor.post('return policy');
    expect(texts[0]).toBe(returns);
    expect(texts[1], 'once more right away').not.toBe(returns);
    expect(texts.slice(2, 5)).toEqual([delivery, returns, hours]);
    await until(async () => (await summaryOf(house, visitor.conversationId)).waitingSince !== null);
    const other = await visit(house);
    await other.post(asksHours);
    await other.next();
    expect((await visitor.transcript()).at(-1)?.id, 'for the third time').toBe(asked.id);
  });

  test('what may be meant stands on buttons; the chosen one is answered, and the others are not forced on anybody', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(await questionThatIs(house, 'suggest'));
    const offered = await visitor.next();
    expect(offered.automatic).toEqual({ kind: 'suggestions' });
    const labels = offered.choices?.map(({ text }) => text) ?? [];
    expect(labels.slice(-2)).toEqual(['None of these', 'Talk to a person']);
    expect((await summaryOf(house, visitor.conversationId)).waitingSince, 'it may still be a person’s').not.toBeNull();
    await visitor.choose(offered, labels[0] ?? '');
    const answer = await visitor.next();
    expect(answer.automatic?.kind).toBe('answer');
    expect((await summaryOf(house, visitor.conversationId)).waitingSince).toBeNull();
  });

  test('where none of the buttons is meant a person takes the question, and the customer is told when', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(await questionThatIs(house, 'suggest'));
    await visitor.choose(await visitor.next(), 'None of these');
    const taken = await visitor.next();
    expect(taken.automatic).toEqual({ kind: 'fallback' });
    expect(taken.text).toMatch(/We open next: Sunday,? (at )?9:00\sAM Israel Time/);
    expect(taken.text).toMatch(/leave a phone number/);
    expect((await summaryOf(house, visitor.conversationId)).waitingSince).not.toBeNull();
  });

  test('what no answer fits is taken for a person, which is said once and not after every message', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    const strange = await questionThatIs(house, 'none');
    const asked = await visitor.post(strange);
    expect((await visitor.next()).automatic).toEqual({ kind: 'fallback' });
    await visitor.post(`${strange} please`);
    await visitor.post(asksDelivery);
    await visitor.next();
    await visitor.post(strange);
    await visitor.post(asksReturns);
    expect((await visitor.next()).automatic?.kind).toBe('answer');
    expect(visitor.said().filter(({ automatic }) => automatic?.kind === 'fallback')).toHaveLength(1);
    const { waitingSince } = await summaryOf(house, visitor.conversationId);
    expect(waitingSince, 'the person who was promised is still waited for').toBe(asked.createdAt);
  });

  test('whoever asks for a person, by button or in words, hears when one comes, and the bot is silent from then on', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    const answer = await visitor.next();
    const wish = await visitor.choose(answer, 'Talk to a person');
    const promise = await visitor.next();
    expect(promise).toMatchObject({ automatic: { kind: 'person' } });
    expect(promise.text).toMatch(/We open next: Sunday/);
    const summary = await summaryOf(house, visitor.conversationId);
    expect(summary.waitingSince, 'it waits since the wish').toBe(wish.createdAt);
    expect(summary.unread).toBeGreaterThan(0);

    const other = await visit(house);
    await other.post('can I talk to a person please');
    expect((await other.next()).automatic).toEqual({ kind: 'person' });
    // What is asked afterwards is looked at before what a third one asks.
    await visitor.post(asksDelivery);
    await other.post(asksDelivery);
    const third = await visit(house);
    await third.post(asksDelivery);
    expect((await third.next()).text).toBe(delivery);
    expect([...visitor.said(), ...other.said()].map(({ text }) => text)).not.toContain(delivery);
  });

  test('"yes" is thanked for and ends the conversation, until the visitor writes again', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    await visitor.rate(await visitor.next(), true);
    expect((await visitor.next()).automatic).toEqual({ kind: 'thanks' });
    expect(await summaryOf(house, visitor.conversationId)).toMatchObject({ status: 'resolved', waitingSince: null });
    expect((await visitor.transcript()).at(-1)?.notice).toEqual({ kind: 'ended', by: 'helped' });
    await visitor.post(asksHours);
    expect((await visitor.next()).text).toBe(hours);
    expect((await summaryOf(house, visitor.conversationId)).status).toBe('open');
  });

  test('a "yes" that becomes a "no" opens it again, and a "no" that becomes a "yes" ends it', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    const answer = await visitor.next();
    await visitor.rate(answer, true);
    await visitor.next();
    await visitor.rate(answer, false);
    expect((await visitor.next()).automatic).toEqual({ kind: 'sorry' });
    const opened = await summaryOf(house, visitor.conversationId);
    expect(opened.status).toBe('open');
    expect(opened.waitingSince).not.toBeNull();
    await visitor.rate(answer, true);
    expect(await summaryOf(house, visitor.conversationId)).toMatchObject({ status: 'resolved', waitingSince: null });
  });

  test('once a person has joined the bot says nothing more, whatever is asked', async () => {
    const { house } = await openShopWithBot(open);
    const agent = await house.agent();
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    await visitor.next();
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: visitor.conversationId, text: 'Dana here' });
    await visitor.post(asksDelivery);
    const other = await visit(house);
    await other.post(asksDelivery);
    await other.next();
    expect(visitor.said()).toHaveLength(1);
    expect((await summaryOf(house, visitor.conversationId)).waitingSince).not.toBeNull();
  });

  test('by day, with somebody at a desk, the bot is silent unless it may speak to those who wait', async () => {
    const { house } = await openShopWithBot(open, {}, false);
    await house.agent();
    const elsewhere = await house.json<Inbox>('POST', '/api/inboxes', { name: 'Elsewhere' });
    await house.json('PATCH', `/api/inboxes/${elsewhere.id}`, { settings: { bot: { ...firstBotRule, waiting: true } } });
    const visitor = await visit(house);
    const other = await visit(house, 'en-US', elsewhere.key);
    await visitor.post(asksReturns);
    await other.post(asksReturns);
    const answer = await other.next();
    expect(answer.text).toBe(returns);
    await other.choose(answer, 'Talk to a person');
    expect((await other.next()).text).toMatch(/will come here shortly|The wait is about/);
    expect(visitor.said()).toEqual([]);
  });

  test('a question that a restart cut off is looked at when the server is back', async () => {
    const { house } = await openShopWithBot(open);
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    await house.stop();
    await house.start();
    const back = await house.visitor({ token: visitor.session.token });
    await until(async () => {
      const { messages } = await get<{ messages: { text: string }[] }>(back.socket, 'message:list', {
        conversationId: visitor.conversationId,
      });
      return messages.some(({ text }) => text === returns);
    });
  });

  test('a house without answers that are on says nothing by itself', async () => {
    const house = await open();
    const visitor = await visit(house);
    await visitor.post(asksReturns);
    const shop = await openShopWithBot(open);
    const other = await visit(shop.house);
    await other.post(asksReturns);
    await other.next();
    expect(visitor.said()).toEqual([]);
  });
});

test('a person who joins in the very moment in which the bot answers is not spoken over', async () => {
  const { house } = await openShopWithBot(() => openHouse({ database: 'PostgreSQL' }));
  const { app } = house.server;
  const visitor = await visit(house);
  const other = await visit(house);
  await visitor.post(asksReturns);
  const { conversationId } = visitor;
  let join = () => {};
  const isTime = new Promise<void>((resolve) => {
    join = resolve;
  });
  // Dana has begun to answer, and the bot, which thinks of its answer meanwhile, comes second.
  const { id } = (await house.agent()).session.agent;
  const author = { kind: 'agent', id, name: 'Dana' } as const;
  const joining = app.storage.write(async (trx) => {
    await lockUnerasedConversation(trx, conversationId);
    await isTime;
    return postWithin(trx, [{ id: nanoid(), conversationId, author, visibility: 'public', text: 'Dana here' }], app.now());
  });
  await other.post(asksReturns);
  await other.next();
  join();
  await joining;
  await other.post(asksDelivery);
  await other.next();
  expect((await visitor.transcript()).map(({ author: { kind } }) => kind)).toEqual(['visitor', 'system', 'agent']);
});
