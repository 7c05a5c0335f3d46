import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import type { Agent } from '../../shared/agent.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { Availability } from '../../shared/inbox.ts';
import type { Message } from '../../shared/message.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A visitor who has said something, and the conversation it opened. */
async function someoneWaiting(house: House, text = 'hello') {
  const visitor = await house.visitor();
  const { conversation } = await get<{ conversation: VisitorConversation }>(visitor.socket, 'message:post', { id: nanoid(), text });
  return { ...visitor, conversationId: conversation.id };
}

interface Changed {
  conversation: ConversationSummary;
}

test('a conversation is assigned to a colleague, whose load everybody sees, and the visitor reads the name', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const agent = await house.agent();
  const { socket, conversationId } = await someoneWaiting(house);
  const told = nextFact<VisitorConversation>(socket, 'conversation:changed', ({ assignee }) => assignee !== null);
  const loaded = nextFact<Agent>(agent.socket, 'agent:changed', ({ id, load }) => id === noa.id && load === 1);

  const { conversation } = await get<Changed>(agent.socket, 'conversation:assign', { conversationId, agentId: noa.id });

  expect(conversation.assigneeId).toBe(noa.id);
  expect(await told).toMatchObject({ assignee: { name: 'Noa' } });
  expect((await loaded).load).toBe(1);
  expect((await get<Changed>(agent.socket, 'conversation:assign', { conversationId, agentId: null })).conversation.assigneeId).toBeNull();
  expect(await ask(agent.socket, 'conversation:assign', { conversationId, agentId: nanoid() })).toMatchObject({
    error: { code: 'not-found' },
  });
});

test('whoever answers first has the conversation, and a note does not take it', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const noa = await house.agent((await house.hire('Noa')).cookie);
  const { conversationId } = await someoneWaiting(house);

  const note = await get<Changed>(noa.socket, 'message:post', { id: nanoid(), conversationId, text: 'mine?', visibility: 'internal' });
  expect(note.conversation).toMatchObject({ assigneeId: null, unread: 1 });
  expect(note.conversation.waitingSince).not.toBeNull();
  const answer = await get<Changed>(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'hi' });
  expect(answer.conversation).toMatchObject({ assigneeId: agent.session.agent.id, unread: 0, waitingSince: null });
  const second = await get<Changed>(noa.socket, 'message:post', { id: nanoid(), conversationId, text: 'me too' });
  expect(second.conversation.assigneeId).toBe(agent.session.agent.id);
});

test('a snoozed conversation sleeps until its time, or until the visitor writes', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const [first, second] = [await someoneWaiting(house), await someoneWaiting(house)];
  const until = Date.now() + DAY_MS;
  for (const { conversationId } of [first, second]) {
    const { conversation } = await get<Changed>(agent.socket, 'conversation:snooze', { conversationId, until });
    expect(conversation).toMatchObject({ status: 'snoozed', snoozedUntil: until });
  }
  expect(await ask(agent.socket, 'conversation:snooze', { conversationId: first.conversationId, until: 5 })).toMatchObject({
    error: { code: 'invalid', field: 'until' },
  });

  const written = await get<{ conversation: VisitorConversation }>(second.socket, 'message:post', {
    id: nanoid(),
    conversationId: second.conversationId,
    text: 'still here',
  });
  expect(written.conversation.status).toBe('open');
  const woken = nextFact<ConversationSummary>(
    agent.socket,
    'conversation:changed',
    ({ id, status }) => id === first.conversationId && status === 'open',
  );
  house.clockOffsetMs = DAY_MS + 1;
  expect((await woken).snoozedUntil).toBeNull();
});

test('resolved conversations leave the desk, stay in the archive and can be opened again', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const { conversationId } = await someoneWaiting(house);
  await get(agent.socket, 'conversation:tag', { conversationId, tags: ['משלוח', 'vip', 'vip'] });
  await get(agent.socket, 'conversation:resolve', { conversationId });

  expect((await house.agent()).session.conversations).toEqual([]);
  const archive = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations?status=resolved');
  expect(archive.items).toMatchObject([{ id: conversationId, tags: ['משלוח', 'vip'], waitingSince: null }]);
  const { conversation } = await get<Changed>(agent.socket, 'conversation:reopen', { conversationId });
  expect(conversation.status).toBe('open');
});

test('a visitor ends the chat, and the agent sees it resolved', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const { socket, conversationId } = await someoneWaiting(house);
  const resolved = nextFact<ConversationSummary>(agent.socket, 'conversation:changed', ({ status }) => status === 'resolved');
  await get(socket, 'conversation:end', { conversationId });
  expect((await resolved).id).toBe(conversationId);
});

test('typing is seen on both sides, with the live text only by the agent, and of a note not by the visitor', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const { socket, conversationId } = await someoneWaiting(house);
  await get(agent.socket, 'conversation:open', { conversationId });
  const preview = nextFact(agent.socket, 'typing:changed');
  socket.emit('typing:set', { conversationId, text: 'אני רוצה ל' });
  expect(await preview).toMatchObject({ conversationId, who: { kind: 'visitor' }, typing: true, text: 'אני רוצה ל' });

  const heard = hear<{ typing: boolean }>(socket, 'typing:changed');
  await get(agent.socket, 'typing:set', { conversationId, typing: true, visibility: 'internal' });
  await get(agent.socket, 'typing:set', { conversationId, typing: true });
  await get(agent.socket, 'typing:set', { conversationId, typing: false });
  await get(socket, 'conversation:list', {});
  expect(heard).toEqual([
    { conversationId, name: 'Dana', typing: true },
    { conversationId, name: 'Dana', typing: false },
  ]);
});

test('agents see who else looks at a conversation and who is replying', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const noa = await house.agent((await house.hire('Noa')).cookie);
  const { conversationId } = await someoneWaiting(house);
  await get(agent.socket, 'conversation:open', { conversationId });
  const ids = [agent.session.agent.id, noa.session.agent.id];

  const both = nextFact(agent.socket, 'viewers:changed', ({ agentIds }: { agentIds: string[] }) => agentIds.length === 2);
  await get(noa.socket, 'conversation:open', { conversationId });
  expect(await both).toEqual({ conversationId, agentIds: ids, replyingIds: [] });
  const replying = nextFact(agent.socket, 'viewers:changed', ({ replyingIds }: { replyingIds: string[] }) => replyingIds.length === 1);
  await get(noa.socket, 'typing:set', { conversationId, typing: true });
  expect(await replying).toMatchObject({ replyingIds: [noa.session.agent.id] });
  const alone = nextFact(agent.socket, 'viewers:changed', ({ agentIds }: { agentIds: string[] }) => agentIds.length === 1);
  noa.socket.disconnect();
  expect(await alone).toEqual({ conversationId, agentIds: [agent.session.agent.id], replyingIds: [] });
});

test('visitors are told when somebody is there to answer and when nobody is', async () => {
  const house = await openHouse();
  const visitor = await house.visitor();
  expect(visitor.session.availability).toEqual({ open: true, staffed: false, opensAt: null, expectedWaitMs: null, agents: [] });
  const came = nextFact<Availability>(visitor.socket, 'availability:changed');
  const agent = await house.agent();
  expect((await came).staffed).toBe(true);
  const left = nextFact<Availability>(visitor.socket, 'availability:changed');
  await get(agent.socket, 'availability:set', { availability: 'away' });
  expect((await left).staffed).toBe(false);
  agent.socket.disconnect();
  const back = await house.agent();
  expect(back.session.agent.availability).toBe('away');
});

test('a busy conversation is told to the lists a few times, and each of its messages once to who has it open', async () => {
  const house = await openHouse();
  const [desk, list] = [await house.agent(), await house.agent((await house.hire('Noa')).cookie)];
  const { socket, conversationId } = await someoneWaiting(house);
  await get(desk.socket, 'conversation:open', { conversationId });
  const heard = hear<Message>(desk.socket, 'message:posted');
  const told = hear<ConversationSummary>(list.socket, 'conversation:changed');
  const last = nextFact<ConversationSummary>(list.socket, 'conversation:changed', ({ lastSeq }) => lastSeq === 41);

  await Promise.all(Array.from({ length: 40 }, (_, n) => get(socket, 'message:post', { id: nanoid(), conversationId, text: `${n}` })));

  expect((await last).unread).toBe(41);
  expect(heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 2));
  expect(told.length).toBeLessThan(8);
});

test('the customer file says when the visitor was last here, and on which page', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const first = await someoneWaiting(house);
  const hour = 60 * 60 * 1_000;
  const page = { url: 'https://shop.example/pots', title: 'עציצים' };
  const contactOf = async () => {
    const { contact } = await get<{ contact: Contact }>(agent.socket, 'conversation:open', { conversationId: first.conversationId });
    return contact;
  };
  const before = await contactOf();
  house.clockOffsetMs = hour;
  const back = await house.visitor({ token: first.session.token, page });
  await expect.poll(contactOf).toMatchObject({ page });
  expect((await contactOf()).lastSeenAt - before.lastSeenAt).toBeGreaterThanOrEqual(hour);
  house.clockOffsetMs = 2 * hour;
  back.socket.disconnect();
  await expect.poll(async () => (await contactOf()).lastSeenAt - before.lastSeenAt).toBeGreaterThanOrEqual(2 * hour);
});
