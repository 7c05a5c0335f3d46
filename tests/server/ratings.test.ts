import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, nextFact, openHouse } from '../helpers/house.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

async function endedChat(house: House) {
  const visitor = await house.visitor();
  const { conversation } = await get<{ conversation: VisitorConversation }>(visitor.socket, 'message:post', { id: nanoid(), text: 'שלום' });
  await get(visitor.socket, 'conversation:end', { conversationId: conversation.id });
  return { ...visitor, conversationId: conversation.id };
}

const summaryOf = (house: House, id: string) => house.json<ConversationSummary>('GET', `/api/conversations/${id}`);

describe.each(databases)('on $name', ({ open }) => {
  test('a visitor rates an ended chat, changes its mind within a day, and the agents see the last word', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket, conversationId } = await endedChat(house);
    const seen = nextFact<ConversationSummary>(agent.socket, 'conversation:changed', ({ rating }) => rating?.score === 2);
    const shown = nextFact<VisitorConversation>(socket, 'conversation:changed', ({ rating }) => rating !== undefined);
    await get(socket, 'conversation:rate', { conversationId, score: 2, comment: 'לאט מדי' });
    expect((await seen).rating).toMatchObject({ score: 2, comment: 'לאט מדי' });
    expect((await shown).rating).toEqual({ score: 2, comment: 'לאט מדי' });
    await get(socket, 'conversation:rate', { conversationId, score: 5 });
    expect((await summaryOf(house, conversationId)).rating).toMatchObject({ score: 5, comment: null });
    house.clockOffsetMs = DAY_MS + 1_000;
    expect(await ask(socket, 'conversation:rate', { conversationId, score: 1 })).toMatchObject({ error: { code: 'conflict' } });
    expect(await ask(socket, 'conversation:rate', { conversationId, score: 5 })).toMatchObject({ ok: true });
  });

  test('each end is rated by itself, and two tabs that rate at once leave one rating', async () => {
    const house = await open();
    const { socket, session, conversationId } = await endedChat(house);
    const tab = await house.visitor({ token: session.token });
    const both = [socket, tab.socket].map((one) => ask(one, 'conversation:rate', { conversationId, score: 4 }));
    expect((await Promise.all(both)).every(({ ok }) => ok)).toBe(true);
    const first = (await summaryOf(house, conversationId)).rating;
    await get(socket, 'message:post', { id: nanoid(), conversationId, text: 'one more thing' });
    house.clockOffsetMs = 2 * DAY_MS;
    const { conversation } = await get<{ conversation: VisitorConversation }>(socket, 'conversation:end', { conversationId });
    expect(conversation.rating).toBeUndefined();
    await get(socket, 'conversation:rate', { conversationId, score: 1 });
    const second = (await summaryOf(house, conversationId)).rating;
    expect(second?.score).toBe(1);
    expect(second?.endedAt).toBeGreaterThan(first?.endedAt ?? 0);
  });
});

test('what has not ended, or is somebody else’s, is not rated', async () => {
  const house = await openHouse();
  const ruth = await endedChat(house);
  const omar = await house.visitor();
  expect(await ask(omar.socket, 'conversation:rate', { conversationId: ruth.conversationId, score: 1 })).toMatchObject({
    error: { code: 'not-found' },
  });
  const { conversation } = await get<{ conversation: VisitorConversation }>(omar.socket, 'message:post', { id: nanoid(), text: 'hi' });
  expect(await ask(omar.socket, 'conversation:rate', { conversationId: conversation.id, score: 1 })).toMatchObject({
    error: { code: 'conflict' },
  });
});
