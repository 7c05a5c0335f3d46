import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, openHouse } from '../helpers/house.ts';

interface Posted {
  message: Message;
  conversation: VisitorConversation;
}

async function someoneWaiting(house: House) {
  const visitor = await house.visitor();
  const { conversation } = await get<Posted>(visitor.socket, 'message:post', { id: nanoid(), text: 'שלום' });
  return { ...visitor, conversationId: conversation.id };
}

const linesOf = async (socket: Parameters<typeof get>[0], conversationId: string) => {
  const { messages } = await get<MessagePage>(socket, 'message:list', { conversationId, after: 0 });
  return messages.map(({ notice, text }) => (notice ? [notice.kind, notice.name].filter(Boolean).join(' ') : text));
};

describe.each(databases)('on $name', ({ open }) => {
  test('the transcript says who comes, who leaves, when it ends and when it goes on', async () => {
    const house = await open();
    const agent = await house.agent();
    const noa = await house.hire('Noa');
    const { socket, conversationId } = await someoneWaiting(house);
    const say = (text: string) => get(agent.socket, 'message:post', { id: nanoid(), conversationId, text });

    await say('one');
    await say('two');
    await get(agent.socket, 'conversation:assign', { conversationId, agentId: noa.id });
    await get(agent.socket, 'conversation:assign', { conversationId, agentId: noa.id });
    await get(agent.socket, 'conversation:assign', { conversationId, agentId: null });
    await say('three');
    await get(agent.socket, 'conversation:resolve', { conversationId });
    await get(socket, 'conversation:end', { conversationId });
    await get(socket, 'message:post', { id: nanoid(), conversationId, text: 'again' });
    await say('four');
    await get(agent.socket, 'conversation:resolve', { conversationId });
    await get(agent.socket, 'conversation:reopen', { conversationId });

    const expected = ['שלום', 'joined Dana', 'one', 'two', 'transferred Noa', 'left Noa', 'three', 'ended'];
    const second = ['reopened', 'again', 'joined Dana', 'four', 'ended', 'reopened'];
    expect(await linesOf(socket, conversationId)).toEqual([...expected, ...second]);
    expect(await linesOf(agent.socket, conversationId)).toEqual([...expected, ...second]);
    const { messages } = await get<MessagePage>(agent.socket, 'message:list', { conversationId, after: 0 });
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  });

  test('two agents who end and answer at the same moment leave one line each', async () => {
    const house = await open();
    const [agent, noa] = [await house.agent(), await house.agent((await house.hire('Noa')).cookie)];
    const { conversationId } = await someoneWaiting(house);
    const say = (socket: typeof agent.socket) => get(socket, 'message:post', { id: nanoid(), conversationId, text: 'hi' });
    await Promise.all([say(agent.socket), say(noa.socket), say(agent.socket), say(noa.socket)]);
    await Promise.all([agent, noa].map(({ socket }) => get(socket, 'conversation:resolve', { conversationId })));
    const lines = await linesOf(agent.socket, conversationId);
    expect(lines.filter((line) => line === 'joined Dana')).toHaveLength(1);
    expect(lines.filter((line) => line === 'joined Noa')).toHaveLength(1);
    expect(lines.filter((line) => line === 'ended')).toHaveLength(1);
  });
});

test('lines about the conversation are nobody’s unread, make nobody wait, and leave what was said last in the list', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const { socket, conversationId } = await someoneWaiting(house);
  const waiting = (await get<OpenedConversation>(agent.socket, 'conversation:open', { conversationId })).conversation;
  const heard = hear<Message>(socket, 'message:posted');
  const changed = await get<{ conversation: ConversationSummary }>(agent.socket, 'conversation:assign', {
    conversationId,
    agentId: agent.session.agent.id,
  });
  expect(changed.conversation).toMatchObject({ unread: 1, waitingSince: waiting.waitingSince, lastMessage: { text: 'שלום' }, lastSeq: 2 });
  await get(socket, 'conversation:list', {});
  expect(heard).toMatchObject([{ author: { kind: 'system' }, notice: { kind: 'joined', name: 'Dana' }, text: 'Dana joined.' }]);
});

test('an answer written before a colleague joined is not held back for it', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const noa = await house.hire('Noa');
  const { conversationId } = await someoneWaiting(house);
  await get(agent.socket, 'conversation:assign', { conversationId, agentId: noa.id });
  const draft = { id: nanoid(), conversationId, text: 'hi', expectedSeq: 1 };
  expect(await ask(agent.socket, 'message:post', draft)).toMatchObject({ ok: true });
});

test('choices go out with a message and come back with the history; what was chosen says what it answers', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const { socket, session, conversationId } = await someoneWaiting(house);
  const choices = [
    { id: 'yes', text: 'כן' },
    { id: 'no', text: 'No' },
  ];
  const asked = await get<Posted>(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'Is it broken?', choices });
  expect(asked.message.choices).toEqual(choices);
  const chosen = await get<Posted>(socket, 'message:post', { id: nanoid(), conversationId, text: 'כן', replyTo: asked.message.id });
  expect(chosen.message.replyTo).toBe(asked.message.id);
  const back = await house.visitor({ token: session.token });
  expect(back.session.messages.find(({ id }) => id === asked.message.id)?.choices).toEqual(choices);
});
