import { DateTime } from 'luxon';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { DueTask, Task, TaskChangesReply, TaskPage, Todo } from '../../shared/task.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type As = Record<string, string>;

const create = (house: House, wish: object, as?: As) =>
  house.json<Todo>('POST', '/api/tasks', { id: nanoid(), kind: 'task', title: 'order soil', ...wish }, as);
const change = (house: House, id: string, patch: object, as?: As) => house.json<Todo>('PATCH', `/api/tasks/${id}`, patch, as);
const list = (house: House, query = '', as?: As) => house.json<TaskPage>('GET', `/api/tasks${query}`, undefined, as);
const titlesOf = (page: TaskPage) => page.items.map((task) => (task.kind === 'callback' ? task.phone : task.title));
const ownId = async (house: House) => (await house.json<{ id: string }>('GET', '/api/session')).id;
const code = async (response: Promise<Response>) => ((await (await response).json()) as { code: string; field?: string }).code;

async function contactIn(house: House): Promise<Contact> {
  const [contact] = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items;
  return contact as Contact;
}

describe.each(databases)('on $name', ({ open }) => {
  test('what is to be done stands by when it is due, what is due some day last, and done by when that was', async () => {
    const house = await open();
    const now = Date.now();
    const dana = await ownId(house);
    await create(house, { title: 'some day' });
    await create(house, { title: 'tomorrow', dueAt: now + DAY_MS, ownerId: dana });
    const { id } = await create(house, { title: 'late', dueAt: now - HOUR_MS, priority: 'urgent' });
    const { socket } = await house.visitor();
    await get(socket, 'callback:request', { id: nanoid(), phone: '050-1234567', at: now + 3 * HOUR_MS });
    const all = await list(house);
    expect(titlesOf(all)).toEqual(['late', '+972501234567', 'tomorrow', 'some day']);
    expect(all).toMatchObject({ open: 4, overdue: 1, mine: 1, team: 0 });
    expect(all.items[3]).toMatchObject({ dueAt: null, contact: null, createdBy: dana, priority: 'normal' });

    expect(titlesOf(await list(house, '?owner=me'))).toEqual(['tomorrow']);
    expect(titlesOf(await list(house, '?kind=todo&owner=nobody'))).toEqual(['late', 'some day']);
    expect(titlesOf(await list(house, '?kind=callback'))).toEqual(['+972501234567']);
    expect(titlesOf(await list(house, '?due=overdue'))).toEqual(['late']);
    expect(titlesOf(await list(house, '?due=none'))).toEqual(['some day']);
    expect(titlesOf(await list(house, '?priority=urgent'))).toEqual(['late']);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: TaskPage = await list(house, `?limit=1${cursor && `&cursor=${cursor}`}`);
      pages.push(...titlesOf(page));
      cursor = page.next;
    }
    expect(pages).toEqual(titlesOf(all));

    expect(await change(house, id, { status: 'done', outcomeText: 'twenty bags' })).toMatchObject({
      status: 'done',
      outcomeText: 'twenty bags',
    });
    expect(titlesOf(await list(house, '?status=done'))).toEqual(['late']);
    expect(await change(house, id, { status: 'open' })).toMatchObject({ status: 'open', outcomeText: null, doneAt: null });
  });

  test('what is due today is told by the day of the business', async () => {
    const house = await open();
    await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { timeZone: 'Asia/Jerusalem' } });
    const day = DateTime.now().setZone('Asia/Jerusalem').plus({ days: 1 }).startOf('day');
    house.clockOffsetMs = day.plus({ hours: 10 }).toMillis() - Date.now();
    await create(house, { title: 'at night', dueAt: day.plus({ hours: 23, minutes: 59 }).toMillis() });
    await create(house, { title: 'at midnight', dueAt: day.plus({ days: 1 }).toMillis() });
    await create(house, { title: 'yesterday', dueAt: day.minus({ minutes: 1 }).toMillis() });
    expect(titlesOf(await list(house, '?due=today'))).toEqual(['at night']);
  });

  test('words are found in title, note and name, also without what Hebrew writes before them', async () => {
    const house = await open();
    await writeIn(house, 'שלום');
    const contact = await contactIn(house);
    await house.json('PATCH', `/api/contacts/${contact.id}`, { name: 'נועה ברק' });
    await create(house, { title: 'להתקשר לספק', note: 'על הפיקוסים' });
    await create(house, { title: 'הצעת מחיר', contactId: contact.id });
    for (let at = 0; at < 30; at += 1) await create(house, { title: `other ${at}` });
    expect(titlesOf(await list(house, `?q=${encodeURIComponent('פיקוסים')}`))).toEqual(['להתקשר לספק']);
    expect(titlesOf(await list(house, `?q=${encodeURIComponent('נועה מחיר')}`))).toEqual(['הצעת מחיר']);
    expect(titlesOf(await list(house, `?q=${encodeURIComponent('ספק פיקוסים')}`))).toEqual(['להתקשר לספק']);
    expect((await list(house, '?q=other&limit=7')).items).toHaveLength(7);
  });

  test('it rings at its owner’s before its time and when that comes, once each, and nowhere else', async () => {
    const house = await open();
    const omer = await house.hire('Omer');
    const [his, hers] = [await house.agent(omer.cookie), await house.agent()];
    const heard = hear<DueTask>(hers.socket, 'task:due');
    const dueAt = Date.now() + 2 * HOUR_MS;
    const { id } = await create(house, { dueAt, reminderMinutes: 30, ownerId: omer.id });
    const early = nextFact<DueTask>(his.socket, 'task:due');
    house.clockOffsetMs = 91 * MINUTE_MS;
    expect(await early).toMatchObject({ id, isReminder: true, title: 'order soil' });
    const ring = nextFact<DueTask>(his.socket, 'task:due');
    house.clockOffsetMs = 121 * MINUTE_MS;
    expect((await ring).isReminder).toBeUndefined();
    // Whoever comes later finds it, and what is put off rings again then.
    expect((await list(house, '?due=ringing', { cookie: omer.cookie })).items).toMatchObject([{ id }]);
    expect((await list(house, '?due=ringing')).items).toEqual([]);
    const again = nextFact<DueTask>(his.socket, 'task:due');
    await change(house, id, { ringAt: Date.now() + house.clockOffsetMs + 15 * MINUTE_MS }, { cookie: omer.cookie });
    expect((await list(house, '?due=ringing', { cookie: omer.cookie })).items).toEqual([]);
    house.clockOffsetMs += 16 * MINUTE_MS;
    expect((await again).id).toBe(id);
    expect(heard).toEqual([]);
  });

  test('a team’s rings at those who are in it, and is found by what is the team’s', async () => {
    const house = await open();
    const [omer, noa] = [await house.hire('Omer'), await house.hire('Noa')];
    const team = await makeTeam(house, 'Garden', [omer.id]);
    const [his, hers] = [await house.agent(omer.cookie), await house.agent(noa.cookie)];
    const heard = hear<DueTask>(hers.socket, 'task:due');
    const { id } = await create(house, { dueAt: Date.now() + HOUR_MS, teamId: team.id });
    const ring = nextFact<DueTask>(his.socket, 'task:due');
    house.clockOffsetMs = HOUR_MS + 1_000;
    expect((await ring).id).toBe(id);
    expect(heard).toEqual([]);
    expect(await list(house, '?owner=team', { cookie: omer.cookie })).toMatchObject({ items: [{ id }], team: 1, due: 1 });
    expect(await list(house, '?owner=team', { cookie: noa.cookie })).toMatchObject({ items: [], team: 0, due: 0 });
    expect((await list(house, `?teamId=${team.id}`, { cookie: noa.cookie })).items).toHaveLength(1);
    await house.call('DELETE', `/api/teams/${team.id}`);
    expect((await list(house)).items).toMatchObject([{ id, teamId: null }]);
  });

  test('a call is its team’s for as long as its conversation is', async () => {
    const house = await open();
    const [one, other] = [await makeTeam(house, 'Sales'), await makeTeam(house, 'Service')];
    const { socket, conversationId } = await writeIn(house, 'hello');
    const dana = await house.agent();
    await get(dana.socket, 'conversation:assign', { conversationId, teamId: one.id });
    await get(socket, 'callback:request', { id: nanoid(), phone: '050-1234567' });
    expect((await list(house, `?teamId=${one.id}`)).items).toHaveLength(1);
    const told = nextFact<Task>(dana.socket, 'task:changed', ({ teamId }) => teamId === other.id);
    await get(dana.socket, 'conversation:assign', { conversationId, teamId: other.id });
    await told;
    expect((await list(house, `?teamId=${one.id}`)).items).toEqual([]);
    expect((await list(house, `?teamId=${other.id}`)).items).toHaveLength(1);
  });

  test('what comes again is followed by the next one when it is done, once; undone, that goes again', async () => {
    const house = await open();
    const dana = await house.agent();
    const first = DateTime.now().setZone('Asia/Jerusalem').plus({ days: 2 }).set({ hour: 9, minute: 0, second: 0, millisecond: 0 });
    const recurrence = { unit: 'week', timeZone: 'Asia/Jerusalem' };
    const { id } = await create(house, { dueAt: first.toMillis(), recurrence, note: 'from the back gate', reminderMinutes: 60 });
    const [one, two] = await Promise.all([change(house, id, { status: 'done' }), change(house, id, { status: 'done' })]);
    expect([one.nextId, two.nextId]).toContainEqual(expect.any(String));
    const open1 = (await list(house)).items as Todo[];
    expect(open1).toMatchObject([
      { title: 'order soil', note: 'from the back gate', dueAt: first.plus({ weeks: 1 }).toMillis(), reminderMinutes: 60, version: 0 },
    ]);
    const gone = nextFact<{ id: string }>(dana.socket, 'task:removed');
    await change(house, id, { status: 'open' });
    expect(await gone).toEqual({ id: open1[0]?.id });
    expect((await list(house)).items).toMatchObject([{ id, nextId: null }]);

    // What somebody has touched stays.
    await change(house, id, { status: 'done' });
    const [next] = (await list(house)).items as [Todo];
    await change(house, next.id, { note: 'call before' });
    await change(house, id, { status: 'open' });
    expect((await list(house)).items.map((task) => task.id).sort()).toEqual([id, next.id].sort());
    // Done once more, it is not followed twice.
    await change(house, id, { status: 'done' });
    expect((await list(house)).items.map((task) => task.id)).toEqual([next.id]);
  });

  test('what comes again at its time does so whether it was done or not, also while no server ran', async () => {
    const house = await open();
    const dueAt = Date.now() + HOUR_MS;
    const { id } = await create(house, { dueAt, recurrence: { unit: 'day', makesNext: 'time', count: 3, timeZone: 'UTC' } });
    const dana = await house.agent();
    const made = nextFact<Task>(dana.socket, 'task:changed', (task) => task.id !== id);
    house.clockOffsetMs = HOUR_MS + 1_000;
    expect(await made).toMatchObject({ dueAt: dueAt + DAY_MS, status: 'open' });
    expect((await list(house)).items).toHaveLength(2);
    // Three days later what was missed is not made up for.
    await house.stop();
    house.clockOffsetMs = 4 * DAY_MS;
    await house.start();
    await expect.poll(async () => (await list(house)).items.length, { timeout: 20_000 }).toBe(3);
    expect((await list(house)).items.map((task) => (task.dueAt ?? 0) - dueAt)).toEqual([0, DAY_MS, 4 * DAY_MS]);
    // The third was the last.
    house.clockOffsetMs = 6 * DAY_MS;
    await create(house, { title: 'another', dueAt: Date.now() + 7 * DAY_MS });
    expect((await list(house)).open).toBe(4);
  });

  test('of two who change it at once none loses what it wrote', async () => {
    const house = await open();
    const omer = await house.hire('Omer');
    const { id, version } = await create(house, { note: 'first' });
    await change(house, id, { title: 'order peat', version }, { cookie: omer.cookie });
    const slower = house.call('PATCH', `/api/tasks/${id}`, { note: 'second', version });
    expect(await code(slower)).toBe('stale');
    const fresh = await house.json<Todo>('GET', `/api/tasks/${id}`);
    expect(fresh).toMatchObject({ title: 'order peat', note: 'first', version: version + 1 });
    expect(await change(house, id, { note: 'second', version: fresh.version })).toMatchObject({ title: 'order peat', note: 'second' });
    // The same again, whose reply was lost, changes nothing.
    expect(await change(house, id, { note: 'second', version: fresh.version })).toMatchObject({ version: fresh.version + 1 });
    const racing = Array.from({ length: 6 }, (_, at) =>
      house.call('PATCH', `/api/tasks/${id}`, { note: `race ${at}`, version: version + 2 }),
    );
    expect((await Promise.all(racing)).filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('many are changed at once, each that can be', async () => {
    const house = await open();
    const omer = await house.hire('Omer');
    const ids = [];
    for (let at = 0; at < 3; at += 1) ids.push((await create(house, { title: `task ${at}` })).id);
    const { socket } = await house.visitor();
    const callId = nanoid();
    await get(socket, 'callback:request', { id: callId, phone: '050-1234567' });
    const dueAt = Date.now() + DAY_MS;
    const missing = nanoid();
    const reply = await house.json<TaskChangesReply>('POST', '/api/tasks/changes', {
      changes: [
        ...ids.map((id) => ({ id, patch: { ownerId: omer.id, dueAt } })),
        { id: callId, patch: { title: 'no' } },
        { id: missing, patch: { status: 'done' } },
      ],
    });
    expect(reply.items.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(reply.refused.map(({ id, code: why }) => [id, why])).toEqual([
      [callId, 'invalid'],
      [missing, 'not-found'],
    ]);
    expect((await list(house, `?kind=todo`)).items.every((task) => task.ownerId === omer.id && task.dueAt === dueAt)).toBe(true);
  });
});

test('a repeated request finds the first task, and what was another’s is refused', async () => {
  const house = await openHouse();
  const omer = await house.hire('Omer');
  const wish = { id: nanoid(), kind: 'task', title: 'once' };
  await Promise.all([1, 2, 3].map(() => house.json('POST', '/api/tasks', wish)));
  expect((await list(house)).open).toBe(1);
  expect(await code(house.call('POST', '/api/tasks', wish, { cookie: omer.cookie }))).toBe('conflict');
});

test('wrong ones are refused by the name of what is wrong, and nothing is written down', async () => {
  const house = await openHouse();
  const refused = async (wish: object) => {
    const response = await house.call('POST', '/api/tasks', { id: nanoid(), kind: 'task', title: 'x', ...wish });
    return [response.status, ((await response.json()) as { field?: string }).field];
  };
  expect(await refused({ title: undefined })).toEqual([400, 'title']);
  expect(await refused({ title: ' ' })).toEqual([400, 'title']);
  expect(await refused({ phone: '050-1234567' })).toEqual([400, 'phone']);
  expect(await refused({ recurrence: { unit: 'day', timeZone: 'UTC' } })).toEqual([400, 'dueAt']);
  expect(await refused({ messageSeq: 3 })).toEqual([400, 'messageSeq']);
  expect((await refused({ conversationId: nanoid() }))[0]).toBe(404);
  expect((await refused({ contactId: nanoid() }))[0]).toBe(404);
  expect((await refused({ ownerId: nanoid() }))[0]).toBe(404);
  expect((await refused({ teamId: nanoid() }))[0]).toBe(404);
  expect(await refused({ kind: 'callback', title: 'x', contactId: nanoid(), dueAt: Date.now() + HOUR_MS })).toEqual([400, 'title']);
  const { id } = await create(house, { dueAt: Date.now() + DAY_MS, recurrence: { unit: 'day', timeZone: 'UTC' } });
  const patched = await house.call('PATCH', `/api/tasks/${id}`, { dueAt: null });
  expect([patched.status, ((await patched.json()) as { field: string }).field]).toEqual([400, 'dueAt']);
  expect((await list(house)).open).toBe(1);
});

test('who does not see a conversation sees nothing of what is to be done about it, unless it is its own or its team’s', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'own', ['conversations:view-own', 'conversations:reply', 'tasks:edit', 'contacts:view-details']);
  const oren = await house.hire('Oren', role.id);
  const as = { cookie: oren.cookie };
  const his = await house.agent(oren.cookie);
  const { conversationId } = await writeIn(house, 'hello');
  const heard = hear<Task>(his.socket, 'task:changed');
  const { id } = await create(house, { title: 'secret', conversationId });
  expect((await list(house, '', as)).items).toEqual([]);
  expect(await list(house, '', as)).toMatchObject({ open: 0, overdue: 0 });
  for (const [method, body] of [['GET'], ['PATCH', { title: 'x' }], ['DELETE']] as const) {
    expect((await house.call(method, `/api/tasks/${id}`, body, as)).status, method).toBe(404);
  }
  expect(
    await house.json<TaskChangesReply>('POST', '/api/tasks/changes', { changes: [{ id, patch: { status: 'done' } }] }, as),
  ).toMatchObject({
    items: [],
    refused: [{ id, code: 'not-found' }],
  });
  expect((await house.call('POST', '/api/tasks', { id: nanoid(), kind: 'task', title: 'x', conversationId }, as)).status).toBe(404);
  const given = nextFact<Task>(his.socket, 'task:changed');
  await change(house, id, { ownerId: oren.id });
  expect((await given).id).toBe(id);
  expect(heard).toHaveLength(1);
  expect(titlesOf(await list(house, '', as))).toEqual(['secret']);
  await change(house, id, { ownerId: null });
  expect((await list(house, '', as)).items).toEqual([]);
  const team = await makeTeam(house, 'Garden', [oren.id]);
  await change(house, id, { teamId: team.id });
  expect(titlesOf(await list(house, '', as))).toEqual(['secret']);
});

test('who may not see how to reach a person reads no notes about it, and does not find by them; its own it reads', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'discreet', ['conversations:view-all', 'tasks:edit', 'contacts:view']);
  const noa = await house.hire('Noa', role.id);
  const as = { cookie: noa.cookie };
  await writeIn(house, 'hello');
  const { id: contactId } = await contactIn(house);
  await create(house, { title: 'visit', note: 'Herzl 12', contactId });
  await create(house, { title: 'water the plants', note: 'all of them' });
  await create(house, { title: 'own', note: 'Dizengoff 3', contactId }, as);
  const notes = Object.fromEntries((await list(house, '', as)).items.map((task) => [(task as Todo).title, task.note]));
  expect(notes).toEqual({ visit: '•••', 'water the plants': 'all of them', own: 'Dizengoff 3' });
  expect((await list(house, '?q=Herzl', as)).items).toEqual([]);
  expect((await list(house, '?q=Dizengoff', as)).items).toHaveLength(1);
  const hers = await house.agent(noa.cookie);
  const told = nextFact<Task>(hers.socket, 'task:changed');
  const { id } = await create(house, { title: 'send', note: 'Ben Yehuda 5', contactId });
  expect(await told).toMatchObject({ id, note: '•••', isMasked: true });
});

test('who may only look changes nothing', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'looker', ['conversations:view-all', 'tasks:view']);
  const as = { cookie: (await house.hire('Lior', role.id)).cookie };
  const { id } = await create(house, {});
  expect((await list(house, '', as)).items).toHaveLength(1);
  expect((await house.call('POST', '/api/tasks', { id: nanoid(), kind: 'task', title: 'x' }, as)).status).toBe(403);
  expect((await house.call('PATCH', `/api/tasks/${id}`, { status: 'done' }, as)).status).toBe(403);
  expect((await house.call('DELETE', `/api/tasks/${id}`, undefined, as)).status).toBe(403);
});

test('of an agent who leaves it is nobody’s, and stays due', async () => {
  const house = await openHouse();
  const omer = await house.hire('Omer');
  const dueAt = Date.now() + DAY_MS;
  await create(house, { title: 'dated', ownerId: omer.id, dueAt });
  await create(house, { title: 'undated', ownerId: omer.id });
  await house.json('PATCH', `/api/agents/${omer.id}`, { isActive: false });
  expect((await list(house, '?owner=nobody')).items).toMatchObject([
    { title: 'dated', dueAt, ownerId: null },
    { title: 'undated', dueAt: null },
  ]);
});

test('a call that was promised is not deleted, anything else is, with all that would follow', async () => {
  const house = await openHouse();
  const { socket } = await house.visitor();
  const callId = nanoid();
  await get(socket, 'callback:request', { id: callId, phone: '050-1234567' });
  expect(await code(house.call('DELETE', `/api/tasks/${callId}`))).toBe('conflict');
  const recurrence = { unit: 'day', makesNext: 'time', timeZone: 'UTC' };
  const { id } = await create(house, { dueAt: Date.now() + HOUR_MS, recurrence });
  expect((await house.call('DELETE', `/api/tasks/${id}`)).status).toBe(204);
  expect((await house.call('DELETE', `/api/tasks/${id}`)).status).toBe(404);
  expect((await list(house, '?kind=todo')).items).toEqual([]);
});

test('of a person who is erased what was to be done is over, without its words', async () => {
  const house = await openHouse();
  const { socket, conversationId } = await writeIn(house, 'my number is 050-1234567');
  const recurrence = { unit: 'day', timeZone: 'UTC' };
  const wish = { title: 'call 050-1234567', note: 'secret', conversationId, messageSeq: 1, dueAt: Date.now() + HOUR_MS, recurrence };
  const { id } = await create(house, wish);
  const { id: doneId } = await create(house, { title: 'sent', conversationId });
  await change(house, doneId, { status: 'done', outcomeText: 'to Herzl 12' });
  await get(socket, 'data:erase', { confirm: 'erase' });
  const done = await list(house, '?status=done');
  expect(done.items.map((task) => task.id).sort()).toEqual([id, doneId].sort());
  expect(JSON.stringify(done.items)).not.toMatch(/050|secret|Herzl|sent/);
  expect(done.items.find((task) => task.id === id)).toMatchObject({ outcome: 'erased', recurrence: null, title: '' });
  expect((await list(house)).items).toEqual([]);
  const { id: contactId } = await contactIn(house);
  expect(await code(house.call('POST', '/api/tasks', { id: nanoid(), kind: 'task', title: 'x', contactId }))).toBe('conflict');
});
