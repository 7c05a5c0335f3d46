// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { Message, MessagePage } from '../../shared/message.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { get, hear, nextFact, openHouse } from '../helpers/house.ts';
import { postAs } from './agent-at-desk.ts';
import { screenOf, seen, textsOf, VisitorAtHome, waitingOf, webSocket } from './visitor-at-home.ts';

/** The same scenes by the widget's own connection and by the official client that replaces it where it must. */
const connections = [
  { by: 'its own connection', options: { webSocket } },
  { by: 'the official client', options: { webSocket: null } },
] as const;

describe.each(connections)('a visitor who talks by $by', ({ options }) => {
  test('sees a message at once, and as sent when the server has it; the agent sees it too', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const chat = await new VisitorAtHome(house).arrive(options);
    const heard = nextFact<{ id: string }>(agent.socket, 'conversation:changed');

    expect(chat.send('שלום')).toBe(true);
    expect(waitingOf(chat)).toEqual(['שלום']);
    await seen(() => chat.pending.value.length === 0);

    expect(textsOf(chat)).toEqual(['שלום']);
    expect((await heard).id).toBe(chat.conversation.value?.id);
  });

  test('hears the answer, who gives it, and that the question was read', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const chat = await new VisitorAtHome(house).arrive(options);
    const incoming: Message[] = [];
    chat.onIncoming((message) => incoming.push(message));
    chat.send('hello?');
    await seen(() => textsOf(chat).length === 1);

    await postAs(agent.socket, chat, 'hello!');
    await seen(() => textsOf(chat).length === 2 && chat.conversation.value?.assignee != null);

    expect(incoming.map(({ text, author }) => [text, author.name])).toEqual([['hello!', 'Dana']]);
    expect(chat.conversation.value).toMatchObject({ assignee: { name: 'Dana' } });
    await seen(() => (chat.conversation.value?.agentReadSeq ?? 0) >= 1);
    expect(chat.unread.value).toBe(1);
  });

  test('loses nothing while the server is away, and doubles nothing when it is back', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const visitor = new VisitorAtHome(house);
    const chat = await visitor.arrive(options);
    chat.send('before');
    await seen(() => textsOf(chat).length === 1);
    await postAs(agent.socket, chat, 'answer');
    await seen(() => textsOf(chat).length === 2);

    await house.stop();
    await seen(() => chat.status.value === 'lost');
    for (const text of ['one', 'two', 'three']) chat.send(text);
    expect(screenOf(chat)).toEqual(['before', 'answer', 'one', 'two', 'three']);
    await house.start();
    await seen(() => chat.pending.value.length === 0);

    expect(textsOf(chat)).toEqual(['before', 'answer', 'one', 'two', 'three']);
    const { socket } = await house.agent();
    const page = await get<MessagePage>(socket, 'message:list', { conversationId: chat.conversation.value?.id });
    expect(page.messages.map(({ text }) => text)).toEqual(['before', 'Dana joined.', 'answer', 'one', 'two', 'three']);
  });

  test('who is refused for good is told so, and can try again', async () => {
    const house = await openHouse();
    await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { allowedOrigins: ['https://shop.example'] });
    const chat = new VisitorAtHome(house).open({ ...options, inboxKey: 'nobody-knows-this-key' });
    chat.start();
    await seen(() => chat.status.value === 'refused');
    expect(chat.refusal.value).toMatchObject({ code: 'forbidden' });
    chat.start();
    expect(chat.status.value).toBe('connecting');
    await seen(() => chat.status.value === 'refused');
  });
});

describe('a visitor who comes back', () => {
  test('finds the conversation again, and what was said meanwhile', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const visitor = new VisitorAtHome(house);
    const before = await visitor.arrive();
    before.send('I will be back');
    await seen(() => textsOf(before).length === 1);
    before.stop();
    await postAs(agent.socket, before, 'see you');

    const after = await visitor.arrive();
    await seen(() => textsOf(after).length === 2);
    expect(textsOf(after)).toEqual(['I will be back', 'see you']);
    expect(after.unread.value).toBe(1);
  });

  test('sees the next page of the site with the conversation already on it, and it is not announced again', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const visitor = new VisitorAtHome(house);
    const tabStorage = memoryStorage();
    const before = await visitor.arrive({ tabStorage });
    before.send('hello');
    await seen(() => textsOf(before).length === 1);
    await postAs(agent.socket, before, 'good morning');
    await seen(() => textsOf(before).length === 2);
    before.save();
    before.stop();

    const next = visitor.open({ tabStorage });
    expect(textsOf(next)).toEqual(['hello', 'good morning']);
    const announced: string[] = [];
    next.onIncoming(({ text }) => announced.push(text));
    await postAs(agent.socket, next, 'are you there?');
    next.start();
    await seen(() => textsOf(next).length === 3);
    expect(announced).toEqual(['are you there?']);
  });

  test('finds unsent messages on the next page, even if the server was never reached', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    await house.stop();
    const before = visitor.open();
    before.send('into the dark');
    before.stop();
    const after = visitor.open();
    expect(waitingOf(after)).toEqual(['into the dark']);
    await house.start();
    after.start();
    await seen(() => textsOf(after).length === 1);
    expect(textsOf(after)).toEqual(['into the dark']);
  });

  test('is shown what the server has when its database is another than the one remembered', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    const tabStorage = memoryStorage();
    const before = await visitor.arrive({ tabStorage });
    before.send('kept');
    await seen(() => textsOf(before).length === 1);
    before.save();
    before.stop();
    const key = `kesher:${house.inbox.key}:snapshot`;
    const snapshot = JSON.parse(tabStorage.getItem(key) ?? '');
    const [message] = snapshot.conversations.transcript.messages;
    snapshot.conversations.epoch = 'epochOfALostDatabase_';
    snapshot.conversations.transcript.messages = [
      message,
      { ...message, id: 'messageThatWasLost___', seq: 2, text: 'lost with the backup' },
    ];
    snapshot.conversations.transcript.syncedSeq = 2;
    tabStorage.setItem(key, JSON.stringify(snapshot));

    const after = visitor.open({ tabStorage });
    expect(textsOf(after)).toEqual(['kept', 'lost with the backup']);
    after.start();
    await seen(() => after.status.value === 'live');
    expect(textsOf(after)).toEqual(['kept']);
  });

  test('gets a message through whose conversation the server has forgotten', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    const { storage } = visitor.profile.openTab();
    const orphan = { id: 'orphan_______________', text: 'still here', createdAt: 1, conversationId: 'forgotten____________' };
    storage.setItem(`kesher:outbox:${house.inbox.key}:${orphan.id}`, JSON.stringify(orphan));
    const chat = await visitor.arrive();
    await seen(() => textsOf(chat).length === 1);
    expect(chat.messages.value).toMatchObject([{ id: orphan.id, text: 'still here' }]);
  });

  test('scrolls up to the very first word', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const visitor = new VisitorAtHome(house);
    const before = await visitor.arrive();
    before.send('1');
    await seen(() => textsOf(before).length === 1);
    for (let number = 2; number <= 120; number += 1) await postAs(agent.socket, before, `${number}`);
    before.stop();

    const after = await visitor.arrive();
    expect(textsOf(after)[0]).toBe('71');
    while (after.hasEarlier.value) await after.loadEarlier();
    expect(textsOf(after)).toEqual(Array.from({ length: 120 }, (_, index) => `${index + 1}`));
  });
});

describe('a visitor whose agents also talk among themselves', () => {
  test('sees every public message and no note, and is told nothing of the jumps', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const chat = await new VisitorAtHome(house).arrive();
    chat.send('question');
    await seen(() => textsOf(chat).length === 1);

    await postAs(agent.socket, chat, 'ask the kiln room', 'internal');
    await postAs(agent.socket, chat, 'answer');
    await postAs(agent.socket, chat, 'they say no', 'internal');
    await postAs(agent.socket, chat, 'correction');
    await seen(() => textsOf(chat).length === 3);

    expect(chat.messages.value.map(({ seq, text }) => [seq, text])).toEqual([
      [1, 'question'],
      [3, 'Dana joined.'],
      [4, 'answer'],
      [6, 'correction'],
    ]);
  });
});

describe('a visitor with several tabs', () => {
  test.each([true, false])('is one visitor, though two opened in the same moment (secure page: %s)', async (isSecure) => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house, { isSecure });
    const [one, two, three] = await Promise.all([visitor.arrive(), visitor.arrive(), visitor.arrive()]);
    one.send('from the first');
    two.send('from the second');
    three.send('from the third');
    await seen(() => [one, two, three].every((chat) => textsOf(chat).length === 3));

    expect(new Set([one, two, three].map((chat) => chat.visitor.value?.id)).size).toBe(1);
    expect(textsOf(two)).toEqual(textsOf(one));
    expect(textsOf(three)).toEqual(textsOf(one));
  });

  test('sees in one tab what waits in the other, and the one that is connected sends it', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    const connected = await visitor.arrive();
    connected.send('first');
    await seen(() => textsOf(connected).length === 1);
    // A tab whose own network is gone: nothing listens at this port.
    const cutOff = visitor.open({ serverUrl: 'http://127.0.0.1:9/' });
    cutOff.send('from the tab without a network');

    await seen(() => connected.pending.value.length === 1);
    await seen(() => textsOf(connected).length === 2);
    await seen(() => cutOff.pending.value.length === 0);
    expect(textsOf(connected)).toEqual(['first', 'from the tab without a network']);
  });

  test('finds the sentence begun in one tab in the other, but never over what is being typed there', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    const [one, two] = [visitor.open(), visitor.open()];
    one.write('Good mor');
    await seen(() => two.draft.value === 'Good mor');
    two.setTyping(true);
    two.write('Good morning');
    one.setTyping(true);
    await seen(() => one.draft.value === 'Good morning' || one.draft.value === 'Good mor');
    one.write('Something else');
    await new Promise(setImmediate);
    expect(two.draft.value).toBe('Good morning');
  });

  test('is somebody else in all of them after a sign-out in one, with nothing left of the person before', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    const [one, two] = await Promise.all([visitor.arrive(), visitor.arrive()]);
    one.send('a secret');
    one.saveDetails({ name: 'Ruth' });
    await seen(() => textsOf(two).length === 1 && one.visitor.value?.name === 'Ruth');
    const before = one.visitor.value?.id;
    one.write('another sec');

    one.reset();
    await seen(() =>
      [one, two].every((chat) => chat.status.value === 'live' && chat.visitor.value !== null && chat.visitor.value.id !== before),
    );

    expect([...textsOf(one), ...textsOf(two)]).toEqual([]);
    expect([one.visitor.value?.name, two.visitor.value?.name]).toEqual([null, null]);
    expect(two.visitor.value?.id).toBe(one.visitor.value?.id);
    expect([one.draft.value, two.draft.value]).toEqual(['', '']);
    const { storage } = visitor.profile.openTab();
    const kept = Array.from({ length: storage.length }, (_, index) => storage.getItem(storage.key(index) ?? ''));
    expect(kept.join()).not.toMatch(/secret|another sec|Ruth/);
  });
});

describe('a message that the server will not take', () => {
  test('is shown as failed, can be tried again, and can be thrown away; those after it go on', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    const chat = await visitor.arrive();
    chat.send('\u0000');
    chat.send('fine');
    await seen(() => textsOf(chat).length === 1);
    expect(chat.pending.value).toMatchObject([{ text: '\u0000', failed: 'invalid' }]);

    const { id = '' } = chat.pending.value[0] ?? {};
    chat.retry(id);
    expect(chat.pending.value).toMatchObject([{ id, text: '\u0000' }]);
    expect(chat.pending.value[0]?.failed).toBeUndefined();
    await seen(() => chat.pending.value[0]?.failed === 'invalid');
    chat.discard(id);
    expect(chat.pending.value).toEqual([]);
    expect(textsOf(chat)).toEqual(['fine']);
  });

  test('because its id is taken gets another id when it is tried again, once, however often and in how many tabs', async () => {
    const house = await openHouse();
    const somebody = await new VisitorAtHome(house).arrive();
    somebody.send('mine');
    await seen(() => textsOf(somebody).length === 1);
    const id = somebody.messages.value[0]?.id ?? '';

    const visitor = new VisitorAtHome(house);
    const { storage } = visitor.profile.openTab();
    storage.setItem(`kesher:outbox:${house.inbox.key}:${id}`, JSON.stringify({ id, text: 'also mine', createdAt: 1 }));
    const chat = await visitor.arrive();
    const otherTab = await visitor.arrive();
    await seen(() => chat.pending.value[0]?.failed === 'conflict' && otherTab.pending.value[0]?.failed === 'conflict');
    for (const tab of [chat, chat, otherTab, otherTab]) tab.retry(id);
    chat.send('and on');
    await seen(() => [chat, otherTab].every((tab) => textsOf(tab).length >= 2 && tab.pending.value.length === 0));
    expect([textsOf(chat), textsOf(otherTab)]).toEqual([
      ['also mine', 'and on'],
      ['also mine', 'and on'],
    ]);
    expect(storage.getItem(`kesher:outbox:${house.inbox.key}:${id}`)).toBeNull();
  });

  test('is not taken from the composer: blank, or too long', async () => {
    const house = await openHouse();
    const chat = new VisitorAtHome(house).open();
    chat.write('x'.repeat(8_001));
    expect(chat.send(chat.draft.value)).toBe(false);
    expect(chat.send(' \n ')).toBe(false);
    expect(chat.draft.value).toHaveLength(8_001);
    expect(chat.pending.value).toEqual([]);
  });

  test('for now, because too many came at once, is sent later, in order', async () => {
    const house = await openHouse();
    const chat = await new VisitorAtHome(house).arrive();
    const texts = Array.from({ length: 260 }, (_, index) => `${index + 1}`);
    for (const text of texts) chat.send(text);
    await seen(() => chat.pending.value.length === 0);
    expect(textsOf(chat)).toEqual(texts);
  }, 60_000);

  test('because the browser has no room for it stays in the composer', async () => {
    const house = await openHouse();
    const full = memoryStorage();
    const chat = new VisitorAtHome(house).open({
      storage: {
        ...full,
        length: 0,
        setItem(key, value) {
          if (key.includes('outbox')) throw new DOMException('full', 'QuotaExceededError');
          full.setItem(key, value);
        },
      },
    });
    chat.write('no room for me');
    expect(chat.send('no room for me')).toBe(false);
    expect(chat.draft.value).toBe('no room for me');
  });
});

describe('a connection that is dead without saying so', () => {
  test('is noticed when the visitor looks at the page again, and what was missed arrives', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const lines: { isDeaf: boolean }[] = [];
    class DeafableWebSocket extends webSocket {
      isDeaf = false;
      constructor(...dialled: ConstructorParameters<typeof WebSocket>) {
        super(...dialled);
        lines.push(this);
      }
      override set onmessage(hear: ((event: MessageEvent) => void) | null) {
        super.onmessage = hear && ((event: MessageEvent) => !this.isDeaf && hear(event));
      }
    }
    const chat = await new VisitorAtHome(house).arrive({ webSocket: DeafableWebSocket });
    chat.send('hello?');
    await seen(() => textsOf(chat).length === 1);
    for (const line of lines) line.isDeaf = true;
    await postAs(agent.socket, chat, 'into a dead line');

    chat.wake();
    await seen(() => textsOf(chat).length === 2);
    expect(textsOf(chat)).toEqual(['hello?', 'into a dead line']);
    expect(lines.length).toBeGreaterThan(1);
  });

  test('gives way to the official client where no WebSocket gets through', async () => {
    const house = await openHouse();
    let dials = 0;
    class BlockedWebSocket {
      onclose: (() => void) | null = null;
      constructor() {
        dials += 1;
        queueMicrotask(() => this.onclose?.());
      }
      close() {}
      send() {}
    }
    const chat = await new VisitorAtHome(house).arrive({ webSocket: BlockedWebSocket as unknown as typeof WebSocket });
    chat.send('through the proxy');
    await seen(() => textsOf(chat).length === 1);
    expect(dials).toBe(1);
  });
});

describe('what a visitor tells of itself', () => {
  test('reaches the customer file, even if it was told while the server was away', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    await house.stop();
    const chat = visitor.open();
    chat.start();
    chat.saveDetails({ name: 'Ruth', email: 'Ruth@Example.com', phone: '' });
    expect(chat.unsentDetails.value).toEqual({ name: 'Ruth', email: 'Ruth@Example.com' });
    chat.stop();
    await house.start();

    const next = await visitor.arrive();
    await seen(() => next.unsentDetails.value === null);
    expect(next.visitor.value).toMatchObject({ name: 'Ruth', email: 'ruth@example.com', isVerified: false });
    const { items } = await house.json<{ items: { name: string }[] }>('GET', '/api/contacts');
    expect(items).toMatchObject([{ name: 'Ruth' }]);
  });

  test('is refused with the field that is wrong, and not repeated for ever', async () => {
    const house = await openHouse();
    const chat = await new VisitorAtHome(house).arrive();
    chat.saveDetails({ email: 'not an address' });
    await seen(() => chat.detailsRefusal.value !== null);
    expect(chat.detailsRefusal.value).toMatchObject({ code: 'invalid', field: 'email' });
    expect(chat.unsentDetails.value).toBeNull();
  });
});

describe('what passes between the lines', () => {
  test('the agent sees the sentence while it is written, and its end when it is sent', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const chat = await new VisitorAtHome(house).arrive();
    chat.write('too early');
    chat.send('hello');
    await seen(() => textsOf(chat).length === 1);
    await get(agent.socket, 'conversation:open', { conversationId: chat.conversation.value?.id });
    const previews = hear<{ text: string; typing: boolean }>(agent.socket, 'typing:changed');

    const sees = (text: string) => nextFact<{ text: string }>(agent.socket, 'typing:changed', (preview) => preview.text === text);
    const beginning = sees('I would');
    chat.write('I would');
    await beginning;
    const whole = sees('I would like');
    chat.write('I would li');
    chat.write('I would like');
    await whole;
    const end = sees('');
    chat.send('I would like');
    await end;
    expect(previews.map(({ text }) => text)).toEqual(['I would', 'I would like', '']);
  });

  test("the visitor sees that the agent is writing, until the message is there or the agent's silence is long", async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const chat = await new VisitorAtHome(house).arrive();
    chat.send('hello');
    await seen(() => textsOf(chat).length === 1);
    const { id: conversationId } = chat.conversation.value ?? {};
    await get(agent.socket, 'conversation:open', { conversationId });

    agent.socket.emit('typing:set', { conversationId, typing: true });
    await seen(() => chat.typingName.value === 'Dana');
    await postAs(agent.socket, chat, 'hi');
    await seen(() => textsOf(chat).length === 2);
    expect(chat.typingName.value).toBeNull();

    agent.socket.emit('typing:set', { conversationId, typing: true });
    await seen(() => chat.typingName.value === 'Dana');
    await seen(() => chat.typingName.value === null);
  });

  test('the agent learns that the answer was read only when somebody looked at it', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const chat = await new VisitorAtHome(house).arrive();
    chat.send('hello');
    await seen(() => textsOf(chat).length === 1);
    await get(agent.socket, 'conversation:open', { conversationId: chat.conversation.value?.id });
    const marks = hear<{ reader: string; seq: number }>(agent.socket, 'conversation:read');
    await postAs(agent.socket, chat, 'read me');
    await seen(() => chat.unread.value === 1);
    expect(marks.filter(({ reader }) => reader === 'visitor')).toEqual([]);

    const read = nextFact<{ reader: string; seq: number }>(agent.socket, 'conversation:read', ({ reader }) => reader === 'visitor');
    chat.attend(true);
    // The line that says who joined stands before it.
    expect((await read).seq).toBe(3);
    expect(chat.unread.value).toBe(0);
  });

  test('a conversation that ends before the visitor has nothing unread in the list, neither now nor on the next page', async () => {
    const house = await openHouse();
    const agent = await house.agent();
    const visitor = new VisitorAtHome(house);
    const chat = await visitor.arrive();
    chat.attend(true);
    chat.send('hello');
    await seen(() => textsOf(chat).length === 1);
    await postAs(agent.socket, chat, 'goodbye');
    const isRead = (screen: typeof chat) => screen.conversation.value?.visitorReadSeq === screen.conversation.value?.lastSeq;
    await seen(() => textsOf(chat).length === 2 && isRead(chat));
    await get(agent.socket, 'conversation:resolve', { conversationId: chat.conversation.value?.id });
    await seen(() => chat.conversation.value?.status === 'resolved' && isRead(chat));
    chat.stop();
    const next = await visitor.arrive();
    await seen(() => next.conversation.value?.lastSeq === 4 && isRead(next));
  });
});
