import type { Db, Transaction } from './database.ts';

/** What is found by its words, and changes. */
export type Indexed = 'contact' | 'ticket' | 'opportunity';
/** Tables whose rows are found by their words. */
export type EntryTable = 'messageEntry' | `${Indexed}Entry`;
/** Whose entry it is. */
export type EntryOwner = 'messageId' | `${Indexed}Id`;

/** Entries that change keep the words that they were made with; of messages there are too many. */
export function keepsText(table: EntryTable): boolean {
  return table !== 'messageEntry';
}

/** `words` are letters and digits with a space between two. */
export interface Entry {
  number: number;
  words: string;
}

export interface Matching {
  /** An entry must hold one word of each group. */
  groups: readonly (readonly string[])[];
  /** At most so many entries can hold the words. */
  entriesMost: number;
  /** No entry with a higher number can hold them all. */
  newest: number;
  /** Only numbers below `before`, and not below `from`. */
  before: number;
  from: number;
  limit: number;
}

/** What the full-text indexes of SQLite and PostgreSQL do differently. */
export interface WordsDialect {
  /** `column` is the table's other one: whose entry it is. */
  insert(trx: Transaction, table: EntryTable, rows: readonly Entry[], column: EntryOwner): Promise<void>;
  delete(trx: Transaction, table: EntryTable, numbers: readonly number[]): Promise<void>;
  clear(trx: Transaction, table: EntryTable): Promise<void>;
  match(db: Db | Transaction, table: EntryTable, matching: Matching): Promise<number[]>;
}
