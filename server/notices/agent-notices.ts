/**
 * What an agent is told of by name: that it was mentioned, whispered to, or handed a conversation. A notice holds ids alone; what
 * it shows of a conversation is read anew, for whoever may see it by then. It is stored with what it tells of, and told after the commit.
 */
import { nanoid } from 'nanoid';
import {
  type AgentNotice,
  type AgentNoticeKind,
  type AgentNoticePage,
  NOTICES_KEPT_MS,
  type NoticeSeenRequest,
} from '../../shared/agent-notice.ts';
import { AppError } from '../../shared/errors.ts';
import type { NoticePageQuery } from '../../shared/mention.ts';
import { maySee, type Sight } from '../access/sight.ts';
import { listSights } from '../access/sights.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { NoticeRow } from '../storage/tables.ts';
import { agentRoom } from '../transport/broadcast.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import {
  countUnseen,
  deleteNotices,
  findNoticeRow,
  insertNotices,
  listNoticeRows,
  listNoticeRowsByIds,
  type NoticeListRow,
  updateNoticesSeen,
} from './agent-notice-store.ts';
import { markMentionsSeen } from './mentions.ts';
import type { NewNotice } from './new-notice.ts';

/** Nobody is told what they did themselves. Gives the rows, to be told after the commit (`tellNotices`). */
export async function addNotices(trx: Transaction, told: readonly NewNotice[], now: number): Promise<NoticeRow[]> {
  const rows = told
    .filter(({ agentId, actorId }) => agentId !== actorId)
    .map(({ note, sla, ticketId, ...notice }) => ({
      id: nanoid(),
      ...notice,
      ticketId: ticketId ?? null,
      sla: sla ? JSON.stringify(sla) : null,
      messageId: note?.id ?? null,
      seq: note?.seq ?? null,
      createdAt: now,
      seenAt: null,
    }));
  await insertNotices(trx, rows);
  return rows;
}

/** After the commit. What is not heard is there when the agent looks. */
export function tellNotices(app: App, rows: readonly NoticeRow[]): void {
  if (rows.length === 0) return;
  tell(app, rows).catch((error: unknown) => app.log.error({ err: error }, 'a notice could not be told'));
}

async function tell(app: App, rows: readonly NoticeRow[]): Promise<void> {
  const { db } = app.storage;
  const [told, sights] = await Promise.all([
    listNoticeRowsByIds(
      db,
      rows.map(({ id }) => id),
    ),
    listSights(
      db,
      rows.map(({ agentId }) => agentId),
    ),
  ]);
  for (const row of told) {
    const sight = sights.get(row.agentId);
    if (sight) app.broadcast.toRooms([agentRoom(row.agentId)], 'notice:posted', toNotice(row, sight));
  }
}

export async function listNotices(app: App, sight: Sight, { cursor, limit }: NoticePageQuery): Promise<AgentNoticePage> {
  const { db } = app.storage;
  const since = app.now() - NOTICES_KEPT_MS;
  const [rows, unseen] = await Promise.all([
    listNoticeRows(db, sight.agentId, { since, before: parseCursor(cursor), limit: limit + 1 }),
    countUnseen(db, sight.agentId),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toNotice(row, sight)),
    next: rows.length > limit && last ? formatCursor({ at: last.createdAt, id: last.id }) : null,
    unseen,
  };
}

/** Seen in one browser is seen in all of the agent's. */
export async function markNoticesSeen(app: App, agentId: string, request: NoticeSeenRequest): Promise<void> {
  const isNamed = Object.values(request).some((value) => value !== undefined);
  const which = isNamed ? request : { until: app.now() };
  const seen = await app.storage.write(async (trx) => {
    const one = which.id === undefined ? undefined : await findNoticeRow(trx, which.id);
    if (which.id !== undefined && one?.agentId !== agentId) throw new AppError('not-found', 'There is no such notice.');
    const ofMentions = which.id === undefined ? which : { messageId: one?.messageId ?? '' };
    const mentions = await markMentionsSeen(trx, agentId, ofMentions, app.now());
    return mentions + (await updateNoticesSeen(trx, agentId, which, app.now()));
  });
  if (seen > 0) app.broadcast.toRooms([agentRoom(agentId)], 'notice:seen', which);
}

export async function forgetOldNotices(app: App): Promise<void> {
  await app.storage.write((trx) => deleteNotices(trx, app.now() - NOTICES_KEPT_MS));
}

function toNotice(row: NoticeListRow, sight: Sight): AgentNotice {
  const isSeen = row.contactId !== null && maySee(sight, row);
  const ticket = seenTicket(row, sight);
  return {
    id: row.id,
    kind: row.kind as AgentNoticeKind,
    actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? '' },
    conversationId: isSeen ? row.conversationId : null,
    contact: isSeen && row.contactId !== null ? { id: row.contactId, name: row.contactName } : null,
    seq: isSeen ? row.seq : null,
    text: isSeen ? row.preview : ticket ? `#${ticket.number} ${ticket.subject}` : null,
    ...((isSeen || ticket !== null) && row.sla !== null && { sla: JSON.parse(row.sla) }),
    ...(ticket && { ticket }),
    createdAt: row.createdAt,
    seenAt: row.seenAt,
  };
}

function seenTicket(row: NoticeListRow, sight: Sight): AgentNotice['ticket'] | null {
  const { ticketId, ticketNumber, ticketSubject, ticketAssigneeId, ticketTeamId } = row;
  const place = { assigneeId: ticketAssigneeId, teamId: ticketTeamId };
  if (ticketId === null || ticketNumber === null || !sight.permissions.includes('tickets:view') || !maySee(sight, place)) return null;
  return { id: ticketId, number: ticketNumber, subject: ticketSubject ?? '' };
}
