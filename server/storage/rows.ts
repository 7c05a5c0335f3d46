import { CompiledQuery, type Insertable, type RawBuilder, type Selectable, SqliteAdapter, sql, type Updateable } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { ColumnKind } from './engine.ts';
import { postgresLock, postgresRows } from './postgres.ts';
import { sqliteLock, sqliteRows } from './sqlite.ts';
import type { Tables } from './tables.ts';

/*
 * Many rows in one statement. They travel as one JSON parameter, so the SQL text is the same for any number of rows and
 * stays prepared; a value left out or undefined is NULL.
 */

type Cell = string | number | null | undefined;
type Kinds<Row> = { readonly [Name in keyof Row & string]-?: ColumnKind };

/** Rows as a table to join, select or update from, once it has a name: `rowsFrom(…).as('given')`. Column `ordinal` is a row's place, from 1. */
export function rowsFrom<Row extends { [Name in keyof Row]: Cell }>(
  db: Db | Transaction,
  rows: readonly Row[],
  columns: Kinds<Row>,
): RawBuilder<Row & { ordinal: number }> {
  const [before, after] = tableAround(db, columns);
  return sql<Row & { ordinal: number }>`${sql.raw(before)}${toJson(rows)}${sql.raw(after)}`;
}

/** Inserts all rows with one statement; every column of the rows is named in `columns`. */
export async function insertRows<Table extends keyof Tables & string, Row extends Insertable<Tables[Table]>>(
  trx: Transaction,
  table: Table,
  rows: readonly Row[],
  columns: Kinds<Row>,
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).map(quoted).join(', ');
  const text = `insert into ${quoted(table)} (${names}) select ${names} from ${givenText(trx, columns)} order by "ordinal"`;
  await trx.executeQuery(CompiledQuery.raw(text, [toJson(rows)]));
}

/**
 * Sets the columns in the rows that have the same key, with one statement. The rows go in the order of their keys, so
 * that two writes on PostgreSQL lock them in the same order.
 */
export async function updateRows<Table extends keyof Tables & string, Row extends Updateable<Tables[Table]> & Record<Key, string>, Key extends string = 'id'>(
  trx: Transaction,
  table: Table,
  rows: readonly Row[],
  columns: Partial<Kinds<Row>>,
  keyColumn: Key = 'id' as Key,
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).filter((name) => name !== keyColumn);
  const changes = names.map((name) => `${quoted(name)} = "given".${quoted(name)}`).join(', ');
  const text = `update ${quoted(table)} set ${changes} from ${givenText(trx, columns)} where ${quoted(table)}.${quoted(keyColumn)} = "given".${quoted(keyColumn)}`;
  const inOrder = rows.toSorted((one, other) => (one[keyColumn] < other[keyColumn] ? -1 : 1));
  await trx.executeQuery(CompiledQuery.raw(text, [toJson(inOrder)]));
}

/**
 * The rows with these ids, in the order of the ids, locked until the transaction ends. On SQLite, where writes follow
 * one another, that is a plain read.
 */
export async function lockRows<Table extends keyof Tables & string>(trx: Transaction, table: Table, ids: readonly string[]): Promise<Selectable<Tables[Table]>[]> {
  if (ids.length === 0) return [];
  const { text, parameter } = isSqlite(trx) ? sqliteLock(quoted(table), ids) : postgresLock(quoted(table), ids);
  const { rows } = await trx.executeQuery<Selectable<Tables[Table]>>(CompiledQuery.raw(text, [parameter]));
  return rows;
}

function givenText(db: Db | Transaction, columns: Readonly<Partial<Record<string, ColumnKind>>>): string {
  const [before, after] = tableAround(db, columns);
  return `${before}${isSqlite(db) ? '?' : '$1'}${after} as "given"`;
}

function tableAround(db: Db | Transaction, columns: Readonly<Partial<Record<string, ColumnKind>>>): [before: string, after: string] {
  const entries = Object.entries(columns) as [string, ColumnKind][];
  return isSqlite(db) ? sqliteRows(entries) : postgresRows(entries);
}

function isSqlite(db: Db | Transaction): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

function quoted(name: string): string {
  if (!/^[A-Za-z]\w*$/.test(name)) throw new Error(`"${name}" is no name of a table or column.`);
  return `"${name}"`;
}

const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** One row with a NUL or half a surrogate pair would make PostgreSQL refuse all of them: each becomes U+FFFD. */
function toJson(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  if (!json.includes('\\ud') && !json.includes('\\u0000')) return json;
  return JSON.stringify(rows, (_key, value) => (typeof value === 'string' ? value.replace(UNSTORABLE, '\uFFFD') : value));
}
