import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { rowsFrom } from '../storage/rows.ts';
import type { TicketRow } from '../storage/tables.ts';

const INDEX = 'tickets';

export async function hasTicketsToIndex(db: Db): Promise<boolean> {
  return (await db.selectFrom('ticketToIndex').select('ticketId').limit(1).executeTakeFirst()) !== undefined;
}

export async function findTicketIndexVersion(db: Db | Transaction): Promise<number | undefined> {
  return (await db.selectFrom('wordIndex').select('version').where('id', '=', INDEX).executeTakeFirst())?.version;
}

/** From now on the index is one of this version, and every ticket is still to come into it. */
export async function startTicketIndex(trx: Transaction, version: number): Promise<void> {
  const fresh = { version, sweepAt: null, sweepId: null, sweptAt: null, followedTo: 0 };
  await trx
    .insertInto('wordIndex')
    .values({ id: INDEX, ...fresh })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
    .execute();
  await trx
    .insertInto('ticketToIndex')
    .columns(['ticketId'])
    .expression((from) => from.selectFrom('ticket').select('id').where('id', 'is not', null))
    .onConflict((conflict) => conflict.column('ticketId').doNothing())
    .execute();
}

/** Takes some away: whoever took them brings the index up to date in the same transaction. */
export async function takeTicketsToIndex(trx: Transaction, limit: number): Promise<string[]> {
  const rows = await trx
    .deleteFrom('ticketToIndex')
    .where('ticketId', 'in', (from) => from.selectFrom('ticketToIndex').select('ticketId').limit(limit))
    .returning('ticketId')
    .execute();
  return rows.map(({ ticketId }) => ticketId);
}

export async function listTicketEntries(
  db: Db | Transaction,
  ticketIds: readonly string[],
): Promise<{ number: number; ticketId: string; text: string }[]> {
  if (ticketIds.length === 0) return [];
  return db.selectFrom('ticketEntry').select(['number', 'ticketId', 'text']).where('ticketId', 'in', ticketIds).execute();
}

export async function listTicketTexts(
  trx: Transaction,
  ids: readonly string[],
): Promise<Pick<TicketRow, 'id' | 'subject' | 'description' | 'externalId' | 'createdAt'>[]> {
  return trx.selectFrom('ticket').select(['id', 'subject', 'description', 'externalId', 'createdAt']).where('id', 'in', ids).execute();
}

/** What was written of one ticket's work last. */
export async function listWorkTexts(db: Db | Transaction, ticketId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ticketWork')
    .select('text')
    .where('ticketId', '=', ticketId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ text }) => text);
}

export async function listTicketIdsByNumber(db: Db, numbers: readonly number[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const rows = await db
    .selectFrom(
      rowsFrom(
        db,
        numbers.map((wanted) => ({ wanted })),
        { wanted: 'bigint' },
      ).as('given'),
    )
    .innerJoin('ticketEntry', 'ticketEntry.number', 'given.wanted')
    .select('ticketEntry.ticketId')
    .execute();
  return rows.map(({ ticketId }) => ticketId);
}

/** One of these tickets, however many they are. */
export function isAmong(db: Db, ids: readonly string[]): RawBuilder<SqlBool> {
  const given = rowsFrom(
    db,
    ids.map((wantedId) => ({ wantedId })),
    { wantedId: 'text' },
  );
  return sql<SqlBool>`"ticket"."id" in (select "wantedId" from ${given} as "given")`;
}

/** One word of each group stands in the ticket: read row by row, for what so many hold that a walk finds enough at once. */
export function holdsWords(groups: readonly (readonly string[])[]): RawBuilder<SqlBool> {
  const each = groups.map((group) => {
    const words = group.map((word) => sql`' ' || "ticketEntry"."text" || ' ' like ${`% ${word} %`}`);
    return sql`(${sql.join(words, sql` or `)})`;
  });
  return sql<SqlBool>`exists (select 1 from "ticketEntry" where "ticketEntry"."ticketId" = "ticket"."id" and ${sql.join(each, sql` and `)})`;
}
