import type { ExpressionBuilder } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { inSight, ticketInSight } from '../storage/sight-condition.ts';
import type { SlaBreachRow, Tables, TicketBreachRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

export interface BreachListRow extends SlaBreachRow {
  contactId: string;
  contactName: string | null;
}

export interface TicketBreachListRow extends TicketBreachRow {
  number: number;
  subject: string;
  inboxId: string | null;
  contactId: string | null;
  contactName: string | null;
}

interface BreachPage {
  since: number;
  until: number;
  before: Cursor | null;
  limit: number;
}

/** Of conversations that may be seen. */
export async function countBreaches(db: Db, sight: Sight, since: number): Promise<number> {
  const row = await db
    .selectFrom('slaBreach')
    .innerJoin('conversation', 'conversation.id', 'slaBreach.conversationId')
    .select((counted) => counted.fn.countAll<number>().as('count'))
    .where((where) => inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight))
    .where('slaBreach.dueAt', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Latest first, of conversations that may be seen. */
export async function listBreachRows(db: Db, sight: Sight, page: BreachPage): Promise<BreachListRow[]> {
  const { since, until, before, limit } = page;
  let query = db
    .selectFrom('slaBreach')
    .innerJoin('conversation', 'conversation.id', 'slaBreach.conversationId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .selectAll('slaBreach')
    .select(['contact.id as contactId', 'contact.name as contactName'])
    .where((where) => inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight))
    .where('slaBreach.dueAt', '>=', since)
    .where('slaBreach.dueAt', '<', until)
    .orderBy('slaBreach.dueAt', 'desc')
    .orderBy('slaBreach.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('slaBreach.dueAt', 'slaBreach.id', before));
  return query.execute();
}

/** Of tickets that may be seen. */
export async function countTicketBreaches(db: Db, sight: Sight, since: number): Promise<number> {
  const row = await db
    .selectFrom('ticketBreach')
    .innerJoin('ticket', 'ticket.id', 'ticketBreach.ticketId')
    .select((counted) => counted.fn.countAll<number>().as('count'))
    .where((where) => ticketInSight(where as unknown as ExpressionBuilder<Tables, 'ticket'>, sight))
    .where('ticketBreach.dueAt', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Latest first, of tickets that may be seen. */
export async function listTicketBreachRows(db: Db, sight: Sight, page: BreachPage): Promise<TicketBreachListRow[]> {
  const { since, until, before, limit } = page;
  let query = db
    .selectFrom('ticketBreach')
    .innerJoin('ticket', 'ticket.id', 'ticketBreach.ticketId')
    .leftJoin('contact', 'contact.id', 'ticket.contactId')
    .selectAll('ticketBreach')
    .select(['ticket.number', 'ticket.subject', 'ticket.inboxId', 'contact.id as contactId', 'contact.name as contactName'])
    .where((where) => ticketInSight(where as unknown as ExpressionBuilder<Tables, 'ticket'>, sight))
    .where('ticketBreach.dueAt', '>=', since)
    .where('ticketBreach.dueAt', '<', until)
    .orderBy('ticketBreach.dueAt', 'desc')
    .orderBy('ticketBreach.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('ticketBreach.dueAt', 'ticketBreach.id', before));
  return query.execute();
}
