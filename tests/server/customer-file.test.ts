import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { forgetSilentVisitors } from '../../server/contacts/visitors.ts';
import type { Contact, Visitor } from '../../shared/contact.ts';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';

interface List<Item> {
  items: Item[];
  next: string | null;
}

async function post(socket: Socket, text: string, conversationId?: string) {
  const draft = { id: nanoid(), text, ...(conversationId !== undefined && { conversationId }) };
  return get<{ message: Message; conversation: VisitorConversation }>(socket, 'message:post', draft);
}

function contacts(house: House): Promise<Contact[]> {
  return house.json<List<Contact>>('GET', '/api/contacts').then(({ items }) => items);
}

async function find(house: House, words: string): Promise<(string | null)[]> {
  const { items } = await house.json<List<Contact>>('GET', `/api/contacts?q=${encodeURIComponent(words)}`);
  return items.map(({ name }) => name).sort();
}

/** A visitor who has told who it is. */
async function visitorNamed(house: House, told: Record<string, unknown>) {
  const visitor = await house.visitor();
  await get(visitor.socket, 'visitor:identify', told);
  return visitor;
}

describe.each(databases)('on $name', ({ open }) => {
  test('looking around opens no customer file; the first message opens one lead, and the next ones belong to it', async () => {
    const house = await open();
    const { socket } = await house.visitor({ page: { url: 'https://shop.example/cacti', title: 'Cacti' }, locale: 'he-IL' });
    await get(socket, 'page:view', { url: 'https://shop.example/roses', title: 'Roses' });
    expect(await contacts(house)).toEqual([]);
    await post(socket, 'hello');
    await post(socket, 'anybody there?');
    expect(await contacts(house)).toMatchObject([
      { lifecycle: 'lead', name: null, locale: 'he-IL', identities: [], page: { url: 'https://shop.example/roses', title: 'Roses' } },
    ]);
    await get(socket, 'page:view', { url: 'https://shop.example/thorns', title: 'Thorns' });
    await expect.poll(() => contacts(house)).toMatchObject([{ page: { title: 'Thorns' } }]);
  });

  test('what a visitor tells of itself is in its file at once, in the shape in which it can be used', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket } = await house.visitor();
    await post(socket, 'hello');
    const changed = nextFact<Contact>(agent.socket, 'contact:changed');
    const told = {
      name: ' רות כהן ',
      email: ' Ruth@Example.COM ',
      phone: '050-123 4567',
      company: 'עציצים',
      consent: true,
      fields: { size: 'L' },
    };
    const { visitor } = await get<{ visitor: Visitor }>(socket, 'visitor:identify', told);
    expect(visitor).toMatchObject({
      name: 'רות כהן',
      email: 'ruth@example.com',
      phone: '+972501234567',
      company: 'עציצים',
      isVerified: false,
    });
    expect(await changed).toMatchObject({ name: 'רות כהן', fields: { size: 'L' } });
    await get(socket, 'visitor:identify', { email: 'ruth@work.example', fields: { colour: 'green' } });
    const [file] = await contacts(house);
    expect(file).toMatchObject({ name: 'רות כהן', company: 'עציצים', fields: { size: 'L', colour: 'green' } });
    expect(file?.identities).toMatchObject([
      { kind: 'phone', value: '+972501234567', isVerified: false, source: 'visitor' },
      { kind: 'email', value: 'ruth@work.example', isVerified: false, source: 'visitor' },
    ]);
    const { message } = await post(socket, 'it is me');
    expect(message.author).toMatchObject({ kind: 'visitor', name: 'רות כהן' });
  });

  test('a phone is understood as people write it, also by an Israeli whose browser speaks American', async () => {
    const house = await open();
    const written = {
      '050-1234567': ['en-US', '+972501234567'],
      '0501234567': ['he', '+972501234567'],
      '\u202a050-123-4567\u202c': ['he-IL', '+972501234567'],
      '+972 (0)50 123 4567': ['fr-FR', '+972501234567'],
      '02 123 4567': ['ar', '+97221234567'],
      '(212) 555-0123': ['en-US', '+12125550123'],
      '020 7946 0958': ['en-GB', '+442079460958'],
      '+44 20 7946 0958': ['he-IL', '+442079460958'],
      '*2700': [null, null],
      '1-700-70-70-70': ['he-IL', '+9721700707070'],
    } as const;
    for (const [phone, [locale, expected]] of Object.entries(written)) {
      const { socket } = await house.visitor({ ...(locale && { locale }) });
      const reply = await ask<{ visitor: Visitor }>(socket, 'visitor:identify', { phone });
      expect(reply.ok ? reply.data.visitor.phone : null, `${phone} ${locale}`).toBe(expected);
    }
  });

  test('a phone that none can be is refused by its field, and nothing of the rest is stored', async () => {
    const house = await open();
    const { socket } = await house.visitor();
    await post(socket, 'hello');
    for (const phone of ['abc', '12', '+', '050', '123456789012345678901234', '+999 12345678', '<b>050</b>']) {
      const reply = await ask(socket, 'visitor:identify', { name: 'Eve', phone });
      expect(reply, phone).toMatchObject({ ok: false, error: { code: 'invalid', field: 'phone' } });
    }
    expect(await contacts(house)).toMatchObject([{ name: null, identities: [] }]);
  });

  test('a visitor who comes back with its token continues the same file', async () => {
    const house = await open();
    const first = await house.visitor();
    await post(first.socket, 'hello');
    await get(first.socket, 'visitor:identify', { name: 'Ruth' });
    first.socket.disconnect();
    const second = await house.visitor({ token: first.session.token });
    expect(second.session).toMatchObject({
      token: first.session.token,
      visitor: { id: first.session.visitor.id, name: 'Ruth' },
      messages: [{ text: 'hello' }],
    });
    await post(second.socket, 'back again');
    expect(await contacts(house)).toHaveLength(1);
    const stranger = await house.visitor({ token: 'x'.repeat(43) });
    expect(stranger.session).toMatchObject({ visitor: { name: null }, conversation: null, messages: [] });
    expect(stranger.session.token).not.toBe('x'.repeat(43));
  });

  test('telling who one is before saying anything opens the file, and the first message goes into it', async () => {
    const house = await open();
    const { socket } = await visitorNamed(house, { name: 'Ruth', phone: '050-1234567' });
    await post(socket, 'hello');
    expect(await contacts(house)).toMatchObject([{ name: 'Ruth', identities: [{ value: '+972501234567' }] }]);
  });

  test("claiming somebody's e-mail, phone or name shows nothing of that person", async () => {
    const house = await open();
    const ruth = await visitorNamed(house, {
      name: 'Ruth',
      email: 'ruth@example.com',
      phone: '050-1234567',
      company: 'Ruth & Sons',
      fields: { card: 'C4RD' },
    });
    const { message } = await post(ruth.socket, 'my secret');
    const eve = await house.visitor({ conversationId: message.conversationId, after: 0 });
    const heard = [hear(eve.socket, 'message:posted'), hear(eve.socket, 'conversation:changed'), hear(eve.socket, 'conversation:read')];
    const claims = { email: 'ruth@example.com', phone: '+972501234567', fields: { externalId: 'ruth', sub: 'ruth' } };
    const { visitor } = await get<{ visitor: Visitor }>(eve.socket, 'visitor:identify', claims);
    expect(visitor).toMatchObject({ name: null, company: null, isVerified: false });
    expect(await get(eve.socket, 'conversation:list', {})).toEqual({ conversations: [] });
    const mine = await post(eve.socket, 'I am Ruth, am I not?');
    const back = await house.visitor({ token: eve.session.token, conversationId: message.conversationId, after: 0 });
    expect(back.session).toMatchObject({
      visitor: { name: null },
      conversation: { id: mine.conversation.id },
      messages: [{ text: 'I am Ruth, am I not?' }],
    });
    await post(ruth.socket, 'more secrets');
    const agent = await house.agent();
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: message.conversationId, text: 'for Ruth only' });
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId: mine.conversation.id, text: 'for Eve' });
    await expect.poll(() => JSON.stringify(heard)).toContain('for Eve');
    expect(JSON.stringify([heard, eve.session, back.session])).not.toMatch(/secret|for Ruth|C4RD|Sons/);
    expect(await contacts(house)).toHaveLength(2);
  });

  test("asking for somebody else's conversation with any request finds nothing and changes nothing", async () => {
    const house = await open();
    const ruth = await visitorNamed(house, { name: 'Ruth' });
    const agent = await house.agent();
    const { message } = await post(ruth.socket, 'my secret');
    const { conversationId } = message;
    await get(agent.socket, 'conversation:open', { conversationId });
    const before = await house.json('GET', `/api/conversations/${conversationId}`);
    const typed = hear(agent.socket, 'typing:changed');
    const posted = hear(agent.socket, 'message:posted');

    const eve = await visitorNamed(house, { name: 'Eve' });
    await post(eve.socket, 'hello');
    const requests: [string, Record<string, unknown>][] = [
      ['message:post', { id: nanoid(), text: 'I am Ruth' }],
      ['message:list', {}],
      ['message:list', { after: 0 }],
      ['message:list', { before: 5 }],
      ['typing:set', { text: 'I am Ruth' }],
      ['conversation:read', { seq: 1 }],
      ['conversation:end', {}],
    ];
    for (const id of [conversationId, nanoid()]) {
      for (const [event, request] of requests) {
        const reply = await ask(eve.socket, event, { ...request, conversationId: id });
        expect(reply, event).toEqual({ ok: false, error: { code: 'not-found', message: 'There is no such conversation.' } });
      }
    }
    expect(await ask(eve.socket, 'message:post', { id: message.id, text: 'x' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await house.json('GET', `/api/conversations/${conversationId}`)).toEqual(before);
    expect(await house.json<List<Message>>('GET', `/api/conversations/${conversationId}/messages`)).toMatchObject({
      items: [{ text: 'my secret' }],
    });
    await get(ruth.socket, 'typing:set', { conversationId, text: 'really me' });
    await expect.poll(() => typed.length).toBeGreaterThan(0);
    expect(JSON.stringify([typed, posted])).not.toContain('I am Ruth');
  });

  test('an agent corrects a file by hand, and what it clears is gone', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const agent = await house.agent();
    const { socket } = await visitorNamed(house, { name: 'Rut', email: 'rut@example.com', phone: '050-1234567', company: 'Old' });
    await post(socket, 'hello');
    const [file] = await contacts(house);
    const at = `/api/contacts/${file?.id}`;
    const changed = nextFact<Contact>(agent.socket, 'contact:changed');
    const patched = await house.json<Contact>('PATCH', at, { name: 'Ruth', phone: '03-1234567' }, { cookie: noa.cookie });
    expect(patched).toMatchObject({
      name: 'Ruth',
      company: 'Old',
      identities: expect.arrayContaining([
        expect.objectContaining({ kind: 'phone', value: '+97231234567', isVerified: false, source: 'agent' }),
      ]),
    });
    expect(patched.identities).toHaveLength(2);
    expect(await changed).toEqual(patched);
    const cleared = await house.json<Contact>('PATCH', at, { name: null, company: null, email: null, phone: null });
    expect(cleared).toMatchObject({ name: null, company: null, identities: [] });
    expect((await house.call('PATCH', at, { phone: 'abc', name: 'Eve' })).status).toBe(400);
    expect(await house.json('GET', at)).toEqual(cleared);
    expect(await house.json('PATCH', at, {})).toEqual(cleared);
    expect((await house.call('PATCH', `/api/contacts/${nanoid()}`, { name: 'x' })).status).toBe(404);
    const { session } = await house.visitor();
    expect(session.visitor.name).toBeNull();
    const conversations = await house.json<List<ConversationSummary>>('GET', `/api/conversations?contactId=${file?.id}`);
    expect(conversations.items).toMatchObject([{ contact: { id: file?.id, name: null } }]);
  });

  test('a file is found by a part of a name, a company, an e-mail or a phone, as people type them', async () => {
    const house = await open();
    await visitorNamed(house, { name: 'רות כהן-לוי', email: 'ruth@example.com', phone: '050-123-4567', company: 'עציצי השרון' });
    await visitorNamed(house, { name: 'Иван Петров', email: 'ivan@example.org', phone: '+7 495 123-45-67' });
    await visitorNamed(house, { name: "100%_pure \\ O'Neil", email: 'o.neil@pure.example', company: 'Pure_100%' });
    await visitorNamed(house, { name: 'مريم', email: 'maryam@example.com' });
    expect(await find(house, 'כהן')).toEqual(['רות כהן-לוי']);
    expect(await find(house, 'השרון')).toEqual(['רות כהן-לוי']);
    expect(await find(house, 'مريم')).toEqual(['مريم']);
    expect(await find(house, 'RUTH@')).toEqual(['רות כהן-לוי']);
    expect(await find(house, 'example.com')).toEqual(['רות כהן-לוי', 'مريم']);
    for (const words of ['Иван', 'иван', 'петров', 'Петров', 'Иван Петров', 'иван петров'])
      expect(await find(house, words), words).toEqual(['Иван Петров']);
    for (const phone of [
      '050-123-4567',
      '0501234567',
      '050 123',
      '+972501234567',
      '972-50-1234567',
      '00972501234567',
      '+972 (0)50 123 4567',
      '1234567',
      '(050) 123.4567',
      '\u200e050-123-4567\u200f',
      '050\u2011123\u20114567',
    ]) {
      expect(await find(house, phone), phone).toContain('רות כהן-לוי');
    }
    expect(await find(house, '050-123-4567')).toEqual(['רות כהן-לוי']);
    const pure = ["100%_pure \\ O'Neil"];
    for (const words of ["o'neil", "O'NEIL 100%", '100%', 'pure_100']) expect(await find(house, words), words).toEqual(pure);
    expect(await find(house, 'ruth%')).toEqual(['רות כהן-לוי']);
    for (const words of ['%', '_', '\\', "'", '%%', 'r_th', "' OR 'x'='x", '0000', '----', '((((', '....', 'nobody', 'ru_h']) {
      expect(await find(house, words), words).toEqual([]);
    }
    for (const words of [' ', '\u200e\u200e\u200e\u200e']) expect(await find(house, words)).toHaveLength(4);
  });

  test('pages of customer files follow one another without a gap, newest seen first', async () => {
    const house = await open();
    for (let index = 0; index < 7; index += 1) {
      house.clockOffsetMs += index % 2;
      await visitorNamed(house, { name: `visitor ${index}` });
    }
    const all = (await contacts(house)).map(({ id }) => id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await house.json<List<Contact>>('GET', `/api/contacts?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? '';
    } while (cursor);
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(7);
  });

  test('a visitor ends its own conversation, and only public words of it come back', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket, session } = await house.visitor();
    const { conversation } = await post(socket, 'hello');
    await get(agent.socket, 'message:post', {
      id: nanoid(),
      conversationId: conversation.id,
      text: 'a note about her',
      visibility: 'internal',
    });
    const ended = await get<{ conversation: VisitorConversation }>(socket, 'conversation:end', { conversationId: conversation.id });
    expect(ended.conversation).toMatchObject({ status: 'resolved', lastSeq: 3 });
    const back = await house.visitor({ token: session.token, conversationId: conversation.id, after: 0 });
    expect(back.session.messages.map(({ text }) => text)).toEqual(['hello', 'The conversation has ended.']);
    const page = await get<MessagePage>(back.socket, 'message:list', { conversationId: conversation.id });
    expect(JSON.stringify([page, back.session])).not.toContain('note');
  });
});

test('a browser that never said anything is forgotten after a month, one that did is not', async () => {
  const house = await openHouse();
  const [silent, speaking] = [await house.visitor(), await house.visitor()];
  await get(speaking.socket, 'message:post', { id: nanoid(), text: 'hello' });
  house.clockOffsetMs = 31 * 24 * 60 * 60 * 1_000;

  await forgetSilentVisitors(house.server.app);

  expect((await house.visitor({ token: silent.session.token })).session.token).not.toBe(silent.session.token);
  expect((await house.visitor({ token: speaking.session.token })).session.token).toBe(speaking.session.token);
});
