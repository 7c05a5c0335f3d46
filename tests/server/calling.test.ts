import { DateTime } from 'luxon';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { spokenLocale } from '../../shared/spoken-locale.ts';
import type { Callback, CallbackReply, CallbackTimes, DueTask, TaskPage } from '../../shared/task.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';
import { openMailServer } from '../helpers/mail-server.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const tasksOf = (house: House, query = '', as?: Record<string, string>) => house.json<TaskPage>('GET', `/api/tasks${query}`, undefined, as);
const attempt = (house: House, id: string, body: object, as?: Record<string, string>) =>
  house.json<Callback>('POST', `/api/tasks/${id}/attempts`, body, as);

/** A visitor who asks to be called in so many hours; `at` absent: as soon as possible. */
async function promised(house: House, hours: number | null, more: object = {}) {
  const visitor = await house.visitor({ locale: 'he-IL' });
  await get(visitor.socket, 'message:post', { id: nanoid(), text: 'שלום' });
  const at = hours === null ? {} : { at: Date.now() + house.clockOffsetMs + hours * HOUR_MS };
  const asking = { id: nanoid(), phone: '050-1234567', ...at, ...more };
  const { task, link } = await get<CallbackReply>(visitor.socket, 'callback:request', asking);
  return { visitor, link, ...task };
}

describe.each(databases)('on $name', ({ open }) => {
  test('a call rings a while before its time and when it comes, at its owner’s and nowhere else', async () => {
    const house = await open();
    const [noa, omer] = [await house.hire('Noa'), await house.hire('Omer')];
    const [hers, his] = [await house.agent(noa.cookie), await house.agent(omer.cookie)];
    const call = await promised(house, 3);
    await house.json('PATCH', `/api/tasks/${call.id}`, { ownerId: noa.id });
    const heard = hear<DueTask>(his.socket, 'task:due');
    const early = nextFact<DueTask>(hers.socket, 'task:due');
    house.clockOffsetMs = 3 * HOUR_MS - 4 * MINUTE_MS;
    expect(await early).toMatchObject({ id: call.id, isReminder: true, rangAt: null });
    const ring = nextFact<DueTask>(hers.socket, 'task:due');
    house.clockOffsetMs = 3 * HOUR_MS;
    const due = await ring;
    expect(due.isReminder).toBeUndefined();
    expect(due.rangAt).toBeGreaterThanOrEqual(call.dueAt);
    expect(heard).toEqual([]);
    const as = { cookie: noa.cookie };
    expect((await tasksOf(house, '?due=ringing', as)).items.map(({ id }) => id)).toEqual([call.id]);
    expect((await tasksOf(house, '?due=ringing', { cookie: omer.cookie })).items).toEqual([]);

    // Later: it is silent until then.
    const again = nextFact<DueTask>(hers.socket, 'task:due');
    await house.json('PATCH', `/api/tasks/${call.id}`, { ringAt: Date.now() + 3 * HOUR_MS + 10 * MINUTE_MS }, as);
    expect((await tasksOf(house, '?due=ringing', as)).items).toEqual([]);
    house.clockOffsetMs = 3 * HOUR_MS + 11 * MINUTE_MS;
    expect((await again).rangAt).toBeGreaterThan(due.rangAt ?? 0);
  });

  test('what fell due while no server ran rings when one starts, once', async () => {
    const house = await open();
    const call = await promised(house, 2);
    await house.stop();
    house.clockOffsetMs = 4 * HOUR_MS;
    await house.start();
    await expect.poll(async () => (await tasksOf(house, '?due=ringing')).items.map(({ id }) => id), { timeout: 10_000 }).toEqual([call.id]);
    const [{ rangAt }] = (await tasksOf(house)).items as [Callback];
    await house.stop();
    await house.start();
    // Dana hears what falls due after it, so the bell has looked; and the first one not again.
    const dana = await house.agent();
    const heard = hear<DueTask>(dana.socket, 'task:due');
    const other = await promised(house, null);
    await expect.poll(() => heard.map(({ id }) => id), { timeout: 10_000 }).toEqual([other.id]);
    expect((await tasksOf(house)).items.find(({ id }) => id === call.id)?.rangAt).toBe(rangAt);
  });

  test('of two agents who call at the same moment one does, and the other is told so', async () => {
    const house = await open();
    const noa = { cookie: (await house.hire('Noa')).cookie };
    const call = await promised(house, null);
    const [one, other] = [nanoid(), nanoid()];
    const replies = await Promise.all([
      house.call('POST', `/api/tasks/${call.id}/attempts`, { id: one }),
      house.call('POST', `/api/tasks/${call.id}/attempts`, { id: other }, noa),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [winner, loser] = replies[0]?.status === 200 ? [undefined, noa] : [noa, undefined];
    const [winning, losing] = winner === undefined ? [one, other] : [other, one];
    expect((await tasksOf(house, '?due=calling', winner)).items).toMatchObject([{ id: call.id, calling: { attemptId: winning } }]);
    expect((await tasksOf(house, '?due=calling', loser)).items).toEqual([]);

    // It was no try: the colleague may call now.
    await attempt(house, call.id, { id: winning, outcome: 'released' }, winner);
    expect(await attempt(house, call.id, { id: losing }, loser)).toMatchObject({
      calling: { attemptId: losing },
      attempts: [{ id: losing }],
    });
    const body = { id: losing, outcome: 'reached', note: 'רוצה שני עציצים' };
    // The reply was lost, and it is said again.
    const said = [await attempt(house, call.id, body, loser), await attempt(house, call.id, body, loser)];
    for (const task of said) {
      expect(task).toMatchObject({
        status: 'done',
        outcome: 'reached',
        calling: null,
        attempts: [{ outcome: 'reached', note: 'רוצה שני עציצים' }],
      });
      expect(task.attempts).toHaveLength(1);
    }
    expect((await house.call('POST', `/api/tasks/${call.id}/attempts`, { id: nanoid() })).status).toBe(409);
  });

  test('whoever does not answer is tried again as the inbox says, and in the end it is given up', async () => {
    const house = await open();
    const callbacks = { ...house.inbox.settings.callbacks, retries: [30, 'next-day'] };
    await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { callbacks, timeZone: 'Asia/Jerusalem' } });
    // By day: at night nobody is tried again.
    const noon = DateTime.now().setZone('Asia/Jerusalem').plus({ days: 1 }).set({ hour: 12, minute: 0 });
    const offsetMs = noon.toMillis() - Date.now();
    house.clockOffsetMs = offsetMs;
    const call = await promised(house, null);
    const none = (more: object = {}) => attempt(house, call.id, { id: nanoid(), outcome: 'no-answer', ...more });
    const before = Date.now() + offsetMs;
    const first = await none({ note: 'תא קולי' });
    expect(first).toMatchObject({
      status: 'open',
      calling: null,
      attempts: [{ outcome: 'no-answer', note: 'תא קולי', nextAt: first.dueAt }],
    });
    expect(first.dueAt - before).toBeGreaterThanOrEqual(30 * MINUTE_MS);
    expect(first.dueAt - before).toBeLessThan(31 * MINUTE_MS);
    const dana = await house.agent();
    const ring = nextFact<DueTask>(dana.socket, 'task:due');
    house.clockOffsetMs = offsetMs + 30 * MINUTE_MS + 1_000;
    expect((await ring).attempts).toHaveLength(1);

    const second = await none();
    const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Asia/Jerusalem' }).format(second.dueAt);
    expect(hour).toBe('09');
    expect(second.dueAt - (Date.now() + house.clockOffsetMs)).toBeLessThan(34 * HOUR_MS);
    const last = await none();
    expect(last).toMatchObject({ status: 'done', outcome: 'no-answer' });
    expect(last.attempts.map(({ outcome }) => outcome)).toEqual(['no-answer', 'no-answer', 'no-answer']);
    expect((await tasksOf(house)).open).toBe(0);

    const other = await promised(house, null);
    const at = Date.now() + house.clockOffsetMs + 5 * HOUR_MS;
    const wished = await attempt(house, other.id, { id: nanoid(), outcome: 'no-answer', nextAt: at });
    expect(wished).toMatchObject({ dueAt: at, status: 'open' });
    expect(await attempt(house, other.id, { id: nanoid(), outcome: 'wrong-number' })).toMatchObject({
      status: 'done',
      outcome: 'wrong-number',
    });
  });

  test('a visitor who keeps its place is called by whoever gets the conversation, at that moment', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const hers = await house.agent(noa.cookie);
    const visitor = await house.visitor();
    const asking = { id: nanoid(), phone: '050-1234567', keepsPlace: true };
    expect(await ask(visitor.socket, 'callback:request', asking)).toMatchObject({ error: { code: 'invalid', field: 'keepsPlace' } });
    await get(visitor.socket, 'message:post', { id: nanoid(), text: 'hi' });
    expect(await get<CallbackTimes>(visitor.socket, 'callback:times', {})).toMatchObject({ mayKeepPlace: true });
    await get(visitor.socket, 'callback:request', asking);
    const [waiting] = (await tasksOf(house)).items as [Callback];
    expect(waiting).toMatchObject({ awaitsTurn: true, ownerId: null, rangAt: null });
    expect(await tasksOf(house)).toMatchObject({ open: 1, overdue: 0 });
    const ring = nextFact<DueTask>(hers.socket, 'task:due');
    await get(hers.socket, 'conversation:assign', { conversationId: waiting.conversationId, agentId: noa.id });
    expect(await ring).toMatchObject({ id: waiting.id, ownerId: noa.id, awaitsTurn: false });
    expect(await get<CallbackTimes>(visitor.socket, 'callback:times', {})).toMatchObject({ mayKeepPlace: false });
  });

  test('a time is promised to so many as the inbox says, also to those who ask at once', async () => {
    const house = await open();
    const callbacks = { ...house.inbox.settings.callbacks, perSlot: 2 };
    await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { callbacks } });
    const visitors = await Promise.all([1, 2, 3, 4].map(() => house.visitor()));
    const [first] = visitors as [Awaited<ReturnType<House['visitor']>>];
    const { slots } = await get<CallbackTimes>(first.socket, 'callback:times', {});
    const at = slots[3] as number;
    const replies = await Promise.all(
      visitors.map(({ socket }) => ask<CallbackReply>(socket, 'callback:request', { id: nanoid(), phone: '050-1234567', at })),
    );
    expect(replies.filter(({ ok }) => ok)).toHaveLength(2);
    for (const reply of replies) if (!reply.ok) expect(reply.error).toMatchObject({ code: 'conflict', field: 'at' });
    const left = await get<CallbackTimes>((await house.visitor()).socket, 'callback:times', {});
    expect(left.slots).not.toContain(at);
    expect(left.slots).toContain(slots[4]);
  });
});

describe.each(databases)('on $name', ({ open }) => {
  test('a visitor who asks again, after a reload or from two tabs, moves its call and is not called twice', async () => {
    const house = await open();
    const { socket, session } = await house.visitor();
    const asking = (more: object = {}) => ({ id: nanoid(), phone: '050-1234567', ...more });
    const first = await get<CallbackReply>(socket, 'callback:request', asking({ note: 'על הפיקוס' }));
    socket.disconnect();
    const back = (await house.visitor({ token: session.token })).socket;
    const times = await get<CallbackTimes>(back, 'callback:times', {});
    expect(times.call).toEqual({ id: first.task.id, link: first.link });
    const at = times.slots[4] as number;
    const wish = asking({ at, phone: '052-7654321' });
    // The second time its reply was lost.
    for (const _ of [1, 2]) {
      const moved = await get<CallbackReply>(back, 'callback:request', wish);
      expect(moved).toEqual({ task: { id: first.task.id, dueAt: at }, link: first.link });
    }
    expect(await tasksOf(house)).toMatchObject({
      open: 1,
      items: [{ dueAt: at, phone: '+972527654321', note: 'על הפיקוס', rangAt: null }],
    });
    expect((await get<CallbackTimes>(back, 'callback:times', {})).call).toEqual({ id: first.task.id, link: first.link, at });
    await Promise.all([asking({ at: times.slots[5] }), asking()].map((both) => get(back, 'callback:request', both)));
    expect((await tasksOf(house)).open).toBe(1);

    // Who was called already asks for another call.
    await attempt(house, first.task.id, { id: nanoid(), outcome: 'reached' });
    expect((await get<CallbackTimes>(back, 'callback:times', {})).call).toBeUndefined();
    expect((await get<CallbackReply>(back, 'callback:request', asking())).task.id).not.toBe(first.task.id);
    expect((await tasksOf(house)).open).toBe(1);
  });

  test('a time that has room for one is kept by whoever has it and asks for it again, and is nobody else’s', async () => {
    const house = await open();
    const callbacks = { ...house.inbox.settings.callbacks, perSlot: 1 };
    await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { callbacks } });
    const [one, other] = [(await house.visitor()).socket, (await house.visitor()).socket];
    const { slots } = await get<CallbackTimes>(one, 'callback:times', {});
    const at = slots[3] as number;
    const asking = () => ({ id: nanoid(), phone: '050-1234567', at });
    await get(one, 'callback:request', asking());
    // Its own call does not stand in its way.
    expect((await get<CallbackTimes>(one, 'callback:times', {})).slots).toContain(at);
    await get(one, 'callback:request', asking());
    expect(await ask(other, 'callback:request', asking())).toMatchObject({ error: { code: 'conflict', field: 'at' } });
    expect((await tasksOf(house)).open).toBe(1);
  });
});

test('calls of an agent who leaves are anybody’s, and what was due rings again', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const call = await promised(house, null);
  await house.json('PATCH', `/api/tasks/${call.id}`, { ownerId: noa.id });
  await expect.poll(async () => (await tasksOf(house)).items[0]?.rangAt, { timeout: 10_000 }).toBeTypeOf('number');
  const dana = await house.agent();
  const ring = nextFact<DueTask>(dana.socket, 'task:due');
  await house.json('PATCH', `/api/agents/${noa.id}`, { isActive: false });
  expect(await ring).toMatchObject({ id: call.id, ownerId: null });
});

test('lists say whose calls they are, and what is overdue', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const [late, mine, later] = [await promised(house, 1), await promised(house, 2), await promised(house, 9)];
  await house.json('PATCH', `/api/tasks/${mine.id}`, { ownerId: noa.id });
  house.clockOffsetMs = 3 * HOUR_MS;
  const idsOf = async (query: string, as?: Record<string, string>) => (await tasksOf(house, query, as)).items.map(({ id }) => id);
  expect(await idsOf('?due=overdue')).toEqual([late.id, mine.id]);
  expect(await idsOf('?due=upcoming')).toEqual([later.id]);
  expect(await idsOf('?owner=me', { cookie: noa.cookie })).toEqual([mine.id]);
  expect(await idsOf('?owner=nobody')).toEqual([late.id, later.id]);
  // Noa is off: what is hers is everybody's until she comes.
  expect(await tasksOf(house)).toMatchObject({ open: 3, overdue: 2, due: 2 });
  expect(await tasksOf(house, '', { cookie: noa.cookie })).toMatchObject({ due: 2 });
  await house.agent(noa.cookie);
  expect(await tasksOf(house)).toMatchObject({ open: 3, overdue: 2, due: 1 });
});

test('an agent who went silent in a call does not hold it for ever', async () => {
  const house = await openHouse();
  const noa = { cookie: (await house.hire('Noa')).cookie };
  const call = await promised(house, null);
  const abandoned = nanoid();
  await attempt(house, call.id, { id: abandoned }, noa);
  house.clockOffsetMs = 11 * MINUTE_MS;
  const id = nanoid();
  expect(await attempt(house, call.id, { id })).toMatchObject({
    calling: { attemptId: id },
    attempts: [{ id: abandoned, outcome: null, endedAt: expect.any(Number) }, { id }],
  });
  // Who comes back may not go on, but say what came of it: the other's call goes on.
  expect((await house.call('POST', `/api/tasks/${call.id}/attempts`, { id: abandoned }, noa)).status).toBe(409);
  const body = { id: abandoned, outcome: 'reached', note: 'wants two' };
  expect(await attempt(house, call.id, body, noa)).toMatchObject({
    status: 'open',
    calling: { attemptId: id },
    attempts: [
      { outcome: 'reached', note: 'wants two' },
      { id, endedAt: null },
    ],
  });
});

test('times are offered and promised within the hours of the business alone', async () => {
  const house = await openHouse();
  const day = [{ from: 540, to: 1_080 }];
  const rules = { exceptions: [], holidays: [], jewish: null, calendars: [], week: [day, day, day, day, day, [], []] };
  await house.json('POST', '/api/business-hours', { name: 'Shop', timeZone: 'Asia/Jerusalem', inboxIds: [house.inbox.id], ...rules });
  const evening = DateTime.now()
    .setZone('Asia/Jerusalem')
    .plus({ weeks: 1 })
    .set({ weekday: 4, hour: 21, minute: 7, second: 0, millisecond: 0 });
  house.clockOffsetMs = evening.toMillis() - Date.now();
  const { socket } = await house.visitor();
  const { slots, soonAt } = await get<CallbackTimes>(socket, 'callback:times', {});
  const there = slots.map((slot) => DateTime.fromMillis(slot, { zone: 'Asia/Jerusalem' }));
  const sunday = evening.plus({ days: 3 }).set({ hour: 9, minute: 0 });
  expect([slots[0], soonAt]).toEqual([sunday.toMillis(), sunday.toMillis()]);
  expect(there.every(({ weekday, hour, minute }) => weekday !== 5 && weekday !== 6 && hour >= 9 && hour < 18 && minute % 30 === 0)).toBe(
    true,
  );
  expect(there.at(-1)?.toFormat('ccc HH:mm')).toBe('Thu 17:30');
  const asking = () => ({ id: nanoid(), phone: '050-1234567' });
  for (const at of [sunday.minus({ minutes: 1 }), sunday.set({ hour: 18 }), evening.plus({ days: 1 })]) {
    const reply = await ask(socket, 'callback:request', { ...asking(), at: at.toMillis() });
    expect(reply).toMatchObject({ error: { code: 'invalid', field: 'at' } });
  }
  const soon = await get<CallbackReply>(socket, 'callback:request', asking());
  expect(soon.task.dueAt).toBe(sunday.toMillis());
  const { id } = soon.task;
  // Nobody answers at a quarter to six: the next try is not tonight.
  house.clockOffsetMs = sunday.set({ hour: 17, minute: 45 }).toMillis() - Date.now();
  const task = await attempt(house, id, { id: nanoid(), outcome: 'no-answer' });
  expect(task.dueAt).toBe(sunday.plus({ days: 1 }).toMillis());
});

test('where an address is known the promise comes by e-mail too, with the way to change it', async () => {
  const post = await openMailServer();
  const environment = { SMTP_URL: post.url, MAIL_FROM: 'Pots <chat@pots.example>', PUBLIC_URL: 'https://chat.pots.example' };
  const house = await openHouse({ environment });
  const { socket } = await house.visitor({ locale: 'he-IL' });
  await get(socket, 'visitor:identify', { email: 'ruth@example.com' });
  const { link } = await get<CallbackReply>(socket, 'callback:request', { id: nanoid(), phone: '050-1234567', note: 'סודי' });
  await expect.poll(() => post.letters.length, { timeout: 20_000 }).toBe(1);
  const [letter] = post.letters;
  expect(letter?.subject).toContain('חנות העציצים');
  expect(letter?.text).toContain(`https://chat.pots.example${link}`);
  expect(`${letter?.text}${letter?.html}`).not.toMatch(/סודי|1234567/);
});

describe('by the link', () => {
  const open = (house: House, link: string, headers: Record<string, string> = {}) =>
    fetch(house.url + link, { redirect: 'manual', headers: { 'Accept-Language': 'en', ...headers } });
  const post = (house: House, link: string, wish: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(house.url + link, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: house.url, ...headers },
      body: new URLSearchParams(wish),
    });

  test.each(databases)('on $name a visitor moves its call and then cancels it, and agents know', async ({ open: openOn }) => {
    const house = await openOn();
    const { visitor, id, link } = await promised(house, 26, { timeZone: 'Asia/Jerusalem', note: 'סודי' });
    const page = await open(house, link);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('<html lang="he" dir="rtl">');
    expect(html).toContain('שעון ישראל');
    expect(html).not.toMatch(/1234567|סודי|<script/);
    expect(page.headers.get('x-robots-tag')).toContain('noindex');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");

    const to = [...html.matchAll(/value="(\d+)"/g)].map((match) => Number(match[1]))[5] as number;
    const line = nextFact<Message>(visitor.socket, 'message:posted');
    const moved = await post(house, link, { wish: 'move', at: String(to) });
    expect([moved.status, moved.headers.get('location')]).toEqual([303, `${link}?said=moved`]);
    expect(await line).toMatchObject({ notice: { kind: 'callback', at: to, link } });
    expect((await tasksOf(house)).items).toMatchObject([{ id, dueAt: to, rangAt: null }]);
    expect(await (await open(house, `${link}?said=moved`)).text()).toContain('השיחה הועברה');

    const end = nextFact<Message>(visitor.socket, 'message:posted');
    expect((await post(house, link, { wish: 'cancel' })).status).toBe(303);
    expect(await end).toMatchObject({ notice: { kind: 'callbackCancelled' } });
    expect((await tasksOf(house, '?status=done')).items).toMatchObject([{ id, outcome: 'cancelled' }]);
    const after = await (await open(house, link)).text();
    expect(after).toContain('השיחה בוטלה');
    expect(after).not.toContain('<form');
    // A second tab that was still open.
    expect((await post(house, link, { wish: 'move', at: String(to) })).status).toBe(303);
    expect((await tasksOf(house)).open).toBe(0);
  });

  test('the way to change a call is told to its visitor, and to no agent who reads along', async () => {
    const house = await openHouse();
    const dana = await house.agent();
    const visitor = await house.visitor();
    const posted = { id: nanoid(), text: 'hi' };
    const { conversation } = await get<{ conversation: VisitorConversation }>(visitor.socket, 'message:post', posted);
    const conversationId = conversation.id;
    await get(dana.socket, 'conversation:open', { conversationId });
    const [heard, own] = [nextFact<Message>(dana.socket, 'message:posted'), nextFact<Message>(visitor.socket, 'message:posted')];
    const { link } = await get<CallbackReply>(visitor.socket, 'callback:request', { id: nanoid(), phone: '050-1234567' });
    expect((await own).notice).toEqual({ kind: 'callback', link });
    expect((await heard).notice).toEqual({ kind: 'callback' });
    const page = { conversationId };
    const [read, byVisitor] = [await get(dana.socket, 'message:list', page), await get(visitor.socket, 'message:list', page)];
    const pages = [
      read,
      await get(dana.socket, 'conversation:open', page),
      await house.json('GET', `/api/conversations/${conversationId}/messages`),
    ];
    for (const told of pages) expect(JSON.stringify(told)).toMatch(/"kind":"callback"/);
    for (const told of pages) expect(JSON.stringify(told)).not.toContain('/callback/');
    expect(JSON.stringify(byVisitor)).toContain(link);
  });

  test.each(['en-', 'en-a', 'he-', 'x-'])('a browser that calls its language "%s" is shown its call all the same', async (locale) => {
    const house = await openHouse();
    const { socket } = await house.visitor({ locale });
    const { link } = await get<CallbackReply>(socket, 'callback:request', { id: nanoid(), phone: '050-1234567' });
    expect((await open(house, link)).status).toBe(200);
    // One that was written down before anybody looked at it.
    expect(spokenLocale(locale, 'he').language).toMatch(locale.startsWith('en') ? 'en' : 'he');
    expect(() => Intl.DateTimeFormat(spokenLocale(locale, 'auto').locale)).not.toThrow();
  });

  test('nothing is changed by looking, from another site, or with a link that is not its own', async () => {
    const house = await openHouse();
    const [one, other] = [await promised(house, 26), await promised(house, 27)];
    const stranger = one.link.replace(one.id, other.id);
    for (const link of [stranger, `${one.link}x`, `/callback/${one.id}/`, `/callback/${nanoid()}/x`, '/callback/x/y']) {
      expect((await open(house, link)).status).toBe(404);
      expect((await post(house, link, { wish: 'cancel' })).status).toBe(404);
    }
    expect((await post(house, one.link, { wish: 'cancel' }, { Origin: 'https://elsewhere.example' })).status).toBe(403);
    for (const wish of [{}, { wish: 'x' }, { wish: 'move' }, { wish: 'move', at: 'x' }, { wish: 'move', at: '-1' }] as Record<
      string,
      string
    >[]) {
      expect((await post(house, one.link, wish)).status).toBe(400);
    }
    const past = await post(house, one.link, { wish: 'move', at: String(Date.now() - HOUR_MS) });
    expect(past.headers.get('location')).toBe(`${one.link}?said=taken`);
    expect((await tasksOf(house)).items.map(({ dueAt }) => dueAt)).toEqual([one.dueAt, other.dueAt]);
  });

  test('while we are calling, and after, there is nothing to change', async () => {
    const house = await openHouse();
    const { id, link } = await promised(house, null);
    await attempt(house, id, { id: nanoid() });
    expect(await (await open(house, link)).text()).toContain('מתקשרים אליך');
    await post(house, link, { wish: 'cancel' });
    await attempt(house, id, { id: nanoid(), outcome: 'reached' });
    expect(await (await open(house, link)).text()).toContain('כבר טופלה');
    expect((await tasksOf(house, '?status=done')).items[0]).toMatchObject({ outcome: 'reached' });
  });
});
