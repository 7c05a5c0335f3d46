import type { Kysely, Transaction as KyselyTransaction } from 'kysely';
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import type { Engine, StorageLog } from './engine.ts';
import { migrate, NewerDatabaseError } from './migrate.ts';
import { migrations } from './migrations/list.ts';
import { explainPostgres, isPostgresUniqueViolation, openPostgres } from './postgres.ts';
import { explainSqlite, isSqliteUniqueViolation, openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Reads only; sees every committed write. */
export type Db = Kysely<Tables>;

/** A write needs one in its parameter list, so it cannot be called outside one. */
export type Transaction = KyselyTransaction<Tables>;

export interface Storage {
  readonly db: Db;
  /** The id of this start; a row of table `epoch` was committed for it. */
  readonly epoch: string;
  /**
   * Runs the job in a transaction and resolves only after the commit is synced to disk: whole or not at all. The job
   * awaits nothing but its own statements (on SQLite everybody waits for it), and may run again from the start
   * (PostgreSQL, after a deadlock). A statement's error is the job's end: what it would catch is not stored either.
   */
  write<Result>(job: (trx: Transaction) => Promise<Result>): Promise<Result>;
  /** Whether that start belongs to the history this database holds; it does not after an older backup was restored. */
  knowsEpoch(id: string): boolean;
  /** Throws AppError('unavailable') if writes are refused now. */
  check(): Promise<void>;
  /** Finishes the writes that wait, then closes; later ones are refused as `unavailable`. */
  close(): Promise<void>;
}

export interface StorageOptions {
  dataDir: string;
  /** PostgreSQL instead of the file. */
  databaseUrl: string | undefined;
  now: () => number;
  /** The process must end: after it, only a new start knows what the disk holds. */
  onFatal: (error: Error) => void;
  log?: StorageLog;
}

/** Why the storage cannot be opened: one sentence for the operator. */
export class StartupError extends Error {}

const MOST_EPOCHS = 10_000;
const CHECK_AGAIN_MS = 1000;

/**
 * The one door to the database: SQLite in the data folder, or PostgreSQL. Opens it, brings its schema to the newest,
 * and writes this start down. The two databases differ in sqlite.ts and postgres.ts, and nowhere else.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  let engine: Engine | undefined;
  let isOpen = false;
  const onFatal = (error: Error) => {
    if (isOpen) options.onFatal(error);
  };
  try {
    engine = await openEngine({ ...options, onFatal });
    await migrate(engine, migrations);
    const epoch = nanoid();
    const epochs = await recordEpoch(engine, { id: epoch, startedAt: options.now() });
    isOpen = true;
    return build(engine, { epoch, epochs, log: options.log ?? silence });
  } catch (error) {
    await engine?.close();
    throw new StartupError(explain(error, options), { cause: error });
  }
}

export function isUniqueViolation(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return isSqliteUniqueViolation(code) || isPostgresUniqueViolation(code);
}

const silence: StorageLog = { warn: () => undefined, error: () => undefined };

function openEngine({ dataDir, databaseUrl, onFatal, log = silence }: StorageOptions): Promise<Engine> {
  return databaseUrl === undefined ? openSqlite({ dataDir, onFatal, log }) : openPostgres({ databaseUrl, log });
}

function explain(error: unknown, { dataDir, databaseUrl }: StorageOptions): string {
  if (error instanceof NewerDatabaseError) {
    return `The database was written by a newer version of Kesher (it holds "${error.message}"). Start that version, or restore an older backup.`;
  }
  const cause = error instanceof AppError ? (error.cause ?? error) : error;
  const known = databaseUrl === undefined ? explainSqlite(cause, dataDir) : explainPostgres(cause, databaseUrl);
  return known ?? `The database could not be opened: ${(cause as Error).message}`;
}

/** Notes this start, forgets the oldest beyond the limit, and gives all that are known. */
function recordEpoch(engine: Engine, row: Tables['epoch']): Promise<Set<string>> {
  return engine.write(async (trx) => {
    await trx.insertInto('epoch').values(row).execute();
    const known = await trx.selectFrom('epoch').select('id').orderBy('startedAt', 'desc').orderBy('id').execute();
    const forgotten = known.slice(MOST_EPOCHS).map(({ id }) => id);
    if (forgotten.length > 0) await trx.deleteFrom('epoch').where('id', 'in', forgotten.slice(0, 1000)).execute();
    return new Set([row.id, ...known.slice(0, MOST_EPOCHS).map(({ id }) => id)]);
  });
}

function build(engine: Engine, { epoch, epochs, log }: { epoch: string; epochs: ReadonlySet<string>; log: StorageLog }): Storage {
  const active = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  let lastOkAt = performance.now();
  let isRefusing = false;
  let probe: Promise<void> | undefined;

  function note(refusal: AppError | undefined): void {
    if (refusal === undefined) lastOkAt = performance.now();
    if (isRefusing === (refusal !== undefined)) return;
    isRefusing = refusal !== undefined;
    if (isRefusing) log.error({ err: refusal?.cause }, 'Writes are refused: the database takes none.');
    else log.warn({}, 'Writes are taken again.');
  }

  async function write<Result>(job: (trx: Transaction) => Promise<Result>): Promise<Result> {
    if (closing !== undefined) throw new AppError('unavailable', 'The server is closing.', { retryAfterMs: 2000 });
    const running = engine.write(job);
    active.add(running);
    try {
      const result = await running;
      note(undefined);
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code === 'unavailable') note(error);
      throw error;
    } finally {
      active.delete(running);
    }
  }

  /** Writes in earnest: nothing else tells whether the disk still takes a commit. */
  async function tryWriting(): Promise<void> {
    try {
      await write((trx) => trx.updateTable('epoch').set({ id: epoch }).where('id', '=', epoch).execute());
    } finally {
      probe = undefined;
    }
  }

  async function finish(): Promise<void> {
    await Promise.allSettled(active);
    await engine.close();
  }

  return {
    db: engine.db,
    epoch,
    write,
    knowsEpoch: (id) => epochs.has(id),
    async check() {
      if (closing === undefined && !isRefusing && performance.now() - lastOkAt < CHECK_AGAIN_MS) return;
      probe ??= tryWriting();
      await probe;
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
