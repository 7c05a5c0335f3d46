import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type PostgresServer, queryOnce, startPostgres } from '../helpers/postgres.ts';
import { dist, seed } from './asked.ts';
import { databaseBackup, folderBackup } from './backup.ts';
import { ChaosAgent } from './chaos-agent.ts';
import type { Person } from './person.ts';
import { Town, type TownOptions } from './town.ts';
import { until } from './until.ts';

/** What the closing server says to each of its connections. */
const CLOSING = /"server:closing",\{"reconnectInMs":(\d+)\}/g;

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test('while the server is restarted people go on writing, nobody sees a failed message, and all come back at moments of their own', async () => {
  const town = await foundTown();
  const { ledger, lines, people, server } = town;
  const told = new Map(lines.map((line) => [line, [] as { at: number; reconnectInMs: number }[]]));
  for (const [line, closings] of told) {
    line.onServerSaid = (words) => {
      ledger.hearServer(words);
      for (const [, ms] of words.matchAll(CLOSING)) closings.push({ at: performance.now(), reconnectInMs: Number(ms) });
    };
  }
  const rest = town.liven(onlyWriting);
  expect(await until(() => people.every((person) => person.isLive) && ledger.acknowledged.size >= 40, 20_000)).toBe(true);

  await server.stop();
  const writtenBefore = ledger.typed.size;
  expect(await until(() => ledger.typed.size > writtenBefore + 10, 10_000)).toBe(true);
  await server.start();
  expect(await until(() => people.every((person) => person.isLive), 20_000)).toBe(true);
  rest();
  await town.calmDown();

  const returns = [...told].map(([line, closings]) => {
    expect(closings, 'every tab is told once').toHaveLength(1);
    const [{ at, reconnectInMs } = { at: 0, reconnectInMs: 0 }] = closings;
    const tookMs = (line.dials.find((dial) => dial > at) ?? 0) - at;
    expect(tookMs, 'nobody comes back before the moment that it was told').toBeGreaterThanOrEqual(reconnectInMs - 20);
    return { reconnectInMs, tookMs };
  });
  expect(spread(returns.map(({ reconnectInMs }) => reconnectInMs))).toBeGreaterThan(200);
  expect(spread(returns.map(({ tookMs }) => tookMs))).toBeGreaterThan(200);
  await town.judge();
  expect(ledger.verdict, `CHAOS_SEED=${seed}`).toEqual([]);
});

test('after an older copy of the data folder was put back, everybody sees what there is, what was unsent goes out, and the chat goes on', async () => {
  const town = await foundTown({ visitors: 4, agents: 2 });
  await restoreOlder(town, folderBackup(town.dataDir));
});

test('after an older PostgreSQL database was put back it is the same', async () => {
  const url = new URL('/restored', postgres.url).href;
  await queryOnce(postgres.url, 'drop database if exists restored with (force)');
  await queryOnce(postgres.url, 'create database restored');
  const town = await foundTown({ visitors: 4, agents: 2, databaseUrl: url });
  await restoreOlder(town, databaseBackup(url));
});

async function restoreOlder(town: Town, backup: ReturnType<typeof folderBackup>): Promise<void> {
  const { ledger, server, people } = town;
  await chat(town, people);
  const backedUp = new Set((await town.stored()).map(({ conversationId }) => conversationId));
  const written = ledger.typed.size;
  await server.stop();
  await backup.take();
  await server.start();

  // Whoever comes only now is in no backup, and neither is the token that this browser is given.
  await town.admitVisitor('Latecomer', 2);
  await chat(town, people);
  expect(ledger.verdict, `CHAOS_SEED=${seed}`).toEqual([]);

  // A visitor and an agent are away from now until long after. Everybody has something to say while the server is down.
  const away = new Set([people[0], people.find((person) => person instanceof ChaosAgent)]);
  const present = people.filter((person) => !away.has(person));
  for (const line of [...away].flatMap((person) => person?.lines ?? [])) {
    line.isRefusing = true;
    line.cut();
  }
  await server.stop();
  ledger.restore([...ledger.typed.keys()].slice(written));
  for (const person of people) {
    if (person instanceof ChaosAgent) person.say([...backedUp]);
    else person.say();
  }
  await backup.putBack();
  await server.start();
  await town.calmDown({ people: present });
  expect(ledger.verdict, 'what was unsent has gone out').toEqual([]);

  // Meanwhile the conversations grow past what those who are away have seen of them.
  await chat(town, present);
  await chat(town, present);
  await town.calmDown();
  await chat(town, people);
  const stored = await town.judge();
  expect(ledger.verdict, `CHAOS_SEED=${seed}`).toEqual([]);
  expect(new Set(stored.map(({ conversationId }) => conversationId)).size, 'the latecomer has one again').toBe(backedUp.size + 1);
}

/** A while of lively talk, until all of it has arrived. */
async function chat(town: Town, people: readonly Person[]): Promise<void> {
  const enough = town.ledger.acknowledged.size + 30;
  const rest = town.liven(onlyWriting, { people, haste: 2 });
  await until(() => town.ledger.acknowledged.size >= enough, 20_000);
  rest();
  await town.calmDown({ people });
}

const onlyWriting = (person: Person) => ({ act: () => person.say() });

async function foundTown(options: Partial<TownOptions> = {}): Promise<Town> {
  const town = await Town.found({ seed, dist, ...options });
  onTestFinished(() => town.close());
  return town;
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
