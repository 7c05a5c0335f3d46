import { sql } from 'kysely';
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { findInConversation } from '../../server/search/find-in-conversation.ts';
import type { Caller } from '../../server/transport/wire.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import type { ConversationSearchReply, MessageHit, SearchReply } from '../../shared/search.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';

/** A visitor with a name who writes these messages. */
async function writer(house: House, name: string, texts: readonly string[], told: Record<string, unknown> = {}) {
  const { socket } = await house.visitor();
  await get(socket, 'visitor:identify', { name, ...told });
  const messages: Message[] = [];
  for (const text of texts) messages.push((await say(socket, text)).message);
  return { socket, messages, conversationId: messages[0]?.conversationId as string };
}

function say(socket: Socket, text: string, more: Record<string, unknown> = {}) {
  return get<{ message: Message; conversation: VisitorConversation }>(socket, 'message:post', { id: nanoid(), text, ...more });
}

function ask(house: House, query: Record<string, string>): Promise<SearchReply> {
  return house.json('GET', `/api/search?${new URLSearchParams(query)}`);
}

async function messagesFound(house: House, q: string, more: Record<string, string> = {}): Promise<string[]> {
  const { items } = await ask(house, { q, kind: 'message', ...more });
  return (items as MessageHit[]).map(({ message }) => message.text);
}

async function contactsFound(house: House, q: string): Promise<(string | null)[]> {
  const { items } = await ask(house, { q, kind: 'contact' });
  return items.map((item) => (item.kind === 'contact' ? item.contact.name : null)).sort();
}

/** Everything that was written so far can be found. */
async function indexed(house: House): Promise<void> {
  const { db } = house.server.app.storage;
  await expect
    .poll(
      async () => {
        const { rows } = await sql<{ lags: number }>`select count(*) as "lags" from "conversation" c
          left join "indexedConversation" i on i."conversationId" = c."id" where c."lastSeq" > coalesce(i."seq", 0)`.execute(db);
        const changes = await db.selectFrom('messageChange').select('id').execute();
        return [Number(rows[0]?.lags), changes.length, (await ask(house, { q: 'x' })).indexedSince];
      },
      { timeout: 15_000 },
    )
    .toEqual([0, 0, null]);
}

describe.each(databases)('on $name', ({ open }) => {
  test('an agent finds what was written by its words, whatever stands before, behind or above the letters', async () => {
    const house = await open();
    const { messages } = await writer(house, 'רות', [
      'מתי המשלוח יגיע הביתה?',
      'שָׁלוֹם, תודה רבה',
      'الكتاب والقلم على الطاولة',
      'Where are my ORDERS, café Zoë?',
      'Когда придут заказы?',
      'הכתובת: דרך הים 3, צה"ל 12, ג\'ירפה',
      '配送はいつですか 👍🏽',
      'call me at 050-123-4567 or mail ruth.cohen@example.co.il',
    ]);
    await indexed(house);
    const byText = (index: number) => [messages[index]?.text as string];
    for (const q of ['משלוח', 'המשלוח', 'במשלוח', 'והמשלוח', 'משלוחים', 'משל', 'בית', 'הביתה מתי'])
      expect(await messagesFound(house, q), q).toEqual(byText(0));
    for (const q of ['שלום', 'שלומ', 'שָׁלוֹם', 'ושלום', '"שלום"']) expect(await messagesFound(house, q), q).toEqual(byText(1));
    for (const q of ['كتاب', 'الكتاب', 'كِتَاب', 'وكتاب', 'قلم', 'طاولة', 'الطاوله'])
      expect(await messagesFound(house, q), q).toEqual(byText(2));
    for (const q of ['order', 'orders', 'ORDERED', 'cafe', 'CAFÉ', 'zoe', 'ord'])
      expect(await messagesFound(house, q), q).toEqual(byText(3));
    for (const q of ['заказ', 'ЗАКАЗЫ', 'заказов', 'прид']) expect(await messagesFound(house, q), q).toEqual(byText(4));
    for (const q of ['צהל', 'צה״ל', 'גירפה', 'כתובת', 'ים 3']) expect(await messagesFound(house, q), q).toEqual(byText(5));
    for (const q of ['配送', 'いつ', '👍']) expect(await messagesFound(house, q), q).toEqual(byText(6));
    for (const q of [
      '0501234567',
      '+972 50 123 4567',
      '501234567',
      '050 1234567',
      '1234567',
      'ruth.cohen',
      'cohen@',
      'example.co.il',
      '@example',
    ])
      expect(await messagesFound(house, q), q).toEqual(byText(7));
    for (const q of ['מלפפון', 'zebra', 'משלוח zebra', 'כהן', '054-7654321']) expect(await messagesFound(house, q), q).toEqual([]);
  });

  test('a slip of the finger is forgiven and said, also on a keyboard left in the other language', async () => {
    const house = await open();
    await writer(house, 'Ruth', ['delivery on Tuesday', 'חשבונית על המשלוח', 'invoice 1234567']);
    await indexed(house);
    for (const q of ['delivrey', 'delivry', 'dellivery', 'deliverz', 'delivreu']) {
      expect(await messagesFound(house, q), q).toEqual(['delivery on Tuesday']);
    }
    expect((await ask(house, { q: 'delivrey', kind: 'message' })).corrections).toEqual([{ typed: 'delivrey', used: ['delivery'] }]);
    for (const q of ['משלחו', 'חשבנית']) expect(await messagesFound(house, q), q).toEqual(['חשבונית על המשלוח']);
    expect(await messagesFound(house, 'nakuj')).toEqual(['חשבונית על המשלוח']);
    for (const q of ['dxlxvery on', 'invoice 1234568', 'xyzzy', 'tue tuz']) expect(await messagesFound(house, q), q).toEqual([]);
  });

  test('customers are found by name in any order, by any part of a phone or e-mail, and so are their conversations', async () => {
    const house = await open();
    const { conversationId } = await writer(house, 'רות כהן-לוי', ['hello'], {
      email: 'ruth.k@example.com',
      phone: '050-1234567',
      company: 'עציצי השרון',
    });
    await writer(house, 'Иван Петров', ['hello'], { phone: '+7 495 123-45-69' });
    for (const q of [
      'רות',
      'כהן רות',
      'לוי',
      'רות כה',
      'שרון',
      'ruth',
      'ruth.k@example.com',
      '@example.com',
      '050-1234567',
      '+972 50 123 4567',
      '501234567',
      '050123',
      '4567',
      'רות 050-1234567',
      'כההן',
    ])
      expect(await contactsFound(house, q), q).toEqual(['רות כהן-לוי']);
    for (const q of ['петров', 'ПЕТРОВ ИВАН', '495 123', 'петрав']) expect(await contactsFound(house, q), q).toEqual(['Иван Петров']);
    const { items } = await ask(house, { q: '050 1234567' });
    expect(items.map((item) => item.kind)).toEqual(['conversation', 'contact']);
    expect(items[0]).toMatchObject({ conversation: { id: conversationId } });
    const [file] = items.slice(1);
    if (file?.kind !== 'contact') throw new Error('no customer file');
    await house.json('PATCH', `/api/contacts/${file.contact.id}`, { name: 'Naomi', phone: null });
    expect(await contactsFound(house, 'naomi')).toEqual(['Naomi']);
    for (const q of ['רות', '050-1234567']) expect(await contactsFound(house, q), q).toEqual([]);
  });

  test('an id or the address of a message leads there', async () => {
    const house = await open();
    const { messages, conversationId } = await writer(house, 'Ruth', ['one', 'two']);
    const second = messages[1] as Message;
    const address = `https://chat.example.com/console/conversations/${conversationId}?view=mine&message=2`;
    expect((await ask(house, { q: address })).items).toMatchObject([
      { kind: 'conversation', conversation: { id: conversationId } },
      { kind: 'message', message: { id: second.id, seq: 2, text: 'two' } },
    ]);
    expect((await ask(house, { q: ` ${conversationId} ` })).items).toMatchObject([{ kind: 'conversation' }]);
    expect((await ask(house, { q: second.id })).items).toMatchObject([{ kind: 'message', message: { seq: 2 } }]);
    expect((await ask(house, { q: nanoid() })).items).toEqual([]);
  });

  test('filters narrow by kind, status, assignee, tag, inbox and time, and pages come newest first without a gap', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const agent = await house.agent();
    const one = await writer(house, 'Ruth', ['plant A1', 'plant A2', 'plant A3']);
    house.clockOffsetMs = 60_000;
    const two = await writer(house, 'Ben', ['plant B1', 'plant B2', 'plant B3', 'plant B4']);
    await get(agent.socket, 'conversation:assign', { conversationId: one.conversationId, agentId: noa.id });
    await get(agent.socket, 'conversation:tag', { conversationId: one.conversationId, tags: ['vip', '100%_"x"'] });
    await get(agent.socket, 'conversation:resolve', { conversationId: two.conversationId });
    await indexed(house);
    const [a, b] = [
      ['plant A3', 'plant A2', 'plant A1'],
      ['plant B4', 'plant B3', 'plant B2', 'plant B1'],
    ] as const;
    expect(await messagesFound(house, 'plant')).toEqual([...b, ...a]);
    const narrow: [Record<string, string>, readonly string[]][] = [
      [{ status: 'resolved' }, b],
      [{ status: 'open' }, a],
      [{ status: 'snoozed' }, []],
      [{ assigneeId: noa.id }, a],
      [{ assigneeId: 'none' }, b],
      [{ tag: 'vip' }, a],
      [{ tag: '100%_"x"' }, a],
      [{ tag: 'vi' }, []],
      [{ tag: '%' }, []],
      [{ inboxId: house.inbox.id }, [...b, ...a]],
      [{ inboxId: nanoid() }, []],
      [{ from: String(two.messages[0]?.createdAt) }, b],
      [{ to: String(two.messages[0]?.createdAt) }, a],
    ];
    for (const [filter, texts] of narrow) expect(await messagesFound(house, 'plant', filter), JSON.stringify(filter)).toEqual(texts);
    const onlyFiltered = await ask(house, { tag: 'vip' });
    expect(onlyFiltered.items).toMatchObject([{ kind: 'conversation', conversation: { id: one.conversationId } }]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await ask(house, { q: 'plant', kind: 'message', limit: '2', ...(cursor && { cursor }) });
      seen.push(...(page.items as MessageHit[]).map(({ message }) => message.text));
      cursor = page.next ?? '';
    } while (cursor);
    expect(seen).toEqual([...b, ...a]);
  });

  test('whatever is typed, nothing breaks and nothing is found that is not there', async () => {
    const house = await open();
    await writer(house, 'Ruth', ["Robert'); DROP TABLE message;-- NEAR here AND there", 'x'.repeat(8_000), '💜 heart']);
    await indexed(house);
    expect(await messagesFound(house, 'robert')).toHaveLength(1);
    const wild = [
      '"',
      "'",
      '""',
      '*',
      'a*',
      '(',
      ')',
      'AND',
      'OR NOT',
      'NEAR(',
      '-',
      '^',
      ':',
      'words:x',
      '{',
      '\\',
      "' OR 1=1 --",
      "'); drop table message; --",
      '%',
      '_',
      '&',
      '|',
      '!',
      '<->',
      ':*',
      '\u200f',
      '\ufffd',
      '\ud800',
      '🫠🫠',
      '١٢٣',
      '\t\n',
      ' ',
      '',
      'ـــ',
      'א'.repeat(400),
      '\u05b0'.repeat(50),
      'x'.repeat(400),
      'a b c d e f g h i j k l m n o p',
    ];
    for (const q of wild)
      for (const kind of ['message', 'contact', 'conversation']) {
        const response = await house.call('GET', `/api/search?${new URLSearchParams({ q, kind })}`);
        expect(response.status, `${kind} ${q}`).toBe(200);
      }
    expect((await house.call('GET', `/api/search?q=${'x'.repeat(8_000)}`)).status).toBe(413);
    expect((await house.call('GET', '/api/search?q=%00')).status).toBe(400);
    for (const q of ['OR NOT', '"', '%', "' OR 1=1 --"]) expect(await messagesFound(house, q), q).toEqual([]);
    expect(await messagesFound(house, 'near AND there')).toHaveLength(1);
    expect(await messagesFound(house, '💜')).toEqual(['💜 heart']);
    expect((await messagesFound(house, 'x'.repeat(100)))[0]?.length).toBeLessThan(200);
    expect(await messagesFound(house, 'robert')).toHaveLength(1);
  });

  test('notes are found by agents who may see conversations, and by nobody else', async () => {
    const house = await open();
    const { conversationId, socket } = await writer(house, 'Ruth', ['hello']);
    const agent = await house.agent();
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'a secret discount', visibility: 'internal' });
    await indexed(house);
    expect(await messagesFound(house, 'discount')).toEqual(['a secret discount']);
    for (const path of ['/api/search?q=discount', `/api/conversations/${conversationId}/finds?q=discount`]) {
      const response = await house.call('GET', path, undefined, { cookie: '' });
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain('secret');
    }
    const page = await get(socket, 'message:list', { conversationId });
    expect(JSON.stringify(page)).not.toContain('discount');
  });

  test('what was erased is found no more, what was changed is found as it is now, and no word of it is kept', async () => {
    const house = await open();
    const { messages } = await writer(house, 'Ruth', ['my card is 4580111122223333 wombat', 'the parcel is green', 'wombat again']);
    await indexed(house);
    expect(await messagesFound(house, 'wombat')).toHaveLength(2);
    const { storage } = house.server.app;
    await storage.write((trx) =>
      trx
        .deleteFrom('message')
        .where('id', '=', messages[0]?.id as string)
        .execute(),
    );
    await storage.write((trx) =>
      trx
        .updateTable('message')
        .set({ text: 'the parcel is blue' })
        .where('id', '=', messages[1]?.id as string)
        .execute(),
    );
    expect(await messagesFound(house, 'wombat')).toEqual(['wombat again']);
    await indexed(house);
    expect(await messagesFound(house, 'wombat')).toEqual(['wombat again']);
    expect(await messagesFound(house, 'green')).toEqual([]);
    expect(await messagesFound(house, 'blue')).toEqual(['the parcel is blue']);
    const words = await storage.db.selectFrom('messageWord').select('word').execute();
    expect(words.map(({ word }) => word)).not.toEqual(expect.arrayContaining(['4580111122223333']));
    expect(words.map(({ word }) => word)).not.toEqual(expect.arrayContaining(['green']));
    expect(await storage.db.selectFrom('messageEntry').selectAll().execute()).toHaveLength(2);
  });

  test('who is erased at her own wish is found no more: not her words nor what was said to her, her name, e-mail or phone', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const agent = await house.agent();
    const { socket } = await house.visitor({ identity: await site.sign({ sub: 'ruth', email: 'ruth@example.com' }) });
    await get(socket, 'visitor:identify', { name: 'Ruth Wombat', phone: '050-1234567', company: 'Quokka Ltd' });
    const { conversationId } = (await say(socket, 'my wombat is ill, call 050-1234567')).message;
    const answer = (text: string, visibility: string) =>
      get(agent.socket, 'message:post', { id: nanoid(), conversationId, text, visibility });
    await answer('poor wombat', 'public');
    await answer('wombat owner, be kind', 'internal');
    await get(agent.socket, 'conversation:tag', { conversationId, tags: ['wombat'] });
    await writer(house, 'Omar', ['a wombat of my own']);
    await indexed(house);
    expect(await messagesFound(house, 'wombat')).toHaveLength(4);
    expect(await contactsFound(house, 'wombat')).toEqual(['Ruth Wombat']);

    await get(socket, 'data:erase', { confirm: 'erase' });
    const finds = [{ q: 'ruth' }, { q: 'quokka' }, { q: 'ruth@example.com' }, { q: '050-1234567' }, { q: 'poor' }, { q: 'kind' }];
    const nothingIsLeft = async () => {
      expect(await messagesFound(house, 'wombat')).toEqual(['a wombat of my own']);
      for (const query of [...finds, { tag: 'wombat' }]) expect((await ask(house, query)).items, JSON.stringify(query)).toEqual([]);
      const inside = await house.json<ConversationSearchReply>('GET', `/api/conversations/${conversationId}/finds?q=wombat`);
      expect(inside).toEqual({ seqs: [], words: [], isCut: false });
    };
    await nothingIsLeft();
    await indexed(house);
    await nothingIsLeft();
    const { db } = house.server.app.storage;
    expect(await db.selectFrom('messageEntry').selectAll().execute()).toHaveLength(1);
    expect((await db.selectFrom('contactEntry').select('text').execute()).map(({ text }) => text)).toEqual(['omar']);
    const words = [
      ...(await db.selectFrom('messageWord').selectAll().execute()),
      ...(await db.selectFrom('contactWord').selectAll().execute()),
    ];
    const kept = Object.fromEntries(words.map(({ word, entries }) => [word, entries]));
    expect(kept).toMatchObject({ wombat: 1, omar: 1 });
    for (const word of Object.keys(kept)) expect(word).not.toMatch(/ruth|quokka|poor|ill|kind|1234567/);
  });

  test('what the conversation says of itself is found by nobody: who joined, that it ended', async () => {
    const house = await open();
    const { conversationId, socket } = await writer(house, 'Ruth', ['hello']);
    const agent = await house.agent();
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'welcome' });
    await get(agent.socket, 'conversation:resolve', { conversationId });
    await say(socket, 'one more thing', { conversationId });
    const { messages } = await get<{ messages: Message[] }>(socket, 'message:list', { conversationId });
    const notices = messages.filter(({ author }) => author.kind === 'system');
    expect(notices.map(({ notice }) => notice?.kind)).toEqual(['joined', 'ended', 'reopened']);
    await indexed(house);
    const { db } = house.server.app.storage;
    expect(await db.selectFrom('messageEntry').selectAll().execute()).toHaveLength(3);
    for (const { id, seq, text } of notices) {
      for (const q of [text, text.split(' ').at(-1) as string]) {
        expect(await messagesFound(house, q), q).toEqual([]);
        const inside = `/api/conversations/${conversationId}/finds?${new URLSearchParams({ q })}`;
        expect(await house.json<ConversationSearchReply>('GET', inside), q).toMatchObject({ seqs: [] });
      }
      expect((await ask(house, { q: id })).items).toEqual([]);
      const address = `https://chat.example.com/console/conversations/${conversationId}?message=${seq}`;
      expect((await ask(house, { q: address })).items).toMatchObject([{ kind: 'conversation' }]);
    }
    await house.server.app.storage.write((trx) => trx.updateTable('message').set({ text: 'zebra' }).execute());
    await indexed(house);
    expect(await messagesFound(house, 'zebra')).toHaveLength(3);
  });

  test('the index takes up after a restart where it stopped, and is built anew by a version that reads words differently', async () => {
    const house = await open();
    const { socket, conversationId } = await writer(house, 'Ruth', ['before the night']);
    await indexed(house);
    await say(socket, 'just before closing', { conversationId });
    await house.stop();
    await house.start();
    await indexed(house);
    expect(await messagesFound(house, 'before')).toEqual(['just before closing', 'before the night']);
    await house.server.app.storage.write((trx) => trx.updateTable('wordIndex').set({ version: 0 }).execute());
    await expect
      .poll(() => house.server.app.storage.db.selectFrom('wordIndex').select('version').execute(), { timeout: 10_000 })
      .not.toContainEqual({ version: 0 });
    await indexed(house);
    expect(await messagesFound(house, 'before')).toEqual(['just before closing', 'before the night']);
    expect(await contactsFound(house, 'ruth')).toEqual(['Ruth']);
    expect(await house.server.app.storage.db.selectFrom('messageEntry').selectAll().execute()).toHaveLength(2);
  });

  test('within one conversation every place is found at once, the newest first', async () => {
    const house = await open();
    const { conversationId } = await writer(house, 'Ruth', ['עציץ גדול', 'תודה', 'שני העציצים הגיעו', 'call 050-1234567']);
    const find = (q: string) =>
      house.json<ConversationSearchReply>('GET', `/api/conversations/${conversationId}/finds?${new URLSearchParams({ q })}`);
    expect(await find('עציץ')).toMatchObject({ seqs: [3, 1], isCut: false });
    expect((await find('עציץ')).words).toEqual(expect.arrayContaining(['עציצ', 'העציצימ']));
    expect(await find('עציץ גדול')).toMatchObject({ seqs: [1] });
    expect(await find('+972501234567')).toMatchObject({ seqs: [4] });
    for (const q of ['kiwi', '', '"*']) expect(await find(q)).toMatchObject({ seqs: [] });
    const { app } = house.server;
    const dana = (await app.findCaller({ cookie: house.cookie }, undefined)) as Caller;
    const look = (lookForMs?: number) =>
      findInConversation(app, dana, { conversationId, query: 'עציץ', ...(lookForMs !== undefined && { lookForMs }) });
    expect(await look()).toMatchObject({ seqs: [3, 1], isCut: false });
    expect(await look(0), 'no time is left').toEqual({ seqs: [], words: [], isCut: true });
    expect((await house.call('GET', `/api/conversations/${nanoid()}/finds?q=a`)).status).toBe(404);
  });
});
