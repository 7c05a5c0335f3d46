import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, hear, nextFact } from '../helpers/house.ts';

interface Posted<Conversation> {
  message: Message;
  conversation: Conversation;
}

describe.each(databases)('on $name', ({ open }) => {
  test("a visitor's first message opens a conversation and a lead, and reaches the agent", async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const listed = nextFact<ConversationSummary>(agent.socket, 'conversation:changed');

    const { message, conversation } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', {
      id: nanoid(),
      text: ' שלום!\n',
    });

    expect(message).toMatchObject({
      seq: 1,
      text: ' שלום!\n',
      visibility: 'public',
      author: { kind: 'visitor' },
      conversationId: conversation.id,
    });
    expect(await listed).toMatchObject({ id: conversation.id, unread: 1, lastSeq: 1, status: 'open', assigneeId: null });
    const { items } = await house.json<{ items: { lifecycle: string }[] }>('GET', '/api/contacts');
    expect(items).toMatchObject([{ lifecycle: 'lead' }]);
  });

  test('an agent who has the conversation open hears each message at once, and the visitor hears the answer', async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const { conversation } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: 'one' });
    const opened = await get<OpenedConversation>(agent.socket, 'conversation:open', { conversationId: conversation.id });
    expect(opened.messages.map((message) => message.text)).toEqual(['one']);

    const second = nextFact<Message>(agent.socket, 'message:posted');
    await get(visitor.socket, 'message:post', { id: nanoid(), conversationId: conversation.id, text: 'two' });
    expect(await second).toMatchObject({ seq: 2, text: 'two' });

    const joined = nextFact<Message>(visitor.socket, 'message:posted');
    const answer = nextFact<Message>(visitor.socket, 'message:posted', ({ author }) => author.kind === 'agent');
    const assigned = nextFact<VisitorConversation>(visitor.socket, 'conversation:changed', ({ assignee }) => assignee !== null);
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: conversation.id, text: 'three' });
    expect(await joined).toMatchObject({ seq: 3, author: { kind: 'system' }, notice: { kind: 'joined', name: 'Dana' } });
    expect(await answer).toMatchObject({ seq: 4, text: 'three', author: { kind: 'agent', name: 'Dana' } });
    expect(await assigned).toMatchObject({ assignee: { name: 'Dana' }, lastSeq: 4 });
  });

  test('a message sent again finds its first copy, and nobody hears it twice', async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const id = nanoid();
    const first = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id, text: 'once' });
    await get(agent.socket, 'conversation:open', { conversationId: first.conversation.id });
    const heard = hear<Message>(agent.socket, 'message:posted');

    const again = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id, text: 'once' });
    const inOneBreath = nanoid();
    const both = await Promise.all(
      [1, 2].map(() => get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: inOneBreath, text: 'twice' })),
    );

    expect(again.message).toEqual(first.message);
    expect(both[0]).toEqual(both[1]);
    const page = await get<MessagePage>(agent.socket, 'message:list', { conversationId: first.conversation.id, after: 0 });
    expect(page.messages.map((message) => message.text)).toEqual(['once', 'twice']);
    expect(heard.map((message) => message.text)).toEqual(['twice']);
  });

  test('the same id from another visitor or for another conversation is a conflict', async () => {
    const house = await open();
    const [ruth, omar] = await Promise.all([house.visitor(), house.visitor()]);
    const id = nanoid();
    await get<Posted<VisitorConversation>>(ruth.socket, 'message:post', { id, text: 'mine' });
    const other = await get<Posted<VisitorConversation>>(omar.socket, 'message:post', { id: nanoid(), text: 'hello' });

    expect(await ask(omar.socket, 'message:post', { id, text: 'mine' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await ask(omar.socket, 'message:post', { id, conversationId: other.conversation.id, text: 'mine' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const page = await get<MessagePage>(omar.socket, 'message:list', { conversationId: other.conversation.id });
    expect(page.messages).toHaveLength(1);
  });

  test('an answer to something that a colleague has answered meanwhile is stale, and nothing is stored', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const [agent, colleague] = [await house.agent(), await house.agent(noa.cookie)];
    const visitor = await house.visitor();
    const { conversation } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: 'question' });
    const draft = (text: string, expectedSeq: number) => ({ id: nanoid(), conversationId: conversation.id, text, expectedSeq });

    await get(agent.socket, 'message:post', draft('the answer', 1));
    expect(await ask(colleague.socket, 'message:post', draft('another answer', 1))).toMatchObject({ ok: false, error: { code: 'stale' } });
    await get(agent.socket, 'message:post', draft('and one more thing', 1));
    await get(colleague.socket, 'message:post', { ...draft('a note', 1), visibility: 'internal', expectedSeq: undefined });
    await get(agent.socket, 'message:post', draft('a note of hers does not count', 4));
    const together = await Promise.all([
      ask(agent.socket, 'message:post', draft('a', 6)),
      ask(colleague.socket, 'message:post', draft('b', 6)),
    ]);

    expect(together.filter((reply) => reply.ok)).toHaveLength(1);
    const { messages } = await get<MessagePage>(agent.socket, 'message:list', { conversationId: conversation.id, after: 0 });
    expect(messages.map((message) => message.seq)).toEqual(messages.map((_, index) => index + 1));
    const said = messages.filter(({ author }) => author.kind !== 'system');
    expect(said).toHaveLength(6);
  });

  test('a note takes its place in the order and never reaches the visitor', async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const { conversation } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: 'hello' });
    const heard = hear<Message>(visitor.socket, 'message:posted');
    const conversationId = conversation.id;

    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'she is a regular', visibility: 'internal' });
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'hi' });

    const page = await get<MessagePage>(visitor.socket, 'message:list', { conversationId, after: 0 });
    expect(page.messages.map((message) => [message.seq, message.text])).toEqual([
      [1, 'hello'],
      [3, 'Dana joined.'],
      [4, 'hi'],
    ]);
    expect(heard.map((message) => message.text)).toEqual(['Dana joined.', 'hi']);
    const again = await house.visitor({ token: visitor.session.token });
    expect(JSON.stringify(again.session)).not.toContain('regular');
  });

  test('a client that comes back is sent exactly what it misses', async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const { conversation, message } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: '1' });
    visitor.socket.disconnect();
    for (const text of ['2', '3', '4']) await get(agent.socket, 'message:post', { id: nanoid(), conversationId: conversation.id, text });

    const { token, epoch } = visitor.session;
    const back = await house.visitor({ token, epoch, conversationId: conversation.id, after: 1, afterId: message.id });

    expect(back.session).toMatchObject({ isFresh: false, more: false, token });
    expect(back.session.messages.map(({ text }) => text)).toEqual(['Dana joined.', '2', '3', '4']);
    const afresh = await house.visitor({ token });
    expect(afresh.session.isFresh).toBe(true);
    expect(afresh.session.messages.map(({ text }) => text)).toEqual(['1', 'Dana joined.', '2', '3', '4']);
  });

  test('a client whose history a restore took away is told to load afresh', async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const { conversation } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: 'kept' });
    const { token } = visitor.session;
    const resume = { token, conversationId: conversation.id };

    const ahead = await house.visitor({ ...resume, after: 7 });
    expect(ahead.session).toMatchObject({ isFresh: true, messages: [{ text: 'kept' }] });
    const otherPast = await house.visitor({ ...resume, after: 1, afterId: nanoid() });
    expect(otherPast.session).toMatchObject({ isFresh: true, messages: [{ text: 'kept' }] });
    const otherEpoch = await house.visitor({ ...resume, after: 1, epoch: nanoid() });
    expect(otherEpoch.session).toMatchObject({ isFresh: true, messages: [{ text: 'kept' }] });
    const opened = await get<OpenedConversation>(agent.socket, 'conversation:open', {
      conversationId: conversation.id,
      after: 1,
      afterId: nanoid(),
    });
    expect(opened).toMatchObject({ isFresh: true, messages: [{ text: 'kept' }] });
  });

  test('pages go forward from a message and back from one, and say whether there is more', async () => {
    const house = await open();
    const visitor = await house.visitor();
    const { conversation } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: '1' });
    const conversationId = conversation.id;
    for (let n = 2; n <= 7; n += 1) await get(visitor.socket, 'message:post', { id: nanoid(), conversationId, text: String(n) });
    const list = async (page: object) => {
      const { messages, more } = await get<MessagePage>(visitor.socket, 'message:list', { conversationId, ...page });
      return { seqs: messages.map(({ seq }) => seq), more };
    };

    expect(await list({ after: 2, limit: 3 })).toEqual({ seqs: [3, 4, 5], more: true });
    expect(await list({ after: 5, limit: 3 })).toEqual({ seqs: [6, 7], more: false });
    expect(await list({ before: 5, limit: 3 })).toEqual({ seqs: [2, 3, 4], more: true });
    expect(await list({ before: 3, limit: 3 })).toEqual({ seqs: [1, 2], more: false });
    expect(await list({ limit: 2 })).toEqual({ seqs: [6, 7], more: true });
    expect(await ask(visitor.socket, 'message:list', { conversationId, after: 1, before: 3 })).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
  });

  test('read marks move forward on both sides and count what is unread', async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const { conversation } = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: '1' });
    const conversationId = conversation.id;
    await get(visitor.socket, 'message:post', { id: nanoid(), conversationId, text: '2' });
    await get(agent.socket, 'conversation:open', { conversationId });
    const seen = nextFact(visitor.socket, 'conversation:read');
    const counted = nextFact<ConversationSummary>(agent.socket, 'conversation:changed', ({ unread }) => unread === 1);

    await get(agent.socket, 'conversation:read', { conversationId, seq: 1 });
    expect(await seen).toEqual({ conversationId, reader: 'agent', seq: 1 });
    expect((await counted).unread).toBe(1);
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: '3' });
    const readByVisitor = nextFact<{ reader: string }>(agent.socket, 'conversation:read', ({ reader }) => reader === 'visitor');
    await get(visitor.socket, 'conversation:read', { conversationId, seq: 3 });
    expect(await readByVisitor).toEqual({ conversationId, reader: 'visitor', seq: 3 });
    await get(visitor.socket, 'conversation:read', { conversationId, seq: 1 });
    const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    expect(items).toMatchObject([{ visitorReadSeq: 3, unread: 0, waitingSince: null, assigneeId: agent.session.agent.id }]);
  });

  test('two tabs that send their first message at the same moment are in one conversation', async () => {
    const house = await open();
    const one = await house.visitor();
    const two = await house.visitor({ token: one.session.token });
    const posted = await Promise.all(
      [one, two].map(({ socket }) => get<Posted<VisitorConversation>>(socket, 'message:post', { id: nanoid(), text: 'hello' })),
    );
    expect(posted[0]?.conversation.id).toBe(posted[1]?.conversation.id);
    expect(posted.map(({ message }) => message.seq).sort()).toEqual([1, 2]);
  });

  test('a message to a conversation that was resolved lately opens it again; to one closed long ago, a new one', async () => {
    const house = await open();
    const agent = await house.agent();
    const visitor = await house.visitor();
    const first = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id: nanoid(), text: 'hello' });
    const conversationId = first.conversation.id;
    await get(agent.socket, 'conversation:resolve', { conversationId });
    const lately = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', {
      id: nanoid(),
      conversationId,
      text: 'one more thing',
    });
    expect(lately.conversation).toMatchObject({ id: conversationId, status: 'open' });

    await get(agent.socket, 'conversation:resolve', { conversationId });
    house.clockOffsetMs = 31 * 24 * 60 * 60 * 1_000;
    const id = nanoid();
    const later = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id, conversationId, text: 'a month later' });
    expect(later.conversation.id).not.toBe(conversationId);
    expect(later.message.seq).toBe(1);
    const again = await get<Posted<VisitorConversation>>(visitor.socket, 'message:post', { id, conversationId, text: 'a month later' });
    expect(again.message).toEqual(later.message);
  });
});
