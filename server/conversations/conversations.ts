/** What may be done with a conversation, other than speaking in it (messages.ts). */
import type { ConversationAssignRequest, ConversationQuery, ConversationSummary } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import { CONVERSATION_LIST_MAX } from '../../shared/limits.ts';
import { maySee, type Sight } from '../access/sight.ts';
import { requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { ConversationChanges } from './conversation-changes.ts';
import {
  findConversationRow,
  hasDueSnoozed,
  leaveTeam,
  listRows,
  listRowsByIds,
  lockConversations,
  unassignAll,
  updateAgentRead,
  updateConversation,
  updateVisitorRead,
  wakeSnoozed,
} from './conversation-store.ts';
import { toSummary } from './conversation-views.ts';

/** The longest time that an inbox can set for a visitor's return to a resolved conversation. */
const RETURN_WITHIN_MAX_MS = 365 * 24 * 60 * 60 * 1_000;

/** What the rules here need: the app, and where changes are told. */
export interface ConversationRoom {
  app: App;
  changes: ConversationChanges;
}

export async function getConversation(app: App, id: string): Promise<ConversationRow> {
  const row = await findConversationRow(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is no such conversation.');
  return row;
}

/** What one may not see is `not-found`, as what does not exist. */
export async function getSeen(app: App, sight: Sight, id: string): Promise<ConversationRow> {
  const row = await getConversation(app, id);
  if (!maySee(sight, row)) throw new AppError('not-found', 'There is no such conversation.');
  return row;
}

export async function getSeenSummary(app: App, sight: Sight, id: string): Promise<ConversationSummary> {
  const summary = await getSummary(app, id);
  if (!maySee(sight, summary)) throw new AppError('not-found', 'There is no such conversation.');
  return summary;
}

/** After a change that may have taken it out of the agent's own sight: what became of it, but no word of what is said there. */
export async function getOutcome(app: App, sight: Sight, id: string): Promise<ConversationSummary> {
  const summary = await getSummary(app, id);
  return maySee(sight, summary) ? summary : { ...summary, lastMessage: null, tags: [], unread: 0 };
}

async function getSummary(app: App, id: string): Promise<ConversationSummary> {
  const [row] = await listRowsByIds(app.storage.db, [id]);
  if (!row) throw new AppError('not-found', 'There is no such conversation.');
  return toSummary(row);
}

export async function listUnresolved(app: App, sight: Sight): Promise<ConversationSummary[]> {
  return (await listRows(app.storage.db, { limit: CONVERSATION_LIST_MAX, sight })).map(toSummary);
}

export async function listConversations(
  app: App,
  sight: Sight,
  query: ConversationQuery,
): Promise<{ items: ConversationSummary[]; next: string | null }> {
  const rows = await listRows(app.storage.db, {
    status: query.status,
    contactId: query.contactId,
    before: parseCursor(query.cursor),
    limit: query.limit + 1,
    sight,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toSummary),
    next: rows.length > query.limit && last ? formatCursor({ at: last.updatedAt, id: last.id }) : null,
  };
}

/** To a colleague or a team, or back to nobody; what is absent stays. */
export async function assignConversation(
  room: ConversationRoom,
  sight: Sight,
  { conversationId: id, agentId, teamId }: ConversationAssignRequest,
): Promise<ConversationSummary> {
  const { app, changes } = room;
  if (agentId) await requireAgent(app, agentId);
  if (teamId) await requireTeam(app.storage.db, teamId);
  const { before, after } = await app.storage.write(async (trx) => {
    const [state] = await lockConversations(trx, [id]);
    if (!state || !maySee(sight, state)) throw new AppError('not-found', 'There is no such conversation.');
    const row = await updateConversation(trx, id, {
      ...(agentId !== undefined && { assigneeId: agentId }),
      ...(teamId !== undefined && { teamId }),
      updatedAt: app.now(),
    });
    return { before: state, after: row };
  });
  changes.moved(id, before, after);
  changes.mark(id, { isForVisitor: true });
  return getOutcome(app, sight, id);
}

/** What an agent who leaves had, waits for anybody again; the clocks of waiting go on. */
export async function freeConversationsOf({ app, changes }: ConversationRoom, trx: Transaction, agentId: string): Promise<() => void> {
  const freed = await unassignAll(trx, agentId, app.now() - RETURN_WITHIN_MAX_MS);
  return () => {
    for (const { id, teamId } of freed) {
      changes.moved(id, { assigneeId: agentId, teamId }, { assigneeId: null, teamId });
      changes.mark(id, { isForVisitor: true });
    }
  };
}

/** What was a team's is no team's. */
export async function freeConversationsOfTeam({ changes }: ConversationRoom, trx: Transaction, teamId: string): Promise<() => void> {
  const freed = await leaveTeam(trx, teamId);
  return () => {
    for (const { id, status, assigneeId } of freed) {
      changes.moved(id, { assigneeId, teamId }, { assigneeId, teamId: null });
      // Resolved ones stand in no list that is kept up to date, and may be a hundred thousand.
      if (status !== 'resolved') changes.mark(id, { isForVisitor: false });
    }
  };
}

/** Keeps since when the visitor waits, so that whoever opens it again at once takes nobody's place in the queue away. */
export async function resolveConversation(room: ConversationRoom, id: string): Promise<ConversationSummary> {
  return change(room, id, { status: 'resolved', resolvedAt: room.app.now(), snoozedUntil: null });
}

export async function reopenConversation(room: ConversationRoom, id: string): Promise<ConversationSummary> {
  return change(room, id, { status: 'open', resolvedAt: null, snoozedUntil: null });
}

/** Sleeps until then, or until the visitor writes. */
export async function snoozeConversation(room: ConversationRoom, id: string, until: number): Promise<ConversationSummary> {
  if (until <= room.app.now()) throw new AppError('invalid', 'until: this moment has passed', { field: 'until' });
  return change(room, id, { status: 'snoozed', snoozedUntil: until, resolvedAt: null });
}

export async function tagConversation(room: ConversationRoom, id: string, tags: readonly string[]): Promise<ConversationSummary> {
  return change(room, id, { tags: JSON.stringify([...new Set(tags)]) });
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

async function change(room: ConversationRoom, id: string, values: Partial<ConversationRow>): Promise<ConversationSummary> {
  await room.app.storage.write((trx) => updateConversation(trx, id, { ...values, updatedAt: room.app.now() }));
  room.changes.mark(id, { isForVisitor: true });
  return getSummary(room.app, id);
}
