import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { SqliteConnection } from './sqlite-connection.js';

/*
 * The thread that holds the one connection that writes, so that waiting for the disk never holds up the event loop.
 * It is told what to do in lists of orders, and answers 'run', 'alone' and 'commit' in the order they came. It sleeps
 * on a bell in shared memory instead of turning an event loop of its own: that halves the cost of an order.
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
 * @typedef {{ opened: true } | { answers: Answer[] } | { failure: Failure }} Report
 */

const CHECKPOINT_AT_FRAMES = 2000;
const CHECKPOINT_AT_ONCE_AT_FRAMES = 16000;
const PAUSE_MS = 25;

/** After a failed sync the page cache and the disk may differ without anyone noticing; a damaged page is no better. */
const FATAL = /^SQLITE_(IOERR_(FSYNC|DIR_FSYNC|TRUNCATE|CORRUPTFS|DATA)|CORRUPT.*|NOTADB)$/;
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

/** @param {Failure} failure @returns {Answer} */
function failed(failure) {
  return { rows: [], changes: 0, failure };
}

class WritingThread {
  #connection;
  #port;
  /** Why nothing more runs in this transaction. @type {Failure | undefined} */
  #death;
  /** Why nothing more runs in this job: as on PostgreSQL, a job's first error is its end. @type {Failure | undefined} */
  #fault;
  #isOpen = true;
  #hasCommitted = false;
  #isCheckpointFailing = false;

  /**
   * @param {SqliteConnection} connection
   * @param {import('node:worker_threads').MessagePort} port
   */
  constructor(connection, port) {
    this.#connection = connection;
    this.#port = port;
  }

  /**
   * Follows orders until it is told to close.
   * @param {Int32Array} bell
   */
  work(bell) {
    let rung = 0;
    let isCheckpointDue = false;
    while (this.#isOpen) {
      const isPause = Atomics.wait(bell, 0, rung, isCheckpointDue ? PAUSE_MS : Number.POSITIVE_INFINITY) === 'timed-out';
      rung = Atomics.load(bell, 0);
      for (let parcel = receiveMessageOnPort(this.#port); parcel !== undefined; parcel = receiveMessageOnPort(this.#port)) {
        this.#followAll(parcel.message);
      }
      if (this.#hasCommitted || isPause) isCheckpointDue = this.#checkpointIfDue(isPause);
      this.#hasCommitted = false;
    }
    this.#checkpoint('TRUNCATE');
    this.#connection.database.close();
  }

  /** @param {Order[]} orders */
  #followAll(orders) {
    /** @type {Answer[]} */
    const answers = [];
    for (const order of orders) {
      const answer = this.#follow(order);
      if (answer !== undefined) answers.push(answer);
    }
    if (answers.length > 0) this.#tell({ answers });
  }

  /**
   * @param {Order} order
   * @returns {Answer | undefined}
   */
  #follow(order) {
    switch (order[0]) {
      case 'run':
        return this.#runInTransaction(order[1], order[2]);
      case 'alone':
        return this.#runAlone(order[1], order[2]);
      case 'commit':
        return this.#commit();
      case 'begin':
        this.#death = undefined;
        this.#fault = undefined;
        this.#control('BEGIN IMMEDIATE');
        return undefined;
      case 'savepoint':
        this.#fault = undefined;
        this.#control('SAVEPOINT job');
        return undefined;
      case 'release':
        this.#control('RELEASE job');
        return undefined;
      case 'undo':
        this.#fault = undefined;
        this.#control('ROLLBACK TO job');
        this.#control('RELEASE job');
        return undefined;
      case 'rollback':
        this.#control('ROLLBACK');
        return undefined;
      case 'close':
        this.#isOpen = false;
        return undefined;
    }
  }

  /** @returns {Answer} */
  #commit() {
    // It may have been ordered before anybody knew that a statement failed.
    if (this.#fault !== undefined) {
      this.#control('ROLLBACK');
      return failed(this.#death ?? this.#fault);
    }
    this.#hasCommitted = true;
    this.#control('COMMIT');
    return this.#death === undefined ? { rows: [], changes: 0 } : failed(this.#death);
  }

  /**
   * @param {string} sql
   * @param {readonly unknown[]} parameters
   * @returns {Answer}
   */
  #runInTransaction(sql, parameters) {
    const earlier = this.#death ?? this.#fault;
    if (earlier !== undefined) return failed(earlier);
    try {
      return this.#connection.run(sql, parameters);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.harm === 'statement' && this.#connection.database.inTransaction) {
        this.#fault = failure;
        return failed(failure);
      }
      return failed(this.#die(failure));
    }
  }

  /**
   * @param {string} sql
   * @param {readonly unknown[]} parameters
   * @returns {Answer}
   */
  #runAlone(sql, parameters) {
    try {
      return this.#connection.run(sql, parameters);
    } catch (error) {
      return failed(failureOf(error));
    }
  }

  /** @param {string} sql */
  #control(sql) {
    if (this.#death !== undefined) return;
    try {
      this.#connection.run(sql, []);
    } catch (error) {
      this.#die(failureOf(error));
    }
  }

  /** @param {Failure} failure */
  #die(failure) {
    this.#death = failure.harm === 'fatal' ? failure : { ...failure, harm: 'transaction' };
    if (this.#connection.database.inTransaction) {
      try {
        this.#connection.run('ROLLBACK', []);
      } catch {
        this.#death = { ...failure, harm: 'fatal' };
      }
    }
    return this.#death;
  }

  /**
   * Copies the log into the file: at once when it has grown long, else in the first pause. SQLite's own checkpoint
   * after a commit swallows its errors, a failed sync too, so it is switched off and done here. Says whether one is due.
   * @param {boolean} isPause
   */
  #checkpointIfDue(isPause) {
    const [row] = /** @type {{ log: number, checkpointed: number }[]} */ (this.#checkpoint('NOOP'));
    const frames = row === undefined ? 0 : row.log - row.checkpointed;
    if (frames < CHECKPOINT_AT_FRAMES) return false;
    if (!isPause && frames < CHECKPOINT_AT_ONCE_AT_FRAMES) return true;
    this.#checkpoint('PASSIVE');
    return false;
  }

  /** @param {'NOOP' | 'PASSIVE' | 'TRUNCATE'} how */
  #checkpoint(how) {
    // In the middle of a transaction SQLite refuses to; the next commit asks again.
    if (this.#connection.database.inTransaction) return [];
    try {
      const { rows } = this.#connection.run(`PRAGMA wal_checkpoint(${how})`, []);
      if (how !== 'NOOP') this.#isCheckpointFailing = false;
      return rows;
    } catch (error) {
      const failure = failureOf(error);
      if (!this.#isCheckpointFailing || failure.harm === 'fatal') this.#tell({ failure });
      this.#isCheckpointFailing = true;
      return [];
    }
  }

  /** @param {Report} report */
  #tell(report) {
    this.#port.postMessage(report);
  }
}

const { file, port, bell } = /** @type {{ file: string, port: import('node:worker_threads').MessagePort, bell: Int32Array }} */ (
  workerData
);

/** @type {Report} */
let report = { opened: true };
/** @type {WritingThread | undefined} */
let thread;
try {
  const connection = new SqliteConnection(file, { isReader: false });
  connection.database.pragma('wal_autocheckpoint = 0');
  connection.database.pragma('journal_size_limit = 67108864');
  thread = new WritingThread(connection, port);
} catch (error) {
  report = { failure: failureOf(error) };
}
port.postMessage(report);
thread?.work(bell);
port.close();
