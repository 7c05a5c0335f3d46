import type { CompiledQuery, DatabaseConnection, QueryResult, Transaction } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import type { SqliteWriter } from './sqlite-writer.ts';
import { SqliteFailure } from './sqlite-writer.ts';
import type { Tables } from './tables.ts';

type Job = (trx: Transaction<Tables>) => Promise<unknown>;

interface Waiting {
  job: Job;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

const MOST_JOBS = 500;
const MOST_FILLING_MS = 10;
const MOST_WAITING = 20_000;
const JOB_DEADLINE_MS = 15_000;

/**
 * All writes of the process, through one connection. Whoever waits joins the transaction now being filled, each job in
 * a savepoint of its own, and one COMMIT answers all of them. While the disk syncs, the next ones gather.
 */
export class GroupCommit {
  readonly #writer: SqliteWriter;
  readonly #openTransaction: (connection: DatabaseConnection) => Transaction<Tables>;
  readonly #waiting: Waiting[] = [];
  #isFilling = false;

  constructor(writer: SqliteWriter, openTransaction: (connection: DatabaseConnection) => Transaction<Tables>) {
    this.#writer = writer;
    this.#openTransaction = openTransaction;
  }

  write<Result>(job: (trx: Transaction<Tables>) => Promise<Result>): Promise<Result> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(refusal(new Error('Too many writes are waiting.')));
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ job, resolve: resolve as (result: unknown) => void, reject });
      if (!this.#isFilling) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isFilling = true;
    while (this.#waiting.length > 0) await this.#transact();
    this.#isFilling = false;
  }

  /** One transaction of as many jobs as come while it fills. A refusal by a job waits for the commit too: it may rest on what a neighbour wrote. */
  async #transact(): Promise<void> {
    const writer = this.#writer;
    const members: Waiting[] = [];
    const answers: (() => void)[] = [];
    let isOpen = false;
    try {
      const startedAt = performance.now();
      while (this.#waiting.length > 0 && members.length < MOST_JOBS && performance.now() - startedAt < MOST_FILLING_MS) {
        const member = this.#waiting.shift() as Waiting;
        members.push(member);
        // Alone in the transaction, a job needs no savepoint: its failure is the transaction's.
        const isFirst = !isOpen;
        writer.step(isFirst ? 'begin' : 'savepoint');
        isOpen = true;
        try {
          const result = await this.#run(member.job);
          if (!isFirst) writer.step('release');
          answers.push(() => member.resolve(result));
        } catch (error) {
          if (error instanceof SqliteFailure && error.harm !== 'statement') throw error;
          writer.step(isFirst ? 'rollback' : 'undo');
          if (isFirst) isOpen = false;
          answers.push(() => member.reject(error));
        }
      }
      if (isOpen) await writer.commit();
    } catch (error) {
      const refused = refusal(error);
      for (const member of members) member.reject(refused);
      return;
    }
    for (const answer of answers) answer();
  }

  async #run(job: Job): Promise<unknown> {
    const connection = new JobConnection(this.#writer);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`A write took longer than ${JOB_DEADLINE_MS} ms; it was rolled back.`)), JOB_DEADLINE_MS);
    });
    try {
      const result = await Promise.race([job(this.#openTransaction(connection)), deadline]);
      await connection.finish();
      return result;
    } catch (error) {
      await connection.abandon();
      throw connection.death ?? error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function refusal(cause: unknown): AppError {
  return new AppError('unavailable', 'Nothing can be stored right now. Please try again in a moment.', { retryAfterMs: 2000, cause });
}

/** The connection as one job sees it: after its first error, and after its end, it runs nothing more. */
class JobConnection implements DatabaseConnection {
  /** The error that took the whole transaction with it. */
  death: SqliteFailure | undefined;
  readonly #writer: SqliteWriter;
  #failure: SqliteFailure | undefined;
  #hasEnded = false;
  #last: Promise<unknown> | undefined;

  constructor(writer: SqliteWriter) {
    this.#writer = writer;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#hasEnded) throw new Error('This transaction has ended: a statement was not awaited, or ran after its job.');
    if (this.#failure !== undefined) throw this.#failure;
    const running = this.#writer.run(query.sql, query.parameters);
    this.#last = running;
    try {
      const { rows, changes } = await running;
      return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
    } catch (error) {
      if (error instanceof SqliteFailure) {
        this.#failure ??= error;
        if (error.harm !== 'statement') this.death ??= error;
      }
      throw error;
    } finally {
      if (this.#last === running) this.#last = undefined;
    }
  }

  // biome-ignore lint/correctness/useYield: there is nothing to yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('A write does not stream.');
  }

  /** Ends the job well, unless one of its statements failed: an error that a job swallowed would be none on PostgreSQL either. */
  async finish(): Promise<void> {
    if (this.#last !== undefined) await this.#last;
    this.#hasEnded = true;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async abandon(): Promise<void> {
    this.#hasEnded = true;
    if (this.#last !== undefined) await this.#last.catch(() => undefined);
  }
}
