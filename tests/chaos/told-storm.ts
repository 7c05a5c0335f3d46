import { expect } from 'vitest';
import { dist, kills, minutes, seed } from './asked.ts';
import { type Aftermath, rage, type StormOptions } from './storm.ts';

/** How long the storms last, if somebody asked for it. */
export const longMs = minutes * 60_000;
/** Until a storm has failed. */
export const timeout = 240_000 + longMs + kills * 10_000;

/** A storm that tells at the terminal how it goes, and in which every promise was kept. */
export async function weather(database: string, options: Omit<StormOptions, 'seed' | 'dist'>): Promise<Aftermath> {
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
