/** What may be done with a conversation, other than speaking in it (messages.ts). */
import type { ConversationQuery, ConversationSummary, Rating } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import { CONVERSATION_LIST_MAX } from '../../shared/limits.ts';
import type { Notice } from '../../shared/message.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { ConversationChanges } from './conversation-changes.ts';
import {
  type ConversationState,
  findConversationRow,
  hasDueSnoozed,
  listAssigneeNames,
  listRows,
  listRowsByIds,
  lockConversations,
  updateAgentRead,
  updateConversation,
  updateVisitorRead,
  wakeSnoozed,
} from './conversation-store.ts';
import { toSummary } from './conversation-views.ts';
import { announceDone, doInConversation } from './messages.ts';
import { hasJoined, withJoined, withoutJoined } from './notices.ts';
import type { QueueBoard } from './queue-board.ts';

/** What the rules here need: the app, where changes are told, and who waits at which place. */
export interface ConversationRoom {
  app: App;
  changes: ConversationChanges;
  queue: QueueBoard;
}

export async function getConversation(app: App, id: string): Promise<ConversationRow> {
  const row = await findConversationRow(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is no such conversation.');
  return row;
}

export async function getSummary(app: App, id: string): Promise<ConversationSummary> {
  const [row] = await listRowsByIds(app.storage.db, [id]);
  if (!row) throw new AppError('not-found', 'There is no such conversation.');
  return toSummary(row);
}

/** In the order of the ids; those that are gone by now are left out. */
export async function listSummaries(app: App, ids: readonly string[]): Promise<ConversationSummary[]> {
  const rows = new Map((await listRowsByIds(app.storage.db, ids)).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [toSummary(row)] : [];
  });
}

export async function listUnresolved(app: App): Promise<ConversationSummary[]> {
  return (await listRows(app.storage.db, { limit: CONVERSATION_LIST_MAX })).map(toSummary);
}

export async function listConversations(
  app: App,
  query: ConversationQuery,
): Promise<{ items: ConversationSummary[]; next: string | null }> {
  const rows = await listRows(app.storage.db, {
    status: query.status,
    contactId: query.contactId,
    before: parseCursor(query.cursor),
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toSummary),
    next: rows.length > query.limit && last ? formatCursor({ at: last.updatedAt, id: last.id }) : null,
  };
}

/** To a colleague, or back to nobody. */
export async function assignConversation(room: ConversationRoom, id: string, agentId: string | null): Promise<ConversationSummary> {
  const { app } = room;
  if (agentId !== null) await requireAgent(app, agentId);
  const done = await app.storage.write((trx) =>
    doInConversation(trx, id, {
      now: app.now(),
      decide: async (row) => {
        if (row.assigneeId === agentId) return null;
        const names = await listAssigneeNames(
          trx,
          [row.assigneeId, agentId].filter((one) => one !== null),
        );
        return handOver(row, agentId, (one) => names.get(one)?.name);
      },
    }),
  );
  announceDone(room, done);
  return getSummary(app, id);
}

/** Whoever is in already is not announced again; what has ended is handed over in silence. */
function handOver(row: ConversationState, agentId: string | null, nameOf: (agentId: string) => string | undefined) {
  const speak = (kind: Notice['kind'], id: string): { notice?: Notice } => {
    const name = nameOf(id);
    return row.status === 'resolved' ? {} : { notice: { kind, ...(name !== undefined && { name }) } };
  };
  const { assigneeId, joinedIds } = row;
  if (agentId === null) {
    const left = assigneeId ?? '';
    const hasBeenIn = hasJoined(row, left);
    return { values: { assigneeId: null, joinedIds: withoutJoined(joinedIds, left) }, ...(hasBeenIn && speak('left', left)) };
  }
  const values = { assigneeId: agentId, joinedIds: row.status === 'resolved' ? joinedIds : withJoined(joinedIds, agentId) };
  if (assigneeId !== null) return { values, ...speak('transferred', agentId) };
  return { values, ...(!hasJoined(row, agentId) && speak('joined', agentId)) };
}

/** Keeps since when the visitor waits, so that whoever opens it again at once takes nobody's place in the queue away. */
export async function resolveConversation(room: ConversationRoom, id: string): Promise<ConversationSummary> {
  const now = room.app.now();
  return change(room, id, (row) =>
    row.status === 'resolved'
      ? null
      : {
          values: { status: 'resolved', resolvedAt: now, endedAt: now, snoozedUntil: null, joinedIds: '' },
          notice: { kind: 'ended' },
        },
  );
}

export async function reopenConversation(room: ConversationRoom, id: string): Promise<ConversationSummary> {
  return change(room, id, (row) => ({
    values: { status: 'open', resolvedAt: null, snoozedUntil: null },
    notice: row.status === 'resolved' ? { kind: 'reopened' } : undefined,
  }));
}

/** Sleeps until then, or until the visitor writes. */
export async function snoozeConversation(room: ConversationRoom, id: string, until: number): Promise<ConversationSummary> {
  if (until <= room.app.now()) throw new AppError('invalid', 'until: this moment has passed', { field: 'until' });
  return change(room, id, () => ({ values: { status: 'snoozed', snoozedUntil: until, resolvedAt: null } }));
}

export async function tagConversation(room: ConversationRoom, id: string, tags: readonly string[]): Promise<ConversationSummary> {
  return change(room, id, () => ({ values: { tags: JSON.stringify([...new Set(tags)]) } }));
}

/** Moves a mark forward, never back, and tells the other side. */
export async function markRead(
  room: ConversationRoom,
  conversation: ConversationRow,
  reader: 'agent' | 'visitor',
  seq: number,
): Promise<void> {
  const { storage, broadcast } = room.app;
  const { id: conversationId, lastPublicSeq } = conversation;
  const mark = reader === 'agent' ? updateAgentRead : updateVisitorRead;
  const hasMoved = await storage.write(async (trx) => {
    // Locked first: PostgreSQL would count what is unread as of before a batch that this update waits for.
    await lockConversations(trx, [conversation.id]);
    return mark(trx, conversation.id, seq);
  });
  if (!hasMoved) return;
  broadcast.toViewers(conversationId, null, 'conversation:read', { conversationId, reader, seq });
  // A mark that stands on a note would tell the visitor that there is one.
  broadcast.toVisitor(conversation, null, 'conversation:read', { conversationId, reader, seq: Math.min(seq, lastPublicSeq) });
  room.changes.mark(conversation.id, { isForVisitor: false });
}

/** Opens what has slept long enough. Called every few seconds. */
export async function wakeDue(room: ConversationRoom): Promise<void> {
  if (!(await hasDueSnoozed(room.app.storage.db, room.app.now()))) return;
  const woken = await room.app.storage.write((trx) => wakeSnoozed(trx, room.app.now()));
  for (const id of woken) room.changes.mark(id, { isForVisitor: false });
}

/** What the visitor thought of the stretch that ended last. Written by whoever keeps the ratings, told after the commit (`changes`). */
export async function noteRating(trx: Transaction, id: string, rating: Rating): Promise<void> {
  await updateConversation(trx, id, { rating: JSON.stringify(rating) });
}

async function change(
  room: ConversationRoom,
  id: string,
  decide: Parameters<typeof doInConversation>[2]['decide'],
): Promise<ConversationSummary> {
  const { app } = room;
  announceDone(room, await app.storage.write((trx) => doInConversation(trx, id, { decide, now: app.now() })));
  return getSummary(app, id);
}
