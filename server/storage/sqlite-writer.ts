import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
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
  /** Told once, until a checkpoint succeeds. */
  onCheckpointFailure(error: SqliteFailure): void;
}

const unstorable: Failure = {
  code: 'KESHER_STATEMENT',
  message: 'A parameter is neither text, number, bytes, nothing, nor a list of them.',
  harm: 'statement',
};

function canBeStored(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'number' ||
    value === null ||
    typeof value === 'bigint' ||
    value instanceof Uint8Array ||
    (Array.isArray(value) && value.every(canBeStored))
  );
}

/**
 * This side of the thread that writes. Orders given in one turn travel as one message, and are followed in the order
 * given; `step` therefore needs no answer.
 */
export class SqliteWriter {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #bell: Int32Array;
  readonly #alarms: Alarms;
  readonly #waiting: Waiting[] = [];
  readonly #ended: Promise<void>;
  #outgoing: Order[] = [];
  #end: SqliteFailure | undefined;

  private constructor(worker: Worker, port: MessagePort, bell: Int32Array, alarms: Alarms) {
    this.#worker = worker;
    this.#port = port;
    this.#bell = bell;
    this.#alarms = alarms;
    port.on('message', (report: Report) => this.#hear(report));
    worker.on('error', (error) => this.#lose(error));
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#lose(new Error('The thread that writes the database ended.'));
        resolve();
      });
    });
  }

  static async open(file: string, alarms: Alarms): Promise<SqliteWriter> {
    const { port1, port2 } = new MessageChannel();
    const bell = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(new URL('./sqlite-worker.js', import.meta.url), {
      workerData: { file, port: port2, bell },
      transferList: [port2],
      // The thread would load the TypeScript loader of a development run.
      execArgv: [],
      name: 'kesher-writer',
    });
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', reject);
      port1.once('message', (report: Report) => {
        worker.off('error', reject);
        worker.off('exit', reject);
        if ('failure' in report) reject(new SqliteFailure(report.failure));
        else resolve();
      });
    });
    return new SqliteWriter(worker, port1, bell, alarms);
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
    if (this.#end === undefined) {
      this.step('close');
      this.#end = new SqliteFailure({ code: 'KESHER_CLOSED', message: 'The database is closed.', harm: 'transaction' });
    } else {
      await this.#worker.terminate();
    }
    await this.#ended;
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
    this.#port.postMessage(orders);
    Atomics.add(this.#bell, 0, 1);
    Atomics.notify(this.#bell, 0);
  }

  #hear(report: Report): void {
    if ('answers' in report) {
      for (const answer of report.answers) this.#settle(answer);
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
