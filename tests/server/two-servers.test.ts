import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { firstRoutingRules } from '../../shared/routing.ts';
import { get, type House, openEmptyHouse, openHouse } from '../helpers/house.ts';
import { freshDatabaseUrl, queryOnce } from '../helpers/postgres.ts';

const AGENTS = 6;
const CAPACITY = 3;
const VISITORS = 40;

/** Two houses with one database and one key, as behind a balancer. */
async function openTwo(): Promise<{ databaseUrl: string; houses: [House, House] }> {
  const databaseUrl = await freshDatabaseUrl();
  const environment = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), LIMITS: 'off' };
  const one = await openHouse({ databaseUrl, environment });
  const other = await openEmptyHouse({ databaseUrl, environment });
  Object.assign(other, { cookie: one.cookie, inbox: one.inbox });
  return { databaseUrl, houses: [one, other] };
}

async function answer(socket: Socket, conversationId: string): Promise<void> {
  await get(socket, 'message:post', { id: nanoid(), conversationId, text: 'done' });
  await get(socket, 'conversation:resolve', { conversationId });
}

test('two servers on one database give nobody away twice, fill nobody beyond its number, and serve everybody', async () => {
  const { databaseUrl, houses } = await openTwo();
  const [one] = houses;
  await one.json('PUT', '/api/routing', { ...firstRoutingRules, version: 0, capacity: CAPACITY, inboxes: { [one.inbox.id]: 'automatic' } });
  let mostAtOnce = 0;
  const countEnded = async () => {
    const [row] = await queryOnce(
      databaseUrl,
      `select coalesce(max(n), 0)::int as most, (select count(*)::int from conversation where status = 'resolved') as ended
       from (select count(*) as n from conversation where status = 'open' and "assigneeId" is not null group by "assigneeId") as held`,
    );
    mostAtOnce = Math.max(mostAtOnce, Number(row?.most));
    return Number(row?.ended);
  };
  const work: Promise<void>[] = [];
  const houseOf = (at: number) => houses[at < AGENTS / 2 ? 0 : 1];
  const write = async (house: House, text: string) => {
    const { socket } = await house.visitor();
    await get(socket, 'message:post', { id: nanoid(), text });
  };
  const serveOne = async () => {
    await write(one, 'the first');
    await expect.poll(countEnded, { timeout: 20_000, interval: 150 }).toBe(1);
  };
  const agents: { id: string; socket: Socket; given: string[] }[] = [];
  // Those of the second server come first: what was set at the first one reaches it within seconds.
  for (let at = AGENTS - 1; at >= 0; at -= 1) {
    if (at === AGENTS / 2 - 1) await serveOne();
    const { id, cookie } = await one.hire(`Agent${at}`);
    const { socket } = await houseOf(at).agent(cookie);
    const agent = { id, socket, given: [] as string[] };
    agents.push(agent);
    socket.on('conversation:changed', ({ id: conversationId, assigneeId, status }: ConversationSummary) => {
      if (assigneeId !== id || status !== 'open' || agent.given.includes(conversationId)) return;
      agent.given.push(conversationId);
      work.push(answer(socket, conversationId));
    });
  }
  await Promise.all(Array.from({ length: VISITORS - 1 }, (_, at) => write(houses[at % 2] as House, `visitor ${at}`)));
  await expect.poll(countEnded, { timeout: 60_000, interval: 150 }).toBe(VISITORS);
  await Promise.all(work);
  expect(mostAtOnce).toBeLessThanOrEqual(CAPACITY);
  const given = agents.flatMap((agent) => agent.given);
  expect(given).toHaveLength(VISITORS);
  expect(new Set(given).size).toBe(VISITORS);
  // On a starving machine a server may be silent for so long that the other takes its agents for gone; giving anew then says so.
  const twice = await queryOnce(
    databaseUrl,
    `select "conversationId", string_agg(seq || ' ' || notice, ' | ' order by seq) as lines from message
     where notice like '{"kind":"routed"%' and notice not like '%"agent-gone"%' group by "conversationId" having count(*) > 1`,
  );
  expect(twice).toEqual([]);
  // Each server has its share of the work.
  for (const some of [agents.slice(0, AGENTS / 2), agents.slice(AGENTS / 2)]) {
    expect(some.flatMap((agent) => agent.given).length).toBeGreaterThan(1);
  }
}, 120_000);

test('business hours that an administrator changes at one server hold at the other within seconds', async () => {
  const {
    houses: [one, other],
  } = await openTwo();
  const isOpen = async () =>
    (await other.json<{ open: boolean }>('GET', `/api/widget/${one.inbox.key}/availability`, undefined, { cookie: '' })).open;
  expect(await isOpen()).toBe(true);
  const closed = {
    name: 'Office',
    timeZone: 'UTC',
    week: [[], [], [], [], [], [], []],
    exceptions: [],
    holidays: [],
    jewish: null,
    calendars: [],
  };
  const { id, version } = await one.json<BusinessHours>('POST', '/api/business-hours', { ...closed, inboxIds: [one.inbox.id] });
  await expect.poll(isOpen, { timeout: 15_000 }).toBe(false);
  await one.json('PATCH', `/api/business-hours/${id}`, { version, week: closed.week.map(() => [{ from: 0, to: 1_440 }]) });
  await expect.poll(isOpen, { timeout: 15_000 }).toBe(true);
  await one.call('DELETE', `/api/business-hours/${id}`);
}, 60_000);

test('what a colleague at one server gives to somebody at the other is handed out anew when that one goes', async () => {
  const { databaseUrl, houses } = await openTwo();
  const [one, other] = houses;
  await one.json('PUT', '/api/routing', { ...firstRoutingRules, version: 0, graceSeconds: 5, inboxes: { [one.inbox.id]: 'automatic' } });
  const dana = await one.agent();
  await get(dana.socket, 'availability:set', { availability: 'away' });
  const [noa, omar] = [await one.hire('Noa'), await one.hire('Omar')];
  await other.agent(noa.cookie);
  const chat = await other.visitor();
  const { message } = await get<{ message: Message }>(chat.socket, 'message:post', { id: nanoid(), text: 'hello' });
  const { conversationId } = message;
  const ownerOf = async () => (await one.json<ConversationSummary>('GET', `/api/conversations/${conversationId}`)).assigneeId;
  await expect.poll(ownerOf, { timeout: 20_000 }).toBe(noa.id);
  const desk = await other.agent(omar.cookie);
  const isHeardOf = () => queryOnce(databaseUrl, 'select 1 from "agentRouting" where "agentId" = $1 and "hereAt" is not null', [omar.id]);
  await expect.poll(isHeardOf, { timeout: 15_000 }).toHaveLength(1);
  await get(dana.socket, 'conversation:assign', { conversationId, agentId: omar.id });
  expect(await ownerOf()).toBe(omar.id);
  desk.socket.disconnect();
  for (const house of houses) house.clockOffsetMs += 20_000;
  await expect.poll(ownerOf, { timeout: 15_000 }).toBe(noa.id);
}, 60_000);
