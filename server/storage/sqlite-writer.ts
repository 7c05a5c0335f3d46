import { Worker } from 'node:worker_threads';
import type { Answer, Failure, Order, Report, Step } from './sqlite-worker.js';

/** An error of SQLite, with its code as the library spells it. */
export class SqliteFailure extends Error {
  readonly code: string;
  readonly harm: Failure['harm'];

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'SqliteFailure';
    this.code = failure.code;
    this.harm = failure.harm;
  }
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: SqliteFailure): void;
}

interface Alarms {
  /** The file or the thread cannot be trusted any more. */
  onFatal(error: Error): void;
  onCheckpointFailure(error: SqliteFailure): void;
}

const unstorable: Failure = {
  code: 'KESHER_STATEMENT',
  message: 'A parameter is neither text, number, bytes nor null.',
  harm: 'statement',
};

function canBeStored(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || value instanceof Uint8Array;
}

/**
 * This side of the thread that writes. Orders given in one turn travel as one message, and are followed in the order
 * given; `step` therefore needs no answer.
 */
export class SqliteWriter {
  readonly #worker: Worker;
  readonly #alarms: Alarms;
  readonly #waiting: Waiting[] = [];
  #outgoing: Order[] = [];
  #end: SqliteFailure | undefined;
  #closed: (() => void) | undefined;

  private constructor(worker: Worker, alarms: Alarms) {
    this.#worker = worker;
    this.#alarms = alarms;
  }

  static async open(file: string, alarms: Alarms): Promise<SqliteWriter> {
    // Without execArgv the thread would load the TypeScript loader of a development run.
    const worker = new Worker(new URL('./sqlite-worker.js', import.meta.url), { workerData: { file }, execArgv: [], name: 'kesher-writer' });
    const writer = new SqliteWriter(worker, alarms);
    await new Promise<void>((resolve, reject) => {
      const onEnd = () => reject(new Error('The thread that writes the database ended.'));
      worker.once('error', reject);
      worker.once('exit', onEnd);
      worker.once('message', (report: Report) => {
        worker.off('error', reject);
        worker.off('exit', onEnd);
        if ('failure' in report) reject(new SqliteFailure(report.failure));
        else resolve();
      });
    });
    worker.on('message', (report: Report) => writer.#hear(report));
    worker.on('error', (error) => writer.#lose(error));
    worker.on('exit', () => {
      writer.#lose(new Error('The thread that writes the database ended.'));
      writer.#closed?.();
    });
    return writer;
  }

  step(step: Step): void {
    this.#order([step]);
  }

  /** Runs a statement in the transaction that is open. */
  run(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    return this.#ask(['run', sql, parameters]);
  }

  /** Runs a statement whether or not a transaction is open: for migrations, which say BEGIN and COMMIT themselves. */
  runAlone(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    return this.#ask(['alone', sql, parameters]);
  }

  /** Resolves when the transaction is synced to disk. */
  async commit(): Promise<void> {
    await this.#ask(['commit']);
  }

  async close(): Promise<void> {
    if (this.#end !== undefined) return;
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      this.step('close');
    });
  }

  #ask(order: Order): Promise<Answer> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    if (order[0] !== 'commit' && !order[2]?.every(canBeStored)) return Promise.reject(new SqliteFailure(unstorable));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#order(order);
    });
  }

  #order(order: Order): void {
    if (this.#end !== undefined) return;
    if (this.#outgoing.length === 0) queueMicrotask(() => this.#send());
    this.#outgoing.push(order);
  }

  #send(): void {
    const orders = this.#outgoing;
    this.#outgoing = [];
    this.#worker.postMessage(orders);
  }

  #hear(report: Report): void {
    if ('answers' in report) {
      for (const answer of report.answers) this.#settle(answer);
    } else if ('closed' in report) {
      this.#end = new SqliteFailure({ code: 'KESHER_CLOSED', message: 'The database is closed.', harm: 'transaction' });
    } else if ('failure' in report) {
      const failure = new SqliteFailure(report.failure);
      if (failure.harm === 'fatal') this.#lose(failure);
      else this.#alarms.onCheckpointFailure(failure);
    }
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    if (answer.failure === undefined) {
      waiting.resolve(answer);
      return;
    }
    const failure = new SqliteFailure(answer.failure);
    waiting.reject(failure);
    if (failure.harm === 'fatal') this.#lose(failure);
  }

  #lose(error: Error): void {
    if (this.#end !== undefined) return;
    this.#end = new SqliteFailure({ code: 'KESHER_LOST', message: error.message, harm: 'fatal' });
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#end);
    this.#alarms.onFatal(error);
  }
}
