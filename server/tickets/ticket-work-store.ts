import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import type { TicketWorkRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

interface Page {
  before: Cursor | null;
  limit: number;
}
type Named<Row> = Row & { agentName: string | null };

/** Newest first. */
export async function listWorkRows(db: Db, ticketId: string, { before, limit }: Page): Promise<Named<TicketWorkRow>[]> {
  let query = db
    .selectFrom('ticketWork')
    .leftJoin('agent', 'agent.id', 'ticketWork.agentId')
    .selectAll('ticketWork')
    .select('agent.name as agentName')
    .where('ticketId', '=', ticketId)
    .orderBy('at', 'desc')
    .orderBy('ticketWork.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('at', 'ticketWork.id', before));
  return query.execute();
}

export async function findWorkRow(db: Db, id: string): Promise<Named<TicketWorkRow> | undefined> {
  return db
    .selectFrom('ticketWork')
    .leftJoin('agent', 'agent.id', 'ticketWork.agentId')
    .selectAll('ticketWork')
    .select('agent.name as agentName')
    .where('ticketWork.id', '=', id)
    .executeTakeFirst();
}

export async function insertWork(trx: Transaction, row: TicketWorkRow): Promise<void> {
  await trx.insertInto('ticketWork').values(row).execute();
}

export async function updateWork(trx: Transaction, id: string, values: Partial<TicketWorkRow>): Promise<void> {
  await trx.updateTable('ticketWork').set(values).where('id', '=', id).execute();
}

export async function deleteWork(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('ticketWork').where('id', '=', id).execute();
}

/** Of one ticket, which is locked. */
export async function sumMinutes(trx: Transaction, ticketId: string): Promise<number> {
  const row = await trx
    .selectFrom('ticketWork')
    .select((select) => select.fn.sum<number | null>('minutes').as('sum'))
    .where('ticketId', '=', ticketId)
    .executeTakeFirstOrThrow();
  return Number(row.sum ?? 0);
}

/** What was written down is gone: who worked how long stays. */
export async function eraseWork(trx: Transaction, ticketIds: readonly string[]): Promise<void> {
  await trx.updateTable('ticketWork').set({ text: '' }).where('ticketId', 'in', ticketIds).execute();
}

/** Of a long log the latest entries, and about as many characters, so that nobody's ticket holds up the rest. */
const ENTRIES_MAX = 300;
export const LOG_CHARACTERS_MAX = 60_000;

/** What was written of each ticket's work last, the latest first. */
export async function listLatestWork(
  db: Db | Transaction,
  ticketIds: readonly string[],
  charactersEach = LOG_CHARACTERS_MAX,
): Promise<Map<string, string[]>> {
  const texts = new Map<string, string[]>();
  if (ticketIds.length === 0) return texts;
  const { rows } = await sql<Pick<TicketWorkRow, 'ticketId' | 'text'>>`
    select "ticketId", "text" from (
      select "ticketId", "text", row_number() over "log" as "place", sum(length("text")) over "log" - length("text") as "before"
      from "ticketWork" where "ticketId" in (${sql.join(ticketIds)})
      window "log" as (partition by "ticketId" order by "at" desc, "id" desc)
    ) as "latest" where "place" <= ${ENTRIES_MAX} and "before" < ${charactersEach} order by "place"`.execute(db);
  for (const { ticketId, text } of rows) texts.set(ticketId, [...(texts.get(ticketId) ?? []), text]);
  return texts;
}
