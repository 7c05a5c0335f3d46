import { copyFile, mkdir } from 'node:fs/promises';
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { AgentNotice, AgentNoticePage } from '../../shared/agent-notice.ts';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import type { SlaBreach, SlaPolicy, SlaPreview, SlaRules } from '../../shared/sla.ts';
import type { SavedView, ViewCounts, ViewFilter } from '../../shared/view.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, House, type House as HouseType, hear } from '../helpers/house.ts';

const MINUTE_MS = 60_000;
/** The machine may be slow; a second is what a person sees on a quiet one. */
const patient = { timeout: 15_000 };

const rules: SlaRules = {
  name: 'כולם',
  isOn: true,
  when: {},
  firstResponseMs: 2 * MINUTE_MS,
  nextResponseMs: 5 * MINUTE_MS,
  resolutionMs: null,
  isBusinessTime: false,
  warnAfter: 0.5,
};

function promise(house: HouseType, given: Partial<SlaRules> = {}): Promise<SlaPolicy> {
  return house.json('POST', '/api/sla-policies', { id: nanoid(), ...rules, ...given });
}

async function rowOf(house: HouseType, id: string): Promise<ConversationSummary> {
  return house.json('GET', `/api/conversations/${id}`);
}

const noticesOf = async (house: HouseType, cookie: string) =>
  (await house.json<AgentNoticePage>('GET', '/api/notices', undefined, { cookie })).items.map(({ kind, conversationId, sla }) => ({
    kind,
    conversationId,
    target: sla?.target,
  }));

const breachesOf = async (house: HouseType) => (await house.json<{ items: SlaBreach[] }>('GET', '/api/sla-breaches')).items;

const say = (socket: Socket, conversationId: string, text = 'שלום') => get(socket, 'message:post', { id: nanoid(), conversationId, text });

describe.each(databases)('on $name', ({ open }) => {
  test('the agent is warned before a promise runs out, and who leads hears that it was broken, each once', async () => {
    const house = await open();
    const noa = await house.hire('Noa');
    const sara = await house.hire('Sara', 'supervisor');
    const policy = await promise(house);
    const { socket: dana } = await house.agent();
    const { socket: noas } = await house.agent(noa.cookie);
    const heard = hear<AgentNotice>(noas, 'notice:posted');
    const changes = hear<ConversationSummary>(dana, 'conversation:changed');
    const ruth = await writeIn(house, 'איפה המשלוח?');
    // The first word of it comes with its clock.
    await expect.poll(() => changes[0]?.sla, patient).toMatchObject({ policyId: policy.id, target: 'first-response' });
    const { createdAt, sla } = await rowOf(house, ruth.conversationId);
    expect(sla).toEqual({ policyId: policy.id, target: 'first-response', warnAt: createdAt + MINUTE_MS, dueAt: createdAt + 2 * MINUTE_MS });
    await get(dana, 'conversation:assign', { conversationId: ruth.conversationId, agentId: noa.id });

    house.clockOffsetMs += 70_000;
    await expect.poll(() => heard.map(({ kind }) => kind), patient).toEqual(['assignment', 'sla-warning']);
    expect(heard[1]).toMatchObject({ actor: null, conversationId: ruth.conversationId, sla: { target: 'first-response' } });
    expect(await noticesOf(house, sara.cookie)).toEqual([]);

    house.clockOffsetMs += MINUTE_MS;
    await expect.poll(() => heard.at(-1)?.kind, patient).toBe('sla-breach');
    await expect.poll(() => noticesOf(house, sara.cookie), patient).toMatchObject([{ kind: 'sla-breach', target: 'first-response' }]);
    expect(await breachesOf(house)).toMatchObject([
      { conversationId: ruth.conversationId, target: 'first-response', endedAt: null, lateMs: null, assigneeId: noa.id },
    ]);
    const broken = async (since: number) => (await get<NowBoard>(dana, 'now:watch', { since })).today.broken;
    expect([await broken(createdAt), await broken(createdAt + 2 * MINUTE_MS), await broken(createdAt + 2 * MINUTE_MS + 1)]).toEqual([
      1, 1, 0,
    ]);

    house.clockOffsetMs += 3 * MINUTE_MS;
    await say(noas, ruth.conversationId);
    await expect.poll(async () => (await rowOf(house, ruth.conversationId)).sla, patient).toBeNull();
    await expect.poll(async () => (await breachesOf(house))[0]?.endedAt, patient).not.toBeNull();
    const { firstResponseAt } = await house.server.app.storage.db
      .selectFrom('conversation')
      .select('firstResponseAt')
      .executeTakeFirstOrThrow();
    expect((await breachesOf(house))[0]).toMatchObject({
      endedAt: firstResponseAt,
      lateMs: (firstResponseAt ?? 0) - createdAt - 2 * MINUTE_MS,
    });
    expect(heard).toHaveLength(3);

    // The next answer is promised for itself.
    await get(ruth.socket, 'message:post', { id: nanoid(), text: 'תודה, ומתי?' });
    await expect.poll(async () => (await rowOf(house, ruth.conversationId)).sla?.target, patient).toBe('next-response');
  });

  test('a chat that nobody has warns those of its team who are here, or else who leads', async () => {
    const house = await open();
    const [noa, omar, sara] = [await house.hire('Noa'), await house.hire('Omar'), await house.hire('Sara', 'supervisor')];
    const sales = await makeTeam(house, 'מכירות', [noa.id, omar.id]);
    await promise(house);
    const { socket: dana } = await house.agent();
    const { socket: noas } = await house.agent(noa.cookie);
    await get(noas, 'availability:set', { availability: 'online' });
    const ours = await writeIn(house, 'למכירות');
    const theirs = await writeIn(house, 'לכולם');
    await get(dana, 'conversation:assign', { conversationId: ours.conversationId, teamId: sales.id });
    house.clockOffsetMs += 70_000;
    const warning = (conversationId: string) => ({ kind: 'sla-warning', conversationId, target: 'first-response' });
    await expect.poll(() => noticesOf(house, noa.cookie), patient).toEqual([warning(ours.conversationId)]);
    await expect.poll(() => noticesOf(house, sara.cookie), patient).toEqual([warning(theirs.conversationId)]);
    expect(await noticesOf(house, omar.cookie)).toEqual([]);
  });

  test('the clock of an end stands still while the customer is waited for, asleep or gone, and goes on with what is left', async () => {
    const house = await open();
    await promise(house, { firstResponseMs: null, nextResponseMs: null, resolutionMs: 60 * MINUTE_MS });
    const { socket: dana } = await house.agent();
    const { conversationId, socket: ruth } = await writeIn(house, 'יש תקלה');
    const left = async () => {
      const { sla } = await rowOf(house, conversationId);
      return sla && Math.round((sla.dueAt - Date.now() - house.clockOffsetMs) / MINUTE_MS);
    };
    await expect.poll(left, patient).toBe(60);
    house.clockOffsetMs += 20 * MINUTE_MS;
    await say(dana, conversationId);
    await expect.poll(left, patient).toBeNull();
    house.clockOffsetMs += 500 * MINUTE_MS;
    await say(ruth, conversationId);
    await expect.poll(left, patient).toBe(40);
    house.clockOffsetMs += 10 * MINUTE_MS;
    await get(dana, 'conversation:snooze', { conversationId, until: Date.now() + house.clockOffsetMs + 100 * MINUTE_MS });
    await expect.poll(left, patient).toBeNull();
    house.clockOffsetMs += 90 * MINUTE_MS;
    await get(dana, 'conversation:reopen', { conversationId });
    await expect.poll(left, patient).toBe(30);
    house.clockOffsetMs += 10 * MINUTE_MS;
    await get(dana, 'conversation:resolve', { conversationId });
    await expect.poll(left, patient).toBeNull();
    house.clockOffsetMs += 300 * MINUTE_MS;
    await say(ruth, conversationId);
    await expect.poll(left, patient).toBe(20);
    expect(await breachesOf(house)).toEqual([]);
  });

  test('late is what the customer waited after the promised time: neither the silence of the customer nor a snooze counts', async () => {
    const house = await open();
    await promise(house, { firstResponseMs: MINUTE_MS, nextResponseMs: null, resolutionMs: 10 * MINUTE_MS });
    const { socket: dana } = await house.agent();
    const late = async (target: string) => {
      const breach = (await breachesOf(house)).find((one) => one.target === target);
      return breach && { isOver: breach.endedAt !== null, minutes: breach.lateMs === null ? null : Math.round(breach.lateMs / MINUTE_MS) };
    };
    const shown = async (id: string) => (await rowOf(house, id)).sla;
    const { conversationId, socket: ruth } = await writeIn(house, 'יש תקלה');
    await expect.poll(() => shown(conversationId), patient).not.toBeNull();
    house.clockOffsetMs += 4 * MINUTE_MS;
    await expect.poll(() => late('first-response'), patient).toEqual({ isOver: false, minutes: null });
    await get(dana, 'conversation:snooze', { conversationId, until: Date.now() + house.clockOffsetMs + 600 * MINUTE_MS });
    await expect.poll(() => shown(conversationId), patient).toBeNull();
    house.clockOffsetMs += 500 * MINUTE_MS;
    await get(dana, 'conversation:reopen', { conversationId });
    await expect.poll(() => shown(conversationId), patient).not.toBeNull();
    house.clockOffsetMs += 8 * MINUTE_MS;
    await expect.poll(() => late('resolution'), patient).toEqual({ isOver: false, minutes: null });
    await say(dana, conversationId);
    await expect.poll(() => late('first-response'), patient).toEqual({ isOver: true, minutes: 11 });
    house.clockOffsetMs += 3 * 24 * 60 * MINUTE_MS;
    await get(dana, 'conversation:resolve', { conversationId });
    await expect.poll(() => late('resolution'), patient).toEqual({ isOver: true, minutes: 2 });

    // It goes on and ends once more: what was written down of its end stays.
    const before = await breachesOf(house);
    house.clockOffsetMs += 24 * 60 * MINUTE_MS;
    await say(ruth, conversationId, 'עוד משהו');
    await expect.poll(() => shown(conversationId), patient).not.toBeNull();
    house.clockOffsetMs += 30_000;
    await get(dana, 'conversation:resolve', { conversationId });
    await expect.poll(() => shown(conversationId), patient).toBeNull();
    const settledAs = async () => {
      const { seen } = await house.server.app.storage.db.selectFrom('slaClock').select('seen').executeTakeFirstOrThrow();
      return seen.split(' ')[0];
    };
    await expect.poll(settledAs, patient).toBe('resolved');
    expect(await breachesOf(house)).toEqual(before);
  });

  test('a policy that is changed, put before another or taken away counts at once for whoever waits', async () => {
    const house = await open();
    const [strict, easy] = [await promise(house), await promise(house, { name: 'נוח', firstResponseMs: 30 * MINUTE_MS })];
    const { conversationId } = await writeIn(house, 'שלום');
    const { createdAt } = await rowOf(house, conversationId);
    const promised = async () => {
      const { sla } = await rowOf(house, conversationId);
      return sla && (sla.dueAt - createdAt) / MINUTE_MS;
    };
    await expect.poll(promised, patient).toBe(2);
    await house.json('POST', '/api/sla-policies/order', { ids: [easy.id, strict.id] });
    await expect.poll(promised, patient).toBe(30);
    const changed = await house.json<SlaPolicy>('PATCH', `/api/sla-policies/${easy.id}`, {
      firstResponseMs: 10 * MINUTE_MS,
      version: easy.version,
    });
    expect(changed.version).toBe(easy.version + 1);
    await expect.poll(promised, patient).toBe(10);
    const stale = await house.call('PATCH', `/api/sla-policies/${easy.id}`, { name: 'x', version: easy.version });
    expect(stale.status).toBe(409);
    await house.json('PATCH', `/api/sla-policies/${easy.id}`, { when: { priorities: ['urgent'] }, version: changed.version });
    await expect.poll(promised, patient).toBe(2);
    house.clockOffsetMs += 3 * MINUTE_MS;
    await expect.poll(() => breachesOf(house), patient).toHaveLength(1);
    // More time was meant: it is not late yet, and was not.
    await house.json('PATCH', `/api/sla-policies/${strict.id}`, { firstResponseMs: 20 * MINUTE_MS, version: strict.version });
    await expect.poll(promised, patient).toBe(20);
    await expect.poll(() => breachesOf(house), patient).toEqual([]);
    await house.call('DELETE', `/api/sla-policies/${strict.id}`);
    await house.call('DELETE', `/api/sla-policies/${easy.id}`);
    await expect.poll(promised, patient).toBeNull();
  });

  test('team, priority and customer decide which policy counts, and a change of one of them changes the promise', async () => {
    const house = await open();
    const sales = await makeTeam(house, 'מכירות');
    const vip = await promise(house, { name: 'VIP', when: { fields: [{ key: 'plan', value: 'gold' }] }, firstResponseMs: MINUTE_MS });
    const ofSales = await promise(house, { name: 'מכירות', when: { teamIds: [sales.id] } });
    const { socket: dana } = await house.agent();
    const { conversationId, socket: ruth } = await writeIn(house, 'שלום');
    const policyId = async () => (await rowOf(house, conversationId)).sla?.policyId ?? null;
    await get(dana, 'conversation:assign', { conversationId, teamId: sales.id });
    await expect.poll(policyId, patient).toBe(ofSales.id);
    await get(ruth, 'visitor:identify', { fields: { plan: 'Gold' } });
    await expect.poll(policyId, patient).toBe(vip.id);
  });

  test('hours that are changed move what was promised, and nothing counts while the business is closed', async () => {
    const house = await open();
    await promise(house, { firstResponseMs: 90 * MINUTE_MS, isBusinessTime: true });
    const { conversationId } = await writeIn(house, 'שלום');
    const { createdAt } = await rowOf(house, conversationId);
    const promised = async () => {
      const { sla } = await rowOf(house, conversationId);
      return sla && (sla.dueAt - createdAt) / MINUTE_MS;
    };
    await expect.poll(promised, patient).toBe(90);
    const week = (spans: { from: number; to: number }[]) => Array.from({ length: 7 }, () => spans);
    const never = { name: 'סגור', timeZone: 'UTC', week: week([]), exceptions: [], holidays: [], jewish: null, calendars: [] };
    const hours = await house.json<BusinessHours>('POST', '/api/business-hours', { ...never, inboxIds: [house.inbox.id] });
    await expect.poll(promised, patient).toBeNull();
    await house.json('PATCH', `/api/business-hours/${hours.id}`, { week: week([{ from: 0, to: 1_440 }]), version: hours.version });
    await expect.poll(promised, patient).toBe(90);
    // Closed from the next hour on for one hour, every day: what is left goes on after it.
    const minute = Math.floor(createdAt / MINUTE_MS) % 1_440;
    const begin = (Math.floor(minute / 60) * 60 + 60) % 1_440;
    const spans = [
      { from: 0, to: begin },
      { from: begin + 60, to: 1_440 },
    ].filter(({ from, to }) => from < to);
    await house.json('PATCH', `/api/business-hours/${hours.id}`, { week: week(spans), version: hours.version + 1 });
    await expect.poll(promised, patient).toBe(150);
  });

  test('what ran out while the house was down is found as soon as it is up', async () => {
    const house = await open();
    const sara = await house.hire('Sara', 'supervisor');
    await promise(house);
    const { conversationId } = await writeIn(house, 'מישהו?');
    await expect.poll(async () => (await rowOf(house, conversationId)).sla, patient).not.toBeNull();
    await house.stop();
    house.clockOffsetMs += 10 * MINUTE_MS;
    await house.start();
    await expect.poll(() => noticesOf(house, sara.cookie), patient).toMatchObject([{ kind: 'sla-breach', conversationId }]);
    expect(await breachesOf(house)).toMatchObject([{ conversationId, target: 'first-response' }]);
  });

  test('the board counts by the promises, and by five minutes where nothing is promised', async () => {
    const house = await open();
    const lead = await makeRole(house, 'lead', ['conversations:view-all', 'reports:view']);
    const lena = await house.hire('Lena', lead.id);
    const sales = await makeTeam(house, 'מכירות');
    await promise(house, { when: { teamIds: [sales.id] }, firstResponseMs: 60 * MINUTE_MS });
    const { socket: dana } = await house.agent();
    const [first, second] = [await writeIn(house, 'אחת'), await writeIn(house, 'שתיים')];
    await get(dana, 'conversation:assign', { conversationId: first.conversationId, teamId: sales.id });
    await expect.poll(async () => (await rowOf(house, first.conversationId)).sla, patient).not.toBeNull();
    const rows = async (what: string) =>
      (
        await house.json<{ items: ConversationSummary[] }>('GET', `/api/now/conversations?what=${what}`, undefined, { cookie: lena.cookie })
      ).items.map(({ id }) => id);
    const counted = async () =>
      (await get<{ waiting: { breached: number; soon: number } }>(dana, 'now:watch', { since: Date.now() })).waiting;
    house.clockOffsetMs += 6 * MINUTE_MS;
    expect(await rows('breached')).toEqual([second.conversationId]);
    expect(await counted()).toMatchObject({ breached: 1, soon: 0 });
    house.clockOffsetMs += 30 * MINUTE_MS;
    expect(await rows('soon')).toEqual([first.conversationId]);
    expect(await rows('late')).toEqual([second.conversationId, first.conversationId]);
    expect(await counted()).toMatchObject({ breached: 1, soon: 1 });
    house.clockOffsetMs += 30 * MINUTE_MS;
    expect(await rows('breached')).toEqual([second.conversationId, first.conversationId]);
  });

  test('a saved view of what is late, or soon will be, shows what the board shows, whatever is due first above', async () => {
    const house = await open();
    const sales = await makeTeam(house, 'מכירות');
    await promise(house, { when: { teamIds: [sales.id] }, firstResponseMs: 60 * MINUTE_MS });
    const { socket: dana } = await house.agent();
    const talks = [await writeIn(house, 'אחת'), await writeIn(house, 'שתיים'), await writeIn(house, 'שלוש'), await writeIn(house, 'ארבע')];
    const [hour, usual, asleep, answered] = talks.map(({ conversationId }) => conversationId) as [string, string, string, string];
    await get(dana, 'conversation:assign', { conversationId: hour, teamId: sales.id });
    await get(dana, 'conversation:snooze', { conversationId: asleep, until: Date.now() + 600 * MINUTE_MS });
    await say(dana, answered);
    await expect.poll(async () => (await rowOf(house, hour)).sla, patient).not.toBeNull();
    const promises = ['breached', 'soon'] as const;
    const saved = await house.json<SavedView>('POST', '/api/views', { id: nanoid(), name: 'באיחור', filter: { promises }, sort: 'due' });
    expect(saved).toMatchObject({ filter: { promises }, sort: 'due' });
    const page = async (filter: ViewFilter, limit = '50') => {
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query = new URLSearchParams({ filter: JSON.stringify(filter), sort: 'due', limit, ...(cursor && { cursor }) });
        const part: { items: ConversationSummary[]; next: string | null } = await house.json('GET', `/api/views/page?${query}`);
        ids.push(...part.items.map(({ id }) => id));
        cursor = part.next;
      }
      return ids;
    };
    const board = async (what: string) =>
      (await house.json<{ items: ConversationSummary[] }>('GET', `/api/now/conversations?what=${what}`)).items.map(({ id }) => id);
    const agree = async () => {
      for (const one of promises) expect(await page({ promises: [one] })).toEqual(await board(one));
      expect(await page(saved.filter)).toEqual(await board('late'));
      const fitting = await house.json<{ items: ConversationSummary[] }>('POST', '/api/views/fitting', {
        filter: saved.filter,
        ids: talks.map(({ conversationId }) => conversationId),
      });
      expect(new Set(fitting.items.map(({ id }) => id))).toEqual(new Set(await board('late')));
      return page(saved.filter);
    };
    expect(await agree()).toEqual([]);
    const everybody: ViewFilter = { statuses: ['open', 'snoozed'] };
    expect(await page(everybody)).toEqual([usual, hour, answered, asleep]);
    expect(await page(everybody, '1')).toEqual([usual, hour, answered, asleep]);
    house.clockOffsetMs += 4.5 * MINUTE_MS;
    expect(await agree()).toEqual([usual]);
    house.clockOffsetMs += 31 * MINUTE_MS;
    expect(await agree()).toEqual([usual, hour]);
    expect(await board('soon')).toEqual([hour]);
    house.clockOffsetMs += 31 * MINUTE_MS;
    expect(await agree()).toEqual([usual, hour]);
    expect(await page({ promises: ['breached'], statuses: ['snoozed'] })).toEqual([]);
    expect(await page({ promises: ['breached'], teams: [sales.id] }, '1')).toEqual([hour]);
    const { counts } = await house.json<ViewCounts>('GET', '/api/views/counts');
    expect(counts[saved.id]).toEqual({ count: 2, isMore: false });
  });
});

describe('on two servers', () => {
  test('one broken promise is told once', async () => {
    const [postgres] = databases.filter(({ name }) => name === 'PostgreSQL');
    const house = (await postgres?.open()) as House;
    const sara = await house.hire('Sara', 'supervisor');
    const second = new House({}, { dataDir: `${house.dataDir}/second`, databaseUrl: house.server.app.config.databaseUrl });
    await mkdir(second.dataDir);
    await copyFile(`${house.dataDir}/secret.key`, `${second.dataDir}/secret.key`);
    await second.start();
    try {
      second.cookie = house.cookie;
      second.inbox = house.inbox;
      await promise(house);
      const talks = await Promise.all([writeIn(house, 'אחת'), writeIn(second, 'שתיים'), writeIn(house, 'שלוש')]);
      for (const { conversationId } of talks) {
        await expect.poll(async () => (await rowOf(second, conversationId)).sla, patient).not.toBeNull();
      }
      house.clockOffsetMs += 10 * MINUTE_MS;
      second.clockOffsetMs += 10 * MINUTE_MS;
      await expect.poll(async () => (await noticesOf(house, sara.cookie)).length, patient).toBe(3);
      expect(await breachesOf(house)).toHaveLength(3);
      // Both have had their turn.
      await expect
        .poll(() => house.server.app.storage.db.selectFrom('slaClock').select('id').where('nextAt', 'is not', null).execute(), patient)
        .toEqual([]);
      expect(new Set((await noticesOf(house, sara.cookie)).map(({ conversationId }) => conversationId)).size).toBe(3);
      expect(await noticesOf(house, sara.cookie)).toHaveLength(3);
    } finally {
      await second.close();
    }
  });
});

test('whoever sets a promise up sees when it would run out', async () => {
  const [sqlite] = databases;
  const house = (await sqlite?.open()) as House;
  const at = Date.UTC(2026, 5, 1, 9, 0);
  const preview = await house.json<SlaPreview>('POST', '/api/sla-policies/preview', { rules, inboxId: house.inbox.id, at });
  expect(preview).toEqual({
    at,
    isOpen: true,
    opensAt: at,
    clocks: [
      { target: 'first-response', warnAt: at + MINUTE_MS, dueAt: at + 2 * MINUTE_MS },
      { target: 'next-response', warnAt: at + 2.5 * MINUTE_MS, dueAt: at + 5 * MINUTE_MS },
    ],
  });
  const nothing = await house.call('POST', '/api/sla-policies', { ...rules, id: nanoid(), firstResponseMs: null, nextResponseMs: null });
  expect(nothing.status).toBe(400);
  // The same request again, after a lost reply.
  const one = { ...rules, id: nanoid() };
  await house.json('POST', '/api/sla-policies', one);
  await house.json('POST', '/api/sla-policies', one);
  expect((await house.json<{ items: SlaPolicy[] }>('GET', '/api/sla-policies')).items).toHaveLength(1);
});
