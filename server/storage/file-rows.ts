import type { Db, Transaction } from './database.ts';
import type { Tables } from './tables.ts';

/** Tables whose rows stand in a customer file. */
type Filed = { [Name in keyof Tables]: Tables[Name] extends { id: string; contactId: string | null } ? Name : never }[keyof Tables];

/** Fewer than either database takes as parameters of one statement. */
const AT_ONCE = 5_000;

export interface FileMove {
  from: string;
  to: string;
  /** Those of them that still stand in `from`; without it all. */
  only?: readonly string[] | undefined;
}

/** Puts rows from one customer file into another. Returns which. */
export async function moveFileRows(trx: Transaction, table: Filed, { from, to, only }: FileMove): Promise<string[]> {
  const moved: string[] = [];
  const all = trx
    .updateTable(table as 'task')
    .set({ contactId: to })
    .where('contactId', '=', from)
    .returning('id');
  if (!only) moved.push(...(await all.execute()).map(({ id }) => id));
  for (let at = 0; at < (only?.length ?? 0); at += AT_ONCE) {
    const rows = await all.where('id', 'in', only?.slice(at, at + AT_ONCE) ?? []).execute();
    moved.push(...rows.map(({ id }) => id));
  }
  return moved;
}

/** By the name of a table that `FileShelf` gives. */
export async function countFileRows(db: Db, table: string, contactId: string): Promise<number> {
  const counted = db.selectFrom(table as 'task').select((of) => of.fn.countAll<number>().as('count'));
  return Number((await counted.where('contactId', '=', contactId).executeTakeFirstOrThrow()).count);
}
