import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Transaction } from '../../server/storage/database.ts';
import type { VaryingQuery } from '../../server/storage/engine.ts';
import { migrations } from '../../server/storage/migrations/list.ts';
import { freshDatabaseUrl, queryOnce, startPostgres } from '../helpers/postgres.ts';
import { freshFolder, openFreshStorage, openTestStorage } from '../helpers/storage.ts';
import { countContacts, findContact, insertContact } from './rows-to-store.ts';

async function openAt(databaseUrl: string) {
  return openTestStorage({ dataDir: await freshFolder(), databaseUrl });
}

describe('What PostgreSQL acknowledged', () => {
  it('was committed with synchronous_commit=on, even where the database has it off', async () => {
    const url = await freshDatabaseUrl();
    await queryOnce(url, `alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
    expect(await queryOnce(url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'off' }]);
    const storage = await openAt(url);
    const settings = await Promise.all(
      Array.from({ length: 12 }, () => storage.write(async (trx) => (await sql<object>`show synchronous_commit`.execute(trx)).rows[0])),
    );
    expect(settings).toEqual(Array.from({ length: 12 }, () => ({ synchronous_commit: 'on' })));
  });

  it('is stored though two writes stood in each other’s way', async () => {
    const storage = await openFreshStorage('PostgreSQL');
    await storage.write(async (trx) => {
      await insertContact(trx, { id: 'one', lastSeenAt: 0 });
      await insertContact(trx, { id: 'two', lastSeenAt: 0 });
    });
    const count = (trx: Transaction, id: string) =>
      trx
        .updateTable('contact')
        .set((update) => ({ lastSeenAt: update('lastSeenAt', '+', 1) }))
        .where('id', '=', id)
        .execute();
    let attempts = 0;
    let meet = () => {};
    const bothHoldOne = new Promise<void>((resolve) => {
      meet = resolve;
    });
    let holding = 0;
    const crossing = (first: string, second: string) =>
      storage.write(async (trx) => {
        attempts += 1;
        await count(trx, first);
        holding += 1;
        if (holding === 2) meet();
        await bothHoldOne;
        await count(trx, second);
      });
    await Promise.all([crossing('one', 'two'), crossing('two', 'one')]);
    expect(attempts).toBeGreaterThanOrEqual(3);
    expect([(await findContact(storage.db, 'one'))?.lastSeenAt, (await findContact(storage.db, 'two'))?.lastSeenAt]).toEqual([2, 2]);
  });

  it('was parsed once for each connection, but for what is planned for its values, and not for ever more texts', async () => {
    const storage = await openFreshStorage('PostgreSQL');
    const listPrepared = (trx: Transaction) => sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(trx);
    await storage.write(async (trx) => {
      for (let place = 0; place < 5; place += 1) await findContact(trx, 'nobody');
      const { rows } = await listPrepared(trx);
      expect(rows.filter(({ statement }) => statement.startsWith('select * from "contact"'))).toHaveLength(1);
      const varying: VaryingQuery = { ...sql`select 'planned for its values'`.compile(trx), isVarying: true };
      for (let place = 0; place < 5; place += 1) await trx.executeQuery(varying);
      expect((await listPrepared(trx)).rows.filter(({ statement }) => statement.startsWith("select 'planned"))).toEqual([]);
      for (let place = 0; place < 600; place += 1) {
        const text = sql`select ${sql.lit(place)} as place`;
        await Promise.all([text.execute(trx), text.execute(trx)]);
      }
      expect((await listPrepared(trx)).rows.length).toBeLessThanOrEqual(500);
    });
  });
});

describe('When PostgreSQL goes away', () => {
  it('everyone is refused as unavailable, the server stays up, and goes on as soon as it is back', async () => {
    const server = await startPostgres();
    onTestFinished(server.stop);
    const storage = await openAt(server.url);
    const id = await storage.write((trx) => insertContact(trx));
    await Promise.all(Array.from({ length: 10 }, () => findContact(storage.db, id)));

    const interrupted = storage.write(async (trx) => {
      await insertContact(trx);
      await server.halt();
      await insertContact(trx);
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'unavailable', retryAfterMs: 2000 });
    await expect(storage.write((trx) => insertContact(trx))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(findContact(storage.db, id)).rejects.toMatchObject({ code: 'unavailable' });
    await vi.waitFor(() => expect(storage.check()).rejects.toMatchObject({ code: 'unavailable' }), { timeout: 20_000 });

    await server.start();
    await storage.check();
    await storage.write((trx) => insertContact(trx));
    expect(await countContacts(storage.db)).toBe(2);
  });

  it('the writes whose connection is cut are refused, and the next ones are stored', async () => {
    const url = await freshDatabaseUrl();
    const storage = await openAt(url);
    const cut = storage.write(async (trx) => {
      await insertContact(trx);
      await queryOnce(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await insertContact(trx);
    });
    await expect(cut).rejects.toMatchObject({ code: 'unavailable' });
    await storage.write((trx) => insertContact(trx));
    expect(await countContacts(storage.db)).toBe(1);
  });

  it('a server that only reads takes no writes', async () => {
    const url = await freshDatabaseUrl();
    const storage = await openAt(url);
    const asStandby = storage.write(async (trx) => {
      await sql`set transaction read only`.execute(trx);
      await insertContact(trx);
    });
    await expect(asStandby).rejects.toMatchObject({ code: 'unavailable' });
    await storage.write((trx) => insertContact(trx));
  });
});

describe('Starting on PostgreSQL', () => {
  const refusal = (databaseUrl: string) => openAt(databaseUrl).catch((error: Error) => `${error.constructor.name}: ${error.message}`);

  it('by two servers at once makes the tables once', async () => {
    const url = await freshDatabaseUrl();
    const servers = await Promise.all([openAt(url), openAt(url), openAt(url)]);
    const id = await (servers[0] as (typeof servers)[0]).write((trx) => insertContact(trx));
    for (const server of servers) expect(await findContact(server.db, id)).toBeDefined();
    expect(await queryOnce(url, 'select name from kysely_migration')).toEqual(Object.keys(migrations).map((name) => ({ name })));
  });

  it('in a schema of its own keeps to it', async () => {
    const url = await freshDatabaseUrl();
    await openAt(url);
    await queryOnce(url, 'create schema shop');
    const inShop = new URL(url);
    inShop.searchParams.set('options', '-c search_path=shop');
    const storage = await openAt(inShop.href);
    await storage.write((trx) => insertContact(trx));
    expect(
      await queryOnce(url, 'select (select count(*)::int from shop.contact) as shop, (select count(*)::int from public.contact) as public'),
    ).toEqual([{ shop: 1, public: 0 }]);
    inShop.searchParams.set('options', '-c search_path=nowhere');
    expect(await refusal(inShop.href)).toMatch(/^StartupError: None of the schemas in the search_path of DATABASE_URL exists\./);
  });

  it('with a wrong DATABASE_URL is refused in a clear sentence that tells no password', async () => {
    const url = new URL(await freshDatabaseUrl());
    const changed = (change: (wrong: URL) => void) => {
      const wrong = new URL(url);
      change(wrong);
      return refusal(wrong.href);
    };
    expect(await refusal('mysql://localhost/shop')).toBe(
      'StartupError: DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/database.',
    );
    expect(await refusal('postgres://[')).toMatch(/^StartupError: DATABASE_URL cannot be read\./);
    expect(
      await changed((wrong) => {
        wrong.password = 'guess';
      }),
    ).toBe(`StartupError: PostgreSQL at ${url.host} refuses the user "kesher" or its password. Correct DATABASE_URL.`);
    expect(
      await changed((wrong) => {
        wrong.pathname = '/nothing-here';
      }),
    ).toBe(`StartupError: PostgreSQL at ${url.host} has no database "nothing-here". Create it, or correct DATABASE_URL.`);
    expect(
      await changed((wrong) => {
        wrong.port = '1';
      }),
    ).toMatch(
      /^StartupError: PostgreSQL at 127\.0\.0\.1:1 cannot be reached \(.*ECONNREFUSED.*\)\. Is it running, and is DATABASE_URL right\?$/,
    );
    expect(
      await changed((wrong) => {
        wrong.hostname = 'no-such-host.invalid';
      }),
    ).toMatch(/^StartupError: PostgreSQL at no-such-host\.invalid:\d+ cannot be reached/);
  });

  it('in a database that cannot hold every text is refused in a clear sentence', async () => {
    const url = new URL(await freshDatabaseUrl());
    await queryOnce(url.href, `create database ${url.pathname.slice(1)}_ascii template template0 encoding 'SQL_ASCII'`);
    url.pathname += '_ascii';
    expect(await refusal(url.href)).toBe(
      "StartupError: The PostgreSQL database is encoded in SQL_ASCII, but Kesher needs UTF8. Create another one with ENCODING 'UTF8'.",
    );
  });
});
