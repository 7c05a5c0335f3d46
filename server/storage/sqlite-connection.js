import Database from 'better-sqlite3';

/**
 * @typedef {import('better-sqlite3').Statement<unknown[]>} Statement
 * @typedef {{ statement: Statement, names: string[] | undefined }} Prepared a statement, and the names of the columns that it gives, if any
 */

const MOST_STATEMENTS = 500;

/**
 * One connection to the file, with its statements prepared once for each SQL text. Plain JavaScript because the worker
 * thread loads it as it stands, from the sources as well as from the build.
 */
export class SqliteConnection {
  /** @type {Map<string, Prepared>} */
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
    const { statement, names } = this.#prepare(sql);
    if (names !== undefined) return { rows: this.#rowsOf(statement.all(parameters), statement, names), changes: 0 };
    if (!Array.isArray(parameters[0])) return { rows: [], changes: statement.run(parameters).changes };
    let changes = 0;
    for (const each of parameters) changes += statement.run(each).changes;
    return { rows: [], changes };
  }

  /**
   * Built here from lists of values, a row takes half the time that the library needs to build it.
   * @param {unknown[]} lists
   * @param {Statement} statement
   * @param {string[]} names
   */
  #rowsOf(lists, statement, names) {
    const first = /** @type {unknown[] | undefined} */ (lists[0]);
    // After a migration `select *` gives more columns or fewer than when it was prepared.
    if (first !== undefined && first.length !== names.length) names.splice(0, Number.POSITIVE_INFINITY, ...namesOf(statement));
    return lists.map((values) => toRow(names, /** @type {unknown[]} */ (values)));
  }

  /** @param {string} sql */
  #prepare(sql) {
    let prepared = this.#statements.get(sql);
    if (prepared !== undefined) {
      // Moved to the end, so that the first one is always the longest unused.
      this.#statements.delete(sql);
    } else {
      const statement = this.database.prepare(sql);
      if (statement.reader) statement.raw();
      prepared = { statement, names: statement.reader ? namesOf(statement) : undefined };
      if (this.#statements.size >= MOST_STATEMENTS) {
        for (const oldest of this.#statements.keys()) {
          this.#statements.delete(oldest);
          break;
        }
      }
    }
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

/** @param {Statement} statement */
function namesOf(statement) {
  return statement.columns().map(({ name }) => name);
}

/**
 * @param {readonly string[]} names
 * @param {readonly unknown[]} values
 */
function toRow(names, values) {
  /** @type {Record<string, unknown>} */
  const row = {};
  for (let at = 0; at < names.length; at += 1) row[/** @type {string} */ (names[at])] = values[at];
  return row;
}
