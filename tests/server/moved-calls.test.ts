import { DateTime } from 'luxon';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../shared/message.ts';
import type { CallbackReply, CallChoices, DueTask, Task, TaskPage } from '../../shared/task.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, nextFact, openHouse } from '../helpers/house.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const zone = 'UTC';

const tasksOf = (house: House, query = '', as?: Record<string, string>) => house.json<TaskPage>('GET', `/api/tasks${query}`, undefined, as);
const timesOf = (house: House, query: string, as?: Record<string, string>) =>
  house.json<CallChoices>('GET', `/api/call-times?${query}`, undefined, as);

/** A visitor who has written and asks to be called as soon as possible. */
async function promised(house: House) {
  const { socket } = await house.visitor({ locale: 'he-IL' });
  const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text: 'שלום' });
  const asking = { id: nanoid(), phone: '050-1234567', timeZone: zone };
  const { task, link } = await get<CallbackReply>(socket, 'callback:request', asking);
  return { socket, link, conversationId: message.conversationId, ...task };
}

const pageOf = async (house: House, link: string) => (await fetch(house.url + link)).text();

async function openSundayToThursday(house: House): Promise<DateTime> {
  const day = [{ from: 540, to: 1_080 }];
  const rules = { exceptions: [], holidays: [], jewish: null, calendars: [], week: [day, day, day, day, day, [], []] };
  await house.json('POST', '/api/business-hours', { name: 'Shop', timeZone: zone, inboxIds: [house.inbox.id], ...rules });
  // A Thursday of the next week.
  return DateTime.now().setZone(zone).plus({ weeks: 1 }).set({ weekday: 4, hour: 0, minute: 0, second: 0, millisecond: 0 });
}

describe.each(databases)('on $name', ({ open }) => {
  test('an agent moves a call; colleagues hear of it, the visitor reads the new time, and it rings then', async () => {
    const house = await open();
    const call = await promised(house);
    const noa = await house.agent((await house.hire('Noa')).cookie);
    expect(await pageOf(house, call.link)).toContain('בהקדם');
    const told = nextFact<Task>(noa.socket, 'task:changed');
    const line = nextFact<Message>(call.socket, 'message:posted');
    const dueAt = DateTime.now().setZone(zone).plus({ days: 3 }).set({ hour: 10, minute: 40, second: 0, millisecond: 0 }).toMillis();
    const moved = await house.json<Task>('PATCH', `/api/tasks/${call.id}`, { dueAt });
    expect(moved).toMatchObject({ dueAt, rangAt: null, awaitsTurn: false });
    expect(await told).toMatchObject({ id: call.id, dueAt });
    expect(await line).toMatchObject({ notice: { kind: 'callbackOurs', at: dueAt, link: call.link } });
    expect(await pageOf(house, call.link)).toContain('10:40');

    // The reply was lost: the same again tells nobody anything new.
    const { messages } = await get<{ messages: Message[] }>(noa.socket, 'message:list', { conversationId: call.conversationId });
    await house.json('PATCH', `/api/tasks/${call.id}`, { dueAt });
    const after = await get<{ messages: Message[] }>(noa.socket, 'message:list', { conversationId: call.conversationId });
    expect(after.messages.length).toBe(messages.length);

    const reminder = nextFact<DueTask>(noa.socket, 'task:due');
    house.clockOffsetMs = dueAt - Date.now() - 4 * MINUTE_MS;
    expect(await reminder).toMatchObject({ id: call.id, isReminder: true });
    const ring = nextFact<DueTask>(noa.socket, 'task:due');
    house.clockOffsetMs = dueAt - Date.now();
    expect((await ring).isReminder).toBeUndefined();
    expect((await house.call('PATCH', `/api/tasks/${call.id}`, { dueAt: Date.now() })).status).toBe(400);
  });

  test('whoever marks a call as done says how it ended, once; undone, nothing of it is left', async () => {
    const house = await open();
    const { id } = await promised(house);
    const route = `/api/tasks/${id}`;
    expect((await house.call('PATCH', route, { outcome: 'not-needed' })).status).toBe(400);
    expect(await house.json<Task>('PATCH', route, { status: 'done', outcome: 'not-needed' })).toMatchObject({ outcome: 'not-needed' });
    // A colleague was slower, and thinks otherwise.
    expect(await house.json<Task>('PATCH', route, { status: 'done', outcome: 'reached' })).toMatchObject({ outcome: 'not-needed' });
    expect((await tasksOf(house, '?status=done')).items).toMatchObject([{ id, outcome: 'not-needed', attempts: [] }]);
    expect(await house.json<Task>('PATCH', route, { status: 'open' })).toMatchObject({ status: 'open', outcome: null });
  });

  test('an agent promises a call in a conversation, and the customer is told; a repeated promise is the first one', async () => {
    const house = await open();
    const { socket, conversationId } = await writeIn(house, 'תתקשרו מחר?');
    await get(socket, 'visitor:identify', { name: 'נועה ברק', phone: '050-1234567' });
    const omer = await house.hire('Omer');
    const colleague = await house.agent(omer.cookie);
    const told = nextFact<Task>(colleague.socket, 'task:changed');
    const line = nextFact<Message>(socket, 'message:posted');
    const dueAt = Date.now() + 26 * HOUR_MS;
    const promise = { id: nanoid(), conversationId, dueAt, note: 'על הפיקוס', ownerId: omer.id };
    const task = await house.json<Task>('POST', '/api/tasks', promise);
    expect(task).toMatchObject({ id: promise.id, phone: '+972501234567', dueAt, note: 'על הפיקוס', ownerId: omer.id, status: 'open' });
    expect(task).toMatchObject({ conversationId, contact: { name: 'נועה ברק' } });
    expect((await told).id).toBe(promise.id);
    const { notice } = await line;
    expect(notice).toMatchObject({ kind: 'callbackOurs', at: dueAt });
    expect(await pageOf(house, notice?.link ?? '')).toContain('We’ll call you');

    await Promise.all([1, 2].map(() => house.json<Task>('POST', '/api/tasks', promise)));
    expect((await tasksOf(house)).open).toBe(1);
    const other = await writeIn(house, 'שלום');
    const stolen = { ...promise, conversationId: other.conversationId, phone: '052-5551234' };
    expect((await house.call('POST', '/api/tasks', stolen)).status).toBe(409);
  });
});

test('whoever was called before its time in vain is called at the time that was promised, not before', async () => {
  const house = await openHouse();
  const thursday = await openSundayToThursday(house);
  house.clockOffsetMs = thursday.set({ hour: 9 }).toMillis() - Date.now();
  const { socket } = await house.visitor();
  const at = thursday.set({ hour: 14 }).toMillis();
  const { task } = await get<CallbackReply>(socket, 'callback:request', { id: nanoid(), phone: '050-1234567', timeZone: zone, at });
  expect((await timesOf(house, `taskId=${task.id}`)).nextTryAt).toBe(at);
  const inVain = async () => {
    const attempt = { id: nanoid() };
    await house.json('POST', `/api/tasks/${task.id}/attempts`, attempt);
    return house.json<Task>('POST', `/api/tasks/${task.id}/attempts`, { ...attempt, outcome: 'no-answer' });
  };
  expect(await inVain()).toMatchObject({ status: 'open', dueAt: at });
  house.clockOffsetMs = at - Date.now();
  expect((await inVain()).dueAt).toBeGreaterThanOrEqual(at + 2 * HOUR_MS);
});

test('times are offered within the hours of the business, as its clock says', async () => {
  const house = await openHouse();
  const call = await promised(house);
  const thursday = await openSundayToThursday(house);
  const offeredAt = async (hour: number, minute = 0) => {
    house.clockOffsetMs = thursday.set({ hour, minute }).toMillis() - Date.now();
    const { choices } = await timesOf(house, `taskId=${call.id}`);
    return choices.map(({ kind, at }) => `${kind} ${DateTime.fromMillis(at, { zone }).toFormat('ccc HH:mm')}`);
  };
  expect(await offeredAt(10, 30)).toEqual(['hour Thu 11:30', 'afternoon Thu 15:00', 'opening Sun 09:00']);
  expect(await offeredAt(17, 30)).toEqual(['opening Sun 09:00']);
  expect(await offeredAt(6)).toEqual(['opening Thu 09:00', 'afternoon Thu 15:00']);
  house.clockOffsetMs = thursday.minus({ days: 1 }).set({ hour: 20 }).toMillis() - Date.now();
  const { choices, open, nextTryAt } = await timesOf(house, `conversationId=${call.conversationId}`);
  expect(choices).toEqual([{ kind: 'tomorrow', at: thursday.set({ hour: 9 }).toMillis() }]);
  expect(open?.[0]).toEqual({ from: thursday.set({ hour: 9 }).toMillis(), to: thursday.set({ hour: 18 }).toMillis() });
  expect(nextTryAt).toBeUndefined();
  // Nobody answers at twenty to six: by the rule half an hour later, which is on Sunday.
  house.clockOffsetMs = thursday.set({ hour: 17, minute: 40 }).toMillis() - Date.now();
  expect((await timesOf(house, `taskId=${call.id}`)).nextTryAt).toBe(thursday.plus({ days: 3 }).set({ hour: 9 }).toMillis());
});

test('where no hours are set every time is as good, and the morning is at nine', async () => {
  const house = await openHouse();
  const { choices, open } = await timesOf(house, '');
  expect(open).toBeNull();
  expect(choices.map(({ kind }) => kind)).toContain('hour');
  const tomorrow = choices.find(({ kind }) => kind === 'tomorrow');
  expect(DateTime.fromMillis(tomorrow?.at ?? 0, { zone }).toFormat('HH:mm')).toBe('09:00');
});

test('a promise without a number, with none that a phone can have, or at no time to come is refused at its field', async () => {
  const house = await openHouse();
  const { conversationId } = await writeIn(house, 'שלום');
  const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
  const promise = { id: nanoid(), contactId: contact.id, dueAt: Date.now() + HOUR_MS };
  const fieldOf = async (more: object) => {
    const response = await house.call('POST', '/api/tasks', { ...promise, ...more });
    return [response.status, ((await response.json()) as { field?: string }).field];
  };
  expect(await fieldOf({})).toEqual([400, 'phone']);
  expect(await fieldOf({ phone: '12' })).toEqual([400, 'phone']);
  expect(await fieldOf({ phone: '050-1234567', dueAt: Date.now() - HOUR_MS })).toEqual([400, 'dueAt']);
  expect(await fieldOf({ phone: '050-1234567', dueAt: Date.now() + 31 * 24 * HOUR_MS })).toEqual([400, 'dueAt']);
  expect(await fieldOf({ conversationId })).toEqual([400, 'contactId']);
  expect((await tasksOf(house)).open).toBe(0);
  expect(await house.json<Task>('POST', '/api/tasks', { ...promise, phone: '050-1234567' })).toMatchObject({
    ownerId: null,
    conversationId: null,
  });
});

test('who does not see a conversation promises, offers and moves nothing in it', async () => {
  const house = await openHouse();
  const call = await promised(house);
  const role = await makeRole(house, 'caller', ['conversations:view-team', 'conversations:reply', 'tasks:edit']);
  const [sales, service] = [await makeTeam(house, 'מכירות'), await makeTeam(house, 'שירות')];
  const { cookie } = await house.hire('Omar', role.id, [sales.id]);
  const dana = await house.agent();
  await get(dana.socket, 'conversation:assign', { conversationId: call.conversationId, agentId: null, teamId: service.id });
  const dueAt = Date.now() + HOUR_MS;
  const promise = { id: nanoid(), conversationId: call.conversationId, phone: '050-1234567', dueAt };
  const replies = await Promise.all([
    house.call('POST', '/api/tasks', promise, { cookie }),
    house.call('PATCH', `/api/tasks/${call.id}`, { dueAt }, { cookie }),
    house.call('GET', `/api/call-times?conversationId=${call.conversationId}`, undefined, { cookie }),
    house.call('GET', `/api/call-times?taskId=${call.id}`, undefined, { cookie }),
  ]);
  expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect((await tasksOf(house)).items).toMatchObject([{ id: call.id, dueAt: call.dueAt }]);
});
