import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { App } from '../../server/app.ts';
import { opportunityIndex } from '../../server/opportunities/opportunity-entries.ts';
import { StartupError, type StorageOptions } from '../../server/storage/database.ts';
import type { Engine } from '../../server/storage/engine.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations/list.ts';
import { openPostgres } from '../../server/storage/postgres.ts';
import { insertRows } from '../../server/storage/rows.ts';
import { openSqlite } from '../../server/storage/sqlite.ts';
import { findByWords } from '../../server/words/word-finding.ts';
import { databaseNames, freshPlace, openTestStorage } from '../helpers/storage.ts';
import { findContact, insertContact } from './rows-to-store.ts';

function openEngine({ dataDir, databaseUrl }: Pick<StorageOptions, 'dataDir' | 'databaseUrl'>): Promise<Engine> {
  const log = { warn: () => undefined, error: () => undefined };
  return databaseUrl === undefined ? openSqlite({ dataDir, onFatal: () => undefined, log }) : openPostgres({ databaseUrl, log });
}

async function listTables(engine: Engine): Promise<string[]> {
  const tables = await engine.migrating.introspection.getTables({ withInternalKyselyTables: true });
  return tables.map(({ name }) => name).sort();
}

describe.each(databaseNames)('Starting on %s', (database) => {
  it('makes the tables once, and finds everything at the next start', async () => {
    const place = await freshPlace(database);
    const first = await openTestStorage(place);
    const id = await first.write((trx) => insertContact(trx, { name: 'נועה' }));
    await first.close();
    const second = await openTestStorage(place);
    expect(await findContact(second.db, id)).toMatchObject({ name: 'נועה' });
  });

  it('leaves a database alone that a newer Kesher has written', async () => {
    const place = await freshPlace(database);
    const storage = await openTestStorage(place);
    await storage.write((trx) => sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', 'x')`.execute(trx));
    await storage.close();
    const opening = openTestStorage(place);
    await expect(opening).rejects.toBeInstanceOf(StartupError);
    await expect(opening).rejects.toThrow(/^The database was written by a newer version of Kesher \(it holds "9999-from-the-future"\)\./);
  });

  it('takes a migration that fails back as a whole, with those before it', async () => {
    const engine = await openEngine(await freshPlace(database));
    try {
      await migrate(engine, migrations);
      const before = await listTables(engine);
      const withFault = {
        ...migrations,
        '9998-fine': async (db: Engine['migrating']) => {
          await db.schema.createTable('fine').addColumn('id', 'text').execute();
        },
        '9999-faulty': async (db: Engine['migrating']) => {
          await db.schema.createTable('faulty').addColumn('id', 'text').execute();
          await db.schema.createTable('faulty').addColumn('id', 'text').execute();
        },
      };
      await expect(migrate(engine, withFault)).rejects.toThrow(/faulty/);
      expect(await listTables(engine)).toEqual(before);
      await migrate(engine, migrations);
    } finally {
      await engine.close();
    }
  });

  it('lets statements that are already prepared see what a migration changed', async () => {
    const engine = await openEngine(await freshPlace(database));
    try {
      await migrate(engine, migrations);
      const read = () => sql<Record<string, unknown>>`select * from epoch`.execute(engine.db);
      const write = (id: string) =>
        engine.write((trx) => sql<Record<string, unknown>>`insert into epoch (id, "startedAt") values (${id}, 1) returning *`.execute(trx));
      for (const id of ['one', 'two', 'three']) {
        await write(id);
        await read();
      }
      await migrate(engine, {
        ...migrations,
        '9999-remark': async (db) => {
          await db.schema.alterTable('epoch').addColumn('remark', 'text').execute();
        },
      });
      expect((await write('four')).rows[0]).toHaveProperty('remark', null);
      expect((await read()).rows[0]).toHaveProperty('remark', null);
    } finally {
      await engine.close();
    }
  });

  it('sets the addresses of older mails apart from their words, and gives older documents to the person they stand with', async () => {
    const engine = await openEngine(await freshPlace(database));
    try {
      await migrate(engine, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0043')));
      await engine.write(async (trx) => {
        await sql`insert into contact (id, lifecycle, fields, "createdAt", "lastSeenAt") values ('ruth', 'lead', '{}', 1, 1)`.execute(trx);
        const mail = sql`insert into activity (id, "contactId", kind, at, title, text, words, "createdAt", "updatedAt")`;
        await sql`${mail} values
          ('one', 'ruth', 'email', 1, 'Your vase', 'It is on its way, Ruth', ' your vase it is on its way ruth example com ', 1, 1),
          ('two', 'ruth', 'note', 1, null, 'Mail', ' mail ', 1, 1)`.execute(trx);
        await sql`insert into document (id, entity, "entityId", "contactId", "fileId", name, words, "createdAt") values
          ('a', 'contact', 'a lead', 'ruth', 'x', 'a.pdf', ' ', 1), ('b', 'ticket', 'a ticket', 'ruth', 'y', 'b.pdf', ' ', 1)`.execute(trx);
      });
      await migrate(engine, migrations);
      const told = await sql`select id, words, "addressWords" from activity order by id`.execute(engine.db);
      expect(told.rows).toEqual([
        { id: 'one', words: ' your vase it is on its way ruth ', addressWords: ' example com ' },
        { id: 'two', words: ' mail ', addressWords: ' ' },
      ]);
      const kept = await sql`select "entityId" from document order by id`.execute(engine.db);
      expect(kept.rows).toEqual([{ entityId: 'ruth' }, { entityId: 'a ticket' }]);
    } finally {
      await engine.close();
    }
  });

  it('finds opportunities by words that an older Kesher has kept', async () => {
    const place = await freshPlace(database);
    const engine = await openEngine(place);
    try {
      await migrate(engine, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0045')));
      await engine.write(async (trx) => {
        await sql`insert into contact (id, name, lifecycle, fields, "createdAt", "lastSeenAt") values ('ruth', 'רות', 'lead', '{}', 1, 1)`.execute(
          trx,
        );
        await sql`insert into opportunity (id, name, note, "nameKey", "contactId", "pipelineId", "stageId", place, amount, currency, status, version, "createdAt", "updatedAt")
          values ('garden', 'גינה', 'השקיה', ' גינה', 'ruth', 'sales', 'begun', 1, 1, 'ILS', 'open', 1, 1, 1)`.execute(trx);
      });
    } finally {
      await engine.close();
    }
    const storage = await openTestStorage(place);
    for (const query of ['בגינה', 'השקיה', 'רות']) {
      expect((await findByWords({ storage } as App, opportunityIndex, query)).ids).toEqual(['garden']);
    }
  });

  it('notes each start, and knows those that led here and no other', async () => {
    const place = await freshPlace(database);
    const first = await openTestStorage(place);
    await first.close();
    const second = await openTestStorage(place);
    expect(second.epoch).not.toBe(first.epoch);
    expect([first.epoch, second.epoch].map(second.knowsEpoch)).toEqual([true, true]);
    await second.write((trx) => trx.deleteFrom('epoch').where('id', '=', second.epoch).execute());
    await second.close();

    const restored = await openTestStorage(place);
    expect([first.epoch, second.epoch, restored.epoch].map(restored.knowsEpoch)).toEqual([true, false, true]);
  });

  it('forgets the starts beyond the newest ten thousand', async () => {
    const place = await freshPlace(database);
    const first = await openTestStorage({ ...place, now: () => 1_000_000 });
    const older = Array.from({ length: 10_005 }, (_, place) => ({ id: `old-${place}`, startedAt: place }));
    await first.write((trx) => insertRows(trx, 'epoch', older, { id: 'text', startedAt: 'bigint' }));
    await first.close();
    const second = await openTestStorage({ ...place, now: () => 2_000_000 });
    const { count } = await second.db
      .selectFrom('epoch')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(10_000);
    expect([second.epoch, first.epoch, 'old-10004', 'old-7', 'old-6', 'old-0'].map(second.knowsEpoch)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
