import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'vitest';
import { startPostgres } from '../helpers/postgres.ts';
import { longMs, timeout, weather } from './told-storm.ts';

test('on PostgreSQL it is the same, even when PostgreSQL itself goes away for a while', { timeout }, async () => {
  const postgres = await startPostgres();
  try {
    const calamity = async () => {
      await postgres.halt();
      await delay(2_000); // So long it is away.
      await postgres.start();
    };
    await weather('PostgreSQL', { kills: 8, lastsMs: longMs, databaseUrl: postgres.url, calamity });
  } finally {
    await postgres.stop();
  }
});
