import { sql } from 'kysely';
import { PREVIEW_MAX } from '../../shared/limits.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, readRows } from '../storage/rows.ts';
import type { NoticeRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

const columns = {
  id: 'text',
  agentId: 'text',
  kind: 'text',
  actorId: 'text',
  conversationId: 'text',
  messageId: 'text',
  seq: 'integer',
  sla: 'text',
  ticketId: 'text',
  createdAt: 'bigint',
  seenAt: 'bigint',
  contactId: 'text',
  item: 'text',
} as const;

/** With what it shows of other tables, which may be too much for the agent's eyes. */
export interface NoticeListRow extends NoticeRow {
  actorName: string | null;
  assigneeId: string | null;
  teamId: string | null;
  /** Whom it is about: of the conversation, or of the file. */
  personId: string | null;
  contactName: string | null;
  preview: string | null;
  ticketNumber: number | null;
  ticketSubject: string | null;
  ticketAssigneeId: string | null;
  ticketTeamId: string | null;
}

export async function insertNotices(trx: Transaction, rows: readonly NoticeRow[]): Promise<void> {
  await insertRows(trx, 'notice', rows, columns);
}

export async function listNoticeRowsByIds(db: Db, ids: readonly string[]): Promise<NoticeListRow[]> {
  return ids.length === 0 ? [] : withWords(db).where('notice.id', 'in', ids).execute();
}

export async function listNoticeRows(
  db: Db,
  agentId: string,
  page: { since: number; before: Cursor | null; limit: number },
): Promise<NoticeListRow[]> {
  const { since, before, limit } = page;
  let query = withWords(db)
    .where('notice.agentId', '=', agentId)
    .where('notice.createdAt', '>=', since)
    .orderBy('notice.createdAt', 'desc')
    .orderBy('notice.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('notice.createdAt', 'notice.id', before));
  return query.execute();
}

function withWords(db: Db) {
  return db
    .selectFrom('notice')
    .leftJoin('agent as actor', 'actor.id', 'notice.actorId')
    .leftJoin('conversation', 'conversation.id', 'notice.conversationId')
    .leftJoin('contact', (join) => join.on((on) => on('contact.id', '=', on.fn.coalesce('conversation.contactId', 'notice.contactId'))))
    .leftJoin('message', 'message.id', 'notice.messageId')
    .leftJoin('ticket', 'ticket.id', 'notice.ticketId')
    .selectAll('notice')
    .select(['ticket.number as ticketNumber', 'ticket.subject as ticketSubject'])
    .select(['ticket.assigneeId as ticketAssigneeId', 'ticket.teamId as ticketTeamId'])
    .select(['actor.name as actorName', 'conversation.assigneeId', 'conversation.teamId', 'contact.id as personId'])
    .select('contact.name as contactName')
    .select(sql<string | null>`substr("message"."text", 1, ${sql.lit(PREVIEW_MAX)})`.as('preview'));
}

export async function countUnseen(db: Db, agentId: string): Promise<number> {
  const row = await db
    .selectFrom('notice')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('agentId', '=', agentId)
    .where('seenAt', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function findNoticeRow(db: Db, id: string): Promise<NoticeRow | undefined> {
  const [row] = await readRows(db, 'notice', [id], []);
  return row as NoticeRow | undefined;
}

/** How many had not been seen. */
export async function updateNoticesSeen(
  trx: Transaction,
  agentId: string,
  which: { id?: string | undefined; conversationId?: string | undefined; until?: number | undefined },
  now: number,
): Promise<number> {
  let query = trx.updateTable('notice').set({ seenAt: now }).where('agentId', '=', agentId).where('seenAt', 'is', null);
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.conversationId !== undefined) query = query.where('conversationId', '=', which.conversationId);
  if (which.until !== undefined) query = query.where('createdAt', '<=', which.until);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function deleteNoticesOf(trx: Transaction, contactId: string): Promise<void> {
  await trx.deleteFrom('notice').where('contactId', '=', contactId).execute();
}

export async function deleteNotices(trx: Transaction, createdBefore: number): Promise<void> {
  await trx.deleteFrom('notice').where('createdAt', '<', createdBefore).execute();
}
