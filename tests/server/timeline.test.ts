import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Activity } from '../../shared/activity.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ExportedData } from '../../shared/own-record.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

async function someFile(house: House, text = 'שלום') {
  const chat = await writeIn(house, text);
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${chat.conversationId}`);
  return { ...chat, contactId: contact.id };
}

const read = (house: House, contactId: string, query = '', cookie = house.cookie) =>
  house.json<TimelinePage>('GET', `/api/contacts/${contactId}/timeline${query}`, undefined, { cookie });
const log = (house: House, contactId: string, body: Record<string, unknown>, cookie = house.cookie) =>
  house.call('POST', `/api/contacts/${contactId}/activities`, { id: nanoid(), ...body }, { cookie });
const titles = ({ items }: TimelinePage) => items.map(({ title, text, kind }) => text ?? title ?? kind);

/** Every page, one after the other. */
async function readAll(house: House, contactId: string, query: string): Promise<TimelinePage['items']> {
  const items: TimelinePage['items'] = [];
  for (let cursor = ''; ; ) {
    const page = await read(house, contactId, `?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

describe.each(databases)('on $name', ({ open }) => {
  test('a call, a letter and a note that agents wrote down stand with the chat in one order, and colleagues hear of them at once', async () => {
    const house = await open();
    const { contactId, conversationId } = await someFile(house, 'האם הגיע המשלוח?');
    const noa = await house.hire('Noa');
    const watching = await house.agent(noa.cookie);
    const heard = nextFact<{ contactId: string }>(watching.socket, 'timeline:changed');
    const call = {
      kind: 'call',
      direction: 'out',
      outcome: 'reached',
      durationMs: 240_000,
      text: 'דיברנו על ההחזר',
      at: Date.now() - HOUR_MS,
    };
    expect((await log(house, contactId, call)).status).toBe(201);
    expect(await heard).toEqual({ contactId });
    await log(house, contactId, { kind: 'letter', direction: 'in', title: 'Complaint', at: Date.now() - 2 * HOUR_MS });
    await log(house, contactId, { kind: 'note', text: 'לקוחה ותיקה' }, noa.cookie);
    const page = await read(house, contactId);
    expect(page.items.map(({ kind }) => kind)).toEqual(['note', 'conversation', 'call', 'letter']);
    expect(page.items[0]).toMatchObject({ agent: { name: 'Noa' }, text: 'לקוחה ותיקה' });
    expect(page.items[1]).toMatchObject({ id: conversationId, text: 'האם הגיע המשלוח?' });
    expect(page.items[2]).toMatchObject({ agent: { name: 'Dana' }, facts: { direction: 'out', outcome: 'reached', durationMs: 240_000 } });
    expect(await read(house, contactId, '?kinds=call,letter')).toMatchObject({ items: [{ kind: 'call' }, { kind: 'letter' }], next: null });
    expect(titles(await read(house, contactId, `?q=${encodeURIComponent('החזר')}`))).toEqual([]);
    expect(titles(await read(house, contactId, `?q=${encodeURIComponent('ההחזר דיברנו')}`))).toEqual(['דיברנו על ההחזר']);
    expect(titles(await read(house, contactId, `?q=${encodeURIComponent('המשלוח')}`))).toEqual(['האם הגיע המשלוח?']);
  });

  test('a reply that was lost leaves one note, and somebody else’s id is refused', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    const noa = await house.hire('Noa');
    const note = { id: nanoid(), kind: 'note', text: 'once' };
    const [one, two] = [await log(house, contactId, note), await log(house, contactId, note)];
    expect(await one.json()).toEqual(await two.json());
    expect((await read(house, contactId, '?kinds=note')).items).toHaveLength(1);
    expect((await log(house, contactId, note, noa.cookie)).status).toBe(409);
  });

  test('each field that a kind needs or cannot have is named, and nothing is written', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    const wrong: [Record<string, unknown>, string][] = [
      [{ kind: 'note' }, 'text'],
      [{ kind: 'note', text: '  ' }, 'text'],
      [{ kind: 'note', text: 'x', direction: 'in' }, 'direction'],
      [{ kind: 'call' }, 'direction'],
      [{ kind: 'call', direction: 'in' }, 'text'],
      [{ kind: 'letter', direction: 'in', title: 'x', durationMs: 1 }, 'durationMs'],
      [{ kind: 'meeting', title: 'x', outcome: 'reached' }, 'outcome'],
    ];
    for (const [body, field] of wrong) expect(await (await log(house, contactId, body)).json()).toMatchObject({ status: 400, field });
    expect((await read(house, contactId, '?kinds=note,call,letter,meeting')).items).toEqual([]);
  });

  test('who wrote it may change it and take it back, a supervisor may too, a colleague may not', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    const [noa, omar, sara] = [await house.hire('Noa'), await house.hire('Omar'), await house.hire('Sara', 'supervisor')];
    const made = (await (await log(house, contactId, { kind: 'note', text: 'first' }, noa.cookie)).json()) as Activity;
    const as = (cookie: string) => ({ cookie });
    expect((await house.call('PATCH', `/api/activities/${made.id}`, { text: 'mine' }, as(omar.cookie))).status).toBe(403);
    expect((await house.call('DELETE', `/api/activities/${made.id}`, undefined, as(omar.cookie))).status).toBe(403);
    const edit = { text: 'second', expectedUpdatedAt: made.updatedAt };
    const edited = await house.json<Activity>('PATCH', `/api/activities/${made.id}`, edit, as(noa.cookie));
    expect(edited).toMatchObject({ text: 'second', facts: { mayEdit: true } });
    // In another tab the first wording was still on screen.
    expect(await (await house.call('PATCH', `/api/activities/${made.id}`, edit, as(noa.cookie))).json()).toMatchObject({ code: 'stale' });
    expect((await house.call('DELETE', `/api/activities/${made.id}`, undefined, as(sara.cookie))).status).toBe(204);
    expect((await read(house, contactId, '?kinds=note')).items).toEqual([]);
    expect((await house.call('GET', `/api/activities/${made.id}`)).status).toBe(404);
    const back = await house.json<Activity>('POST', `/api/activities/${made.id}/restore`, undefined, as(noa.cookie));
    expect(back).toMatchObject({ text: 'second', agent: { name: 'Noa' } });
    expect((await read(house, contactId, '?kinds=note', omar.cookie)).items[0]?.facts).toMatchObject({ mayEdit: false, mayRemove: false });
  });

  test('page after page nothing is missing and nothing comes twice, even where many things share one moment', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    const at = Date.now() - DAY_MS;
    const kinds = ['note', 'call', 'letter', 'fax', 'meeting'] as const;
    for (let number = 0; number < 30; number += 1) {
      const kind = kinds[number % kinds.length];
      const direction = kind === 'note' || kind === 'meeting' ? {} : { direction: 'in' };
      await log(house, contactId, { kind, text: `${number}`, at: at + (number % 3), ...direction });
    }
    const items = await readAll(house, contactId, 'limit=4');
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(items).toHaveLength(31);
    expect(items.map((item) => item.at)).toEqual(items.map((item) => item.at).toSorted((one, other) => other - one));
    const some = await readAll(house, contactId, 'limit=3&kinds=fax,call');
    expect(some).toHaveLength(12);
    const target = items.at(-3);
    const around = await read(house, contactId, `?around=${target?.kind}:${target?.id}&limit=5`);
    expect(around.items.some(({ id }) => id === target?.id)).toBe(true);
    expect(around.isMidway).toBe(true);
    expect((await house.call('GET', `/api/contacts/${contactId}/timeline?around=note:${nanoid()}`)).status).toBe(404);
  });

  test('what an agent may not see of chats, calls and ratings is not in its timeline', async () => {
    const house = await open();
    const { contactId, conversationId, socket } = await someFile(house);
    const dana = await house.agent();
    await get(dana.socket, 'conversation:assign', { conversationId, agentId: dana.session.agent.id });
    await get(socket, 'callback:request', { id: nanoid(), phone: '050-123-4567', note: 'בערב' });
    await get(socket, 'conversation:end', { conversationId });
    await get(socket, 'conversation:rate', { conversationId, score: 2, comment: 'לאט' });
    await log(house, contactId, { kind: 'note', text: 'for all who see files' });
    const kindsSeen = async (cookie: string) => (await read(house, contactId, '', cookie)).items.map(({ kind }) => kind).sort();
    expect(await kindsSeen(house.cookie)).toEqual(['conversation', 'note', 'survey', 'task']);
    const own = await makeRole(house, 'own', ['conversations:view-own', 'contacts:view', 'contacts:edit']);
    const noa = await house.hire('Noa', own.id);
    expect(await kindsSeen(noa.cookie)).toEqual(['note']);
    const reader = await makeRole(house, 'reader', ['conversations:view-all']);
    const rina = await house.hire('Rina', reader.id);
    expect((await house.call('GET', `/api/contacts/${contactId}/timeline`, undefined, { cookie: rina.cookie })).status).toBe(403);
  });

  test('a person whom the site vouches for is handed calls and mails, and no word that agents noted for themselves', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const visitor = await house.visitor({ identity: await site.sign({ sub: 'ruth', email: 'ruth@example.com' }) });
    await get(visitor.socket, 'message:post', { id: nanoid(), text: 'שלום' });
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    const contactId = items[0]?.id ?? '';
    await log(house, contactId, { kind: 'note', text: 'SECRET note' });
    await log(house, contactId, { kind: 'call', direction: 'in', outcome: 'reached', text: 'SECRET of the call' });
    await log(house, contactId, { kind: 'email', direction: 'in', title: 'Order 7', text: 'Where is it?' });
    const { data, html } = await get<ExportedData>(visitor.socket, 'data:export', {});
    expect(data.activities).toMatchObject([
      { kind: 'email', direction: 'in', title: 'Order 7', text: 'Where is it?' },
      { kind: 'call', direction: 'in', text: null },
    ]);
    expect(html).toContain('Where is it?');
    expect(JSON.stringify(data) + html).not.toContain('SECRET');
  });

  test('what was changed in a file by hand stands in its timeline, and each role sees as much of it as of the fields', async () => {
    const house = await open();
    const { contactId } = await someFile(house);
    const { app } = house.server;
    const agent = { id: 'x'.repeat(21), name: 'Dana' };
    const changes = [
      { key: 'name', before: null, after: 'Ruth' },
      { key: 'phone', before: null, after: '+972501234567' },
      { key: 'tags', before: [], after: ['vip', 'plants'] },
      { key: 'locale', before: 'he', after: 'he' },
    ];
    await app.storage.write((trx) => app.followers.filesChanged(trx, [{ contactId, agent, changes, at: app.now() }]));
    expect((await read(house, contactId, '?kinds=change')).items[0]?.changes).toEqual([
      { field: 'name', name: null, from: null, to: 'Ruth' },
      { field: 'phone', name: null, from: null, to: '+972501234567' },
      { field: 'tags', name: null, from: null, to: 'vip, plants' },
    ]);
    const blind = await house.hire('Blind', (await makeRole(house, 'blind', ['contacts:view'])).id);
    const seen = JSON.stringify(await read(house, contactId, '?kinds=change', blind.cookie));
    expect(seen).toContain('Ruth');
    expect(seen).not.toContain('4567');
  });

  test('a person who is erased takes every note, call and mail of the file along', async () => {
    const house = await open();
    const { contactId, socket } = await someFile(house);
    await log(house, contactId, { kind: 'note', text: 'ruth@secret.example' });
    await get(socket, 'data:erase', { confirm: 'erase' });
    expect((await read(house, contactId, '?kinds=note')).items).toEqual([]);
    expect(await (await log(house, contactId, { kind: 'note', text: 'again' })).json()).toMatchObject({ code: 'conflict' });
  });
});
