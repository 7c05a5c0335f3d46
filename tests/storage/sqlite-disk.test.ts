import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshFolder, freshPlace, openFreshStorage, openTestStorage } from '../helpers/storage.ts';
import { countContacts, findContact, insertContact } from './rows-to-store.ts';
import { hasCompiler, SyncShim } from './sync-shim.ts';
import { startWriter } from './writer-control.ts';

/** The command words to run a program with a small disk of its own at that folder; gone with the program. */
function onSmallDisk(folder: string, size: string): string[] {
  return ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=${size} tmpfs "$0" && exec "$@"`, folder];
}

function fillDisk(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (const size of [1 << 20, 4096]) {
      try {
        for (;;) writeSync(handle, Buffer.alloc(size));
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(handle);
  }
}

const canMount = (() => {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('What SQLite acknowledged', () => {
  it('was committed with synchronous=FULL, says the connection that writes', async () => {
    const storage = await openFreshStorage('SQLite');
    const settings = await storage.write(async (trx) => {
      const ask = async (name: string) =>
        Object.values((await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(trx)).rows[0] ?? {})[0];
      return { synchronous: await ask('synchronous'), journal: await ask('journal_mode'), foreignKeys: await ask('foreign_keys') };
    });
    expect(settings).toEqual({ synchronous: 2, journal: 'wal', foreignKeys: 1 });
  });

  it.skipIf(!hasCompiler)('was synced first, and those who wait together are synced together', async () => {
    const folder = await freshFolder();
    const shim = new SyncShim(folder, 'none');
    const writer = await startWriter(join(folder, 'data'), { env: shim.env });

    const before = shim.count('kesher.db-wal');
    for (let place = 0; place < 20; place += 1) {
      const synced = shim.count('kesher.db-wal');
      await writer.ask(`write single-${place}`, /^ok single-/);
      expect(shim.count('kesher.db-wal')).toBeGreaterThan(synced);
    }
    const singly = shim.count('kesher.db-wal');
    expect(singly - before).toBeGreaterThanOrEqual(20);

    await writer.ask('burst 200', /^done burst$/);
    expect(writer.acknowledged()).toHaveLength(220);
    expect(shim.count('kesher.db-wal') - singly).toBeLessThan(40);
  });

  it('is all there after the server was killed in the middle of many writes, time and again', async () => {
    const dataDir = join(await freshFolder(), 'data');
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const writer = await startWriter(dataDir);
      for (let place = 0; place < 40; place += 1) writer.say(`write ${round}-first-${place}`);
      writer.say('burst 20');
      for (let place = 0; place < 400; place += 1) writer.say(`write ${round}-then-${place}`);
      await writer.heard(/^ok /, 100 + round * 77);
      writer.kill();
      expect(await writer.ended).toBe('SIGKILL');
      const said = writer.acknowledged().filter((id) => id.startsWith(`${round}-`));
      expect(said.length).toBeGreaterThan(60);
      acknowledged.push(...said);
    }
    const storage = await openTestStorage({ dataDir, databaseUrl: undefined });
    const rows = await storage.db.selectFrom('contact').select('id').execute();
    const stored = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});

describe.skipIf(!hasCompiler)('When the disk fails to sync', () => {
  it('nobody is told ok, the server ends, and the next start finds what was acknowledged', async () => {
    const folder = await freshFolder();
    const dataDir = join(folder, 'data');
    const shim = new SyncShim(folder, 'kesher.db-wal');
    const writer = await startWriter(dataDir, { env: shim.env });
    await writer.ask('write before', /^ok before$/);
    const syncsOfFile = shim.count('kesher.db');
    shim.betray();
    writer.say('write lost');
    writer.say('burst 30');
    expect(await writer.ended).toBe(70);
    expect(writer.acknowledged()).toEqual(['before']);
    expect(writer.lines).toContain('fatal SQLITE_IOERR_FSYNC');
    // What the log holds is not copied into the file by the process that cannot trust it.
    expect(shim.count('kesher.db')).toBe(syncsOfFile);

    const storage = await openTestStorage({ dataDir, databaseUrl: undefined });
    expect(await findContact(storage.db, 'before')).toBeDefined();
    await storage.write((trx) => insertContact(trx));
  });

  it('the server ends also if that was while copying the log into the file', async () => {
    const folder = await freshFolder();
    const dataDir = join(folder, 'data');
    const shim = new SyncShim(folder, 'kesher.db');
    const writer = await startWriter(dataDir, { env: shim.env });
    shim.betray();
    writer.say('flood 20 20000');
    expect(await writer.ended).toBe(70);
    expect(writer.lines).toContain('fatal SQLITE_IOERR_FSYNC');
    const acknowledged = writer.acknowledged();
    expect(acknowledged.length).toBeGreaterThan(100);

    const storage = await openTestStorage({ dataDir, databaseUrl: undefined });
    const stored = new Set((await storage.db.selectFrom('contact').select('id').execute()).map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect((await sql`pragma integrity_check`.execute(storage.db)).rows).toEqual([{ integrity_check: 'ok' }]);
  });
});

describe('When the disk is full', () => {
  it('everyone who waits is refused as unavailable, people can read, and writing goes on as soon as there is room', async () => {
    const said: string[] = [];
    const note = (_detail: object, sentence: string) => said.push(sentence);
    const storage = await openTestStorage({ ...(await freshPlace('SQLite')), log: { warn: note, error: note } });
    const id = await storage.write((trx) => insertContact(trx));
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(storage.db);
    const limit = (pages: number) => storage.write((trx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(trx));
    await limit(rows[0]?.page_count ?? 0);

    const small = Array.from({ length: 5 }, () => storage.write((trx) => trx.selectFrom('contact').select('id').execute()));
    const large = storage.write((trx) => insertContact(trx, { name: 'x'.repeat(100_000) }));
    for (const outcome of await Promise.allSettled([...small, large])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', retryAfterMs: 2000 } });
    }
    expect(await findContact(storage.db, id)).toBeDefined();
    expect(said).toEqual(['Writes are refused: the database takes none.']);

    await limit(1_000_000);
    await storage.write((trx) => insertContact(trx, { name: 'x'.repeat(100_000) }));
    expect(await countContacts(storage.db)).toBe(2);
    expect(said.slice(1)).toEqual(['Writes are taken again.']);
  });

  it.skipIf(!canMount)('the same holds on a real one', async () => {
    const dataDir = await freshFolder();
    const writer = await startWriter(dataDir, { inside: onSmallDisk(dataDir, '20m') });
    const filler = `/proc/${writer.pid}/root${dataDir}/filler`;
    await writer.ask('write early', /^ok early$/);
    fillDisk(filler);
    await writer.ask('burst 50', /^done burst$/);
    expect(writer.lines.filter((line) => /^refused burst-\d+ unavailable$/.test(line))).toHaveLength(50);
    await writer.ask('check', /^check unavailable$/);
    await writer.ask('read early', /^found early$/);

    // Less room than the log and its copy in the file need together: the disk fills up in the middle of a checkpoint too.
    rmSync(filler);
    await writer.ask('check', /^check ok$/);
    writeFileSync(filler, Buffer.alloc(8 << 20));
    await writer.ask('flood 10 3000', /^done flood$/);
    expect(writer.lines.filter((line) => /^refused flood-\d+ unavailable$/.test(line))).toHaveLength(10);

    rmSync(filler);
    await writer.ask('burst 50', /^done burst$/);
    await writer.ask('write afterwards 30000', /^ok afterwards$/);
    expect(await writer.ask('count', /^count/)).toBe(`count ${writer.acknowledged().length}`);
    expect(await writer.ask('integrity', /^integrity/)).toBe('integrity [{"integrity_check":"ok"}]');
    await writer.ask('close', /^closed$/);
  });
});

describe('Starting in a data folder', () => {
  const refusal = (dataDir: string) =>
    openTestStorage({ dataDir, databaseUrl: undefined }).catch((error: Error) => `${error.constructor.name}: ${error.message}`);

  it('where another server runs is refused in a clear sentence, and works the moment that one is killed', async () => {
    const dataDir = await freshFolder();
    const other = await startWriter(dataDir);
    expect(await refusal(dataDir)).toBe(
      `StartupError: Another Kesher server is using the data folder ${dataDir}. Stop that one first, or give this one a folder of its own with DATA_DIR.`,
    );
    other.kill();
    await other.ended;
    const startedAt = performance.now();
    await openTestStorage({ dataDir, databaseUrl: undefined });
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });

  it('where another server is just closing waits for it', async () => {
    const place = await freshPlace('SQLite');
    const leaving = await openTestStorage(place);
    const id = await leaving.write((trx) => insertContact(trx));
    const opening = openTestStorage(place);
    await leaving.close();
    expect(await findContact((await opening).db, id)).toBeDefined();
  });

  it('that is a file is refused in a clear sentence', async () => {
    const folder = await freshFolder();
    const file = join(folder, 'file');
    writeFileSync(file, 'x');
    const sentence = (path: string) =>
      `StartupError: The data folder ${path} cannot be used: it is a file, or lies below one. Set DATA_DIR to a folder.`;
    expect(await refusal(file)).toBe(sentence(file));
    expect(await refusal(join(file, 'below'))).toBe(sentence(join(file, 'below')));
  });

  it.skipIf(!canMount)('that is read-only is refused in a clear sentence', async () => {
    const dataDir = await freshFolder();
    const writer = await startWriter(dataDir, { inside: [...onSmallDisk(dataDir, '1m,ro')] }).catch((error: Error) => error.message);
    expect(writer).toMatch(/ended \(2\)/);
    expect(writer).toContain(
      `startup-refused Kesher may not write in the data folder ${dataDir}. Give its user the right to, or set DATA_DIR to another folder.`,
    );
  });

  it('whose database is something else, or damaged, is refused in a clear sentence', async () => {
    const other = await freshFolder();
    writeFileSync(join(other, 'kesher.db'), 'Dear diary, today I was mistaken for a database. '.repeat(200));
    expect(await refusal(other)).toBe(
      `StartupError: The file ${join(other, 'kesher.db')} is not a database. Put the right file there, or set DATA_DIR to another folder.`,
    );

    const damaged = await freshFolder();
    const storage = await openTestStorage({ dataDir: damaged, databaseUrl: undefined });
    await storage.close();
    const file = join(damaged, 'kesher.db');
    const bytes = readFileSync(file);
    bytes.fill(0xff, 100, 4096);
    writeFileSync(file, bytes);
    expect(await refusal(damaged)).toBe(`StartupError: The database ${file} is damaged. Restore it from a backup.`);
  });

  it('where a folder stands in the place of the file is refused in a sentence', async () => {
    const dataDir = await freshFolder();
    mkdirSync(join(dataDir, 'kesher.db'));
    expect(await refusal(dataDir)).toMatch(/^StartupError: [A-Z].*\.$/);
  });
});
