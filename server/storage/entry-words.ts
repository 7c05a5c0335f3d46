import { SqliteAdapter } from 'kysely';
import type { Db, Transaction } from './database.ts';
import { postgresWords } from './postgres-words.ts';
import { sqliteWords } from './sqlite-words.ts';
import type { EntryTable, Matching, WordsDialect } from './words-dialect.ts';

export function wordsDialectOf(db: Db | Transaction): WordsDialect {
  return db.getExecutor().adapter instanceof SqliteAdapter ? sqliteWords : postgresWords;
}

/** The numbers of the entries that hold the words, newest first. */
export async function matchEntries(db: Db | Transaction, table: EntryTable, matching: Matching): Promise<number[]> {
  if (matching.groups.length === 0 || matching.groups.some((group) => group.length === 0)) return [];
  return wordsDialectOf(db).match(db, table, matching);
}
