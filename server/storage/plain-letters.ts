import { type RawBuilder, SqliteAdapter, sql } from 'kysely';
import type { Db, Transaction } from './database.ts';

/** A text as it is compared without minding capitals: those of ASCII become small, and what comes first is decided by the letters' codes. */
export function lowered(db: Db | Transaction, column: RawBuilder<unknown>): RawBuilder<string> {
  return db.getExecutor().adapter instanceof SqliteAdapter ? sql`lower(${column})` : sql`lower(${column} collate "C")`;
}

/** What `lowered` makes of a value. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
