import { accessSync, closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { DefaultQueryExecutor, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, Transaction } from 'kysely';
import type { Engine, RowsDialect, StorageLog } from './engine.ts';
import { FolderTakenError, lockFolder } from './folder-lock.ts';
import { GroupCommit } from './group-commit.ts';
import { SqliteConnection } from './sqlite-connection.js';
import { SqliteWriter } from './sqlite-writer.ts';
import { toStorable, toStorableJson } from './storable.ts';
import type { Tables } from './tables.ts';

export interface SqliteOptions {
  dataDir: string;
  onFatal: (error: Error) => void;
  log: StorageLog;
}

const LOCK_WAIT_MS = 5000;

/**
 * SQLite in the data folder: one connection in a thread that writes, one in this thread that reads. A read takes
 * microseconds and sees every commit; a write never holds the event loop while the disk syncs.
 */
export async function openSqlite(options: SqliteOptions): Promise<Engine> {
  const folder = resolve(options.dataDir);
  const file = join(folder, 'kesher.db');
  const lockFile = join(folder, 'kesher.lock');
  prepareFolder(folder, [file, lockFile]);
  const unlock = await lockFolder(lockFile, LOCK_WAIT_MS);
  let writer: SqliteWriter | undefined;
  try {
    writer = await SqliteWriter.open(file, {
      onFatal: options.onFatal,
      onCheckpointFailure: (error) => options.log.warn({ err: error }, 'The write-ahead log could not be copied into the database file.'),
    });
    return build(writer, new SqliteConnection(file, { isReader: true }), unlock);
  } catch (error) {
    await writer?.close();
    unlock();
    throw error;
  }
}

function build(writer: SqliteWriter, reader: SqliteConnection, unlock: () => void): Engine {
  const reading = dialect(() => new ReadDriver(reader));
  const executor = new DefaultQueryExecutor(new SqliteQueryCompiler(), new SqliteAdapter(), {
    provideConnection: () => Promise.reject(new Error('A write needs its transaction.')),
  });
  const props = { config: { dialect: reading }, dialect: reading, driver: reading.createDriver() };
  const commits = new GroupCommit(
    writer,
    reader,
    (connection) =>
      new Transaction<Tables>({
        ...props,
        executor: executor.withConnectionProvider({ provideConnection: (consumer) => consumer(connection) }),
      }),
  );
  return {
    db: new Kysely<Tables>({ dialect: reading }),
    migrating: new Kysely<unknown>({ dialect: dialect(() => new MigrationDriver(writer)) }),
    migrationSchema: undefined,
    write: (job) => commits.write(job),
    async close() {
      // The writer goes last: the last connection to close folds the log into the file.
      reader.database.close();
      await writer.close();
      unlock();
    },
  };
}

/** SQLite's half of `rowsFrom`, `insertRows` and `updateRows`. */
export const sqliteRows: RowsDialect = {
  table(columns) {
    const values = columns.map(([name], index) => `json_extract("value", '$[${index}]') as "${name}"`);
    return [`(select "key" + 1 as "ordinal", ${values.join(', ')} from jsonb_each(`, '))'];
  },
  // Arrays are half the work of objects here: to find a name, SQLite would compare all names before it.
  parameter: (rows, columns) => toStorableJson(rows.map((row) => columns.map(([name]) => row[name]))),
  insert: (table, columns) =>
    `insert into ${table} (${columns.map(([name]) => `"${name}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  update(table, columns) {
    const changes = columns.slice(0, -1).map(([name]) => `"${name}" = ?`);
    return `update ${table} set ${changes.join(', ')} where "${columns.at(-1)?.[0]}" = ?`;
  },
  // One list for each row, for which the thread that writes runs the statement: half the work of taking them out of a JSON text.
  parameters: (rows, columns) => rows.map((row) => columns.map(([name]) => toStorable(row[name]))),
};

/** SQLite's half of `readRows` and of `lockRows`: nobody else writes while a transaction does. */
export function sqliteByIds(table: string, columns: string, ids: readonly string[]): { text: string; parameter: unknown } {
  return {
    text: `select ${columns} from ${table} where "id" in (select "value" from json_each(?)) order by "id"`,
    parameter: JSON.stringify(ids),
  };
}

export function isSqliteUniqueViolation(code: unknown): boolean {
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_ROWID';
}

/** The sentence for the operator about an error while opening, if the error is a known one. */
export function explainSqlite(error: unknown, dataDir: string): string | undefined {
  const folder = resolve(dataDir);
  if (error instanceof FolderTakenError) {
    return `Another Kesher server is using the data folder ${folder}. Stop that one first, or give this one a folder of its own with DATA_DIR.`;
  }
  const code = (error as { code?: unknown }).code;
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return `The data folder ${folder} cannot be used: it is a file, or lies below one. Set DATA_DIR to a folder.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
      return `Kesher may not write in the data folder ${folder}. Give its user the right to, or set DATA_DIR to another folder.`;
    case 'SQLITE_BUSY':
      return `Another program holds the database ${join(folder, 'kesher.db')} locked. Close it and start again.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `The disk of the data folder ${folder} is full. Make room and start again.`;
    case 'SQLITE_NOTADB':
      return `The file ${join(folder, 'kesher.db')} is not a database. Put the right file there, or set DATA_DIR to another folder.`;
    default:
      if (typeof code === 'string' && code.startsWith('SQLITE_CORRUPT')) {
        return `The database ${join(folder, 'kesher.db')} is damaged. Restore it from a backup.`;
      }
      return undefined;
  }
}

/** SQLite would open a file that it may not write without a word, and then refuse the first write. */
function prepareFolder(folder: string, files: string[]): void {
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  if (isNew) syncFolder(dirname(folder));
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  for (const file of files) if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
}

/** A new name in a folder is on the disk only when the folder itself is synced. */
function syncFolder(folder: string): void {
  // Windows has no such call.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true;
  }
}

function dialect(createDriver: () => Driver): Dialect {
  return {
    createDriver,
    createAdapter: () => new TransactionalSqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** Reads. They are done before the promise is returned, so one connection is enough for everyone. */
class ReadDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(reader: SqliteConnection) {
    this.#connection = {
      async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
        return { rows: reader.run(query.sql, query.parameters).rows as Row[] };
      },
      // A statement left open between turns would freeze this connection's view of the database for everyone.
      streamQuery() {
        throw new Error('Reads do not stream: ask for pages.');
      },
    };
  }

  async init() {}
  async acquireConnection() {
    return this.#connection;
  }
  async beginTransaction() {
    throw new Error('db only reads; a transaction comes from write().');
  }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async releaseConnection() {}
  async destroy() {}
}

/** The migrations' way to the writer, one after the other: they run before anything else does. */
class MigrationDriver implements Driver {
  readonly #writer: SqliteWriter;

  constructor(writer: SqliteWriter) {
    this.#writer = writer;
  }

  async init() {}
  async acquireConnection(): Promise<DatabaseConnection> {
    const writer = this.#writer;
    return {
      async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
        const { rows, changes } = await writer.runAlone(query.sql, query.parameters);
        return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
      },
      streamQuery() {
        throw new Error('A migration does not stream.');
      },
    };
  }
  async beginTransaction() {
    await this.#writer.runAlone('BEGIN IMMEDIATE', []);
  }
  async commitTransaction() {
    await this.#writer.runAlone('COMMIT', []);
  }
  async rollbackTransaction() {
    await this.#writer.runAlone('ROLLBACK', []);
  }
  async releaseConnection() {}
  async destroy() {}
}
