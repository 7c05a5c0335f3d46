import type { CompiledQuery, DatabaseConnection, QueryResult, Transaction } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import { isUnasked } from './engine.ts';
import type { SqliteConnection } from './sqlite-connection.js';
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
  readonly #reader: SqliteConnection;
  readonly #openTransaction: (connection: DatabaseConnection) => Transaction<Tables>;
  readonly #waiting: Waiting[] = [];
  #isFilling = false;

  constructor(writer: SqliteWriter, reader: SqliteConnection, openTransaction: (connection: DatabaseConnection) => Transaction<Tables>) {
    this.#writer = writer;
    this.#reader = reader;
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
    const progress: Progress = { isOpen: false };
    const members: Waiting[] = [];
    const answers: (() => void)[] = [];
    let committing: Promise<void> | undefined;
    const commitNow = () => {
      committing = writer.commit();
      committing.catch(() => undefined);
      progress.isOpen = false;
    };
    try {
      const startedAt = performance.now();
      while (this.#waiting.length > 0 && members.length < MOST_JOBS && performance.now() - startedAt < MOST_FILLING_MS) {
        const member = this.#waiting.shift() as Waiting;
        members.push(member);
        // The first in the transaction needs no savepoint: its failure is the transaction's.
        const isBehindOthers = progress.isOpen;
        if (isBehindOthers) writer.step('savepoint');
        try {
          const result = await this.#run(member.job, progress, isBehindOthers ? undefined : commitNow);
          if (isBehindOthers) writer.step('release');
          answers.push(() => member.resolve(result));
          if (committing !== undefined) break;
        } catch (error) {
          if (error instanceof SqliteFailure && error.harm !== 'statement') throw error;
          if (progress.isOpen) writer.step(isBehindOthers ? 'undo' : 'rollback');
          progress.isOpen = isBehindOthers;
          committing = undefined;
          answers.push(() => member.reject(error));
        }
      }
      if (progress.isOpen) commitNow();
      await committing;
    } catch (error) {
      const refused = refusal(error);
      for (const member of members) member.reject(refused);
      return;
    }
    for (const answer of answers) answer();
  }

  /** If the job's last statements are still unanswered when it ends, COMMIT goes right behind them: one way to the thread instead of two. */
  async #run(job: Job, progress: Progress, commitNow: (() => void) | undefined): Promise<unknown> {
    const connection = new JobConnection(this.#writer, this.#reader, progress);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`A write took longer than ${JOB_DEADLINE_MS} ms; it was rolled back.`)), JOB_DEADLINE_MS);
    });
    try {
      const result = await Promise.race([job(this.#openTransaction(connection)), deadline]);
      if (connection.hasUnanswered && !connection.hasFailed) commitNow?.();
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

/**
 * What the jobs of one transaction share. It opens with the first statement that writes, so that both go to the thread
 * together. Until then everything committed is all there is, and no other transaction is open: what is read comes from
 * the reader, without the way to the thread and back.
 */
interface Progress {
  isOpen: boolean;
}

/** The connection as one job sees it: after its first error, and after its end, it runs nothing more. */
class JobConnection implements DatabaseConnection {
  /** The error that took the whole transaction with it. */
  death: SqliteFailure | undefined;
  readonly #writer: SqliteWriter;
  readonly #reader: SqliteConnection;
  readonly #progress: Progress;
  #failure: unknown;
  #hasEnded = false;
  #last: Promise<unknown> | undefined;

  constructor(writer: SqliteWriter, reader: SqliteConnection, progress: Progress) {
    this.#writer = writer;
    this.#reader = reader;
    this.#progress = progress;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#hasEnded) throw new Error('This transaction has ended: a statement was not awaited, or ran after its job.');
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#progress.isOpen && query.sql.startsWith('select ')) return this.#read(query);
    if (!this.#progress.isOpen) this.#writer.step('begin');
    this.#progress.isOpen = true;
    const running = this.#order<Row>(query);
    if (!isUnasked(query)) return running;
    running.catch(() => undefined);
    return { rows: [] };
  }

  #read<Row>(query: CompiledQuery): QueryResult<Row> {
    try {
      return { rows: this.#reader.run(query.sql, query.parameters).rows as Row[] };
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async #order<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const running = this.#writer.run(query.sql, query.parameters);
    this.#last = running;
    try {
      const { rows, changes } = await running;
      return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
    } catch (error) {
      this.#failure ??= error;
      if (error instanceof SqliteFailure && error.harm !== 'statement') this.death ??= error;
      throw error;
    } finally {
      if (this.#last === running) this.#last = undefined;
    }
  }

  // biome-ignore lint/correctness/useYield: there is nothing to yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('A write does not stream.');
  }

  /** Known on this side, whether or not the thread has heard of it. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  get hasUnanswered(): boolean {
    return this.#last !== undefined;
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
