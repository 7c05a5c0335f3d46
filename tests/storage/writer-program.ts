import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { openStorage, StartupError, type Storage } from '../../server/storage/database.ts';
import { AppError } from '../../shared/errors.ts';
import { contactRow, countContacts, findContact } from './rows-to-store.ts';

/*
 * A server's storage and nothing else, in a process that a test can starve, betray and kill. It is told what to do line
 * by line, and says every answer at once and synchronously, so that what was said survives whatever happens next.
 */

const FATAL_EXIT = 70;

let next = 0;

function say(...words: unknown[]): void {
  const bytes = Buffer.from(`${words.join(' ')}\n`);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
      // The pipe is full: the test reads slowly.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

async function write(storage: Storage, id: string, characters = 10): Promise<boolean> {
  try {
    await storage.write((trx) =>
      trx
        .insertInto('contact')
        .values(contactRow({ id, name: 'x'.repeat(characters) }))
        .execute(),
    );
    say('ok', id);
    return true;
  } catch (error) {
    say('refused', id, error instanceof AppError ? error.code : String(error));
    return false;
  }
}

/** Writes until refused. */
async function flood(storage: Storage, characters: number): Promise<void> {
  while (await write(storage, `flood-${next++}`, characters));
}

async function follow(storage: Storage, [word, ...rest]: string[]): Promise<void> {
  const [first = '', second] = rest;
  if (word === 'write') await write(storage, first, Number(second ?? 10));
  if (word === 'burst') await Promise.all(Array.from({ length: Number(first) }, () => write(storage, `burst-${next++}`)));
  if (word === 'flood') await Promise.all(Array.from({ length: Number(first) }, () => flood(storage, Number(second))));
  if (word === 'read') say((await findContact(storage.db, first)) ? 'found' : 'missing', first);
  if (word === 'count') say('count', await countContacts(storage.db));
  if (word === 'integrity') say('integrity', JSON.stringify((await sql`pragma integrity_check`.execute(storage.db)).rows));
  if (word === 'check') {
    await storage.check().then(
      () => say('check', 'ok'),
      (error) => say('check', error.code),
    );
  }
  if (word === 'close') {
    await storage.close();
    say('closed');
  }
  say('done', word);
}

try {
  const storage = await openStorage({
    dataDir: process.argv[2] ?? '',
    databaseUrl: undefined,
    now: Date.now,
    onFatal: (error) => {
      say('fatal', (error as { code?: string }).code);
      process.exit(FATAL_EXIT);
    },
  });
  say('ready');
  for await (const line of createInterface({ input: process.stdin })) void follow(storage, line.split(' '));
} catch (error) {
  say(error instanceof StartupError ? 'startup-refused' : 'crashed', (error as Error).message);
  process.exitCode = error instanceof StartupError ? 2 : 1;
}
