import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { TicketStatus, TicketView } from '../../shared/ticket-moves.ts';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { type FoundRows, isFound } from '../storage/found-condition.ts';
import { ticketInSight } from '../storage/sight-condition.ts';
import type { Tables } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';
import { type TicketListRow, withNames } from './ticket-store.ts';

export interface TicketPageAsk {
  sight: Sight;
  view: TicketView;
  status?: TicketStatus | 'unsolved' | 'over' | undefined;
  /** Place in `priorities`. */
  priority?: number | undefined;
  categoryIds?: readonly string[] | undefined;
  teamId?: string | undefined;
  assigneeId?: string | undefined;
  contactId?: string | undefined;
  companyId?: string | undefined;
  conversationId?: string | undefined;
  externalId?: string | undefined;
  /** Due before this moment, or not. */
  overdue?: { isOverdue: boolean; now: number } | undefined;
  /** Either of the two, where both are there. */
  number?: number | undefined;
  found?: FoundRows | undefined;
  now: number;
  cursor: Cursor | null;
  limit: number;
}

/** By when they are due where that is what is asked for, else the latest change first. */
export async function listTicketRows(db: Db, ask: TicketPageAsk): Promise<TicketListRow[]> {
  let query = withNames(db).where((where) => ticketInSight(where as unknown as ExpressionBuilder<Tables, 'ticket'>, ask.sight));
  const { agentId, teamIds } = ask.sight;
  if (ask.view === 'mine') query = query.where('ticket.assigneeId', '=', agentId);
  if (ask.view === 'unassigned') query = query.where('ticket.assigneeId', 'is', null);
  if (ask.view === 'team') query = query.where((where) => (teamIds.length === 0 ? where.or([]) : where('ticket.teamId', 'in', teamIds)));
  if (ask.view === 'breaching') query = query.where('ticketClock.dueAt', 'is not', null).where('ticketClock.warnAt', '<=', ask.now);
  if (ask.status === 'unsolved' || ask.status === 'over') query = query.where('ticket.isOver', '=', ask.status === 'over' ? 1 : 0);
  else if (ask.status) query = query.where('ticket.status', '=', ask.status);
  for (const name of ['priority', 'teamId', 'assigneeId', 'contactId', 'companyId', 'externalId'] as const) {
    const value = ask[name];
    if (value !== undefined) query = query.where(`ticket.${name}`, '=', value);
  }
  if (ask.categoryIds) query = query.where('ticket.categoryId', 'in', ask.categoryIds);
  const { conversationId, overdue } = ask;
  if (conversationId !== undefined) {
    query = query.where('ticket.id', 'in', (select) =>
      select.selectFrom('ticketConversation').select('ticketId').where('conversationId', '=', conversationId),
    );
  }
  if (overdue?.isOverdue) query = query.where('ticketClock.dueAt', '<=', overdue.now);
  if (overdue && !overdue.isOverdue) {
    query = query.where((where) => where.or([where('ticketClock.dueAt', 'is', null), where('ticketClock.dueAt', '>', overdue.now)]));
  }
  const { number, found } = ask;
  if (found || number !== undefined) query = query.where((where) => where.or(askedFor(db, where as never, { number, found })));
  return (isByDue(ask) ? byDue(query, ask.cursor) : byChange(query, ask.cursor)).limit(ask.limit).execute();
}

function askedFor(
  db: Db,
  where: ExpressionBuilder<Tables, 'ticket'>,
  { number, found }: Pick<TicketPageAsk, 'number' | 'found'>,
): Expression<SqlBool>[] {
  return [...(number === undefined ? [] : [where('ticket.number', '=', number)]), ...(found ? [isFound(db, 'ticket', found)] : [])];
}

export function isByDue({ view, overdue }: Pick<TicketPageAsk, 'view' | 'overdue'>): boolean {
  return view === 'breaching' || overdue?.isOverdue === true;
}

type Query = ReturnType<typeof withNames>;

function byDue(query: Query, cursor: Cursor | null): Query {
  const ordered = query.orderBy('ticketClock.dueAt').orderBy('ticket.id');
  if (!cursor) return ordered;
  return ordered.where((where) =>
    where.or([
      where('ticketClock.dueAt', '>', cursor.at),
      where.and([where('ticketClock.dueAt', '=', cursor.at), where('ticket.id', '>', cursor.id)]),
    ]),
  );
}

function byChange(query: Query, cursor: Cursor | null): Query {
  const ordered = query.orderBy('ticket.updatedAt', 'desc').orderBy('ticket.id', 'desc');
  if (!cursor) return ordered;
  return ordered.where(beforeInTime('ticket.updatedAt', 'ticket.id', cursor));
}

/** In the customer's file, the newest first. */
export async function listTicketsOfFile(
  db: Db,
  contactId: string,
  page: { sight: Sight; before: Cursor | null; limit: number },
): Promise<(TicketListRow & { creatorName: string | null })[]> {
  const { sight, before, limit } = page;
  let query = withNames(db)
    .leftJoin('agent as creator', 'creator.id', 'ticket.createdBy')
    .select('creator.name as creatorName')
    .where('ticket.contactId', '=', contactId)
    .where((where) => ticketInSight(where as unknown as ExpressionBuilder<Tables, 'ticket'>, sight))
    .orderBy('ticket.createdAt', 'desc')
    .orderBy('ticket.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('ticket.createdAt', 'ticket.id', before));
  return query.execute();
}

/** Of a verified person: what goes on, and what ended after the given moment. */
export async function listVisitorTicketRows(
  db: Db,
  contactId: string,
  { since, limit }: { since: number; limit: number },
): Promise<TicketListRow[]> {
  return withNames(db)
    .where('ticket.contactId', '=', contactId)
    .where('ticket.isHidden', '=', 0)
    .where('ticket.erasedAt', 'is', null)
    .where((where) => where.or([where('ticket.isOver', '=', 0), where('ticket.overAt', '>=', since)]))
    .orderBy('ticket.createdAt', 'desc')
    .orderBy('ticket.id', 'desc')
    .limit(limit)
    .execute();
}
