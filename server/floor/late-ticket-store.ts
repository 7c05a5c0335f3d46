import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** Tickets at one place whose promise has run out, or will soon. */
export interface LateTicketGroup {
  assigneeId: string | null;
  teamId: string | null;
  breached: number;
  soon: number;
}

/** By the clocks that run; a ticket to which nothing is promised is never late. */
export async function listLateTicketGroups(db: Db, now: number): Promise<LateTicketGroup[]> {
  const rows = await db
    .selectFrom('ticketClock')
    .innerJoin('ticket', 'ticket.id', 'ticketClock.id')
    .select([
      'ticket.assigneeId',
      'ticket.teamId',
      sql<number>`sum(case when "ticketClock"."dueAt" <= ${now} then 1 else 0 end)`.as('breached'),
      sql<number>`sum(case when "ticketClock"."dueAt" > ${now} then 1 else 0 end)`.as('soon'),
    ])
    .where('ticketClock.dueAt', 'is not', null)
    .where('ticketClock.warnAt', '<=', now)
    .groupBy(['ticket.assigneeId', 'ticket.teamId'])
    .execute();
  return rows.map(({ breached, soon, ...place }) => ({ ...place, breached: Number(breached), soon: Number(soon) }));
}
