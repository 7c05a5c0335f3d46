import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { firstRoutingRules, type RoutingRules } from '../../shared/routing.ts';
import { makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, hear, nextFact } from '../helpers/house.ts';
import { atWork, comesTo, handOut, isLookedAt, ownerOf, read, reasonsIn, say } from './floor-scene.ts';

describe.each(databases)('on $name', ({ open }) => {
  test('who writes in is given to the agent with the least to do, never beyond what one may have, and agents read why', async () => {
    const house = await open();
    await handOut(house);
    const noa = await atWork(house, 'Noa', 2);
    const omar = await atWork(house, 'Omar', 1);
    const chats = [];
    for (const text of ['one', 'two', 'three', 'four']) {
      const chat = await writeIn(house, text);
      chats.push(chat);
      if (text !== 'four') await expect.poll(() => ownerOf(house, chat.conversationId)).not.toBeNull();
    }
    const owners = await Promise.all(chats.map(({ conversationId }) => ownerOf(house, conversationId)));
    expect(owners.filter((owner) => owner === noa.id)).toHaveLength(2);
    expect(owners.filter((owner) => owner === omar.id)).toHaveLength(1);
    expect(owners[3]).toBeNull();

    const [first] = await reasonsIn(house, chats[0]?.conversationId ?? '');
    expect(first).toEqual([
      { code: 'no-rule' },
      { code: 'load', name: expect.any(String), load: 0, capacity: expect.any(Number) },
      { code: 'least-busy', among: 2 },
    ]);
    const heard = hear<Message>(chats[0]?.socket as Socket, 'message:posted');
    const freed = chats.find((_, at) => owners[at] === omar.id);
    await get(omar.socket, 'conversation:resolve', { conversationId: freed?.conversationId });
    await comesTo(house, chats[3]?.conversationId ?? '', omar.id);
    expect(heard.filter(({ notice }) => notice?.kind === 'routed')).toEqual([]);
  });

  test('an agent who does not answer in time loses the chat to somebody else, and does not get it back', async () => {
    const house = await open();
    await handOut(house, {}, { answerSeconds: 30 });
    const noa = await atWork(house, 'Noa');
    const { conversationId } = await writeIn(house, 'anybody?');
    await comesTo(house, conversationId, noa.id);
    const omar = await atWork(house, 'Omar');
    house.clockOffsetMs += 31_000;
    await comesTo(house, conversationId, omar.id);
    const told = await reasonsIn(house, conversationId);
    expect(told.at(-1)).toContainEqual({ code: 'no-answer', name: 'Noa', seconds: 30 });
    house.clockOffsetMs += 31_000;
    const other = await writeIn(house, 'and me?');
    await comesTo(house, other.conversationId, noa.id);
    expect(await ownerOf(house, conversationId)).toBe(omar.id);
  });

  test('an agent who has answered keeps the chat, however long the next answer takes', async () => {
    const house = await open();
    await handOut(house, {}, { answerSeconds: 30 });
    const noa = await atWork(house, 'Noa');
    const chat = await writeIn(house, 'hello');
    await comesTo(house, chat.conversationId, noa.id);
    await say(noa.socket, chat.conversationId);
    const omar = await atWork(house, 'Omar', 1);
    await get(chat.socket, 'message:post', { id: nanoid(), conversationId: chat.conversationId, text: 'one more thing' });
    house.clockOffsetMs += 60_000;
    const other = await writeIn(house, 'a newcomer');
    await comesTo(house, other.conversationId, omar.id);
    expect(await ownerOf(house, chat.conversationId)).toBe(noa.id);
  });

  test('an agent goes for lunch with a customer waiting: after a while the customer goes to somebody who is there', async () => {
    const house = await open();
    await handOut(house, {}, { answerSeconds: 30 });
    const noa = await atWork(house, 'Noa');
    const chat = await writeIn(house, 'hello');
    await comesTo(house, chat.conversationId, noa.id);
    await say(noa.socket, chat.conversationId);
    await get(chat.socket, 'message:post', { id: nanoid(), conversationId: chat.conversationId, text: 'one more thing' });
    await get(noa.socket, 'availability:set', { availability: 'away' });
    const omar = await atWork(house, 'Omar');
    const other = await writeIn(house, 'a newcomer');
    await comesTo(house, other.conversationId, omar.id);
    expect(await ownerOf(house, chat.conversationId)).toBe(noa.id);
    house.clockOffsetMs += 31_000;
    await comesTo(house, chat.conversationId, omar.id);
    expect((await reasonsIn(house, chat.conversationId)).at(-1)).toContainEqual({ code: 'no-answer', name: 'Noa', seconds: 30 });
  });

  test('when a window falls silent for too long, its chats go to whoever has room next, and one that comes back in time keeps them', async () => {
    const house = await open();
    await handOut(house, { graceSeconds: 20 }, { answerSeconds: null, lastAgentHours: null });
    const noa = await atWork(house, 'Noa');
    const { conversationId } = await writeIn(house, 'hello');
    await comesTo(house, conversationId, noa.id);
    const seen = await house.agent();
    await get(seen.socket, 'availability:set', { availability: 'away' });
    const noaIs = (wanted: string) =>
      nextFact<{ id: string; availability: string }>(
        seen.socket,
        'agent:changed',
        ({ id, availability }) => id === noa.id && availability === wanted,
      );
    const away = noaIs('away');
    noa.socket.io.engine.close();
    await away;
    const back = noaIs('online');
    const again = await house.agent(noa.cookie);
    await back;
    expect(await ownerOf(house, conversationId)).toBe(noa.id);

    const silent = noaIs('away');
    again.socket.io.engine.close();
    await silent;
    const gone = noaIs('offline');
    house.clockOffsetMs += 21_000;
    await gone;
    const behind = await writeIn(house, 'behind the first');
    await isLookedAt(house, behind.conversationId);
    const omar = await atWork(house, 'Omar', 1);
    await comesTo(house, conversationId, omar.id);
    expect((await reasonsIn(house, conversationId)).at(-1)).toContainEqual({ code: 'agent-gone', name: 'Noa' });
  });

  test('at closing time an agent goes with her talks unanswered: they stay hers while nobody else is there, and come back to her if they can', async () => {
    const house = await open();
    await handOut(house, { graceSeconds: 20 }, { answerSeconds: null });
    const dana = await house.agent();
    await get(dana.socket, 'availability:set', { availability: 'away' });
    const noa = await atWork(house, 'Noa');
    const chat = await writeIn(house, 'hello');
    await comesTo(house, chat.conversationId, noa.id);
    await say(noa.socket, chat.conversationId);
    await get(chat.socket, 'message:post', { id: nanoid(), conversationId: chat.conversationId, text: 'one more thing' });
    const left = hear<VisitorConversation>(chat.socket, 'conversation:changed');
    noa.socket.disconnect();
    await expect.poll(() => house.server.app.presence.availabilityOf(noa.id)).toBe('offline');
    house.clockOffsetMs += 21_000;
    await isLookedAt(house, (await writeIn(house, 'late')).conversationId);
    expect(await ownerOf(house, chat.conversationId)).toBe(noa.id);
    expect(left.filter(({ assignee }) => assignee === null)).toEqual([]);

    const omar = await atWork(house, 'Omar', 1);
    await comesTo(house, chat.conversationId, omar.id);
    await get(omar.socket, 'availability:set', { availability: 'away' });
    await atWork(house, 'Gil');
    await house.agent(noa.cookie);
    await get(dana.socket, 'conversation:assign', { conversationId: chat.conversationId, agentId: null });
    await comesTo(house, chat.conversationId, noa.id);
    expect((await reasonsIn(house, chat.conversationId)).at(-1)).toContainEqual({ code: 'last-agent', name: 'Noa', state: 'chosen' });
  });

  test('a customer who comes back is given to the agent of the last time, and to somebody else while that one is away', async () => {
    const house = await open();
    await handOut(house);
    const noa = await atWork(house, 'Noa');
    const chat = await writeIn(house, 'hello');
    await comesTo(house, chat.conversationId, noa.id);
    await say(noa.socket, chat.conversationId);
    await get(noa.socket, 'conversation:resolve', { conversationId: chat.conversationId });
    const omar = await atWork(house, 'Omar');
    await get(chat.socket, 'message:post', { id: nanoid(), conversationId: chat.conversationId, text: 'me again' });
    await expect.poll(async () => (await reasonsIn(house, chat.conversationId)).length).toBe(2);
    expect((await reasonsIn(house, chat.conversationId)).at(-1)).toContainEqual({ code: 'last-agent', name: 'Noa', state: 'chosen' });
    expect(await ownerOf(house, chat.conversationId)).toBe(noa.id);

    await get(noa.socket, 'conversation:resolve', { conversationId: chat.conversationId });
    await get(noa.socket, 'availability:set', { availability: 'away' });
    const { message } = await get<{ message: Message }>(chat.socket, 'message:post', { id: nanoid(), text: 'something else' });
    await comesTo(house, message.conversationId, omar.id);
    expect((await reasonsIn(house, message.conversationId)).at(-1)).toContainEqual({ code: 'last-agent', name: 'Noa', state: 'away' });
  });

  test('a rule sends people to their team and in front, and after a while other teams may help', async () => {
    const house = await open();
    const noa = await atWork(house, 'Noa', 1);
    const omar = await atWork(house, 'Omar', 1);
    const [billing, sales] = [await makeTeam(house, 'Billing', [noa.id]), await makeTeam(house, 'Sales', [omar.id])];
    const rules = [
      {
        id: nanoid(),
        name: 'Everybody',
        isOn: true,
        when: { inboxIds: [house.inbox.id] },
        teamId: billing.id,
        priority: 'high',
        skills: [],
      },
    ] satisfies RoutingRules['rules'];
    const overflow = { afterSeconds: 120, teamId: sales.id };
    await handOut(house, { rules, teams: { [billing.id]: { ...firstRoutingRules.otherwise, overflow, answerSeconds: null } } });
    const first = await writeIn(house, 'one');
    await comesTo(house, first.conversationId, noa.id);
    const second = await writeIn(house, 'two');
    await expect.poll(async () => (await read(house, second.conversationId)).teamId).toBe(billing.id);
    expect(await read(house, second.conversationId)).toMatchObject({ assigneeId: null, priority: 'high' });
    house.clockOffsetMs += 121_000;
    await comesTo(house, second.conversationId, omar.id);
    expect((await reasonsIn(house, second.conversationId)).at(-1)).toContainEqual(
      expect.objectContaining({ code: 'overflow', name: 'Sales' }),
    );
  });

  test('two agents who pick at the same moment do not get the same chat, and nobody picks more than one may have', async () => {
    const house = await open();
    await handOut(house, { inboxes: { [house.inbox.id]: 'pick' } });
    const [noa, omar] = [await atWork(house, 'Noa', 1), await atWork(house, 'Omar', 2)];
    const first = await writeIn(house, 'one');
    const both = await Promise.all(
      [noa, omar].map(({ socket }) =>
        ask<{ conversation: ConversationSummary | null }>(socket, 'conversation:pick', { conversationId: first.conversationId }),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'conflict' } });
    expect((await reasonsIn(house, first.conversationId)).at(-1)?.at(-1)).toMatchObject({ code: 'picked' });
    const [second, third] = [await writeIn(house, 'two'), await writeIn(house, 'three')];
    const next = await Promise.all(
      [noa, omar].map(({ socket }) => ask<{ conversation: ConversationSummary | null }>(socket, 'conversation:pick', {})),
    );
    const taken = next.flatMap((reply) => (reply.ok && reply.data.conversation ? [reply.data.conversation.id] : []));
    expect(new Set(taken).size).toBe(taken.length);
    expect([second.conversationId, third.conversationId]).toEqual(expect.arrayContaining(taken));
    await writeIn(house, 'four');
    const refused = await ask(noa.socket, 'conversation:pick', {});
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict', field: 'capacity' } });
  });

  test('after a restart the house goes on where it was: who waits is handed out, and who did not answer loses the chat', async () => {
    const house = await open();
    await handOut(house, {}, { answerSeconds: 30 });
    const noa = await atWork(house, 'Noa', 1);
    const held = await writeIn(house, 'one');
    await comesTo(house, held.conversationId, noa.id);
    const waiting = await writeIn(house, 'two');
    await house.stop();
    house.clockOffsetMs += 31_000;
    await house.start();
    await house.agent(noa.cookie);
    const omar = await atWork(house, 'Omar', 2);
    await comesTo(house, waiting.conversationId, omar.id);
    await comesTo(house, held.conversationId, omar.id);
  });

  test('what a person decides stays decided: a chat given to somebody who is off, or taken back, is not moved by the house', async () => {
    const house = await open();
    await handOut(house, { graceSeconds: 5 }, { answerSeconds: 10 });
    const dana = await house.agent();
    await get(dana.socket, 'availability:set', { availability: 'away' });
    const gil = await house.hire('Gil');
    const noa = await atWork(house, 'Noa');
    const { conversationId } = await writeIn(house, 'for Gil, please');
    await comesTo(house, conversationId, noa.id);
    await get(dana.socket, 'conversation:assign', { conversationId, agentId: gil.id });
    house.clockOffsetMs += 60_000;
    const other = await writeIn(house, 'a newcomer');
    await comesTo(house, other.conversationId, noa.id);
    expect(await ownerOf(house, conversationId)).toBe(gil.id);
    await get(dana.socket, 'conversation:assign', { conversationId: other.conversationId, agentId: null });
    const omar = await atWork(house, 'Omar');
    await comesTo(house, other.conversationId, omar.id);
  });

  test('a call is offered to whoever has waited for long', async () => {
    const house = await open();
    await handOut(house, {}, { callbackAfterSeconds: 60 });
    const { socket } = await house.visitor();
    const offered = nextFact<VisitorConversation>(socket, 'conversation:changed', ({ queue }) => queue?.offersCallback === true);
    await get(socket, 'message:post', { id: nanoid(), text: 'hello?' });
    house.clockOffsetMs += 61_000;
    await writeIn(house, 'somebody else');
    expect((await offered).queue).toMatchObject({ place: 1 });
  });
});
