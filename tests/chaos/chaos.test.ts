import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startPostgres } from '../helpers/postgres.ts';
import { dist, kills, minutes, seed } from './asked.ts';
import { type Aftermath, rage, type StormOptions } from './storm.ts';

const longMs = minutes * 60_000;
const timeout = 240_000 + longMs + kills * 10_000;
const canCutPower = process.platform === 'linux';

test('the server is killed, its power fails and networks break, and every message is stored once and shown the same to all', {
  timeout,
}, async () => {
  const halfOpens = 3 + Math.floor(minutes);
  const aftermath = await storm('SQLite', { kills, lastsMs: longMs * 0.6, powerCuts: canCutPower ? 0.4 : 0, halfOpens });

  expect(aftermath.kills).toBeGreaterThanOrEqual(25);
  expect(aftermath.killsInFlight, 'kills while something was on its way').toBeGreaterThanOrEqual(10);
  expect(aftermath.retries, 'messages whose ok was lost').toBeGreaterThan(0);
  expect(aftermath.noticedMs, 'half-open connections').toHaveLength(halfOpens);
});

test('on PostgreSQL it is the same, even when PostgreSQL itself goes away for a while', { timeout }, async () => {
  const postgres = await startPostgres();
  try {
    const calamity = async () => {
      await postgres.halt();
      await delay(2_000); // So long it is away.
      await postgres.start();
    };
    await storm('PostgreSQL', { kills: 8, lastsMs: longMs * 0.4, databaseUrl: postgres.url, calamity });
  } finally {
    await postgres.stop();
  }
});

async function storm(database: string, options: Omit<StormOptions, 'seed' | 'dist'>): Promise<Aftermath> {
  const say = (sentence: string) => console.log(`Chaos on ${database}, CHAOS_SEED=${seed}: ${sentence}`);
  const aftermath = await rage({ ...options, seed, dist, onProgress: say });
  const { killsInFlight, powerCuts, messages, retries, noticedMs, verdict } = aftermath;
  say(
    `${aftermath.kills} kills, ${killsInFlight} of them while something was on its way and ${powerCuts} with a power cut; ${messages} messages, ${retries} of them ` +
      `acknowledged more than once; half-open connections noticed after ${noticedMs.map((ms) => (ms / 1_000).toFixed(1)).join(', ') || 'no'} s.`,
  );
  expect(verdict, 'promises that were not kept').toEqual([]);
  return aftermath;
}
