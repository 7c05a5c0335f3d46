import Database from 'better-sqlite3';

const MOST_STATEMENTS = 500;

/**
 * One connection to the file, with its statements prepared once for each SQL text. Plain JavaScript because the worker
 * thread loads it as it stands, from the sources as well as from the build.
 */
export class SqliteConnection {
  /** @type {Map<string, import('better-sqlite3').Statement<unknown[]>>} */
  #statements = new Map();

  /**
   * @param {string} file
   * @param {{ isReader: boolean }} role
   */
  constructor(file, { isReader }) {
    this.database = new Database(file, { readonly: isReader, timeout: 5000 });
    const { database } = this;
    if (!isReader && database.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
      throw new Error('SQLite refused the write-ahead log here.');
    }
    // The library's own default in WAL mode is NORMAL, which loses acknowledged commits in a power cut.
    database.pragma('synchronous = FULL');
    // On a Mac a plain fsync stops at the disk's own cache; elsewhere this changes nothing.
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('temp_store = MEMORY');
    database.pragma('cache_size = -32000');
    if (isReader) database.pragma('query_only = ON');
  }

  /**
   * The rows that a statement gives, or how many it changed. With lists as parameters, it runs once for each of them.
   * @param {string} sql
   * @param {readonly unknown[]} parameters
   * @returns {{ rows: unknown[], changes: number }}
   */
  run(sql, parameters) {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters), changes: 0 };
    if (!Array.isArray(parameters[0])) return { rows: [], changes: statement.run(parameters).changes };
    let changes = 0;
    for (const each of parameters) changes += statement.run(each).changes;
    return { rows: [], changes };
  }

  /** @param {string} sql */
  #prepare(sql) {
    let statement = this.#statements.get(sql);
    if (statement !== undefined) {
      // Moved to the end, so that the first one is always the longest unused.
      this.#statements.delete(sql);
    } else {
      statement = this.database.prepare(sql);
      if (this.#statements.size >= MOST_STATEMENTS) {
        for (const oldest of this.#statements.keys()) {
          this.#statements.delete(oldest);
          break;
        }
      }
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}
