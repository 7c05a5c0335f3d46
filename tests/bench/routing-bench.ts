/**
 * `npm run bench:routing`: 1,000 chats wait (BENCH_CHATS) for 200 agents. Prints what one decision takes, what it takes when 100 agents come
 * online at once, and how long it is until the last chat that finds room is given, on SQLite and PostgreSQL; `sqlite` or `postgres` takes
 * one of them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nanoid } from 'nanoid';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import type { AgentAtWork, Chat, Floor } from '../../server/routing/floor.ts';
import { planFloor } from '../../server/routing/routing-plan.ts';
import { type RunningServer, startServer } from '../../server/server.ts';
import type { Transaction } from '../../server/storage/database.ts';
import { firstRoutingRules, firstTeamRouting } from '../../shared/routing.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { median, quantile, table } from './figures.ts';

const CHATS = Number(process.env.BENCH_CHATS ?? 1_000);
const AGENTS = 200;
const ARRIVING = 100;
const CAPACITY = 5;
const ROUNDS = 50;
const PLACES = Math.min(CHATS, ARRIVING * CAPACITY);
const GIVE_UP_MS = 120_000;

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}). ${CHATS} wait, ${AGENTS} agents, ${ARRIVING} of them arrive.`,
);
const wished = process.argv.slice(2);
const rows: string[][] = [['the decision alone', ...decide()]];
if (wished.length === 0 || wished.includes('sqlite')) rows.push(['SQLite, end to end', ...(await onSqlite())]);
if (wished.length === 0 || wished.includes('postgres')) rows.push(['PostgreSQL, end to end', ...(await onPostgres())]);
console.log(`\n${table(['ms', 'one chat, p50', 'p95', 'the storm', 'longest stop'], rows)}\n`);
process.exit(0);

/** The floor with teams, languages and skills, where everybody at work is full but one. */
function makeFloor(hasArrived: boolean): Floor {
  const teamIds = ['sales', 'service', 'repairs', 'vip'];
  const agents = new Map<string, AgentAtWork>();
  for (let at = 0; at < AGENTS; at += 1) {
    const isThere = at >= ARRIVING || hasArrived;
    const isFree = at === AGENTS - 1 || at < ARRIVING;
    agents.set(`agent-${at}`, {
      id: `agent-${at}`,
      name: `Agent ${at}`,
      teamIds: new Set([teamIds[at % 4] as string, teamIds[(at + 1) % 4] as string]),
      languages: new Set(at % 3 === 0 ? ['he', 'ar'] : ['he', 'en']),
      skills: new Set(at % 5 === 0 ? ['refunds'] : []),
      capacity: CAPACITY,
      state: isThere ? 'online' : 'away',
      isReachable: isThere,
      goneAt: null,
      load: isFree ? 0 : CAPACITY,
      teamLoads: new Map(),
      assignedAt: at,
    });
  }
  const chats = Array.from(
    { length: CHATS },
    (_, at): Chat => ({
      id: `chat-${at}`,
      inboxId: 'shop',
      teamId: at % 5 === 0 ? null : (teamIds[at % 4] as string),
      teamIdBefore: null,
      priority: at % 20 === 0 ? 2 : 1,
      waitingSince: at,
      enteredAt: at,
      isReturned: false,
      language: ['he', 'en', 'ar', null][at % 4] ?? null,
      skills: at % 11 === 0 ? ['refunds'] : [],
      refusedIds: new Set(at % 13 === 0 ? [`agent-${at % AGENTS}`] : []),
      lastAgent: at % 3 === 0 ? { id: `agent-${at % AGENTS}`, at: 0 } : null,
      assigneeId: null,
      isTaken: false,
      isPromised: false,
      routedAt: null,
      reasons: [],
      isNew: false,
      isHanded: true,
      isOpen: true,
    }),
  );
  const teams = Object.fromEntries(teamIds.map((id) => [id, { ...firstTeamRouting, lastAgentWaitSeconds: 0 }]));
  return { rules: { ...firstRoutingRules, teams }, teamNames: new Map(teamIds.map((id) => [id, id])), agents, chats };
}

/** A chat among all who wait, and the storm; neither touches a database. */
function decide(): string[] {
  const times = (hasArrived: boolean) => {
    const taken = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const floor = makeFloor(hasArrived);
      const from = performance.now();
      planFloor(floor, 1_000_000);
      taken.push(performance.now() - from);
    }
    return taken.slice(ROUNDS / 5).toSorted((one, other) => one - other);
  };
  const [whole, storm] = [times(false), times(true)];
  // A look decides about everybody who waits: what one chat costs is its share.
  const share = whole.map((ms) => ms / CHATS);
  return [quantile(share, 0.5).toFixed(4), quantile(share, 0.95).toFixed(4), median(storm).toFixed(1), (storm.at(-1) ?? 0).toFixed(1)];
}

async function onSqlite(): Promise<string[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-routing-'));
  try {
    return await measure(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<string[]> {
  const postgres = await startPostgres();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-routing-'));
  try {
    return await measure(dataDir, postgres.url);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(dataDir: string, databaseUrl?: string): Promise<string[]> {
  const server = await startServer({
    config: readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...(databaseUrl && { DATABASE_URL: databaseUrl }) }),
    assetsDir: path.resolve('dist'),
    log: pino({ level: 'silent' }),
    onFatal: (error) => {
      throw error;
    },
  });
  const { app } = server;
  const { agentIds, inboxId } = await app.storage.write((trx) => fill(trx, app.now()));
  await app.storage.write((trx) =>
    trx
      .insertInto('routing')
      .values({ id: 'routing', rules: JSON.stringify({ ...firstRoutingRules, inboxes: { [inboxId]: 'automatic' } }), version: 1 })
      .execute(),
  );
  app.followers.routingChanged();
  const settled = async () => (await app.storage.db.selectFrom('conversationRoute').select('conversationId').execute()).length >= CHATS;
  await until(settled);
  const stops = monitorEventLoopDelay({ resolution: 1 });
  stops.enable();
  const from = performance.now();
  arrive(server, agentIds.slice(0, ARRIVING));
  await until(async () => (await countGiven(server)) >= PLACES);
  const stormMs = performance.now() - from;
  stops.disable();
  const single = [];
  for (let round = 0; round < 20 && CHATS - PLACES > round; round += 1) {
    const began = performance.now();
    arrive(server, [agentIds[ARRIVING + round] as string]);
    await until(async () => (await countGiven(server)) > PLACES + round * CAPACITY);
    single.push(performance.now() - began);
    await until(async () => (await countGiven(server)) >= Math.min(CHATS, PLACES + (round + 1) * CAPACITY));
  }
  await server.close();
  const sorted = single.toSorted((one, other) => one - other);
  return [quantile(sorted, 0.5).toFixed(1), quantile(sorted, 0.95).toFixed(1), stormMs.toFixed(0), (stops.max / 1e6).toFixed(0)];
}

function arrive({ app }: RunningServer, agentIds: readonly string[]): void {
  for (const id of agentIds) app.presence.enter(id, `window of ${id}`, { availability: 'online', since: null, setBy: null });
}

async function countGiven({ app }: RunningServer): Promise<number> {
  const { given } = await app.storage.db
    .selectFrom('conversation')
    .select((count) => count.fn.countAll<number>().as('given'))
    .where('assigneeId', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(given);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const from = performance.now();
  while (!(await isSo())) {
    if (performance.now() - from > GIVE_UP_MS) throw new Error('It did not come to that.');
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

async function fill(trx: Transaction, now: number): Promise<{ agentIds: string[]; inboxId: string }> {
  const { id: inboxId } = await trx.selectFrom('inbox').select('id').executeTakeFirstOrThrow();
  const agentIds = Array.from({ length: AGENTS }, () => nanoid());
  await trx
    .insertInto('agent')
    .values(
      agentIds.map((id, at) => ({
        id,
        name: `Agent ${at}`,
        email: `${at}@shop.example`,
        passwordHash: 'x',
        role: 'agent',
        avatarUrl: null,
        availability: 'online',
        availabilityAt: null,
        availabilityBy: null,
        deactivatedAt: null,
        createdAt: now,
        languages: at % 3 === 0 ? '["he","ar"]' : '["he","en"]',
        signature: '',
        isAdviceHidden: 0,
        notifications: '{}',
        twoFactorSecret: null,
        twoFactorPending: null,
        twoFactorStep: null,
        recoveryHashes: null,
      })),
    )
    .execute();
  for (let at = 0; at < CHATS; at += 1) {
    const [id, contactId, visitorId] = [nanoid(), nanoid(), nanoid()];
    const contact = { id: contactId, name: null, company: null, lifecycle: 'lead', locale: at % 2 === 0 ? 'he' : 'en', fields: '{}' };
    const blocked = { erasedAt: null, blockedAt: null, blockedUntil: null, blockedBy: null };
    const seen = { pageUrl: null, pageTitle: null, consentAt: null, consentText: null, createdAt: now, lastSeenAt: now };
    await trx
      .insertInto('contact')
      .values({ ...contact, ...blocked, ...seen })
      .execute();
    const visitor = { id: visitorId, inboxId, tokenHash: visitorId, contactId, isVerified: 0, locale: null };
    await trx
      .insertInto('visitor')
      .values({ ...visitor, createdAt: now, lastSeenAt: now, erasedAt: null })
      .execute();
    await trx
      .insertInto('conversation')
      .values({
        id,
        inboxId,
        visitorId,
        contactId,
        status: 'open',
        assigneeId: null,
        teamId: null,
        priority: 1,
        tags: '[]',
        lastSeq: 0,
        lastPublicSeq: 0,
        unread: 0,
        agentReadSeq: 0,
        visitorReadSeq: 0,
        waitingSince: now - (CHATS - at) * 10,
        firstResponseAt: null,
        snoozedUntil: null,
        resolvedAt: null,
        endedAt: null,
        joinedIds: '',
        rating: null,
        createdAt: now,
        updatedAt: now,
        erasedAt: null,
      })
      .execute();
  }
  return { agentIds, inboxId };
}
