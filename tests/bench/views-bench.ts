/**
 * `node .ci/bench.mjs views`: a million messages (BENCH_MESSAGES) in a tenth as many conversations, of which a tenth is not resolved, on
 * SQLite and PostgreSQL; `sqlite` or `postgres` takes one of them. Prints what opening each view takes, and counting it. Ends with an
 * error where the p95 of opening is over the aim.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { nanoid } from 'nanoid';
import type { App } from '../../server/app.ts';
import { openStorage, type Storage } from '../../server/storage/database.ts';
import { updateRows } from '../../server/storage/rows.ts';
import type { Caller } from '../../server/transport/wire.ts';
import { countView, listPageOfView } from '../../server/views/view-pages.ts';
import { type Permission, permissions } from '../../shared/agent.ts';
import type { ViewFilter, ViewSort } from '../../shared/view.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { quantile, table } from './figures.ts';
import { fillTown } from './search-town.ts';

const AIM_MS = 100;
const ROUNDS = 15;
const COUNT_MOST = 9_999;
const MINUTE_MS = 60_000;
const messages = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const town = { messages, conversations: Math.ceil(messages / 10), contacts: Math.ceil(messages / 20) };
const now = Date.now();
const teamIds = [nanoid(), nanoid(), nanoid()] as const;

interface Asked {
  what: string;
  filter: ViewFilter;
  sort?: ViewSort;
  isTeamWide?: true;
}

const asked: Asked[] = [
  { what: 'mine', filter: { assignees: ['me'] } },
  { what: 'unassigned', filter: { assignees: ['none'] } },
  { what: 'my teams', filter: { teams: ['mine'] } },
  { what: 'all open', filter: {} },
  { what: 'snoozed', filter: { statuses: ['snoozed'] } },
  { what: 'resolved', filter: { statuses: ['resolved'] } },
  { what: 'open, untouched longest first', filter: {}, sort: 'oldest' },
  { what: 'waiting for an hour or more', filter: { waitingMs: 60 * MINUTE_MS } },
  { what: 'open with a seldom tag', filter: { tags: ['refund'] } },
  { what: 'resolved with a seldom tag', filter: { tags: ['refund'], statuses: ['resolved'] } },
  { what: 'everything with a tag that nothing has', filter: { tags: ['none'], statuses: ['open', 'snoozed', 'resolved'] } },
  { what: 'resolved of one agent and a tag', filter: { assignees: ['me'], tags: ['refund'], statuses: ['resolved'] } },
  { what: 'open, in a language', filter: { languages: ['he'] } },
  { what: 'open, of lapsed customers', filter: { lifecycles: ['lapsed'] } },
  { what: 'resolved, of lapsed customers', filter: { lifecycles: ['lapsed'], statuses: ['resolved'] } },
  { what: 'resolved, verified (nobody is)', filter: { isVerified: true, statuses: ['resolved'] } },
  { what: 'open, by a field', filter: { fields: [{ name: 'plan', value: 'gold' }] } },
  { what: 'all open, to an agent who sees teams', filter: {}, isTeamWide: true },
  { what: 'resolved, to an agent who sees teams', filter: { statuses: ['resolved'] }, isTeamWide: true },
];

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}).`);
const wished = process.argv.slice(2);
const all = { sqlite: onSqlite, postgres: onPostgres };
const results: Result[] = [];
for (const [name, run] of Object.entries(all)) if (wished.length === 0 || wished.includes(name)) results.push(await run());
const head = ['ms', ...results.flatMap(({ name }) => [`${name} p50`, 'p95', 'count p50', 'found'])];
const rows = asked.map(({ what }, at) => [
  what,
  ...results.flatMap(({ opening, counting, found }) => [
    shown(opening[at], 0.5),
    shown(opening[at], 0.95),
    shown(counting[at], 0.5),
    found[at] ?? '',
  ]),
]);
console.log(`\n${table(head, rows)}\n`);
const slow = results.flatMap(({ name, opening }) =>
  asked.flatMap(({ what }, at) => (p(opening[at], 0.95) > AIM_MS ? [`${name}, ${what}`] : [])),
);
console.log(slow.length === 0 ? `Every view opens within ${AIM_MS} ms (p95).` : `Over ${AIM_MS} ms: ${slow.join('; ')}.`);
process.exit(slow.length === 0 ? 0 : 1);

interface Result {
  name: string;
  opening: number[][];
  counting: number[][];
  found: string[];
}

async function onSqlite(): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-views-'));
  try {
    return await measure('SQLite', await open(dataDir));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<Result> {
  const server = await startPostgres();
  try {
    return await measure('PostgreSQL', await open('', server.url));
  } finally {
    await server.stop();
  }
}

function open(dataDir: string, databaseUrl?: string): Promise<Storage> {
  return openStorage({
    dataDir,
    databaseUrl,
    now: () => now,
    onFatal: (error) => {
      throw error;
    },
  });
}

async function measure(name: string, storage: Storage): Promise<Result> {
  const app = { storage, now: () => now } as unknown as App;
  const startedAt = performance.now();
  await fillTown(storage, town, now);
  const agentId = await spread(storage);
  if (name === 'PostgreSQL') await storage.write((trx) => sql`analyze`.execute(trx));
  console.log(`${name}: ${messages} messages in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  const opening = asked.map((): number[] => []);
  const counting = asked.map((): number[] => []);
  const found = asked.map(() => '');
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, { filter, sort = 'waiting', isTeamWide }] of asked.entries()) {
      const caller = callerOf(
        agentId,
        isTeamWide ? ['conversations:view-own', 'conversations:view-queue', 'conversations:view-team'] : permissions,
      );
      let from = performance.now();
      const page = await listPageOfView(app, caller, { filter, sort, limit: 50 });
      opening[at]?.push(performance.now() - from);
      from = performance.now();
      const { count, isMore } = await countView(app, caller, filter, { most: COUNT_MOST, until: Number.POSITIVE_INFINITY });
      counting[at]?.push(performance.now() - from);
      found[at] = `${page.items.length}${page.next ? '…' : ''} of ${count}${isMore ? '+' : ''}`;
    }
  }
  await storage.close();
  return { name, opening, counting, found };
}

function callerOf(agentId: string, held: readonly Permission[]): Caller {
  const mine = teamIds.slice(0, 1);
  return {
    agentId,
    name: 'Dana',
    role: 'agent',
    permissions: held,
    credentialId: '',
    teamIds: mine,
    mateIds: new Set([agentId]),
    mustEnrol: false,
  };
}

/** The newest tenth is not resolved: half of it waits, some sleep; agents, teams and tags are everywhere. */
async function spread(storage: Storage): Promise<string> {
  const agents = [await storage.db.selectFrom('agent').selectAll().executeTakeFirstOrThrow()];
  for (let at = 1; at < 20; at += 1) agents.push({ ...(agents[0] as (typeof agents)[number]), id: nanoid(), email: `${at}@x.example` });
  await storage.write((trx) => trx.insertInto('agent').values(agents.slice(1)).execute());
  const known = await storage.db.selectFrom('conversation').select(['id', 'updatedAt']).orderBy('updatedAt', 'desc').execute();
  const open = Math.floor(known.length / 10);
  const rows = known.map(({ id }, at) => ({
    id,
    status: at >= open ? 'resolved' : at % 10 === 0 ? 'snoozed' : 'open',
    assigneeId: at % 7 === 0 ? null : (agents[at % agents.length]?.id ?? null),
    teamId: at % 5 === 0 ? null : (teamIds[at % teamIds.length] ?? null),
    tags: at % 997 === 0 ? '["refund"]' : at % 9 === 0 ? '["vip","חדש"]' : '[]',
    waitingSince: at < open && at % 2 === 0 ? now - at * 1_000 : null,
    unread: at % 4,
  }));
  const columns = {
    id: 'text',
    status: 'text',
    assigneeId: 'text',
    teamId: 'text',
    tags: 'text',
    waitingSince: 'bigint',
    unread: 'integer',
  } as const;
  for (let at = 0; at < rows.length; at += 5_000) {
    await storage.write((trx) => updateRows(trx, 'conversation', rows.slice(at, at + 5_000), columns));
  }
  const contacts = await storage.db.selectFrom('contact').select('id').execute();
  const files = contacts.map(({ id }, at) => ({
    id,
    lifecycle: at % 500 === 0 ? 'lapsed' : 'lead',
    fields: at % 300 === 0 ? '{"plan":"gold"}' : '{}',
  }));
  for (let at = 0; at < files.length; at += 5_000) {
    await storage.write((trx) =>
      updateRows(trx, 'contact', files.slice(at, at + 5_000), { id: 'text', lifecycle: 'text', fields: 'text' }),
    );
  }
  return agents[1]?.id ?? '';
}

function shown(times: number[] | undefined, part: number): string {
  return p(times, part).toFixed(1);
}

function p(times: readonly number[] = [], share: number): number {
  return quantile(
    times.toSorted((one, other) => one - other),
    share,
  );
}
