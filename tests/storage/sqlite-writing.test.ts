import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { insertRows } from '../../server/storage/rows.ts';
import { SqliteConnection } from '../../server/storage/sqlite-connection.js';
import { freshFolder, openFreshStorage, openTestStorage } from '../helpers/storage.ts';
import { contactColumns, contactRow, countContacts, insertContact } from './rows-to-store.ts';

it('a write that never ends holds up nobody for ever', async () => {
  const storage = await openFreshStorage('SQLite');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let hasBegun = () => {};
    const begun = new Promise<void>((resolve) => {
      hasBegun = resolve;
    });
    const endless = storage.write(async (trx) => {
      await insertContact(trx);
      hasBegun();
      await new Promise(() => undefined);
    });
    const waiting = storage.write((trx) => insertContact(trx));
    await begun;
    vi.advanceTimersByTime(60_000);
    await expect(endless).rejects.toThrow(/took longer than/);
    await waiting;
    expect(await countContacts(storage.db)).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

it('a statement is prepared once, however often it runs, and the least used make room', async () => {
  const connection = new SqliteConnection(join(await freshFolder(), 'kesher.db'), { isReader: false });
  const prepare = vi.spyOn(connection.database, 'prepare');
  const run = (sql: string) => connection.run(sql, []);
  for (let time = 0; time < 10; time += 1) run('select 1');
  expect(prepare).toHaveBeenCalledTimes(1);

  for (let place = 0; place < 499; place += 1) run(`select ${place} as place`);
  run('select 1');
  expect(prepare).toHaveBeenCalledTimes(500);
  run('select 1 as one_too_many');
  run('select 1');
  run('select 498 as place');
  expect(prepare).toHaveBeenCalledTimes(501);
  run('select 0 as place');
  expect(prepare).toHaveBeenCalledTimes(502);
  connection.database.close();
});

it('a statement that fails on its way to the thread keeps what was ordered behind it from being committed', async () => {
  const storage = await openFreshStorage('SQLite');
  const swallowing = storage.write(async (trx) => {
    await insertContact(trx);
    const failing = insertContact(trx, { name: { an: 'object' } as unknown as string });
    failing.catch(() => undefined);
    await insertRows(trx, 'contact', [contactRow()], contactColumns);
    return 'as if nothing had happened';
  });
  await expect(swallowing).rejects.toThrow('neither text');
  expect(await countContacts(storage.db)).toBe(0);
});

it('a value that no database holds fails its own write only', async () => {
  const storage = await openFreshStorage('SQLite');
  const neighbour = storage.write((trx) => insertContact(trx));
  for (const value of [() => 'function', true, new Date(), { an: 'object' }, Symbol('s')]) {
    await expect(storage.write((trx) => insertContact(trx, { name: value as unknown as string }))).rejects.toThrow();
  }
  await neighbour;
  expect(await countContacts(storage.db)).toBe(1);
});

it('the log is folded into the file while the server runs, and taken away when it closes', async () => {
  const dataDir = await freshFolder();
  const storage = await openTestStorage({ dataDir, databaseUrl: undefined });
  const sizeOf = (file: string) => statSync(join(dataDir, file), { throwIfNoEntry: false })?.size;
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(Array.from({ length: 30 }, () => storage.write((trx) => insertContact(trx, { name: 'x'.repeat(100_000) }))));
  }
  await vi.waitFor(() => expect(sizeOf('kesher.db')).toBeGreaterThan(8_000_000), { timeout: 10_000 });
  await storage.close();
  expect(sizeOf('kesher.db-wal')).toBeUndefined();
  expect(sizeOf('kesher.db')).toBeGreaterThan(12_000_000);
});
