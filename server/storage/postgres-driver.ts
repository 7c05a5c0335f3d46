import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type pg from 'pg';
import { AppError } from '../../shared/errors.ts';
import { isUnasked, isVarying } from './engine.ts';

const MOST_NAMES = 500;

export interface PoolUse {
  isWriter: boolean;
  /** Without it a statement may take as long as it takes. */
  timeoutMs?: number;
  /** One for each pool, for a connection knows a name for good. Without it statements stay unnamed. */
  names?: StatementNames;
}

/** Kysely's way to a pool: names the statements that come again, and tells an outage from a mistake. */
export class PooledDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #use: PoolUse;

  constructor(pool: pg.Pool, use: PoolUse) {
    this.#pool = pool;
    this.#use = use;
  }

  async init() {}

  async acquireConnection(): Promise<PooledConnection> {
    try {
      return new PooledConnection(await this.#pool.connect(), this.#use);
    } catch (error) {
      throw isOutage(error) ? outage(error) : error;
    }
  }

  async beginTransaction(connection: PooledConnection) {
    connection.begin();
  }

  async commitTransaction(connection: PooledConnection) {
    await connection.commit();
  }

  async rollbackTransaction(connection: PooledConnection) {
    await connection.rollback();
  }

  async releaseConnection(connection: PooledConnection) {
    connection.release();
  }

  async destroy() {}
}

/** A deadlock, a serialization failure, or a prepared statement that another server's migration has outdated. */
export function isWorthAnotherTry(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '40P01' || code === '40001' || isOutdatedPlan(error);
}

/** Whether the error says that PostgreSQL is away, closing, full or failing, rather than that a statement was wrong. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  const { code, message } = error as { code?: unknown; message?: string };
  return typeof code === 'string' ? OUTAGE.test(code) : LOST.test(message ?? '');
}

const OUTAGE = /^(08|53|58|57P0|25P03|XX001)|^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)/;
const LOST = /Connection terminated|timeout exceeded|not queryable|Query read timeout|Cannot use a pool/;
const READ_ONLY = '25006';

function isOutdatedPlan(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return code === '0A000' && message?.includes('cached plan') === true;
}

function outage(cause: unknown): AppError {
  return new AppError('unavailable', 'The database cannot be reached right now. Please try again in a moment.', {
    retryAfterMs: 2000,
    cause,
  });
}

/** Names for the SQL texts that come again, so that PostgreSQL parses each once per connection. */
export class StatementNames {
  #generation = 1;
  readonly #names = new Map<string, string>();
  readonly #seenOnce = new Set<string>();

  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= MOST_NAMES) return name;
    if (!this.#seenOnce.delete(text)) {
      if (this.#seenOnce.size >= MOST_NAMES) this.#seenOnce.clear();
      this.#seenOnce.add(text);
      return undefined;
    }
    const given = `kesher_${this.#generation}_${this.#names.size + 1}`;
    this.#names.set(text, given);
    return given;
  }

  /** From now on every text is prepared anew: a migration, of another server perhaps, has changed what it gives. */
  renew(): void {
    this.#generation += 1;
    this.#names.clear();
    this.#seenOnce.clear();
  }
}

class PooledConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #use: PoolUse;
  readonly #onError = (error: Error) => {
    this.#loss ??= error;
  };
  /** Why this connection must not go back to the pool. */
  #loss: Error | undefined;
  /** The first error since BEGIN; PostgreSQL answers COMMIT with a quiet rollback after one. */
  #failure: unknown;
  #hasEnded = false;

  constructor(client: pg.PoolClient, use: PoolUse) {
    this.#client = client;
    this.#use = use;
    client.on('error', this.#onError);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#hasEnded) throw new Error('This transaction has ended: a statement was not awaited, or ran after its job.');
    const running = this.#run<Row & pg.QueryResultRow>(query);
    if (isUnasked(query)) {
      // After an error PostgreSQL rolls back, whatever follows, and COMMIT says so.
      running.catch(() => undefined);
      return { rows: [] };
    }
    try {
      return await running;
    } catch (error) {
      // Outside a transaction nothing is lost by asking again; a write is run again as a whole.
      if (!this.#use.isWriter) {
        if (isOutdatedPlan(error)) return this.executeQuery(query);
        throw error;
      }
      // Behind a failed statement that nobody awaited, PostgreSQL only says that the transaction is broken: its error is the one to tell.
      throw this.#failure ?? error;
    }
  }

  async #run<Row extends pg.QueryResultRow>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const name = isVarying(query) ? undefined : this.#use.names?.nameOf(query.sql);
      const { rows, rowCount, command } = await this.#send<Row>(query.sql, [...query.parameters], name);
      return command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(rowCount ?? 0) };
    } catch (error) {
      throw this.#note(error);
    }
  }

  streamQuery(): never {
    throw new Error('Reads do not stream: ask for pages.');
  }

  begin(): void {
    this.#failure = undefined;
    // Not awaited: it shares the round trip of the first statement, which fails if this one does.
    this.#send('BEGIN').catch((error) => this.#note(error));
  }

  async commit(): Promise<void> {
    const { command } = await this.#end('COMMIT');
    if (command !== 'COMMIT') throw this.#failure ?? new Error('PostgreSQL rolled the transaction back.');
  }

  async rollback(): Promise<void> {
    // A connection that cannot even roll back is thrown away; the job's own error is the one to tell.
    if (this.#loss === undefined) await this.#end('ROLLBACK').catch(() => undefined);
  }

  async #end(text: string): Promise<pg.QueryResult> {
    this.#hasEnded = true;
    try {
      return await this.#send(text);
    } catch (error) {
      throw this.#note(error);
    } finally {
      this.#hasEnded = false;
    }
  }

  #send<Row extends pg.QueryResultRow>(text: string, values: unknown[] = [], name?: string): Promise<pg.QueryResult<Row>> {
    const { timeoutMs } = this.#use;
    return this.#client.query<Row>({
      text,
      values,
      ...(name !== undefined && { name }),
      ...(timeoutMs !== undefined && { query_timeout: timeoutMs }),
    });
  }

  release(): void {
    this.#hasEnded = true;
    this.#client.off('error', this.#onError);
    this.#client.release(this.#loss);
  }

  /** Translates an error, and remembers what it means for this connection. */
  #note(error: unknown): unknown {
    const isLost = isOutage(error) || (this.#use.isWriter && (error as { code?: unknown }).code === READ_ONLY);
    const told = isLost ? outage(error) : error;
    this.#failure ??= told;
    if (isLost) this.#loss ??= error as Error;
    if (isOutdatedPlan(error)) this.#use.names?.renew();
    return told;
  }
}
