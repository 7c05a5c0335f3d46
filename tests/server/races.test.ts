import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { VisitorSession } from '../../shared/events.ts';
import type { Message } from '../../shared/message.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact } from '../helpers/house.ts';

interface Posted {
  message: Message;
  conversation: VisitorConversation;
}

async function opened(house: House) {
  const visitor = await house.visitor();
  const { conversation, message } = await get<Posted>(visitor.socket, 'message:post', { id: nanoid(), text: 'hello' });
  return { ...visitor, conversationId: conversation.id, message };
}

describe.each(databases)('on $name', ({ open }) => {
  test('a client that comes back while the agent writes hears what it misses before anything newer', async () => {
    const house = await open();
    const agent = await house.agent();
    const { session, conversationId, message } = await opened(house);
    let isWriting = true;
    const writing = (async () => {
      while (isWriting) await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'on' });
    })();
    for (let round = 0; round < 15; round += 1) {
      const auth = { token: session.token, conversationId, after: message.seq, afterId: message.id };
      const seqs: number[] = [];
      const back = house.dial('/visitor', { auth: { inbox: house.inbox.key, ...auth } });
      back.on('message:posted', ({ seq }: Message) => seqs.push(seq));
      const started = nextFact<VisitorSession>(back, 'session:started');
      back.on('session:started', ({ messages }: VisitorSession) => seqs.push(...messages.map(({ seq }) => seq)));
      // A page holds a hundred: what is beyond it is asked for, so only shorter histories are looked at here.
      if ((await started).more) break;
      await nextFact<Message>(back, 'message:posted');
      // What was committed while the session was read may be told once more by its broadcast: the same message, in its place.
      const distinct = [...new Set(seqs)];
      expect(distinct).toEqual(Array.from({ length: distinct.length }, (_, index) => message.seq + 1 + index));
      back.disconnect();
    }
    isWriting = false;
    await writing;
  });

  test('an agent who opens and leaves in one breath hears nothing more, and is not seen there', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket, conversationId } = await opened(house);
    await Promise.all([
      ask(agent.socket, 'conversation:open', { conversationId }),
      ask(agent.socket, 'conversation:leave', { conversationId }),
    ]);
    const heard = hear<Message>(agent.socket, 'message:posted');
    await get(socket, 'message:post', { id: nanoid(), conversationId, text: 'still there?' });
    await get(agent.socket, 'message:list', { conversationId });
    expect(heard).toEqual([]);
  });

  test('agents who come and go in a moment leave nobody behind who seems to be there', async () => {
    const house = await open();
    for (let round = 0; round < 10; round += 1) {
      const { socket } = await house.agent();
      socket.disconnect();
      const glimpse = house.dial('/agent', { extraHeaders: { cookie: house.cookie } });
      await new Promise((resolve) => glimpse.once('connect', resolve as () => void));
      glimpse.disconnect();
    }
    const visitor = await house.visitor();
    await expect.poll(() => house.server.app.presence.isStaffed()).toBe(false);
    expect((await house.visitor({ token: visitor.session.token })).session.availability.staffed).toBe(false);
  });

  test('a visitor cannot tell from the read marks that there is a note', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket, session, conversationId } = await opened(house);
    const marks = hear<{ seq: number }>(socket, 'conversation:read');
    const changes = hear<VisitorConversation>(socket, 'conversation:changed');
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'careful', visibility: 'internal' });
    await get(agent.socket, 'conversation:read', { conversationId, seq: 2 });
    const back = await house.visitor({ token: session.token });
    expect(back.session.conversation).toMatchObject({ lastSeq: 1, agentReadSeq: 1 });
    expect(marks.every(({ seq }) => seq === 1)).toBe(true);
    expect(changes.every(({ agentReadSeq, lastSeq }) => agentReadSeq <= 1 && lastSeq === 1)).toBe(true);
  });

  test('whoever answers, resolves or opens again changes the load that colleagues see', async () => {
    const house = await open();
    const agent = await house.agent();
    const { conversationId } = await opened(house);
    const load = (wanted: number) => nextFact<{ load: number }>(agent.socket, 'agent:changed', (told) => told.load === wanted);
    for (const [event, payload, wanted] of [
      ['message:post', { id: nanoid(), text: 'hi' }, 1],
      ['conversation:resolve', {}, 0],
      ['conversation:reopen', {}, 1],
    ] as const) {
      const told = load(wanted);
      await get(agent.socket, event, { conversationId, ...payload });
      await told;
    }
  });

  test('a conversation that was resolved by mistake and opened again keeps its place in the queue', async () => {
    const house = await open();
    const agent = await house.agent();
    const { conversationId } = await opened(house);
    const before = (await house.json<ConversationSummary>('GET', `/api/conversations/${conversationId}`)).waitingSince;
    const resolved = await get<{ conversation: ConversationSummary }>(agent.socket, 'conversation:resolve', { conversationId });
    expect(resolved.conversation.waitingSince).toBeNull();
    const { conversation } = await get<{ conversation: ConversationSummary }>(agent.socket, 'conversation:reopen', { conversationId });
    expect(conversation.waitingSince).toBe(before);
  });

  test('a stolen message id opens nothing for the thief', async () => {
    const house = await open();
    const [ruth, thief] = [await house.visitor(), await house.visitor()];
    const id = nanoid();
    const replies = await Promise.all([ruth, thief].map(({ socket }) => ask<Posted>(socket, 'message:post', { id, text: 'mine' })));
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
    const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    expect(items).toMatchObject([{ lastSeq: 1 }]);
  });
});
