import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { rowsFrom } from '../storage/rows.ts';
import type { Indexed } from '../storage/words-dialect.ts';

/** Where an index is kept. */
export interface IndexPlaces {
  of: Indexed;
  /** Its row in `wordIndex`. */
  id: 'contacts' | 'tickets' | 'opportunities';
  /** Written by triggers: ids of what has changed. */
  queue: 'contactChange' | 'ticketToIndex' | 'opportunityToIndex';
}

const namesOf = ({ of, queue }: IndexPlaces) => ({
  rows: sql.table(of),
  entries: sql.table(`${of}Entry`),
  queue: sql.table(queue),
  id: sql.ref(`${of}Id`),
});

export async function hasQueued(db: Db, places: IndexPlaces): Promise<boolean> {
  const { rows } = await sql`select 1 from ${namesOf(places).queue} limit 1`.execute(db);
  return rows.length > 0;
}

export async function findIndexVersion(db: Db | Transaction, { id }: IndexPlaces): Promise<number | undefined> {
  return (await db.selectFrom('wordIndex').select('version').where('id', '=', id).executeTakeFirst())?.version;
}

/** From now on the index is one of this version, and everything is still to come into it. */
export async function startIndex(trx: Transaction, places: IndexPlaces, version: number): Promise<void> {
  const fresh = { version, sweepAt: null, sweepId: null, sweptAt: null, followedTo: 0 };
  await trx
    .insertInto('wordIndex')
    .values({ id: places.id, ...fresh })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
    .execute();
  const { rows, queue, id } = namesOf(places);
  await sql`insert into ${queue} (${id}) select "id" from ${rows} where true on conflict (${id}) do nothing`.execute(trx);
}

/** Takes some away: whoever took them brings the index up to date in the same transaction. */
export async function takeQueued(trx: Transaction, places: IndexPlaces, limit: number): Promise<string[]> {
  const { queue, id } = namesOf(places);
  const { rows } = await sql<{ id: string }>`delete from ${queue} where ${id} in (select ${id} from ${queue} limit ${limit})
    returning ${id} as "id"`.execute(trx);
  return rows.map((row) => row.id);
}

export interface KeptEntry {
  number: number;
  /** The words that it was made with, with a space between two. */
  text: string;
}

export async function listKeptEntries(db: Db | Transaction, places: IndexPlaces, ids: readonly string[]): Promise<KeptEntry[]> {
  if (ids.length === 0) return [];
  const { entries, id } = namesOf(places);
  const { rows } = await sql<KeptEntry>`select "number", "text" from ${entries} where ${id} in (${sql.join(ids)})`.execute(db);
  return rows;
}

/** Whose entries have these numbers, in their order. */
export async function listIdsByNumber(db: Db, places: IndexPlaces, numbers: readonly number[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const { entries, id } = namesOf(places);
  const given = numbers.map((wanted) => ({ wanted }));
  const { rows } = await sql<{ id: string }>`select "entry".${id} as "id" from ${rowsFrom(db, given, { wanted: 'bigint' })} as "given"
    join ${entries} as "entry" on "entry"."number" = "given"."wanted" order by "given"."ordinal"`.execute(db);
  return rows.map((row) => row.id);
}
