import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** What comes after a row in a list that is newest first, and by id within one moment. */
export function beforeInTime(atColumn: string, idColumn: string, { at, id }: { at: number; id: string }): RawBuilder<SqlBool> {
  const [moment, name] = [sql.ref(atColumn), sql.ref(idColumn)];
  return sql<SqlBool>`(${moment} <= ${at} and (${moment} < ${at} or ${name} < ${id}))`;
}
