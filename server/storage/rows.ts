import { CompiledQuery, type Insertable, type RawBuilder, type Selectable, SqliteAdapter, sql, type Updateable } from 'kysely';
import type { Db, Transaction } from './database.ts';
import type { ColumnKind, Columns, RowsDialect, UnaskedQuery } from './engine.ts';
import { postgresByIds, postgresLock, postgresRows } from './postgres.ts';
import { sqliteByIds, sqliteRows } from './sqlite.ts';
import type { Tables } from './tables.ts';

/* Many rows at once. A value left out or undefined is NULL. */

type Cell = string | number | null | undefined;
type Kinds<Row> = { readonly [Name in keyof Row & string]-?: ColumnKind };

/** Rows as a table to join, select or update from, once it has a name: `rowsFrom(…).as('given')`. Column `ordinal` is a row's place, from 1. */
export function rowsFrom<Row extends { [Name in keyof Row]: Cell }>(
  db: Db | Transaction,
  rows: readonly Row[],
  columns: Kinds<Row>,
): RawBuilder<Row & { ordinal: number }> {
  const dialect = dialectOf(db);
  const entries = entriesOf(columns);
  const [before, after] = dialect.table(entries);
  return sql<Row & { ordinal: number }>`${sql.raw(before)}${dialect.parameter(rows, entries)}${sql.raw(after)}`;
}

/** Inserts all rows; every column of the rows is named in `columns`. */
export async function insertRows<Table extends keyof Tables & string, Row extends Insertable<Tables[Table]>>(
  trx: Transaction,
  table: Table,
  rows: readonly Row[],
  columns: Kinds<Row>,
): Promise<void> {
  if (rows.length === 0) return;
  const dialect = dialectOf(trx);
  const entries = entriesOf(columns);
  await trx.executeQuery(unasked(dialect.insert(quoted(table), entries), dialect.parameters(rows, entries)));
}

/**
 * Sets the named columns in the rows that have the same key. The rows go in the order of their keys, so that two writes
 * on PostgreSQL lock them in the same order.
 */
export async function updateRows<
  Table extends keyof Tables & string,
  Row extends Updateable<Tables[Table]> & Record<Key, string>,
  Key extends string = 'id',
>(trx: Transaction, table: Table, rows: readonly Row[], columns: Partial<Kinds<Row>>, keyColumn: Key = 'id' as Key): Promise<void> {
  if (rows.length === 0) return;
  const dialect = dialectOf(trx);
  const entries: Columns = [...entriesOf(columns).filter(([name]) => name !== keyColumn), [keyColumn, 'text']];
  const inOrder = rows.toSorted((one, other) => (one[keyColumn] < other[keyColumn] ? -1 : 1));
  await trx.executeQuery(unasked(dialect.update(quoted(table), entries), dialect.parameters(inOrder, entries)));
}

/** So that COMMIT can go right behind it. */
function unasked(text: string, parameters: readonly unknown[]): UnaskedQuery {
  return { ...CompiledQuery.raw(text, [...parameters]), isUnasked: true };
}

/**
 * The rows with these ids, in the order of the ids, locked until the transaction ends. On SQLite, where writes follow
 * one another, that is a plain read.
 */
export async function lockRows<Table extends keyof Tables & string, Name extends keyof Selectable<Tables[Table]> & string>(
  trx: Transaction,
  table: Table,
  ids: readonly string[],
  columns: readonly Name[] = [],
): Promise<Pick<Selectable<Tables[Table]>, Name>[]> {
  return selectByIds(trx, ids, isSqlite(trx) ? sqliteByIds : postgresLock, { table, columns });
}

/** The rows with these ids, in any order. Unlike a built query, its text is made in no time. */
export async function readRows<Table extends keyof Tables & string, Name extends keyof Selectable<Tables[Table]> & string>(
  db: Db,
  table: Table,
  ids: readonly string[],
  columns: readonly Name[],
): Promise<Pick<Selectable<Tables[Table]>, Name>[]> {
  return selectByIds(db, ids, isSqlite(db) ? sqliteByIds : postgresByIds, { table, columns });
}

async function selectByIds<Row>(
  db: Db,
  ids: readonly string[],
  select: (table: string, columns: string, ids: readonly string[]) => { text: string; parameter: unknown },
  { table, columns }: { table: string; columns: readonly string[] },
): Promise<Row[]> {
  if (ids.length === 0) return [];
  const { text, parameter } = select(quoted(table), columns.map(quoted).join(', ') || '*', ids);
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [parameter]));
  return rows;
}

function dialectOf(db: Db | Transaction): RowsDialect {
  return isSqlite(db) ? sqliteRows : postgresRows;
}

function isSqlite(db: Db | Transaction): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

function entriesOf(columns: object): Columns {
  const entries = Object.entries(columns) as [string, ColumnKind][];
  for (const [name] of entries) quoted(name);
  return entries;
}

function quoted(name: string): string {
  if (!/^[A-Za-z]\w*$/.test(name)) throw new Error(`"${name}" is no name of a table or column.`);
  return `"${name}"`;
}
