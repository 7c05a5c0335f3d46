import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export interface StorageLog {
  warn(detail: object, sentence: string): void;
  error(detail: object, sentence: string): void;
}

/** What a database must give for the storage to stand on it: all that SQLite and PostgreSQL do differently. */
export interface Engine {
  readonly db: Kysely<Tables>;
  /** For the migrations only: statements outside a transaction, and transactions that hold DDL. */
  readonly migrating: Kysely<unknown>;
  /** The schema that the migrations' own tables are in, where the database has schemas. */
  readonly migrationSchema: string | undefined;
  write<Result>(job: (trx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** The columns of rows that travel to the database as one JSON parameter. */
export type ColumnKind = 'text' | 'integer' | 'bigint';

export type Columns = readonly (readonly [name: string, kind: ColumnKind])[];

export interface RowsDialect {
  /** What is sent as JSON. */
  parameter(rows: readonly Record<string, unknown>[], columns: Columns): readonly unknown[];
  table(columns: Columns): [before: string, after: string];
}
