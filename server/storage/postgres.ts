import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import pg from 'pg';
import { AppError } from '../../shared/errors.ts';
import type { Engine, RowsDialect, StorageLog } from './engine.ts';
import { isOutage, isWorthAnotherTry, PooledDriver, type PoolUse, StatementNames } from './postgres-driver.ts';
import { toStorableJson } from './storable.ts';
import type { Tables } from './tables.ts';

export interface PostgresOptions {
  databaseUrl: string;
  log: StorageLog;
}

const MOST_WRITERS = 6;
const MOST_READERS = 4;
const CONNECT_TIMEOUT_MS = 5000;
const QUERY_TIMEOUT_MS = 30_000;
const JOB_PAUSE_MS = 15_000;
const MOST_ATTEMPTS = 4;

/** PostgreSQL: reads and writes have a pool each, so that neither waits behind the other; each write is a transaction. */
export async function openPostgres({ databaseUrl, log }: PostgresOptions): Promise<Engine> {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new UnfitDatabaseError('DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/database.');
  }
  const reading = openPool(databaseUrl, MOST_READERS, 'SET default_transaction_read_only = on; SET jit = off', log);
  const writing = openPool(
    databaseUrl,
    MOST_WRITERS,
    `SET synchronous_commit = on; SET idle_in_transaction_session_timeout = ${JOB_PAUSE_MS}`,
    log,
  );
  const db = openKysely<Tables>(reading, { isWriter: false, timeoutMs: QUERY_TIMEOUT_MS, names: new StatementNames() });
  const writer = openKysely<Tables>(writing, { isWriter: true, timeoutMs: QUERY_TIMEOUT_MS, names: new StatementNames() });
  const migrating = openKysely<unknown>(writing, { isWriter: true });
  const close = async () => {
    await Promise.all([reading.end(), writing.end()]);
  };
  try {
    const migrationSchema = await inspect(migrating, log);
    return { db, migrating, migrationSchema, write: (job) => attempt(() => writer.transaction().execute(job)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A database that answers and still will not do; the message is the sentence for the operator. */
class UnfitDatabaseError extends Error {}

/** PostgreSQL's half of `rowsFrom`, `insertRows` and `updateRows`: all rows travel as one JSON parameter. */
export const postgresRows: RowsDialect = {
  table(columns) {
    const names = columns.map(([name]) => `"${name}"`).join(', ');
    const typed = columns.map(([name, kind]) => `"${name}" ${kind}`).join(', ');
    return ['(select * from rows from (json_to_recordset(', `::json) as (${typed})) with ordinality as r(${names}, "ordinal"))`];
  },
  parameter: (rows) => toStorableJson(rows),
  insert(table, columns) {
    const names = columns.map(([name]) => `"${name}"`).join(', ');
    return `insert into ${table} (${names}) select ${names} from ${postgresRows.table(columns).join('$1')} as "given" order by "ordinal"`;
  },
  update(table, columns) {
    const key = `"${columns.at(-1)?.[0]}"`;
    const changes = columns.slice(0, -1).map(([name]) => `"${name}" = "given"."${name}"`);
    return `update ${table} set ${changes.join(', ')} from ${postgresRows.table(columns).join('$1')} as "given" where ${table}.${key} = "given".${key}`;
  },
  parameters(rows, columns) {
    const names = columns.map(([name]) => name);
    return [toStorableJson(rows, names)];
  },
};

/** PostgreSQL's half of `readRows`. */
export function postgresByIds(table: string, columns: string, ids: readonly string[]): { text: string; parameter: unknown } {
  return { text: `select ${columns} from ${table} where "id" = any($1::text[])`, parameter: ids };
}

/** PostgreSQL's half of `lockRows`. Rows that refer to these by a foreign key may still be inserted meanwhile. */
export function postgresLock(table: string, columns: string, ids: readonly string[]): { text: string; parameter: unknown } {
  const { text, parameter } = postgresByIds(table, columns, ids);
  return { text: `${text} order by "id" collate "C" for no key update`, parameter };
}

export function isPostgresUniqueViolation(code: unknown): boolean {
  return code === '23505';
}

/** The sentence for the operator about an error while opening, if the error is a known one. Never says the password. */
export function explainPostgres(error: unknown, databaseUrl: string): string | undefined {
  if (error instanceof UnfitDatabaseError) return error.message;
  const cause = error instanceof AppError && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as { code?: unknown; message: string };
  const url = new URL(databaseUrl);
  const server = `PostgreSQL at ${url.host === '' ? 'this machine' : url.host}`;
  const user = decodeURIComponent(url.username);
  switch (code) {
    case '28P01':
    case '28000':
      return `${server} refuses the user "${user}" or its password. Correct DATABASE_URL.`;
    case '3D000':
      return `${server} has no database "${decodeURIComponent(url.pathname.slice(1))}". Create it, or correct DATABASE_URL.`;
    case '42501':
      return `${server} does not let "${user}" create tables: ${message}.`;
    case '53300':
      return `${server} has no free connection. Raise its max_connections, or close other programs.`;
    case '53100':
      return `The disk of ${server} is full. Make room and start again.`;
    default:
      if (!isOutage(cause)) return undefined;
      return `${server} cannot be reached (${message === '' ? String(code) : message}). Is it running, and is DATABASE_URL right?`;
  }
}

/** Refuses a database that cannot hold every text, warns of one that forgets, and gives the schema to live in. */
async function inspect(db: Kysely<unknown>, log: StorageLog): Promise<string> {
  const { rows } = await sql<{ schema: string | null; encoding: string; fsync: string }>`
    select current_schema() as schema, current_setting('server_encoding') as encoding, current_setting('fsync') as fsync`.execute(db);
  const { schema = null, encoding, fsync } = rows[0] ?? {};
  if (encoding !== 'UTF8') {
    throw new UnfitDatabaseError(
      `The PostgreSQL database is encoded in ${encoding}, but Kesher needs UTF8. Create another one with ENCODING 'UTF8'.`,
    );
  }
  if (schema === null)
    throw new UnfitDatabaseError('None of the schemas in the search_path of DATABASE_URL exists. Create it, or correct DATABASE_URL.');
  if (fsync === 'off') log.warn({}, 'PostgreSQL runs with fsync=off: a power cut can lose what was acknowledged.');
  return schema;
}

/** Runs the whole job again when PostgreSQL broke it off to untie a knot between two of them. */
async function attempt<Result>(transact: () => Promise<Result>): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await transact();
    } catch (error) {
      if (count === MOST_ATTEMPTS || !isWorthAnotherTry(error)) throw error;
    }
  }
}

const INT8 = 20;
const NUMERIC = 1700;

/** Whole numbers and sums come as numbers, as they do from SQLite. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary');
    return oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, 'text');
  },
};

function openPool(connectionString: string, max: number, settings: string, log: StorageLog): pg.Pool {
  const config = {
    connectionString,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'kesher',
    types,
    // BEGIN and the first statement, and statements that a job starts together, share a round trip.
    pipeline: true,
    onConnect: (client: pg.ClientBase) => client.query(settings),
  };
  const pool = new pg.Pool(config as pg.PoolConfig);
  // Without a listener, an idle connection that PostgreSQL closes would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'PostgreSQL closed an idle connection.'));
  return pool;
}

function openKysely<Schema>(pool: pg.Pool, use: PoolUse): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new PooledDriver(pool, use),
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
}
