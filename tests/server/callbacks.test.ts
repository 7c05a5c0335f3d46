import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import type { CallbackReply, Task, TaskPage } from '../../shared/task.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, nextFact, openHouse } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';

const HOUR_MS = 60 * 60 * 1_000;

const tasksOf = (house: House, query = '') => house.json<TaskPage>('GET', `/api/tasks${query}`);

describe.each(databases)('on $name', ({ open }) => {
  test('a visitor asks to be called; agents see it due, with the phone in the file and a line in the conversation', async () => {
    const house = await open();
    const agent = await house.agent();
    const { socket } = await house.visitor({ locale: 'he-IL' });
    const { conversation } = await get<{ conversation: VisitorConversation }>(socket, 'message:post', { id: nanoid(), text: 'שלום' });
    const line = nextFact<Message>(socket, 'message:posted');
    const told = nextFact<Task>(agent.socket, 'task:changed');
    const at = Date.now() + 26 * HOUR_MS;
    const request = { id: nanoid(), phone: '050-123 4567', at, note: 'אחרי הצהריים' };

    const { task, link } = await get<CallbackReply>(socket, 'callback:request', request);
    expect(task).toEqual({ id: request.id, dueAt: at });
    expect(await line).toMatchObject({ author: { kind: 'system' }, notice: { kind: 'callback', at }, conversationId: conversation.id });
    expect(await told).toMatchObject({ phone: '+972501234567', note: 'אחרי הצהריים', conversationId: conversation.id, status: 'open' });
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    expect(items[0]?.identities).toMatchObject([{ kind: 'phone', value: '+972501234567', isVerified: false }]);

    // The reply was lost, and two tabs repeat it.
    const again = await Promise.all([1, 2].map(() => get(socket, 'callback:request', request)));
    expect(again).toEqual([
      { task, link },
      { task, link },
    ]);
    expect(await tasksOf(house)).toMatchObject({ open: 1, overdue: 0, items: [{ id: request.id }] });
    const other = await house.visitor();
    expect(await ask(other.socket, 'callback:request', request)).toMatchObject({ error: { code: 'conflict', field: 'id' } });
  });

  test('calls stand in the order of their times, page by page, and are done and undone', async () => {
    const house = await open();
    const ids = [];
    for (const hours of [5, 1, 3]) {
      const { socket } = await house.visitor();
      const id = nanoid();
      ids.push(id);
      await get(socket, 'callback:request', { id, phone: '+972 3 123 4567', at: Date.now() + hours * HOUR_MS });
    }
    const [late, soon, between] = ids as [string, string, string];
    const first = await tasksOf(house, '?limit=2');
    const rest = await tasksOf(house, `?limit=2&cursor=${first.next}`);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([soon, between, late]);
    house.clockOffsetMs = 2 * HOUR_MS;
    expect((await tasksOf(house)).overdue).toBe(1);

    const both = await Promise.all([1, 2].map(() => house.json<Task>('PATCH', `/api/tasks/${soon}`, { status: 'done' })));
    expect(both.map(({ status }) => status)).toEqual(['done', 'done']);
    expect((await tasksOf(house, '?status=done')).items.map(({ id }) => id)).toEqual([soon]);
    expect(await house.json<Task>('PATCH', `/api/tasks/${soon}`, { status: 'open' })).toMatchObject({ status: 'open', doneAt: null });
    expect((await house.call('PATCH', `/api/tasks/${soon}`, { ownerId: nanoid() })).status).toBe(404);
    const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/agents');
    expect((await house.json<Task>('PATCH', `/api/tasks/${soon}`, { ownerId: items[0]?.id })).ownerId).toBe(items[0]?.id);
    expect((await house.call('PATCH', `/api/tasks/${nanoid()}`, { status: 'done' })).status).toBe(404);
  });

  test('a call promised to a lead stays promised when the person signs in and has a file already', async () => {
    const house = await open();
    const known = await house.visitor({
      identity: await (await openSigningSite(house, 'HS256')).sign({ sub: 'customer-1', name: 'Ruth' }),
    });
    await get(known.socket, 'message:post', { id: nanoid(), text: 'hi' });
    const lead = await house.visitor();
    const id = nanoid();
    await get(lead.socket, 'callback:request', { id, phone: '050-1234567' });
    await get(lead.socket, 'visitor:identify', { identity: await (await openSigningSite(house, 'HS256')).sign({ sub: 'customer-1' }) });
    expect((await tasksOf(house)).items).toMatchObject([{ id, contact: { name: 'Ruth' } }]);
  });
});

test('a call without a conversation is promised all the same', async () => {
  const house = await openHouse();
  const { socket } = await house.visitor();
  await get(socket, 'callback:request', { id: nanoid(), phone: '050-1234567' });
  const [task] = (await tasksOf(house)).items;
  expect(task).toMatchObject({ conversationId: null, phone: '+972501234567' });
  expect(Math.abs((task?.dueAt ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('a time long past or beyond a month, or what is no phone, is refused by its name', async () => {
  const house = await openHouse();
  const { socket } = await house.visitor();
  const request = { id: nanoid(), phone: '050-1234567' };
  for (const at of [Date.now() - HOUR_MS, Date.now() + 31 * 24 * HOUR_MS]) {
    expect(await ask(socket, 'callback:request', { ...request, at })).toMatchObject({ error: { code: 'invalid', field: 'at' } });
  }
  expect(await ask(socket, 'callback:request', { ...request, phone: '12' })).toMatchObject({ error: { code: 'invalid', field: 'phone' } });
  expect((await tasksOf(house)).open).toBe(0);
});
