import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { expectWait, isNews, measurePace } from '../../server/conversations/queue.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Availability } from '../../shared/inbox.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact, openHouse } from '../helpers/house.ts';

const MINUTE_MS = 60_000;

async function someoneWaiting(house: House) {
  const visitor = await house.visitor();
  const placed = nextFact<VisitorConversation>(visitor.socket, 'conversation:changed', ({ queue }) => queue !== null);
  const { conversation } = await get<{ conversation: VisitorConversation }>(visitor.socket, 'message:post', { id: nanoid(), text: 'hi' });
  return { ...visitor, conversationId: conversation.id, placed };
}

describe.each(databases)('on $name', ({ open }) => {
  test('who waits is told its place, moves up when somebody is taken, and is told no place once taken', async () => {
    const house = await open();
    const agent = await house.agent();
    const first = await someoneWaiting(house);
    expect((await first.placed).queue).toEqual({ place: 1, expectedWaitMs: null });
    const second = await someoneWaiting(house);
    expect((await second.placed).queue).toEqual({ place: 2, expectedWaitMs: null });

    const movedUp = nextFact<VisitorConversation>(second.socket, 'conversation:changed', ({ queue }) => queue?.place === 1);
    const taken = nextFact<VisitorConversation>(first.socket, 'conversation:changed', ({ assignee }) => assignee !== null);
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: first.conversationId, text: 'yes?' });
    expect((await taken).queue).toBeNull();
    await movedUp;
    const back = await house.visitor({ token: second.session.token });
    expect(back.session.conversation?.queue?.place).toBe(1);
  });

  test('the expected wait is what people have waited lately, and more than a minute of it is told to newcomers', async () => {
    const house = await open();
    const agent = await house.agent();
    const people = [];
    for (let count = 0; count < 3; count += 1) people.push(await someoneWaiting(house));
    house.clockOffsetMs += 4 * MINUTE_MS;
    for (const { conversationId } of people) await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'hello' });
    const waitOf = async () => (await house.visitor()).session.availability.expectedWaitMs;
    await expect.poll(waitOf, { timeout: 15_000 }).toBeGreaterThanOrEqual(4 * MINUTE_MS);
    expect(await waitOf()).toBeLessThan(6 * MINUTE_MS);
    expect((await house.visitor()).session.availability.agents).toEqual([{ name: 'Dana', avatarUrl: null }]);
  });
});

test('an inbox that shows no queue tells no place', async () => {
  const house = await openHouse();
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { showsQueue: false } });
  const agent = await house.agent();
  const { socket, conversationId } = await someoneWaiting(house);
  const taken = nextFact<VisitorConversation>(socket, 'conversation:changed');
  await get(agent.socket, 'conversation:assign', { conversationId, agentId: agent.session.agent.id });
  expect((await taken).queue).toBeNull();
});

test('visitors see the faces of those who are online, and only of those', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const agent = await house.agent();
  const visitor = await house.visitor();
  const two = nextFact<Availability>(visitor.socket, 'availability:changed', ({ agents }) => agents?.length === 2);
  await house.agent(noa.cookie);
  expect((await two).agents?.map(({ name }) => name)).toEqual(['Dana', 'Noa']);
  const one = nextFact<Availability>(visitor.socket, 'availability:changed', ({ agents }) => agents?.length === 1);
  await get(agent.socket, 'availability:set', { availability: 'away' });
  expect((await one).agents?.map(({ name }) => name)).toEqual(['Noa']);
});

describe('the expected wait', () => {
  const answers = (...waits: number[]) =>
    waits.map((minutes, index) => ({ waitedMs: minutes * MINUTE_MS, answeredAt: index * 2 * MINUTE_MS }));

  test('is unknown from too few answers, and from those of a closed shop', () => {
    expect(expectWait(measurePace(answers(1, 2)), 1)).toBeNull();
    expect(measurePace(answers(600, 600, 1, 700))).toBeNull();
  });

  test('is the middle of the last ones, less what was waited already, and grows with the place', () => {
    const pace = measurePace(answers(1, 9, 4, 3, 5));
    expect(expectWait(pace, 1)).toBe(4 * MINUTE_MS);
    expect(expectWait(pace, 1, 3 * MINUTE_MS)).toBe(MINUTE_MS);
    expect(expectWait(pace, 1, 60 * MINUTE_MS)).toBe(30_000);
    expect(expectWait(pace, 6)).toBe(10 * MINUTE_MS);
    expect(expectWait(pace, 10_000)).toBeNull();
  });

  test('is news near the front at every step, far behind only when somebody would notice', () => {
    const at = (place: number, expectedWaitMs: number | null = null) => ({ place, expectedWaitMs });
    expect(isNews(undefined, at(1))).toBe(true);
    expect(isNews(at(3), at(2))).toBe(true);
    expect(isNews(at(500), at(499))).toBe(false);
    expect(isNews(at(500), at(450))).toBe(true);
    expect(isNews(at(2, 110_000), at(2, 100_000))).toBe(false);
    expect(isNews(at(2, 110_000), at(2, 50_000))).toBe(true);
  });
});
