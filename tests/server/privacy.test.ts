import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { toldAs } from '../../server/privacy/filed-record.ts';
import type { ConversationRow } from '../../server/storage/tables.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import type { ExportedData } from '../../shared/own-record.ts';
import type { TaskPage } from '../../shared/task.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, nextFact, openHouse } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';
import { thingKinds, things } from './filed-things.ts';

const SECRET = 'הסוד של רות';

/** Everything that the house would still tell anybody. */
async function everythingSaid(house: House): Promise<string> {
  const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/conversations?status=resolved&limit=200');
  const open = await house.json<{ items: { id: string }[] }>('GET', '/api/conversations');
  const ids = [...items, ...open.items].map(({ id }) => id);
  const messages = await Promise.all(ids.map((id) => house.json('GET', `/api/conversations/${id}/messages`)));
  const lists = ['/api/contacts', '/api/tasks', '/api/tasks?status=done'].map((route) => house.json('GET', route));
  return JSON.stringify([items, open, messages, ...(await Promise.all(lists))]);
}

async function ruth(house: House, isVerified: boolean) {
  const agent = await house.agent();
  const site = await openSigningSite(house, 'HS256');
  const identity = isVerified ? { identity: await site.sign({ sub: 'ruth', email: 'ruth@example.com' }) } : {};
  const visitor = await house.visitor({ locale: 'he-IL', ...identity });
  await get(visitor.socket, 'visitor:identify', { name: `Ruth ${SECRET}`, fields: { plan: SECRET }, consent: true, consentText: SECRET });
  const { conversation } = await get<{ conversation: VisitorConversation }>(visitor.socket, 'message:post', { id: nanoid(), text: SECRET });
  const conversationId = conversation.id;
  const say = (text: string, visibility = 'public') =>
    get(agent.socket, 'message:post', { id: nanoid(), conversationId, text, visibility });
  await say(`note: ${SECRET}`, 'internal');
  await say(`answer: ${SECRET}`);
  await get(visitor.socket, 'callback:request', { id: nanoid(), phone: '050-1234567', note: SECRET });
  await get(visitor.socket, 'conversation:end', { conversationId });
  await get(visitor.socket, 'conversation:rate', { conversationId, score: 3, comment: SECRET });
  return { agent, site, visitor, conversationId };
}

describe.each(databases)('on $name', ({ open }) => {
  test('a person takes along everything that is kept, from every device, and no note', async () => {
    const house = await open();
    const { site, visitor } = await ruth(house, true);
    const phone = await house.visitor({ identity: await site.sign({ sub: 'ruth' }) });
    await get(phone.socket, 'message:post', { id: nanoid(), text: 'from my phone' });
    await get(phone.socket, 'event:track', { id: nanoid(), name: 'Ordered', properties: { size: '<XL>' } });
    await get(phone.socket, 'visitor:identify', { consent: true, consentText: 'You may write to me' });
    const { items: calls } = await house.json<TaskPage>('GET', '/api/tasks');
    const tried = { id: nanoid(), outcome: 'reached', note: `note: ${SECRET}` };
    await house.json('POST', `/api/tasks/${calls[0]?.id}/attempts`, tried);
    const page = { url: 'https://shop.example/cart?order=7', title: 'Cart' };
    await get(visitor.socket, 'page:view', page);
    const exported = () => get<ExportedData>(visitor.socket, 'data:export', {});
    // Where somebody is, is written by and by.
    const { db } = house.server.app.storage;
    await expect.poll(() => db.selectFrom('contact').select('pageUrl').where('pageUrl', '=', page.url).execute()).toHaveLength(1);
    const { data, html } = await exported();
    expect(data).toMatchObject({
      isVerified: true,
      business: 'חנות העציצים',
      profile: { name: `Ruth ${SECRET}`, fields: { plan: SECRET } },
    });
    expect(data.identities.map(({ kind }) => kind).sort()).toEqual(['email', 'external', 'phone']);
    expect(data.conversations.flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual([
      SECRET,
      `answer: ${SECRET}`,
      'from my phone',
    ]);
    expect(data.ratings).toMatchObject([{ score: 3, comment: SECRET }]);
    expect(data.callbacks).toMatchObject([{ phone: '+972501234567', note: SECRET, doneAt: expect.any(Number), outcome: 'reached' }]);
    expect(data.callbacks[0]?.tries).toEqual([{ at: expect.any(Number), outcome: 'reached' }]);
    expect(data.profile).toMatchObject({ locale: 'he-IL', consentText: 'You may write to me', lastPage: page });
    expect(data.events).toMatchObject([{ name: 'Ordered', properties: { size: '<XL>' } }]);
    for (const shown of ['You may write to me', 'Ordered', '&lt;XL&gt;', 'order=7', 'עברית', 'טופל']) expect(html).toContain(shown);
    expect(JSON.stringify(data) + html).not.toContain('note: ');
    expect(html).toContain('<html lang="he" dir="rtl">');
  });

  test('what the business has written into the file is taken along too, whichever room keeps it', async () => {
    const house = await open();
    const { visitor } = await ruth(house, true);
    const { items: files } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    const contactId = files[0]?.id ?? '';
    const stages = [{ id: nanoid(), name: 'New', probability: 10 }];
    const pipelineId = nanoid();
    await house.json('POST', '/api/pipelines', { id: pipelineId, name: 'Sales', currency: 'ILS', stages });
    for (const kind of thingKinds) await things[kind].make({ house, contactId, pipelineId, words: `the ${kind}` });
    const meeting = { id: nanoid(), kind: 'meeting', title: 'the activity', text: 'note: she was late' };
    await house.json('POST', `/api/contacts/${contactId}/activities`, meeting);
    const price = { id: nanoid(), entity: 'contact', name: 'Credit', key: 'credit', kind: 'money', currency: 'ILS' };
    await house.json('POST', '/api/fields', price);
    await house.json('PATCH', `/api/contacts/${contactId}`, { values: { credit: 12_345 }, tags: ['vip'] });
    const lines = [{ product: 'the vase', quantity: '2', unitPrice: 700 }];
    const bought = { id: nanoid(), contactId, currency: 'ILS', at: 1_000, number: '77', note: 'note: again', lines };
    await house.json('POST', '/api/purchases', bought);
    await house.call('DELETE', `/api/purchases/${bought.id}`);
    const { data, html } = await get<ExportedData>(visitor.socket, 'data:export', {});
    expect(data.values).toEqual([{ name: 'Credit', value: 12_345, currency: 'ILS' }]);
    expect(data.profile).toMatchObject({ tags: ['vip'], lifecycle: 'customer' });
    expect(data.consents).toMatchObject([{ kind: 'email', isGiven: true, text: 'the consent' }, { kind: 'data' }]);
    expect(data.tasks).toMatchObject([{ title: 'the task', isDone: false }]);
    const vase = { product: 'the vase', quantity: '2', total: 1_400, endsAt: null };
    expect(data.purchases).toEqual([
      expect.objectContaining({ removedAt: null }),
      { number: '77', status: 'paid', at: 1_000, total: 1_400, currency: 'ILS', removedAt: expect.any(Number), lines: [vase] },
    ]);
    for (const shown of [
      '123.45',
      'vip',
      'the consent',
      'the opportunity',
      'the ticket',
      'the document',
      'the activity',
      'the task',
      'the vase × 2',
      'נמחקה',
    ])
      expect(html).toContain(shown);
    expect(JSON.stringify(data) + html).not.toContain('note: ');
    // A room that keeps something new in customer files says here where the person is told of it.
    const shelves = house.server.app.followers.fileShelves.map(({ name }) => name);
    expect(Object.keys(toldAs).sort()).toEqual(shelves.toSorted());
    for (const part of Object.values(toldAs)) if (part !== null && part !== 'letters') expect(data[part]).not.toEqual([]);
  });

  test('a browser that nobody vouches for takes along only what it wrote itself', async () => {
    const house = await open();
    const { visitor } = await ruth(house, false);
    const { data, html } = await get<ExportedData>(visitor.socket, 'data:export', {});
    expect(data.isVerified).toBe(false);
    expect(data.conversations.flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual([SECRET]);
    expect(html).not.toContain('answer:');
  });

  test('a person is erased everywhere, agents see it go at once, and counts and times stay', async () => {
    const house = await open();
    const { agent, site, visitor, conversationId } = await ruth(house, true);
    const phone = await house.visitor({ identity: await site.sign({ sub: 'ruth' }) });
    await get(visitor.socket, 'event:track', { id: nanoid(), name: 'Ordered', properties: { address: SECRET } });
    const [{ id: contactId } = { id: '' }] = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items;
    const eventsOf = () => house.json<{ items: unknown[] }>('GET', `/api/contacts/${contactId}/events`);
    expect((await eventsOf()).items).toHaveLength(1);
    const before = await house.json<{ items: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
    const gone = nextFact<{ contact: Contact; conversationIds: string[] }>(agent.socket, 'contact:erased');
    const cutOff = new Promise((resolve) => phone.socket.once('disconnect', resolve));
    await get(visitor.socket, 'data:erase', { confirm: 'erase' });
    expect(await gone).toMatchObject({ contact: { name: null, identities: [], fields: {} }, conversationIds: [conversationId] });
    await cutOff;
    const left = await everythingSaid(house);
    for (const trace of [SECRET, 'ruth', '1234567']) expect(left).not.toContain(trace);
    expect((await eventsOf()).items).toEqual([]);
    const after = await house.json<{ items: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
    expect(after.items.map(({ id, seq, createdAt }) => [id, seq, createdAt])).toEqual(
      before.items.map(({ id, seq, createdAt }) => [id, seq, createdAt]),
    );
    expect((await house.json<ConversationSummary>('GET', `/api/conversations/${conversationId}`)).rating).toMatchObject({ score: 3 });
    const back = await house.visitor({ token: visitor.session.token });
    expect(back.session).toMatchObject({ conversation: null, visitor: { name: null, email: null } });
    expect(back.session.token).not.toBe(visitor.session.token);
    const again = await house.visitor({ identity: await site.sign({ sub: 'ruth' }) });
    expect((await get<{ conversations: unknown[] }>(again.socket, 'conversation:list', {})).conversations).toEqual([]);
  });

  test('a conversation that was under way when its visitor was erased is over: it waits for nobody, and is nobody’s unread', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket, conversationId } = await writeIn(house, SECRET);
    const over = nextFact<ConversationSummary>(agent.socket, 'conversation:changed', ({ status }) => status === 'resolved');
    await get(socket, 'data:erase', { confirm: 'erase' });
    expect(await over).toMatchObject({ id: conversationId, unread: 0, waitingSince: null, lastMessage: { text: '' } });
    expect((await house.json<{ items: unknown[] }>('GET', '/api/conversations')).items).toEqual([]);
    expect((await house.agent()).session.conversations).toEqual([]);
  });

  test('who takes along more than one reply can carry gets the newest, and holds up nobody meanwhile', async () => {
    const house = await open();
    const { visitor } = await ruth(house, true);
    const { message } = await get<{ message: Message }>(visitor.socket, 'message:post', { id: nanoid(), text: 'the newest' });
    const { storage } = house.server.app;
    const [first] = await storage.db.selectFrom('conversation').selectAll().orderBy('createdAt').execute();
    const older = { ...(first as ConversationRow), id: nanoid(), createdAt: 1 };
    await storage.write(async (trx) => {
      await trx.insertInto('conversation').values(older).execute();
      const last = await trx.selectFrom('message').selectAll().where('id', '=', message.id).executeTakeFirstOrThrow();
      const texts = [...Array(60).fill('<'.repeat(8_000)), ...Array(4_940).fill('x'.repeat(400))] as string[];
      const rows = texts.map((text, index) => ({ ...last, id: nanoid(), seq: 100 + index, text }));
      for (let from = 0; from < rows.length; from += 500) {
        await trx
          .insertInto('message')
          .values(rows.slice(from, from + 500))
          .execute();
      }
      await trx
        .insertInto('message')
        .values({ ...last, id: nanoid(), conversationId: older.id, seq: 1, text: 'long ago' })
        .execute();
    });
    const omar = await house.visitor();
    const order: string[] = [];
    const [{ data, html }] = await Promise.all([
      get<ExportedData>(visitor.socket, 'data:export', {}).finally(() => order.push('export')),
      get(omar.socket, 'conversation:list', {}).finally(() => order.push('Omar')),
    ]);
    expect(order).toEqual(['Omar', 'export']);
    const words = data.conversations.flatMap(({ messages }) => messages.map(({ text }) => text));
    expect([data.isShortened, html.includes('חסרות')]).toEqual([true, true]);
    expect(words).toContain('the newest');
    expect(words).not.toContain('long ago');
  }, 60_000);

  test('a browser that nobody vouches for erases what it wrote, and what others said stays', async () => {
    const house = await open();
    const { visitor } = await ruth(house, false);
    const omar = await house.visitor();
    await get(omar.socket, 'message:post', { id: nanoid(), text: 'Omar is still here' });
    await get(visitor.socket, 'data:erase', { confirm: 'erase' });
    const left = await everythingSaid(house);
    expect(left).toContain('Omar is still here');
    expect(left).toContain(`answer: ${SECRET}`);
    expect(left).not.toContain(`"text":"${SECRET}"`);
    expect(left).not.toContain('Ruth');
    expect(left).not.toContain('1234567');
  });
});

test('nothing is erased without the word for it', async () => {
  const house = await openHouse();
  const { visitor } = await ruth(house, true);
  for (const payload of [{}, { confirm: true }, { confirm: 'yes' }]) {
    expect(await ask(visitor.socket, 'data:erase', payload)).toMatchObject({ error: { code: 'invalid', field: 'confirm' } });
  }
  expect(await everythingSaid(house)).toContain(SECRET);
});
