import { describe, expect, it } from 'vitest';
import { insertRows, lockRows, rowsFrom, updateRows } from '../../server/storage/rows.ts';
import { databaseNames, openFreshStorage } from '../helpers/storage.ts';
import { contactColumns, contactRow, countContacts, findContact } from './rows-to-store.ts';

const difficultTexts = [
  'שלום עולם, מה שלומך?',
  'مرحبا',
  '👩‍👩‍👧‍👦 👍🏽 🇮🇱',
  `it's "quoted" \\ back\\\\slash \\u0041 \\ud800 %s ? $1 :name`,
  'line\nnext\r\n\ttab\u0001\u001f\u2028\u2029',
  '{"json": [1, null, "x"]}',
  '',
  ' ',
  'null',
];

describe.each(databaseNames)('Many rows at once, on %s', (database) => {
  it('keep every text as it was typed, and nothing as nothing', async () => {
    const storage = await openFreshStorage(database);
    const rows = difficultTexts.map((text, place) =>
      contactRow({
        id: `contact-${place}`,
        name: text,
        fields: JSON.stringify({ text }),
        consentAt: place === 0 ? 1_795_000_000_123 : null,
      }),
    );
    await storage.write((trx) => insertRows(trx, 'contact', rows, contactColumns));
    const stored = await storage.db.selectFrom('contact').selectAll().orderBy('id').execute();
    expect(stored).toEqual(rows);
  });

  it('are not refused for one that holds what no database can', async () => {
    const storage = await openFreshStorage(database);
    const rows = [
      contactRow({ id: 'a', name: 'fine' }),
      contactRow({ id: 'b', name: 'half \ud83d of a pair' }),
      contactRow({ id: 'c', name: 'nul \0 nul \\u0000' }),
    ];
    await storage.write((trx) => insertRows(trx, 'contact', rows, contactColumns));
    const names = await storage.db.selectFrom('contact').select('name').orderBy('id').execute();
    expect(names.map(({ name }) => name)).toEqual(['fine', 'half \ufffd of a pair', 'nul \ufffd nul \\u0000']);
  });

  it('change the named columns of the rows they name, and no others', async () => {
    const storage = await openFreshStorage(database);
    const rows = ['c', 'a', 'b'].map((id) => contactRow({ id, name: id, company: 'Acme' }));
    await storage.write((trx) => insertRows(trx, 'contact', rows, contactColumns));
    const changed = rows.slice(0, 2).map((row) => ({ ...row, name: `new ${row.id}`, company: 'ignored', consentAt: null, lastSeenAt: 5 }));
    await storage.write((trx) =>
      updateRows(trx, 'contact', changed, { id: 'text', name: 'text', consentAt: 'bigint', lastSeenAt: 'bigint' }),
    );
    const stored = await storage.db.selectFrom('contact').select(['id', 'name', 'company', 'lastSeenAt']).orderBy('id').execute();
    expect(stored).toEqual([
      { id: 'a', name: 'new a', company: 'Acme', lastSeenAt: 5 },
      { id: 'b', name: 'b', company: 'Acme', lastSeenAt: 1_795_000_000_000 },
      { id: 'c', name: 'new c', company: 'Acme', lastSeenAt: 5 },
    ]);
  });

  it('fail together', async () => {
    const storage = await openFreshStorage(database);
    const rows = [contactRow({ id: 'a' }), contactRow({ id: 'b' }), contactRow({ id: 'a' })];
    await expect(storage.write((trx) => insertRows(trx, 'contact', rows, contactColumns))).rejects.toThrow();
    expect(await countContacts(storage.db)).toBe(0);
  });

  it('are a table to join, in the order given', async () => {
    const storage = await openFreshStorage(database);
    await storage.write((trx) =>
      insertRows(trx, 'contact', [contactRow({ id: 'a', name: 'Ada' }), contactRow({ id: 'b', name: 'Ben' })], contactColumns),
    );
    const wanted = [
      { wanted: 'b', note: 2 },
      { wanted: 'missing', note: null },
      { wanted: 'a', note: 1 },
      { wanted: 'b', note: 3 },
    ];
    const found = await storage.db
      .selectFrom(rowsFrom(storage.db, wanted, { wanted: 'text', note: 'integer' }).as('given'))
      .innerJoin('contact', 'contact.id', 'given.wanted')
      .select(['given.ordinal', 'given.note', 'contact.name'])
      .orderBy('given.ordinal')
      .execute();
    expect(found).toEqual([
      { ordinal: 1, note: 2, name: 'Ben' },
      { ordinal: 3, note: 1, name: 'Ada' },
      { ordinal: 4, note: 3, name: 'Ben' },
    ]);
  });

  it('may be none', async () => {
    const storage = await openFreshStorage(database);
    await storage.write(async (trx) => {
      await insertRows(trx, 'contact', [], contactColumns);
      await updateRows(trx, 'contact', [], contactColumns);
      expect(await lockRows(trx, 'contact', [])).toEqual([]);
    });
    expect(
      await storage.db
        .selectFrom(rowsFrom(storage.db, [], { id: 'text' }).as('given'))
        .selectAll()
        .execute(),
    ).toEqual([]);
  });

  it('are locked in one order, so that writers who name them in different orders wait and do not lose', async () => {
    const storage = await openFreshStorage(database);
    const ids = Array.from({ length: 20 }, (_, place) => `contact-${String(place).padStart(2, '0')}`);
    await storage.write((trx) =>
      insertRows(
        trx,
        'contact',
        ids.map((id) => contactRow({ id, lastSeenAt: 0 })),
        contactColumns,
      ),
    );
    await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        storage.write(async (trx) => {
          const rows = await lockRows(trx, 'contact', turn % 2 === 0 ? ids : ids.toReversed());
          expect(rows.map(({ id }) => id)).toEqual(ids);
          const counted = rows.map((row) => ({ id: row.id, lastSeenAt: row.lastSeenAt + 1 }));
          await updateRows(trx, 'contact', turn % 2 === 0 ? counted : counted.toReversed(), { id: 'text', lastSeenAt: 'bigint' });
        }),
      ),
    );
    expect((await findContact(storage.db, 'contact-07'))?.lastSeenAt).toBe(20);
  });
});
