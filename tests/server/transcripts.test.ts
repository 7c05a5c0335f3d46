import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { VisitorConversation } from '../../shared/conversation.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, openHouse } from '../helpers/house.ts';
import { type MailServer, openMailServer } from '../helpers/mail-server.ts';
import { openSigningSite } from '../helpers/signing-site.ts';

const HOUR_MS = 60 * 60 * 1_000;
const mailTo = (post: MailServer) => ({ environment: { SMTP_URL: post.url, MAIL_FROM: 'Pots <chat@pots.example>' } });

async function someChat(house: House, locale = 'he-IL') {
  const agent = await house.agent();
  const visitor = await house.visitor({ locale });
  const { conversation } = await get<{ conversation: VisitorConversation }>(visitor.socket, 'message:post', {
    id: nanoid(),
    text: 'שלום <b>לא מודגש</b> & order 10482',
  });
  const say = (text: string, visibility = 'public') =>
    get(agent.socket, 'message:post', { id: nanoid(), conversationId: conversation.id, text, visibility });
  await say('She is a regular', 'internal');
  await say('היי! מגיע מחר');
  return { ...visitor, conversationId: conversation.id };
}

const lettersOf = (post: MailServer, count: number) => expect.poll(() => post.letters.length, { timeout: 15_000 }).toBe(count);

describe.each(databases)('on $name', ({ open }) => {
  test('a visitor has its conversation sent: in its language and direction, in its time zone, without notes', async () => {
    const post = await openMailServer();
    const house = await open(mailTo(post));
    const { socket, conversationId } = await someChat(house);
    await get(socket, 'transcript:send', { conversationId, email: 'Ruth@Example.com', timeZone: 'Asia/Tokyo' });
    await lettersOf(post, 1);
    const [letter] = post.letters;
    expect(letter).toMatchObject({ to: [{ address: 'ruth@example.com' }], from: { name: 'Pots', address: 'chat@pots.example' } });
    expect(letter?.subject).toBe('השיחה שלך עם חנות העציצים');
    for (const words of [letter?.text, letter?.html]) {
      expect(words).toContain('היי! מגיע מחר');
      expect(words).toContain('Dana');
      expect(words).not.toContain('regular');
      expect(words).not.toContain('joined');
    }
    expect(letter?.text).toContain('<b>לא מודגש</b> & order 10482');
    expect(letter?.html).toContain('&lt;b&gt;לא מודגש&lt;/b&gt; &amp; order 10482');
    expect(letter?.html).toContain('<html lang="he" dir="rtl">');
    const tokyo = new Intl.DateTimeFormat('he-IL', { timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(Date.now()).split(':')[0];
    expect(letter?.text).toMatch(new RegExp(`${tokyo}:\\d\\d`));
  });

  test('what the mail server would not take yet is sent once it does, and once only', async () => {
    const post = await openMailServer();
    post.mood = 'busy';
    const house = await open(mailTo(post));
    const { socket, conversationId } = await someChat(house);
    await get(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' });
    await expect.poll(() => post.offers, { timeout: 15_000 }).toBe(1);
    post.mood = 'kind';
    house.clockOffsetMs = HOUR_MS;
    await lettersOf(post, 1);
    house.clockOffsetMs = 5 * HOUR_MS;
    await get(socket, 'transcript:send', { conversationId, email: 'omar@example.com' });
    await lettersOf(post, 2);
    expect(post.letters.map(({ to }) => to?.[0]?.address)).toEqual(['ruth@example.com', 'omar@example.com']);
  });
});

test('a mail server that is down when the letter is written gets it from the server’s next life', async () => {
  const post = await openMailServer();
  const house = await openHouse(mailTo(post));
  await post.stop();
  const { socket, conversationId } = await someChat(house, 'en-US');
  await get(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' });
  await house.stop();
  await post.start();
  house.clockOffsetMs = HOUR_MS;
  await house.start();
  await lettersOf(post, 1);
  expect(post.letters[0]?.subject).toBe('Your conversation with חנות העציצים');
  expect(post.letters[0]?.html).toContain('dir="ltr"');
});

test('a slow mail server makes nobody in the chat wait', async () => {
  const post = await openMailServer();
  post.mood = 'slow';
  const house = await openHouse(mailTo(post));
  const { socket, conversationId } = await someChat(house);
  await get(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' });
  await get(socket, 'message:post', { id: nanoid(), conversationId, text: 'meanwhile' });
  expect(post.letters).toEqual([]);
  await lettersOf(post, 1);
});

test('a letter that is refused for good, or has been tried for a day, is given up', async () => {
  const post = await openMailServer();
  post.mood = 'rude';
  const house = await openHouse(mailTo(post));
  const { socket, conversationId } = await someChat(house);
  await get(socket, 'transcript:send', { conversationId, email: 'nobody@example.com' });
  await expect.poll(() => post.offers, { timeout: 15_000 }).toBe(1);
  post.mood = 'busy';
  await get(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' });
  await expect.poll(() => post.offers, { timeout: 15_000 }).toBe(2);
  post.mood = 'kind';
  house.clockOffsetMs = 25 * HOUR_MS;
  await get(socket, 'transcript:send', { conversationId, email: 'omar@example.com' });
  await lettersOf(post, 1);
  expect(post.letters[0]?.to?.[0]?.address).toBe('omar@example.com');
  expect(post.offers).toBe(3);
});

test('nobody is sent somebody else’s conversation, and nobody floods a mailbox', async () => {
  const post = await openMailServer();
  const house = await openHouse(mailTo(post));
  const { socket, conversationId } = await someChat(house);
  const stranger = await house.visitor();
  expect(await ask(stranger.socket, 'transcript:send', { conversationId, email: 'spy@example.com' })).toMatchObject({
    error: { code: 'not-found' },
  });
  for (let count = 0; count < 3; count += 1) await get(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' });
  expect(await ask(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' })).toMatchObject({
    error: { code: 'too-many' },
  });
  await lettersOf(post, 3);
});

test('a stranger cannot have us write letters: a conversation is sent once somebody has answered', async () => {
  const post = await openMailServer();
  const house = await openHouse(mailTo(post));
  const { socket, conversationId } = await writeIn(house, 'Buy my pots at pots.example!');
  const send = () => ask(socket, 'transcript:send', { conversationId, email: 'victim@example.com' });
  expect(await send()).toMatchObject({ error: { code: 'forbidden' } });
  const agent = await house.agent();
  await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'not for me', visibility: 'internal' });
  expect(await send(), 'a note is no answer').toMatchObject({ error: { code: 'forbidden' } });
  await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'no, thank you' });
  expect(await send()).toMatchObject({ ok: true });
});

test('a crowd of visitors does not make the mail server a nuisance: after two hundred letters an hour all of them wait', async () => {
  const post = await openMailServer();
  const house = await openHouse(mailTo(post));
  const { socket, conversationId } = await someChat(house);
  for (let sent = 0; sent < 200; sent += 1) await house.server.app.limits.spend('allTranscripts', 'all');
  const refused = await ask(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' });
  expect(refused).toMatchObject({ error: { code: 'too-many', retryAfterMs: expect.any(Number) } });
  expect(post.letters).toEqual([]);
});

test('a letter that waits goes along with a visitor who signs in, and goes with it when it is erased', async () => {
  const post = await openMailServer();
  post.mood = 'busy';
  const house = await openHouse(mailTo(post));
  const site = await openSigningSite(house, 'HS256');
  const known = await house.visitor({ identity: await site.sign({ sub: 'ruth' }) });
  await get(known.socket, 'message:post', { id: nanoid(), text: 'I have a file already' });
  const { socket, conversationId } = await someChat(house);
  await get(socket, 'transcript:send', { conversationId, email: 'ruth@example.com' });
  await expect.poll(() => post.offers, { timeout: 15_000 }).toBe(1);
  await get(socket, 'visitor:identify', { identity: await site.sign({ sub: 'ruth' }) });
  const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/contacts');
  const mails = () => house.server.app.storage.db.selectFrom('mail').select('contactId').execute();
  expect(await mails()).toEqual([{ contactId: items[0]?.id }]);
  await get(known.socket, 'data:erase', { confirm: 'erase' });
  expect(await mails()).toEqual([]);
});

test('without a mail server, or where the inbox does not offer it, nothing is sent and the widget is told', async () => {
  const house = await openHouse();
  const { socket, conversationId } = await someChat(house);
  const request = { conversationId, email: 'ruth@example.com' };
  expect(await ask(socket, 'transcript:send', request)).toMatchObject({ error: { code: 'forbidden' } });
  expect(await house.json('GET', `/api/widget/${house.inbox.key}`)).toMatchObject({ hasMail: false });

  const post = await openMailServer();
  const equipped = await openHouse(mailTo(post));
  expect(await equipped.json('GET', `/api/widget/${equipped.inbox.key}`)).toMatchObject({ hasMail: true });
  await equipped.json('PATCH', `/api/inboxes/${equipped.inbox.id}`, { settings: { hasTranscript: false } });
  const chat = await someChat(equipped);
  expect(await ask(chat.socket, 'transcript:send', { ...request, conversationId: chat.conversationId })).toMatchObject({
    error: { code: 'forbidden' },
  });
});
