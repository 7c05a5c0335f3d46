import type { ExpressionBuilder } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, readRows } from '../storage/rows.ts';
import { inSight, ticketInSight } from '../storage/sight-condition.ts';
import type { Tables, TicketChangeRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

const changeColumns = {
  id: 'text',
  ticketId: 'text',
  at: 'bigint',
  agentId: 'text',
  field: 'text',
  before: 'text',
  after: 'text',
} as const;

export type ChangeListRow = TicketChangeRow & { agentName: string | null };

export async function insertChanges(trx: Transaction, rows: readonly TicketChangeRow[]): Promise<void> {
  await insertRows(trx, 'ticketChange', rows, changeColumns);
}

/** Newest first. */
export async function listChangeRows(
  db: Db,
  ticketId: string,
  { before, limit }: { before: Cursor | null; limit: number },
): Promise<ChangeListRow[]> {
  let query = db
    .selectFrom('ticketChange')
    .leftJoin('agent', 'agent.id', 'ticketChange.agentId')
    .selectAll('ticketChange')
    .select('agent.name as agentName')
    .where('ticketId', '=', ticketId)
    .orderBy('at', 'desc')
    .orderBy('ticketChange.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('ticketChange.at', 'ticketChange.id', before));
  return query.execute();
}

/** What was written of these tickets is gone: who changed what when stays. */
export async function eraseChanges(trx: Transaction, ticketIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('ticketChange')
    .set({ before: null, after: null })
    .where('ticketId', 'in', ticketIds)
    .where((where) =>
      where.or([
        where('field', 'in', ['subject', 'description', 'update', 'externalId', 'field', 'document']),
        where('field', 'like', 'values.%'),
      ]),
    )
    .execute();
}

type Called = { id: string; name: string | null };

/** What these are called, whatever has become of them. */
export async function listNames(
  db: Db,
  table: 'contact' | 'company' | 'ticketCategory' | 'ticketReason' | 'agent' | 'team',
  ids: readonly string[],
): Promise<Called[]> {
  return readRows(db, table as 'contact', ids, ['id', 'name']);
}

/** Of those that may be seen. */
export async function listTicketNames(db: Db, sight: Sight, ids: readonly string[]): Promise<Called[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('ticket')
    .select(['id', 'number', 'subject'])
    .where('id', 'in', ids)
    .where((where) => ticketInSight(where as unknown as ExpressionBuilder<Tables, 'ticket'>, sight))
    .execute();
  return rows.map(({ id, number, subject }) => ({ id, name: `#${number} ${subject}`.trim() }));
}

/** By whom they are with, of those that may be seen. */
export async function listChatNames(db: Db, sight: Sight, ids: readonly string[]): Promise<Called[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('conversation')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .select(['conversation.id', 'contact.name'])
    .where('conversation.id', 'in', ids)
    .where((where) => inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight))
    .execute();
}
