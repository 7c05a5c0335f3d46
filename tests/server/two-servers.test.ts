import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../shared/conversation.ts';
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

test('two servers on one database give nobody away twice, fill nobody beyond its number, and serve everybody', async () => {
  const { databaseUrl, houses } = await openTwo();
  const [one] = houses;
  await one.json('PUT', '/api/routing', { ...firstRoutingRules, version: 0, capacity: CAPACITY, inboxes: { [one.inbox.id]: 'automatic' } });
  const agents: { id: string; socket: Socket; given: string[] }[] = [];
  for (let at = 0; at < AGENTS; at += 1) {
    const { id, cookie } = await one.hire(`Agent${at}`);
    const { socket } = await (houses[at % 2] as House).agent(cookie);
    const agent = { id, socket, given: [] as string[] };
    agents.push(agent);
    socket.on('conversation:changed', ({ id: conversationId, assigneeId, status }: ConversationSummary) => {
      if (assigneeId !== id || status !== 'open' || agent.given.includes(conversationId)) return;
      agent.given.push(conversationId);
      void get(socket, 'message:post', { id: nanoid(), conversationId, text: 'done' }).then(() =>
        get(socket, 'conversation:resolve', { conversationId }),
      );
    });
  }
  let mostAtOnce = 0;
  const watching = (async () => {
    for (;;) {
      const [row] = await queryOnce(
        databaseUrl,
        `select coalesce(max(n), 0)::int as most, (select count(*)::int from conversation where status = 'resolved') as ended
         from (select count(*) as n from conversation where status = 'open' and "assigneeId" is not null group by "assigneeId") as held`,
      );
      mostAtOnce = Math.max(mostAtOnce, Number(row?.most));
      if (Number(row?.ended) === VISITORS) return;
    }
  })();
  await Promise.all(
    Array.from({ length: VISITORS }, async (_, at) => {
      const { socket } = await (houses[at % 2] as House).visitor();
      await get(socket, 'message:post', { id: nanoid(), text: `visitor ${at}` });
    }),
  );
  await watching;
  expect(mostAtOnce).toBeLessThanOrEqual(CAPACITY);
  const given = agents.flatMap((agent) => agent.given);
  expect(given).toHaveLength(VISITORS);
  expect(new Set(given).size).toBe(VISITORS);
  const twice = await queryOnce(
    databaseUrl,
    `select "conversationId" from message where notice like '{"kind":"routed"%' group by "conversationId" having count(*) > 1`,
  );
  expect(twice).toEqual([]);
  expect(agents.every((agent) => agent.given.length > 0)).toBe(true);
}, 60_000);
