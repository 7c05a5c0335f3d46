import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { appendMessages, type Post } from '../../server/conversations/message-batch.ts';
import { answerPost } from '../../server/conversations/question-answers.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Inbox, InboxSettings } from '../../shared/inbox.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact } from '../helpers/house.ts';

interface Posted {
  message: Message;
  conversation: VisitorConversation;
}

const delivery = {
  id: 'delivery',
  text: { he: 'כמה זמן לוקח המשלוח?', en: 'How long is delivery?' },
  answer: { he: 'עד חמישה ימי עסקים.', en: 'Up to five working days.' },
};
const silent = { id: 'silent', text: { en: 'A question without an answer' }, answer: {} };

const offer = (house: House, settings: Partial<InboxSettings>) => house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings });

describe.each(databases)('on $name', ({ open }) => {
  test('a visitor who chooses a frequent question is answered at once, in the language of the question', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket } = await house.visitor({ locale: 'en-US' });
    // Changed after the visitor came: what holds is what administrators say now.
    await offer(house, { questions: [delivery, silent] });
    const answered = nextFact<Message>(socket, 'message:posted');

    const { message, conversation } = await get<Posted>(socket, 'message:post', {
      id: nanoid(),
      text: delivery.text.he,
      questionId: 'delivery',
    });

    const answer = { seq: 2, text: delivery.answer.he, author: { kind: 'bot' }, visibility: 'public' };
    expect(await answered).toMatchObject(answer);
    const opened = await get<MessagePage>(agent.socket, 'conversation:open', { conversationId: conversation.id });
    expect(opened.messages).toMatchObject([{ id: message.id, seq: 1, text: delivery.text.he }, answer]);
    const { items } = await house.json<{ items: { waitingSince: number | null }[] }>('GET', '/api/conversations');
    expect(items[0]?.waitingSince, 'a person may still look after it').not.toBeNull();
  });

  test('a question that is sent again, even twice at once, is answered once', async () => {
    const house = await open();
    await offer(house, { questions: [delivery] });
    const { socket, session } = await house.visitor();
    const twin = await house.visitor({ token: session.token });
    const question = { id: nanoid(), text: delivery.text.en, questionId: 'delivery' };
    const [{ conversation }] = await Promise.all([
      get<Posted>(socket, 'message:post', question),
      get(twin.socket, 'message:post', question),
    ]);
    await get(socket, 'message:post', question);
    await house.stop();
    await house.start();
    const back = await house.visitor({ token: session.token });
    await get(back.socket, 'message:post', question);
    const { messages } = await get<MessagePage>(back.socket, 'message:list', { conversationId: conversation.id });
    expect(messages.map(({ text }) => text)).toEqual([delivery.text.en, delivery.answer.en]);
  });

  test('a question whose answer comes in another batch, in a busy moment, is answered where it was asked', async () => {
    const house = await open();
    await offer(house, { questions: [delivery] });
    const { socket } = await house.visitor();
    const [asked, unknown] = [
      { id: nanoid(), text: delivery.text.en, questionId: 'delivery' },
      { id: nanoid(), text: '', questionId: 'delivery' },
    ];
    const { conversation } = await get<Posted>(socket, 'message:post', { id: asked.id, text: asked.text });
    const { items } = await house.json<{ items: Inbox[] }>('GET', '/api/inboxes');
    const settings = (items[0] as Inbox).settings;
    const posts = [asked, unknown].map((draft) => answerPost(draft, settings, 'en') as Post);
    const { app } = house.server;
    const outcomes = await app.storage.write((trx) => appendMessages(trx, posts, { now: app.now(), mayRepeat: false }));
    expect(outcomes[0]).toMatchObject({ message: { conversationId: conversation.id, seq: 2, text: delivery.answer.en } });
    expect(outcomes[1], 'a question that was never stored').toMatchObject({ code: 'not-found' });
  });

  test('nobody is answered by the bot once a person has joined', async () => {
    const house = await open();
    await offer(house, { questions: [delivery] });
    const agent = await house.agent();
    const { socket } = await house.visitor();
    const { conversation } = await get<Posted>(socket, 'message:post', { id: nanoid(), text: 'hello' });
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: conversation.id, text: 'hi, I am here' });
    await get(socket, 'message:post', { id: nanoid(), text: delivery.text.en, questionId: 'delivery' });
    const { messages } = await get<MessagePage>(socket, 'message:list', { conversationId: conversation.id });
    expect(messages.map(({ author }) => author.kind)).toEqual(['visitor', 'system', 'agent', 'visitor']);
  });

  test('a question that is unknown, or has no answer, is a message like any other', async () => {
    const house = await open();
    await offer(house, { questions: [silent] });
    const { socket } = await house.visitor();
    const heard = hear<Message>(socket, 'message:posted');
    await get(socket, 'message:post', { id: nanoid(), text: 'one', questionId: 'silent' });
    const { conversation } = await get<Posted>(socket, 'message:post', { id: nanoid(), text: 'two', questionId: '../../etc' });
    expect(conversation.lastSeq).toBe(2);
    expect(heard).toEqual([]);
  });

  test('a visitor who takes the id of an answer that is to come is still heard', async () => {
    const house = await open();
    await offer(house, { questions: [delivery] });
    const { socket } = await house.visitor();
    const question = { id: nanoid(), text: delivery.text.en, questionId: 'delivery' };
    const { conversation } = await get<Posted>(socket, 'message:post', question);
    const { messages } = await get<MessagePage>(socket, 'message:list', { conversationId: conversation.id });
    const stranger = await house.visitor();
    const taken = await ask(stranger.socket, 'message:post', { id: messages[1]?.id, text: 'mine' });
    expect(taken).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('a visitor who comes back', () => {
  const DAY_MS = 24 * 60 * 60 * 1_000;

  test.each(databases)('finds the ended conversation for as many days as the inbox says, on $name', async ({ open }) => {
    const house = await open();
    const agent = await house.agent();
    const { socket, session } = await house.visitor();
    const { conversation } = await get<Posted>(socket, 'message:post', { id: nanoid(), text: 'hello' });
    await get(agent.socket, 'conversation:resolve', { conversationId: conversation.id });
    const comeBack = async (days: number) => {
      house.clockOffsetMs = days * DAY_MS;
      return (await house.visitor({ token: session.token })).session;
    };
    expect(await comeBack(29)).toMatchObject({
      conversation: { id: conversation.id, status: 'resolved' },
      messages: [{ text: 'hello' }, { notice: { kind: 'ended' } }],
    });
    expect((await comeBack(31)).conversation).toBeNull();

    const offerNow = async (returnWithinDays: number) => {
      // The administrator's own session does not last that long.
      house.clockOffsetMs = 0;
      await offer(house, { returnWithinDays });
    };
    await offerNow(60);
    expect((await comeBack(31)).conversation).toMatchObject({ id: conversation.id });
    // The connection that has been open all the time is judged by the same rule.
    const again = { id: nanoid(), text: 'again', conversationId: conversation.id };
    expect((await get<Posted>(socket, 'message:post', again)).conversation.id).toBe(conversation.id);

    await get(agent.socket, 'conversation:resolve', { conversationId: conversation.id });
    await offerNow(2);
    expect((await comeBack(34)).conversation).toBeNull();
    const later = { id: nanoid(), text: 'later', conversationId: conversation.id };
    expect((await get<Posted>(socket, 'message:post', later)).conversation.id).not.toBe(conversation.id);
  });

  test.each(databases)('sees in the list of conversations what was said last, and never a note, on $name', async ({ open }) => {
    const house = await open();
    const agent = await house.agent();
    const { socket } = await house.visitor();
    const { conversation } = await get<Posted>(socket, 'message:post', { id: nanoid(), text: `שלום ${'😀'.repeat(200)}` });
    const conversationId = conversation.id;
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'a note about her', visibility: 'internal' });
    const { conversations } = await get<{ conversations: VisitorConversation[] }>(socket, 'conversation:list', {});
    expect(conversations).toMatchObject([{ id: conversationId, lastMessage: { author: { kind: 'visitor' } } }]);
    expect([...(conversations[0]?.lastMessage?.text ?? '')]).toHaveLength(160);
    expect(JSON.stringify(conversations)).not.toContain('note');
  });
});
