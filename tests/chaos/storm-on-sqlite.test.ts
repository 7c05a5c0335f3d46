import { expect, test } from 'vitest';
import { kills, minutes } from './asked.ts';
import { longMs, timeout, weather } from './told-storm.ts';

const canCutPower = process.platform === 'linux';

test('the server is killed, its power fails and networks break, and every message is stored once and shown the same to all', {
  timeout,
}, async () => {
  const halfOpens = 3 + Math.floor(minutes);
  const aftermath = await weather('SQLite', { kills, lastsMs: longMs, powerCuts: canCutPower ? 0.4 : 0, halfOpens });

  expect(aftermath.kills).toBeGreaterThanOrEqual(25);
  expect(aftermath.killsInFlight, 'kills while something was on its way').toBeGreaterThanOrEqual(10);
  expect(aftermath.retries, 'messages whose ok was lost').toBeGreaterThan(0);
  expect(aftermath.noticedMs, 'half-open connections').toHaveLength(halfOpens);
});
