/** A conversation's row as its visitor and as the agents see it. */
import type { Attachment } from '../../shared/attachment.ts';
import type { ConversationStatus, ConversationSummary, Rating, VisitorConversation } from '../../shared/conversation.ts';
import type { Visibility } from '../../shared/message.ts';
import { priorities } from '../../shared/routing.ts';
import type { ConversationSla, SlaTarget } from '../../shared/sla.ts';
import type { Db } from '../storage/database.ts';
import { type ConversationListRow, type ConversationState, listAssigneeNames } from './conversation-store.ts';
import { toAuthor } from './message-store.ts';

type Assignees = ReadonlyMap<string, NonNullable<VisitorConversation['assignee']>>;

/** Who knows the places in the queue. */
export interface Places {
  placeOf(row: ConversationState): VisitorConversation['queue'];
}

export async function toVisitorConversations(
  db: Db,
  rows: readonly ConversationState[],
  places: Places,
): Promise<Map<string, VisitorConversation>> {
  const assignees = await listAssignees(db, rows);
  return new Map(rows.map((row) => [row.id, toVisitorConversation(row, assignees, places)]));
}

/** For any number of rows one query, and none where nobody is assigned. */
export async function listAssignees(db: Db, rows: readonly ConversationState[]): Promise<Assignees> {
  return listAssigneeNames(db, [...new Set(rows.map((row) => row.assigneeId).filter((id) => id !== null))]);
}

export function toVisitorConversation(row: ConversationState, assignees: Assignees, places: Places): VisitorConversation {
  return {
    id: row.id,
    status: row.status as ConversationStatus,
    assignee: (row.assigneeId !== null && assignees.get(row.assigneeId)) || null,
    queue: places.placeOf(row),
    lastSeq: row.lastPublicSeq,
    agentReadSeq: Math.min(row.agentReadSeq, row.lastPublicSeq),
    visitorReadSeq: row.visitorReadSeq,
    ...ratingOfLastStretch(row),
  };
}

function ratingOfLastStretch({ rating, endedAt }: ConversationState): Pick<VisitorConversation, 'rating'> {
  const last: Rating | null = rating === null ? null : JSON.parse(rating);
  return last && last.endedAt === endedAt ? { rating: { score: last.score, comment: last.comment } } : {};
}

export function toSummary(row: ConversationListRow): ConversationSummary {
  return {
    id: row.id,
    inboxId: row.inboxId,
    status: row.status as ConversationStatus,
    contact: { id: row.contactId, name: row.contactName },
    assigneeId: row.assigneeId,
    teamId: row.teamId,
    tags: JSON.parse(row.tags),
    lastSeq: row.lastSeq,
    lastMessage: toPreview(row),
    unread: row.unread,
    visitorReadSeq: row.visitorReadSeq,
    waitingSince: row.status === 'resolved' ? null : row.waitingSince,
    priority: priorities[row.priority] ?? 'normal',
    sla: toSla(row),
    snoozedUntil: row.snoozedUntil,
    ...(row.rating !== null && { rating: JSON.parse(row.rating) }),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** What has ended keeps no promise any more. */
function toSla({ status, slaPolicyId, slaTarget, slaWarnAt, slaDueAt }: ConversationListRow): ConversationSla | null {
  if (status === 'resolved' || slaPolicyId === null || slaTarget === null || slaWarnAt === null || slaDueAt === null) return null;
  return { policyId: slaPolicyId, target: slaTarget as SlaTarget, warnAt: slaWarnAt, dueAt: slaDueAt };
}

function toPreview(row: ConversationListRow): ConversationSummary['lastMessage'] {
  const { saidSeq, authorKind, authorId, authorName, visibility, preview, saidAt } = row;
  if (saidSeq === null || authorKind === null || visibility === null || preview === null || saidAt === null) return null;
  const author = toAuthor({ authorKind, authorId, authorName });
  return { seq: saidSeq, author, visibility: visibility as Visibility, createdAt: saidAt, text: preview, ...fileWords(row.attachments) };
}

/** The first file's name and type, and how many there are. */
function fileWords(json: string | null): { attachments?: { name: string; type: string; count: number } } {
  const files: Attachment[] = json === null ? [] : JSON.parse(json);
  const [first] = files;
  return first ? { attachments: { name: first.name, type: first.type, count: files.length } } : {};
}
