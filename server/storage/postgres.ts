import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import pg from 'pg';
import { AppError } from '../../shared/errors.ts';
import type { Engine, RowsDialect, StorageLog } from './engine.ts';
import type { Tables } from './tables.ts';

export interface PostgresOptions {
  databaseUrl: string;
  log: StorageLog;
}

const MOST_WRITERS = 6;
const MOST_READERS = 4;
const CONNECT_TIMEOUT_MS = 5000;
const MOST_ATTEMPTS = 4;
const MOST_NAMES = 500;

/** PostgreSQL: reads and writes have a pool each, so that neither waits behind the other; each write is a transaction. */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const { databaseUrl, log } = options;
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) throw new UnreadableUrlError();
  const readers = openPool(databaseUrl, { max: MOST_READERS, settings: 'SET default_transaction_read_only = on', log });
  const writers = openPool(databaseUrl, {
    max: MOST_WRITERS,
    settings: 'SET synchronous_commit = on; SET idle_in_transaction_session_timeout = 15000',
    log,
  });
  const db = new Kysely<Tables>({ dialect: dialect(readers) });
  const writing = new Kysely<Tables>({ dialect: dialect(writers) });
  try {
    const place = await sql<{ schema: string; fsync: string }>`select current_schema() as schema, current_setting('fsync') as fsync`.execute(writing);
    if (place.rows[0]?.fsync === 'off') log.warn({}, 'PostgreSQL runs with fsync=off: a power cut can lose what was acknowledged.');
    return {
      db,
      migrating: writing as Kysely<unknown>,
      migrationSchema: place.rows[0]?.schema,
      write: (job) => attempt(() => writing.transaction().execute(job)),
      async close() {
        await Promise.all([readers.end(), writers.end()]);
      },
    };
  } catch (error) {
    await Promise.all([readers.end(), writers.end()]);
    throw error;
  }
}

export class UnreadableUrlError extends Error {}

/** PostgreSQL's half of `rowsFrom`: rows as one parameter, and what stands before and after it to make it a table. */
export const postgresRows: RowsDialect = {
  parameter: (rows) => rows,
  table(columns) {
    const names = columns.map(([name]) => `"${name}"`).join(', ');
    const typed = columns.map(([name, kind]) => `"${name}" ${kind}`).join(', ');
    return ['(select * from rows from (json_to_recordset(', `::json) as (${typed})) with ordinality as r(${names}, "ordinal"))`];
  },
};

/** PostgreSQL's half of `lockRows`. */
export function postgresLock(table: string, ids: readonly string[]): { text: string; parameter: unknown } {
  return { text: `select * from ${table} where "id" = any($1::text[]) order by "id" collate "C" for update`, parameter: ids };
}

export function isPostgresUniqueViolation(code: unknown): boolean {
  return code === '23505';
}

/** The sentence for the operator about an error while opening, if the error is a known one. Never says the password. */
export function explainPostgres(error: unknown, databaseUrl: string): string | undefined {
  if (error instanceof UnreadableUrlError) {
    return 'DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/database.';
  }
  const url = new URL(databaseUrl);
  const cause = error instanceof AppError && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as { code?: unknown; message: string };
  switch (code) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${url.host} refuses the user "${decodeURIComponent(url.username)}" or its password. Correct DATABASE_URL.`;
    case '3D000':
      return `PostgreSQL at ${url.host} has no database "${decodeURIComponent(url.pathname.slice(1))}". Create it, or correct DATABASE_URL.`;
    case '42501':
    case '3F000':
      return `PostgreSQL at ${url.host} does not let "${decodeURIComponent(url.username)}" create tables: ${message}.`;
    case '53300':
      return `PostgreSQL at ${url.host} has no free connection. Raise its max_connections, or close other programs.`;
    case '53100':
      return `The disk of PostgreSQL at ${url.host} is full. Make room and start again.`;
    default:
      if (isOutage(cause)) return `PostgreSQL at ${url.host} cannot be reached (${describe(cause)}). Is it running, and is DATABASE_URL right?`;
      return undefined;
  }
}

function describe(error: unknown): string {
  const { code, message } = error as { code?: unknown; message: string };
  return message !== '' ? message : String(code);
}

/** Runs the whole job again when PostgreSQL broke it off to untie a knot between two of them. */
async function attempt<Result>(transact: () => Promise<Result>): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await transact();
    } catch (error) {
      if (count < MOST_ATTEMPTS && isWorthAnotherTry(error)) continue;
      throw error;
    }
  }
}

/** A deadlock, a serialization failure, or a prepared statement that another server's migration has outdated. */
function isWorthAnotherTry(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return code === '40P01' || code === '40001' || (code === '0A000' && message?.includes('cached plan') === true);
}

const OUTAGE = /^(08|53|58|57P0|25006|XX001)|^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)/;
const LOST = /Connection terminated|timeout exceeded|not queryable|Client was closed|Query read timeout|Cannot use a pool/;

function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  const { code, message } = error as { code?: unknown; message?: string };
  return typeof code === 'string' ? OUTAGE.test(code) : LOST.test(message ?? '');
}

function translate(error: unknown): unknown {
  if (!isOutage(error)) return error;
  return new AppError('unavailable', 'The database cannot be reached right now. Please try again in a moment.', { retryAfterMs: 2000, cause: error });
}

const INT8 = 20;
const NUMERIC = 1700;

/** Whole numbers and sums come as numbers, as they do from SQLite. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if ((oid === INT8 || oid === NUMERIC) && format !== 'binary') return Number;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

function openPool(connectionString: string, options: { max: number; settings: string; log: StorageLog }): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: options.max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'kesher',
    types,
    // BEGIN and the first statement, and statements that a job starts together, share a round trip.
    pipeline: true,
    onConnect: async (client: pg.ClientBase) => {
      await client.query(options.settings);
    },
  } as pg.PoolConfig);
  // Without a listener, an idle connection that PostgreSQL closes would end the process.
  pool.on('error', (error) => options.log.warn({ error }, 'PostgreSQL closed an idle connection.'));
  return pool;
}

function dialect(pool: pg.Pool): Dialect {
  return {
    createDriver: () => new PooledDriver(pool),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

class PooledDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #names = new StatementNames();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async init() {}

  async acquireConnection(): Promise<PooledConnection> {
    try {
      return new PooledConnection(await this.#pool.connect(), this.#names);
    } catch (error) {
      throw translate(error);
    }
  }

  async beginTransaction(connection: PooledConnection, _settings: TransactionSettings) {
    connection.begin();
  }

  async commitTransaction(connection: PooledConnection) {
    await connection.commit();
  }

  async rollbackTransaction(connection: PooledConnection) {
    await connection.rollback();
  }

  async releaseConnection(connection: PooledConnection) {
    connection.release();
  }

  async destroy() {}
}

/** Names for the SQL texts that come again, so that PostgreSQL parses each once per connection. */
class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #seen = new Set<string>();

  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= MOST_NAMES) return name;
    if (this.#seen.delete(text)) {
      this.#names.set(text, `k${this.#names.size + 1}`);
    } else {
      if (this.#seen.size >= MOST_NAMES) this.#seen.clear();
      this.#seen.add(text);
    }
    return this.#names.get(text);
  }
}

class PooledConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;
  readonly #onError = (error: Error) => {
    this.#loss ??= error;
  };
  #loss: Error | undefined;
  /** The first error since BEGIN; PostgreSQL answers COMMIT with a quiet rollback after one. */
  #failure: unknown;

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client;
    this.#names = names;
    client.on('error', this.#onError);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const name = this.#names.nameOf(query.sql);
    try {
      const result = await this.#client.query({ text: query.sql, values: [...query.parameters], ...(name !== undefined && { name }) });
      const affected = result.command === 'SELECT' ? undefined : BigInt(result.rowCount ?? 0);
      return { rows: result.rows as Row[], ...(affected !== undefined && { numAffectedRows: affected }) };
    } catch (error) {
      throw this.#note(error);
    }
  }

  streamQuery(): never {
    throw new Error('Reads do not stream: ask for pages.');
  }

  begin(): void {
    // Not awaited: it shares the round trip of the first statement, which fails if this one does.
    this.#client.query('BEGIN').catch((error) => this.#note(error));
  }

  async commit(): Promise<void> {
    let command: string;
    try {
      ({ command } = await this.#client.query('COMMIT'));
    } catch (error) {
      throw this.#note(error);
    }
    if (command !== 'COMMIT') throw this.#failure ?? new Error('PostgreSQL rolled the transaction back.');
  }

  async rollback(): Promise<void> {
    if (this.#loss !== undefined) return;
    await this.#client.query('ROLLBACK').catch((error) => this.#note(error));
  }

  release(): void {
    this.#client.off('error', this.#onError);
    this.#client.release(this.#loss);
  }

  #note(error: unknown): unknown {
    const told = translate(error);
    this.#failure ??= told;
    // Neither a connection that broke nor one whose statements are outdated goes back to the pool.
    if (told instanceof AppError || isWorthAnotherTry(error) || !(error instanceof pg.DatabaseError)) {
      this.#loss ??= error instanceof Error ? error : new Error(String(error));
    }
    return told;
  }
}
