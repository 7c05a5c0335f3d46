import type { CompiledQuery, Kysely, Transaction } from 'kysely';
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

/** What PostgreSQL must be told of the columns of rows that travel together. */
export type ColumnKind = 'text' | 'integer' | 'bigint' | 'double precision';

export type Columns = readonly (readonly [name: string, kind: ColumnKind])[];

type Rows = readonly Record<string, unknown>[];

/** How many rows are read and written at once. The text is the same for any number of rows, so it stays prepared. */
export interface RowsDialect {
  /** Rows as a table to join: a parameter, and what stands before and after it. */
  table(columns: Columns): [before: string, after: string];
  parameter(rows: Rows, columns: Columns): string;
  insert(table: string, columns: Columns): string;
  /** The key is the last of the columns. */
  update(table: string, columns: Columns): string;
  /** For the texts of `insert` and `update`. */
  parameters(rows: Rows, columns: Columns): readonly unknown[];
}

/** A statement of which nobody awaits the answer: whether it went well is asked when its transaction ends. */
export interface UnaskedQuery extends CompiledQuery {
  readonly isUnasked: true;
}

export function isUnasked(query: CompiledQuery): query is UnaskedQuery {
  return 'isUnasked' in query;
}

/** A statement whose best plan depends on its values: PostgreSQL soon plans a named one once, for values it does not know. */
export interface VaryingQuery extends CompiledQuery {
  readonly isVarying: true;
}

export function isVarying(query: CompiledQuery): query is VaryingQuery {
  return 'isVarying' in query;
}
