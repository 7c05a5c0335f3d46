import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { firstRoutingRules, type RoutingSettings } from '../../shared/routing.ts';
import type { CallbackReply, DueTask, Task, TaskPage } from '../../shared/task.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, hear, nextFact, openEmptyHouse, openHouse } from '../helpers/house.ts';
import { freshDatabaseUrl } from '../helpers/postgres.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const tasksOf = (house: House, query = '', as?: Record<string, string>) => house.json<TaskPage>('GET', `/api/tasks${query}`, undefined, as);
const ringingFor = async (house: House, as?: Record<string, string>) =>
  (await tasksOf(house, '?due=ringing', as)).items.map(({ id }) => id);
const attempt = (house: House, id: string, body: object, as?: Record<string, string>) =>
  house.json<Task>('POST', `/api/tasks/${id}/attempts`, body, as);
const refused = async (house: House, method: string, path: string, body: object, as?: Record<string, string>) => {
  const response = await house.call(method, path, body, as);
  return { status: response.status, ...((await response.json()) as { code: string; field?: string }) };
};

/** A visitor who has written and asks to be called. */
async function promised(house: House, more: object = {}) {
  const visitor = await house.visitor();
  await get(visitor.socket, 'message:post', { id: nanoid(), text: 'שלום' });
  const asking = { id: nanoid(), phone: '050-1234567', ...more };
  const { task } = await get<CallbackReply>(visitor.socket, 'callback:request', asking);
  return { visitor, ...task };
}

test.each(databases)(
  'on $name a call of somebody who is off is everybody’s when it falls due, also for whoever comes later',
  async ({ open }) => {
    const house = await open();
    const [noa, omer] = [await house.hire('Noa'), await house.hire('Omer')];
    const call = await promised(house, { at: Date.now() + HOUR_MS });
    await house.json('PATCH', `/api/tasks/${call.id}`, { ownerId: noa.id });
    house.clockOffsetMs = HOUR_MS + MINUTE_MS;
    // It rings while nobody is here.
    await expect.poll(async () => (await tasksOf(house)).items[0]?.rangAt, { timeout: 10_000 }).toBeTypeOf('number');
    const his = { cookie: omer.cookie };
    expect(await ringingFor(house, his)).toEqual([call.id]);
    expect((await tasksOf(house, '', his)).due).toBe(1);
    // Whoever was not asked then hears it when it rings again.
    const { socket } = await house.agent(omer.cookie);
    const again = nextFact<DueTask>(socket, 'task:due');
    house.clockOffsetMs += 6 * MINUTE_MS;
    expect(await again).toMatchObject({ id: call.id, ownerId: noa.id });
    // She comes: it is hers, and silent at his.
    await house.agent(noa.cookie);
    expect(await ringingFor(house, { cookie: noa.cookie })).toEqual([call.id]);
    expect(await ringingFor(house, his)).toEqual([]);
    expect((await tasksOf(house, '', his)).due).toBe(0);
  },
);

test('a call whose caller has fallen silent rings again, and says that nobody knows what came of it', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const call = await promised(house);
  await expect.poll(async () => (await tasksOf(house)).items[0]?.rangAt, { timeout: 10_000 }).toBeTypeOf('number');
  const id = nanoid();
  await attempt(house, call.id, { id }, { cookie: noa.cookie });
  const dana = await house.agent();
  const ring = nextFact<DueTask>(dana.socket, 'task:due');
  house.clockOffsetMs = 11 * MINUTE_MS;
  expect(await ring).toMatchObject({ id: call.id, calling: null, attempts: [{ id, outcome: null, endedAt: expect.any(Number) }] });
  expect(await ringingFor(house)).toEqual([call.id]);
  // Her laptop wakes up: she is still talking.
  expect(await attempt(house, call.id, { id }, { cookie: noa.cookie })).toMatchObject({ calling: { attemptId: id } });
  expect(await ringingFor(house)).toEqual([]);
});

test('a long talk is held for as long as it is heard of', async () => {
  const house = await openHouse();
  const noa = { cookie: (await house.hire('Noa')).cookie };
  const call = await promised(house);
  const id = nanoid();
  const begun = await attempt(house, call.id, { id }, noa);
  for (const minutes of [9, 18, 27]) {
    house.clockOffsetMs = minutes * MINUTE_MS;
    expect(await attempt(house, call.id, { id }, noa)).toMatchObject({ calling: { attemptId: id, since: begun.calling?.since } });
  }
  house.clockOffsetMs = 30 * MINUTE_MS;
  expect(await refused(house, 'POST', `/api/tasks/${call.id}/attempts`, { id: nanoid() })).toMatchObject({ status: 409, field: 'calling' });
  expect(await attempt(house, call.id, { id, outcome: 'reached', note: 'half an hour' }, noa)).toMatchObject({
    status: 'done',
    attempts: [{ outcome: 'reached', note: 'half an hour' }],
  });
});

test('nobody takes a call from under whoever makes it, and nobody makes two at once', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const her = { cookie: noa.cookie };
  const [one, other] = [await promised(house), await promised(house)];
  const id = nanoid();
  await attempt(house, one.id, { id }, her);
  for (const patch of [{ status: 'done' }, { ownerId: null }, { dueAt: Date.now() + HOUR_MS }, { ringAt: Date.now() + HOUR_MS }]) {
    expect(await refused(house, 'PATCH', `/api/tasks/${one.id}`, patch)).toMatchObject({ status: 409, code: 'conflict', field: 'calling' });
  }
  const twice = [{ id: nanoid() }, { id: nanoid() }];
  expect(await refused(house, 'POST', `/api/tasks/${other.id}/attempts`, twice[0] as object, her)).toMatchObject({
    status: 409,
    field: 'agent',
  });
  // She ends it herself, without a word: the try is over too.
  const done = await house.json<Task>('PATCH', `/api/tasks/${one.id}`, { status: 'done' }, her);
  expect(done).toMatchObject({ status: 'done', calling: null, attempts: [{ id, outcome: null, endedAt: expect.any(Number) }] });
  await attempt(house, other.id, twice[1] as object, her);
  // What came of the first is not too late.
  expect(await attempt(house, one.id, { id, outcome: 'reached', note: 'said yes' }, her)).toMatchObject({
    status: 'done',
    attempts: [{ outcome: 'reached', note: 'said yes' }],
  });
  // And of two that begin at once one does.
  await attempt(house, other.id, { ...twice[1], outcome: 'released' }, her);
  const third = await promised(house);
  const replies = await Promise.all(
    [other.id, third.id].map((taskId) => house.call('POST', `/api/tasks/${taskId}/attempts`, { id: nanoid() }, her)),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test.each(databases)('on $name who is called when its turn comes is not handed on meanwhile, and waits no more', async ({ open }) => {
  const house = await open();
  const { version } = await house.json<RoutingSettings>('GET', '/api/routing');
  const inboxes = { [house.inbox.id]: 'automatic' };
  const visitor = await house.visitor();
  await get(visitor.socket, 'message:post', { id: nanoid(), text: 'hi' });
  await get(visitor.socket, 'callback:request', { id: nanoid(), phone: '050-1234567', keepsPlace: true });
  const [call] = (await tasksOf(house)).items as [Task];
  const conversationId = call.conversationId as string;
  const read = () => house.json<ConversationSummary>('GET', `/api/conversations/${conversationId}`);
  const [noa, omer] = [await house.hire('Noa'), await house.hire('Omer')];
  const hers = await house.agent(noa.cookie);
  const ring = nextFact<DueTask>(hers.socket, 'task:due');
  const otherwise = { ...firstRoutingRules.otherwise, answerSeconds: 30 };
  await house.json('PUT', '/api/routing', { ...firstRoutingRules, inboxes, otherwise, version });
  expect(await ring).toMatchObject({ id: call.id, ownerId: noa.id });
  const as = { cookie: noa.cookie };
  const waitingSince = (await read()).waitingSince;
  expect(waitingSince).toBeTypeOf('number');

  // A wrong click: the wait goes on where it was.
  const slip = nanoid();
  await attempt(house, call.id, { id: slip }, as);
  expect((await read()).waitingSince).toBeNull();
  await attempt(house, call.id, { id: slip, outcome: 'released' }, as);
  expect((await read()).waitingSince).toBe(waitingSince);

  await house.agent(omer.cookie);
  const id = nanoid();
  await attempt(house, call.id, { id }, as);
  house.clockOffsetMs = 5 * MINUTE_MS;
  // Somebody else comes in and is served, so the floor has been looked at since.
  const newcomer = await house.visitor();
  const { message } = await get<{ message: Message }>(newcomer.socket, 'message:post', { id: nanoid(), text: 'next' });
  await expect
    .poll(async () => (await house.json<ConversationSummary>('GET', `/api/conversations/${message.conversationId}`)).assigneeId)
    .toBe(omer.id);
  expect(await read()).toMatchObject({ assigneeId: noa.id, waitingSince: null });

  const lines = hear<Message>(visitor.socket, 'message:posted');
  await attempt(house, call.id, { id, outcome: 'reached' }, as);
  expect(await read()).toMatchObject({ assigneeId: noa.id, waitingSince: null });
  const { items } = await house.json<{ items: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
  expect(items.filter(({ notice }) => notice?.kind === 'called')).toMatchObject([{ visibility: 'internal', notice: { name: 'Noa' } }]);
  await get(visitor.socket, 'message:post', { id: nanoid(), text: 'thanks' });
  expect(lines).toEqual([]);
});

test('of two servers on one database one rings a call, and both tell those who are with them', async () => {
  const databaseUrl = await freshDatabaseUrl();
  const environment = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
  const one = await openHouse({ databaseUrl, environment });
  const other = await openEmptyHouse({ databaseUrl, environment });
  Object.assign(other, { cookie: one.cookie, inbox: one.inbox });
  const [noa, omer] = [await one.hire('Noa'), await one.hire('Omer')];
  const [hers, his] = [await one.agent(noa.cookie), await other.agent(omer.cookie)];
  const rings = [hear<DueTask>(hers.socket, 'task:due'), hear<DueTask>(his.socket, 'task:due')];
  const call = await promised(one);
  const heard = { timeout: 15_000, interval: 50 };
  for (const ring of rings) await expect.poll(() => ring.map(({ id }) => id), heard).toEqual([call.id]);
  const [first, second] = rings.map(([due]) => due?.rangAt);
  expect(second).toBe(first);
  // Omer's own rings at his server, and at nobody else's, who is here.
  const own = await promised(one, { at: Date.now() + HOUR_MS });
  await one.json('PATCH', `/api/tasks/${own.id}`, { ownerId: omer.id });
  await expect.poll(async () => (await tasksOf(one, '', { cookie: noa.cookie })).due, heard).toBe(1);
  one.clockOffsetMs = HOUR_MS + MINUTE_MS;
  other.clockOffsetMs = HOUR_MS + MINUTE_MS;
  // The first call, which nobody has seen to, may ring again beside it.
  await expect.poll(() => rings[1]?.map(({ id }) => id), heard).toContain(own.id);
}, 60_000);
