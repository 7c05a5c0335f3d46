import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { Agent, SignedInAgent } from '../../shared/agent.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { AgentFacts } from '../../shared/events.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';

/** The machine may be slow; a second is what a person sees on a quiet one. */
const patient = { timeout: 10_000 };

const MINUTE_MS = 60_000;

interface Page {
  items: ConversationSummary[];
  next: string | null;
}

const dayBegan = (house: House) => Date.now() + house.clockOffsetMs - 12 * 60 * MINUTE_MS;

/** The board as it stands on a supervisor's screen. */
async function boardOf(house: House, agent: Socket): Promise<() => NowBoard> {
  let board = await get<NowBoard>(agent, 'now:watch', { since: dayBegan(house) });
  agent.on('now:changed', (next: NowBoard) => {
    board = next;
  });
  return () => board;
}

function rowsOf(house: House, query: string, cookie = house.cookie): Promise<Page> {
  return house.json('GET', `/api/now/conversations?since=${dayBegan(house)}&${query}`, undefined, { cookie });
}

const idsOf = ({ items }: Page) => items.map(({ id }) => id);

describe.each(databases)('on $name', ({ open }) => {
  test('a supervisor sees within a second who waits, for how long, where and with whom, and who is writing', async () => {
    const house = await open();
    const sara = await house.hire('Sara', 'supervisor');
    const noa = await house.hire('Noa');
    const service = await makeTeam(house, 'שירות', [noa.id]);
    const [{ socket: supervisor }, { socket: noas }] = [await house.agent(sara.cookie), await house.agent(noa.cookie)];
    const board = await boardOf(house, supervisor);
    expect(board().waiting).toEqual({ count: 0, oldestSince: null, unassigned: 0, breached: 0, soon: 0 });

    const ruth = await writeIn(house, 'איפה המשלוח?');
    const yossi = await writeIn(house, 'שלום');
    await get(supervisor, 'conversation:assign', { conversationId: yossi.conversationId, agentId: noa.id, teamId: service.id });
    await expect.poll(() => board().rows.map(({ id }) => id), patient).toEqual([ruth.conversationId, yossi.conversationId]);
    await expect.poll(board, patient).toMatchObject({
      waiting: { count: 2, unassigned: 1, breached: 0 },
      byInbox: [{ id: house.inbox.id, name: house.inbox.name, count: 2 }],
      byAgent: [{ agentId: noa.id, count: 1, replyingIn: [] }],
    });
    expect(board().byTeam.map(({ id, count }) => [id, count])).toEqual([
      [null, 1],
      [service.id, 1],
    ]);

    await get(noas, 'conversation:open', { conversationId: yossi.conversationId });
    noas.emit('typing:set', { conversationId: yossi.conversationId, typing: true });
    await expect.poll(() => board().byAgent[0]?.replyingIn, patient).toEqual([yossi.conversationId]);

    // Nothing has happened but time.
    house.clockOffsetMs += 6 * MINUTE_MS;
    await expect.poll(() => board().waiting.breached, patient).toBe(2);
    await get(noas, 'message:post', { id: nanoid(), conversationId: yossi.conversationId, text: 'כאן' });
    await get(supervisor, 'conversation:resolve', { conversationId: ruth.conversationId });
    await expect.poll(() => board().waiting.count, patient).toBe(0);
    await expect.poll(() => board().today, { timeout: 10_000 }).toMatchObject({ started: 2, answered: 1, resolved: 1 });
    expect(board().today.medianFirstResponseMs).toBeGreaterThanOrEqual(6 * MINUTE_MS);
  });

  test('every number opens its rows, page by page', async () => {
    const house = await open();
    const { socket: dana, session } = await house.agent();
    const people = [];
    for (const text of ['one', 'two', 'three', 'four']) people.push((await writeIn(house, text)).conversationId);
    const [first, second, third, fourth] = people as [string, string, string, string];
    await get(dana, 'message:post', { id: nanoid(), conversationId: third, text: 'hello' });
    await get(dana, 'conversation:resolve', { conversationId: fourth });
    await get(dana, 'conversation:assign', { conversationId: second, agentId: session.agent.id });

    const page = await rowsOf(house, 'what=waiting&limit=1');
    expect(idsOf(page)).toEqual([first]);
    expect(idsOf(await rowsOf(house, `what=waiting&limit=1&cursor=${page.next}`))).toEqual([second]);
    expect(idsOf(await rowsOf(house, 'what=unassigned'))).toEqual([first]);
    expect(idsOf(await rowsOf(house, 'what=breached'))).toEqual([]);
    expect(idsOf(await rowsOf(house, 'what=started')).sort()).toEqual([...people].sort());
    expect(idsOf(await rowsOf(house, 'what=answered'))).toEqual([third]);
    expect(idsOf(await rowsOf(house, 'what=resolved'))).toEqual([fourth]);
    expect(idsOf(await rowsOf(house, `what=open&agentId=${session.agent.id}`)).sort()).toEqual([second, third].sort());
    expect(idsOf(await rowsOf(house, `what=waiting&teamId=none&inboxId=${house.inbox.id}`))).toEqual([first, second]);
    expect(idsOf(await rowsOf(house, `what=waiting&teamId=${nanoid()}`))).toEqual([]);
    house.clockOffsetMs += 6 * MINUTE_MS;
    expect(idsOf(await rowsOf(house, 'what=breached'))).toEqual([first, second]);
  });

  test('a team’s lead sees the team’s, in the numbers as in the rows', async () => {
    const house = await open();
    const role = await makeRole(house, 'lead', ['conversations:view-team', 'reports:view']);
    const lena = await house.hire('Lena', role.id);
    const [sales, service] = [await makeTeam(house, 'מכירות', [lena.id]), await makeTeam(house, 'שירות')];
    const { socket: dana } = await house.agent();
    const ours = await writeIn(house, 'ours');
    const theirs = await writeIn(house, 'theirs');
    await get(dana, 'conversation:assign', { conversationId: ours.conversationId, teamId: sales.id });
    await get(dana, 'conversation:assign', { conversationId: theirs.conversationId, teamId: service.id });
    const { socket } = await house.agent(lena.cookie);
    const board = await boardOf(house, socket);
    expect(board()).toMatchObject({ waiting: { count: 1 }, today: { started: 1 } });
    expect(board().rows.map(({ id }) => id)).toEqual([ours.conversationId]);
    for (const what of ['waiting', 'started'])
      expect(idsOf(await rowsOf(house, `what=${what}`, lena.cookie))).toEqual([ours.conversationId]);
  });
});

describe.each(databases)('on $name', ({ open }) => {
  test('of thousands who wait the hundred longest are on the board, and the rest is counted, for each as far as one may see', async () => {
    const house = await open();
    const role = await makeRole(house, 'lead', ['conversations:view-team', 'reports:view']);
    const lena = await house.hire('Lena', role.id);
    const [noa, sales] = [await house.hire('Noa'), await makeTeam(house, 'מכירות', [lena.id])];
    const { conversationId } = await writeIn(house, 'hello');
    const { storage, now } = house.server.app;
    const like = await storage.db.selectFrom('conversation').selectAll().where('id', '=', conversationId).executeTakeFirstOrThrow();
    const began = now() - 60 * MINUTE_MS;
    const places = [{}, { assigneeId: noa.id }, { teamId: sales.id }];
    // The first four hundred have waited for longer than five minutes.
    const rows = Array.from({ length: 3_000 }, (_, at) => ({
      ...like,
      ...places[at % 3],
      id: nanoid(),
      waitingSince: at < 400 ? began + at : now(),
    }));
    await storage.write(async (trx) => {
      for (let at = 0; at < rows.length; at += 50)
        await trx
          .insertInto('conversation')
          .values(rows.slice(at, at + 50))
          .execute();
    });
    const board = (await boardOf(house, (await house.agent()).socket))();
    expect(board.waiting).toEqual({ count: 3_001, oldestSince: began, unassigned: 2_001, breached: 400, soon: 0 });
    expect(board.rows.map(({ id }) => id)).toEqual(rows.slice(0, 100).map(({ id }) => id));
    expect(board.byInbox).toMatchObject([{ id: house.inbox.id, count: 3_001, oldestSince: began }]);
    expect(board.byTeam).toEqual([
      { id: null, count: 2_001, oldestSince: began },
      { id: sales.id, count: 1_000, oldestSince: began + 2 },
    ]);
    expect(board.byAgent).toEqual([{ agentId: noa.id, count: 1_000, oldestSince: began + 1, replyingIn: [] }]);
    // A team’s lead sees the queue and the team’s, not what a colleague of no team of hers has.
    const lenas = (await boardOf(house, (await house.agent(lena.cookie)).socket))();
    expect(lenas.waiting).toEqual({ count: 2_001, oldestSince: began, unassigned: 2_001, breached: 267, soon: 0 });
    expect(lenas.rows.map(({ id }) => id)).toEqual(rows.filter((_, at) => at % 3 !== 1 && at < 150).map(({ id }) => id));
  });
});

test('only who may see reports watches, and a right that is taken away ends it', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const { socket: noas } = await house.agent(noa.cookie);
  expect(await ask(noas, 'now:watch', { since: dayBegan(house) })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  const role = await makeRole(house, 'viewer of numbers', ['conversations:view-all', 'reports:view']);
  const vera = await house.hire('Vera', role.id);
  const { socket: veras } = await house.agent(vera.cookie);
  const board = await boardOf(house, veras);
  const refreshed = nextFact(veras, 'session:started');
  await house.json('PATCH', `/api/roles/${role.id}`, { permissions: ['conversations:view-all'] });
  await refreshed;
  const { socket: dana } = await house.agent();
  const danas = await boardOf(house, dana);
  await writeIn(house, 'hello');
  await expect.poll(() => danas().waiting.count, patient).toBe(1);
  expect(board().waiting.count).toBe(0);
});

test('whoever looks away before the board has come hears nothing of it', async () => {
  const house = await openHouse();
  const sara = await house.hire('Sara', 'supervisor');
  const { socket: saras } = await house.agent(sara.cookie);
  const heard = hear<NowBoard>(saras, 'now:changed');
  await Promise.all([get(saras, 'now:watch', { since: dayBegan(house) }), get(saras, 'now:unwatch', {})]);
  const { socket: dana } = await house.agent();
  const board = await boardOf(house, dana);
  await writeIn(house, 'hello');
  await expect.poll(() => board().waiting.count, patient).toBe(1);
  // The order of those who are told is that in which they came.
  await get(saras, 'now:unwatch', {});
  expect(heard).toEqual([]);
});

describe('a supervisor who says that an agent is away', () => {
  type Change = Parameters<AgentFacts['agent:changed']>[0];

  test('is named to everybody, also after a restart, until the agent chooses again', async () => {
    const house = await openHouse();
    const sara = await house.hire('Sara', 'supervisor');
    const noa = await house.hire('Noa');
    const { socket: noas } = await house.agent(noa.cookie);
    const told = nextFact<Change>(noas, 'agent:changed', ({ id, availability }) => id === noa.id && availability === 'away');
    const set = await house.call('PATCH', `/api/agents/${noa.id}/availability`, { availability: 'away' }, { cookie: sara.cookie });
    expect(set.status).toBe(204);
    expect(await told).toMatchObject({ availabilitySetBy: { id: sara.id, name: 'Sara' } });
    expect((await told).availabilitySince).toBeGreaterThan(Date.now() - MINUTE_MS);

    await house.stop();
    await house.start();
    const { socket: back } = await house.agent(noa.cookie);
    const stateOf = async () => {
      const { items } = await house.json<{ items: Agent[] }>('GET', '/api/agents');
      const { availability, availabilitySetBy } = items.find(({ id }) => id === noa.id) as Agent;
      return [availability, availabilitySetBy?.name ?? null];
    };
    await expect.poll(stateOf, patient).toEqual(['away', 'Sara']);
    await get(back, 'availability:set', { availability: 'online' });
    expect(await stateOf()).toEqual(['online', null]);
  });

  test('reaches nobody with more rights, and needs the right to hand conversations over', async () => {
    const house = await openHouse();
    const [sara, vera] = [await house.hire('Sara', 'supervisor'), await house.hire('Vera', 'viewer')];
    const dana = (await house.json<SignedInAgent>('GET', '/api/session')).id;
    const set = async (id: string, cookie: string) =>
      (await house.call('PATCH', `/api/agents/${id}/availability`, { availability: 'offline' }, { cookie })).status;
    expect(await set(dana, sara.cookie)).toBe(403);
    expect(await set(sara.id, vera.cookie)).toBe(403);
    expect(await set(nanoid(), sara.cookie)).toBe(404);
    expect(await set(vera.id, sara.cookie)).toBe(204);
  });
});
