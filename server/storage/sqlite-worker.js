import { parentPort, workerData } from 'node:worker_threads';
import { SqliteConnection } from './sqlite-connection.js';

/*
 * The thread that holds the one connection that writes, so that waiting for the disk never holds up the event loop.
 * It is told what to do in lists of orders, and answers 'run', 'alone' and 'commit' in the order they came.
 *
 * A transaction that died (disk full, disk error) stays dead until the next 'begin': what is still ordered in it is
 * answered with the death, never run outside a transaction.
 */

/**
 * @typedef {'begin' | 'savepoint' | 'release' | 'undo' | 'rollback' | 'commit' | 'close'} Step
 * @typedef {[step: Step] | [step: 'run' | 'alone', sql: string, parameters: readonly unknown[]]} Order
 * @typedef {'statement' | 'transaction' | 'fatal'} Harm what an error has spoilt: the job, all jobs of the transaction, or the trust in the file
 * @typedef {{ code: string, message: string, harm: Harm }} Failure
 * @typedef {{ rows: unknown[], changes: number, failure?: Failure }} Answer
 * @typedef {{ opened: true } | { answers: Answer[] } | { failure: Failure, during: 'open' | 'checkpoint' } | { closed: true }} Report
 */

const CHECKPOINT_AT_FRAMES = 2000;
const CHECKPOINT_AT_ONCE_AT_FRAMES = 8000;

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);

/** @type {SqliteConnection} */
let connection;
/** Why nothing more runs in this transaction. @type {Failure | undefined} */
let death;
/** Why nothing more runs in this job: as on PostgreSQL, a job's first error is its end. @type {Failure | undefined} */
let fault;
let ordersSeen = 0;

/** @param {Report} report */
function tell(report) {
  port.postMessage(report);
}

/** After a failed sync the page cache and the disk may differ without anyone noticing; a damaged page is no better. */
const FATAL = /^SQLITE_(IOERR_(FSYNC|DIR_FSYNC|TRUNCATE)|CORRUPT.*|NOTADB)$/;
/** Errors that leave the transaction as it was before the statement. Any other is taken for the transaction's death. */
const STATEMENT_ONLY = /^SQLITE_(CONSTRAINT.*|ERROR.*|MISMATCH|RANGE|TOOBIG|AUTH)$/;

/**
 * @param {unknown} error
 * @returns {Failure}
 */
function failureOf(error) {
  const { code, message } = /** @type {{ code?: unknown, message: string }} */ (error);
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return { code: 'KESHER_STATEMENT', message, harm: 'statement' };
  if (FATAL.test(code)) return { code, message, harm: 'fatal' };
  return { code, message, harm: STATEMENT_ONLY.test(code) ? 'statement' : 'transaction' };
}

/** @param {Failure} failure */
function die(failure) {
  death = failure.harm === 'fatal' ? failure : { ...failure, harm: 'transaction' };
  if (!connection.database.inTransaction) return;
  try {
    connection.run('ROLLBACK', []);
  } catch {
    // What cannot be rolled back is rolled back by SQLite itself when the connection ends.
    death = { ...failure, harm: 'fatal' };
  }
}

/** @param {string} sql */
function control(sql) {
  if (death !== undefined) return;
  try {
    connection.run(sql, []);
  } catch (error) {
    die(failureOf(error));
  }
}

/**
 * @param {string} sql
 * @param {readonly unknown[]} parameters
 * @returns {Answer}
 */
function runInTransaction(sql, parameters) {
  const earlier = death ?? fault;
  if (earlier !== undefined) return { rows: [], changes: 0, failure: earlier };
  try {
    return connection.run(sql, parameters);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.harm === 'statement' && connection.database.inTransaction) {
      fault = failure;
    } else {
      die(failure);
    }
    return { rows: [], changes: 0, failure: death ?? failure };
  }
}

/**
 * @param {string} sql
 * @param {readonly unknown[]} parameters
 * @returns {Answer}
 */
function runAlone(sql, parameters) {
  try {
    return connection.run(sql, parameters);
  } catch (error) {
    return { rows: [], changes: 0, failure: failureOf(error) };
  }
}

/** @returns {Answer} */
function commit() {
  control('COMMIT');
  return death === undefined ? { rows: [], changes: 0 } : { rows: [], changes: 0, failure: death };
}

/**
 * @param {Order} order
 * @returns {Answer | undefined}
 */
function follow(order) {
  switch (order[0]) {
    case 'run':
      return runInTransaction(order[1], order[2]);
    case 'alone':
      return runAlone(order[1], order[2]);
    case 'commit':
      return commit();
    case 'begin':
      death = undefined;
      fault = undefined;
      control('BEGIN IMMEDIATE');
      return undefined;
    case 'savepoint':
      fault = undefined;
      control('SAVEPOINT job');
      return undefined;
    case 'release':
      control('RELEASE job');
      return undefined;
    case 'undo':
      fault = undefined;
      control('ROLLBACK TO job');
      control('RELEASE job');
      return undefined;
    case 'rollback':
      control('ROLLBACK');
      return undefined;
    case 'close':
      close();
      return undefined;
  }
}

/**
 * SQLite's own checkpoint after a commit swallows its errors, a failed sync too, so it is switched off and done here:
 * in a pause between orders, or at once when the log has grown long.
 */
function checkpointSoon() {
  const seen = ordersSeen;
  const frames = framesToCopy();
  if (frames < CHECKPOINT_AT_FRAMES) return;
  setImmediate(() => {
    if (ordersSeen === seen || frames >= CHECKPOINT_AT_ONCE_AT_FRAMES) checkpoint('PASSIVE');
  });
}

function framesToCopy() {
  const [row] = /** @type {{ log: number, checkpointed: number }[]} */ (checkpoint('NOOP'));
  return row === undefined ? 0 : row.log - row.checkpointed;
}

/** @param {'NOOP' | 'PASSIVE' | 'TRUNCATE'} how */
function checkpoint(how) {
  // In the middle of a transaction SQLite refuses to; the next commit asks again.
  if (connection.database.inTransaction) return [];
  try {
    return connection.run(`PRAGMA wal_checkpoint(${how})`, []).rows;
  } catch (error) {
    tell({ failure: failureOf(error), during: 'checkpoint' });
    return [];
  }
}

function close() {
  checkpoint('TRUNCATE');
  connection.database.close();
  tell({ closed: true });
  port.close();
}

port.on('message', (/** @type {Order[]} */ orders) => {
  ordersSeen += 1;
  /** @type {Answer[]} */
  const answers = [];
  let hasCommitted = false;
  for (const order of orders) {
    const answer = follow(order);
    if (answer !== undefined) answers.push(answer);
    if (order[0] === 'commit') hasCommitted = true;
  }
  if (answers.length > 0) tell({ answers });
  if (hasCommitted) checkpointSoon();
});

try {
  connection = new SqliteConnection(/** @type {{ file: string }} */ (workerData).file, { isReader: false });
  connection.database.pragma('wal_autocheckpoint = 0');
  connection.database.pragma('journal_size_limit = 67108864');
  tell({ opened: true });
} catch (error) {
  tell({ failure: failureOf(error), during: 'open' });
  port.close();
}
