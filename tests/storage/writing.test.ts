import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isUniqueViolation } from '../../server/storage/database.ts';
import { AppError } from '../../shared/errors.ts';
import { databaseNames, freshPlace, openFreshStorage, openTestStorage } from '../helpers/storage.ts';
import { contactRow, countContacts, findContact, insertContact } from './rows-to-store.ts';

describe.each(databaseNames)('What people write, on %s', (database) => {
  it('is there for everyone when the writer is told so, and not before', async () => {
    const storage = await openFreshStorage(database);
    const seenFromOutside: boolean[] = [];
    const id = await storage.write(async (trx) => {
      const written = await insertContact(trx);
      seenFromOutside.push((await findContact(storage.db, written)) !== undefined);
      expect(await findContact(trx, written)).toBeDefined();
      return written;
    });
    seenFromOutside.push((await findContact(storage.db, id)) !== undefined);
    expect(seenFromOutside).toEqual([false, true]);
  });

  it('is stored whole or not at all', async () => {
    const storage = await openFreshStorage(database);
    const refused = storage.write(async (trx) => {
      await insertContact(trx);
      await insertContact(trx);
      throw new AppError('conflict', 'Somebody was faster.');
    });
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    expect(await countContacts(storage.db)).toBe(0);
  });

  it('is stored though the neighbours of the same moment fail', async () => {
    const storage = await openFreshStorage(database);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, place) =>
        storage.write(async (trx) => {
          const id = await insertContact(trx, { id: `contact-${place}` });
          if (place % 3 === 0) throw new AppError('stale', 'Too late.');
          if (place % 3 === 1) await insertContact(trx, { id });
          return id;
        }),
      ),
    );
    const stored = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(stored).toEqual(Array.from({ length: 20 }, (_, third) => `contact-${third * 3 + 2}`));
    const rows = await storage.db.selectFrom('contact').select('id').execute();
    expect(rows.map(({ id }) => id).sort()).toEqual([...stored].sort());
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(reasons.filter((reason) => reason instanceof AppError && reason.code === 'stale')).toHaveLength(20);
    expect(reasons.filter(isUniqueViolation)).toHaveLength(20);
  });

  it('is a reason to refuse somebody else only once it is stored itself', async () => {
    const storage = await openFreshStorage(database);
    const stored = storage.write((trx) => insertContact(trx, { id: 'taken' }));
    const refused = storage.write((trx) => insertContact(trx, { id: 'taken' }));
    await expect(refused).rejects.toSatisfy(isUniqueViolation);
    expect(await findContact(storage.db, 'taken')).toBeDefined();
    await stored;
  });

  it('is not stored in part when a job swallows the error of one of its statements', async () => {
    const storage = await openFreshStorage(database);
    const swallowing = storage.write(async (trx) => {
      const id = await insertContact(trx);
      await insertContact(trx, { id }).catch(() => undefined);
      return 'as if nothing had happened';
    });
    await expect(swallowing).rejects.toSatisfy(isUniqueViolation);
    expect(await countContacts(storage.db)).toBe(0);
  });

  it('does not slip in after its transaction ended', async () => {
    const storage = await openFreshStorage(database);
    let late: Promise<unknown> | undefined;
    await storage.write(async (trx) => {
      late = turn().then(async () => {
        await storage.write(async () => undefined);
        await insertContact(trx);
      });
      late.catch(() => undefined);
    });
    await expect(late).rejects.toThrow();
    expect(await countContacts(storage.db)).toBe(0);
  });

  it('may be written by statements that a job starts together', async () => {
    const storage = await openFreshStorage(database);
    await storage.write(async (trx) => {
      await Promise.all([insertContact(trx), insertContact(trx), insertContact(trx)]);
    });
    const broken = storage.write(async (trx) => {
      const id = await insertContact(trx);
      await Promise.all([insertContact(trx, { id }), insertContact(trx), insertContact(trx)]);
    });
    await expect(broken).rejects.toSatisfy(isUniqueViolation);
    expect(await countContacts(storage.db)).toBe(3);
  });

  it('is one count, however many write at once', async () => {
    const storage = await openFreshStorage(database);
    const id = await storage.write((trx) => insertContact(trx, { lastSeenAt: 0 }));
    await Promise.all(
      Array.from({ length: 100 }, () =>
        storage.write((trx) =>
          trx
            .updateTable('contact')
            .set((update) => ({ lastSeenAt: update('lastSeenAt', '+', 1) }))
            .where('id', '=', id)
            .executeTakeFirst(),
        ),
      ),
    );
    expect((await findContact(storage.db, id))?.lastSeenAt).toBe(100);
  });

  it('goes through write() only', async () => {
    const storage = await openFreshStorage(database);
    await expect(storage.db.insertInto('contact').values(contactRow()).execute()).rejects.toThrow();
    expect(await countContacts(storage.db)).toBe(0);
    expect(await storage.write((trx) => insertContact(trx))).toBeDefined();
  });

  it('is finished when the server closes, and refused afterwards', async () => {
    const place = await freshPlace(database);
    const storage = await openTestStorage(place);
    const writes = Array.from({ length: 50 }, () => storage.write((trx) => insertContact(trx)));
    const closing = storage.close();
    await expect(storage.write((trx) => insertContact(trx))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(storage.check()).rejects.toMatchObject({ code: 'unavailable' });
    const ids = await Promise.all(writes);
    await closing;

    const next = await openTestStorage(place);
    const found = await Promise.all(ids.map((id) => findContact(next.db, id)));
    expect(found.filter((row) => row !== undefined)).toHaveLength(50);
  });

  it('reads back as the numbers that were written, sums and counts too', async () => {
    const storage = await openFreshStorage(database);
    await storage.write((trx) => insertContact(trx, { consentAt: Number.MAX_SAFE_INTEGER, createdAt: 1 }));
    await storage.write((trx) => insertContact(trx, { createdAt: 2 }));
    const row = await storage.db
      .selectFrom('contact')
      .select((select) => [
        select.fn.max('consentAt').as('consentAt'),
        select.fn.sum<number>('createdAt').as('sum'),
        select.fn.countAll<number>().as('count'),
      ])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ consentAt: Number.MAX_SAFE_INTEGER, sum: 3, count: 2 });
  });

  it('can be asked for: the check passes while writes are taken', async () => {
    const storage = await openFreshStorage(database);
    await storage.check();
    await Promise.all([storage.check(), storage.check()]);
    expect(storage.knowsEpoch(storage.epoch)).toBe(true);
  });
});
