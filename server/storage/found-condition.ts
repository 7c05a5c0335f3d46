import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from './database.ts';
import { rowsFrom } from './rows.ts';
import type { Indexed } from './words-dialect.ts';

/** What a search by words found. */
export interface FoundRows {
  /** Null: very many; whoever lists them looks for one word of each group. */
  ids: readonly string[] | null;
  groups: readonly (readonly string[])[];
}

export function isFound(db: Db, of: Indexed, { ids, groups }: FoundRows): RawBuilder<SqlBool> {
  return ids ? isAmong(db, of, ids) : holdsWords(of, groups);
}

/** One of these, however many they are. */
function isAmong(db: Db, of: Indexed, ids: readonly string[]): RawBuilder<SqlBool> {
  const given = rowsFrom(
    db,
    ids.map((wantedId) => ({ wantedId })),
    { wantedId: 'text' },
  );
  return sql<SqlBool>`${sql.ref(`${of}.id`)} in (select "wantedId" from ${given} as "given")`;
}

/**
 * Read row by row, for what so many hold that a walk finds enough at once. A value, since PostgreSQL would make a join of `exists` and read
 * all entries before it begins.
 */
function holdsWords(of: Indexed, groups: FoundRows['groups']): RawBuilder<SqlBool> {
  const each = groups.map((group) => {
    const words = group.map((word) => sql`' ' || "entry"."text" || ' ' like ${`% ${word} %`}`);
    return sql`(${sql.join(words, sql` or `)})`;
  });
  return sql<SqlBool>`(select ${sql.join(each, sql` and `)} from ${sql.table(`${of}Entry`)} as "entry"
    where "entry".${sql.ref(`${of}Id`)} = ${sql.ref(`${of}.id`)})`;
}
