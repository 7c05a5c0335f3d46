/** What may be done with a conversation, other than speaking in it (messages.ts). */
import type { ConversationAssignRequest, ConversationQuery, ConversationSummary, Rating } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import { CONVERSATION_LIST_MAX } from '../../shared/limits.ts';
import type { Notice } from '../../shared/message.ts';
import { maySee, type Sight } from '../access/sight.ts';
import { requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import type { Transaction } from '../storage/database.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { ConversationChanges } from './conversation-changes.ts';
import {
  type ConversationState,
  findConversationRow,
  hasDueSnoozed,
  leaveTeam,
  listAssigneeNames,
  listIdsOfAssignee,
  listRows,
  listRowsByIds,
  lockConversations,
  replaceTagIn,
  unassignResolved,
  updateAgentRead,
  updateConversation,
  updateVisitorRead,
  wakeSnoozed,
} from './conversation-store.ts';
import { toSummary } from './conversation-views.ts';
import { announceDone, type Deed, doInConversation } from './messages.ts';
import { hasJoined, withJoined, withoutJoined } from './notices.ts';
import type { QueueBoard } from './queue-board.ts';

/** The longest time that an inbox can set for a visitor's return to a resolved conversation. */
const RETURN_WITHIN_MAX_MS = 365 * 24 * 60 * 60 * 1_000;

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

/** Locked until the transaction ends, for whoever writes something about it. What was erased meanwhile is as if there were none. */
export async function lockUnerasedConversation(trx: Transaction, id: string): Promise<ConversationState> {
  const [row] = await lockConversations(trx, [id]);
  if (!row || row.erasedAt !== null) throw new AppError('not-found', 'There is no such conversation.');
  return row;
}

/** Locked until the transaction ends: no erasure comes in between. */
export async function lockedIsErased(trx: Transaction, id: string): Promise<boolean> {
  const [row] = await lockConversations(trx, [id]);
  return row?.erasedAt !== null;
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
  return maySee(sight, summary) ? summary : withoutWords(summary);
}

function withoutWords({ rating: _, ...summary }: ConversationSummary): ConversationSummary {
  return { ...summary, lastMessage: null, tags: [], unread: 0 };
}

async function getSummary(app: App, id: string): Promise<ConversationSummary> {
  const [row] = await listRowsByIds(app.storage.db, [id]);
  if (!row) throw new AppError('not-found', 'There is no such conversation.');
  return toSummary(row);
}

/** Of those that may be seen, in the order of the ids; those that are gone by now are left out. */
export async function listSummaries(app: App, sight: Sight, ids: readonly string[]): Promise<ConversationSummary[]> {
  const rows = new Map((await listRowsByIds(app.storage.db, ids)).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row && maySee(sight, row) ? [toSummary(row)] : [];
  });
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
  const { app } = room;
  if (agentId) await requireAgent(app, agentId);
  if (teamId) await requireTeam(app.storage.db, teamId);
  const now = app.now();
  const { done, told } = await app.storage.write(async (trx) => {
    const assigned = await doInConversation(trx, id, {
      app,
      now,
      decide: async (row) => {
        if (!maySee(sight, row)) throw new AppError('not-found', 'There is no such conversation.');
        return assignmentOf(trx, row, { agentId, teamId });
      },
    });
    const isNew = assigned !== null && agentId && assigned.before.assigneeId !== agentId;
    const news = isNew ? [{ agentId, kind: 'assignment', actorId: sight.agentId, conversationId: id } as const] : [];
    return { done: assigned, told: await addNotices(trx, news, now) };
  });
  announceDone(room, done);
  tellNotices(app, told);
  return getOutcome(app, sight, id);
}

/** Null where it is there already. */
export async function assignmentOf(
  trx: Transaction,
  row: ConversationState,
  { agentId, teamId }: Pick<ConversationAssignRequest, 'agentId' | 'teamId'>,
): Promise<Deed | null> {
  const isForTeam = teamId !== undefined && teamId !== row.teamId;
  if (agentId === undefined || agentId === row.assigneeId) return isForTeam ? { values: { teamId } } : null;
  const deed = handOver(row, agentId, await listNames(trx, [row.assigneeId, agentId]));
  return isForTeam ? { ...deed, values: { ...deed.values, teamId } } : deed;
}

/** What an agent who leaves had, waits for anybody again; the clocks of waiting go on, and who talked there has left. */
export async function freeConversationsOf(room: ConversationRoom, trx: Transaction, agentId: string): Promise<() => void> {
  const now = room.app.now();
  const sinceResolved = now - RETURN_WITHIN_MAX_MS;
  const held = await lockConversations(trx, await listIdsOfAssignee(trx, agentId, sinceResolved));
  const names = await listNames(trx, [agentId]);
  const done: Awaited<ReturnType<typeof doInConversation>>[] = [];
  for (const { id, status } of held) {
    if (status === 'resolved') continue;
    done.push(await doInConversation(trx, id, { now, decide: (row) => (row.assigneeId === agentId ? handOver(row, null, names) : null) }));
  }
  const ended = await unassignResolved(trx, agentId, sinceResolved);
  return () => {
    for (const one of done) announceDone(room, one);
    for (const { id, teamId } of ended) {
      room.changes.moved(id, { assigneeId: agentId, teamId }, { assigneeId: null, teamId });
      room.changes.mark(id, { isForVisitor: true });
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

export async function listNames(trx: Transaction, agentIds: readonly (string | null)[]): Promise<(agentId: string) => string | undefined> {
  const names = await listAssigneeNames(
    trx,
    agentIds.filter((one) => one !== null),
  );
  return (agentId) => names.get(agentId)?.name;
}

/** Whoever is in already is not announced again; what has ended is handed over in silence. */
export function handOver(row: ConversationState, agentId: string | null, nameOf: (agentId: string) => string | undefined): Deed {
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
  return change(room, id, (row) => toEnd(row, now));
}

export function toEnd(row: ConversationState, now: number): Deed | null {
  if (row.status === 'resolved') return null;
  return {
    values: { status: 'resolved', resolvedAt: now, endedAt: now, snoozedUntil: null, joinedIds: '' },
    notice: { kind: 'ended' },
  };
}

export async function reopenConversation(room: ConversationRoom, agentId: string, id: string): Promise<ConversationSummary> {
  return change(room, id, (row) => toReopen(row, agentId));
}

/** Whoever has it and opens it again goes on with it. */
export function toReopen(row: ConversationState, agentId: string): Deed {
  const isOwn = row.status === 'resolved' && row.assigneeId === agentId;
  return {
    values: { status: 'open', resolvedAt: null, snoozedUntil: null, ...(isOwn && { joinedIds: withJoined(row.joinedIds, agentId) }) },
    notice: row.status === 'resolved' ? { kind: 'reopened' } : undefined,
  };
}

/** Sleeps until then, or until the visitor writes. */
export async function snoozeConversation(room: ConversationRoom, id: string, until: number): Promise<ConversationSummary> {
  const deed = snoozingOf(until, room.app.now());
  return change(room, id, () => deed);
}

export function snoozingOf(until: number, now: number): Deed {
  if (until <= now) throw new AppError('invalid', 'until: this moment has passed', { field: 'until' });
  return { values: { status: 'snoozed', snoozedUntil: until, resolvedAt: null } };
}

export async function tagConversation(room: ConversationRoom, id: string, tags: readonly string[]): Promise<ConversationSummary> {
  return change(room, id, () => ({ values: { tags: JSON.stringify([...new Set(tags)]) } }));
}

/** Of these, those that carry `from` carry `to` instead, or nothing. Told where somebody may have it in a list. */
export async function replaceTag(
  { app, changes }: ConversationRoom,
  ids: readonly string[],
  { from, to }: { from: string; to: string | null },
): Promise<void> {
  const changed = await app.storage.write((trx) => replaceTagIn(trx, ids, { from, to }));
  // Resolved ones stand in no list that is kept up to date, and may be a hundred thousand.
  for (const { id, status } of changed) if (status !== 'resolved') changes.mark(id, { isForVisitor: false });
}

/** Moves a mark forward, never back, and tells the other side. */
export async function markRead(
  room: ConversationRoom,
  conversation: ConversationRow,
  reader: 'agent' | 'visitor',
  seq: number,
): Promise<void> {
  const { storage } = room.app;
  const mark = reader === 'agent' ? updateAgentRead : updateVisitorRead;
  const hasMoved = await storage.write(async (trx) => {
    // Locked first: PostgreSQL would count what is unread as of before a batch that this update waits for.
    await lockConversations(trx, [conversation.id]);
    return mark(trx, conversation.id, seq);
  });
  if (hasMoved) announceRead(room, conversation, reader, seq);
}

export function announceRead(
  { app, changes }: ConversationRoom,
  conversation: ConversationState,
  reader: 'agent' | 'visitor',
  seq: number,
): void {
  const { id: conversationId, lastPublicSeq } = conversation;
  app.broadcast.toViewers(conversationId, null, 'conversation:read', { conversationId, reader, seq });
  // A mark that stands on a note would tell the visitor that there is one.
  app.broadcast.toVisitor(conversation, null, 'conversation:read', { conversationId, reader, seq: Math.min(seq, lastPublicSeq) });
  changes.mark(conversationId, { isForVisitor: false });
}

/** Opens what has slept long enough. Called every few seconds. */
export async function wakeDue(room: ConversationRoom): Promise<void> {
  if (!(await hasDueSnoozed(room.app.storage.db, room.app.now()))) return;
  const woken = await room.app.storage.write((trx) => wakeSnoozed(trx, room.app.now()));
  for (const id of woken) room.changes.mark(id, { isForVisitor: false });
  room.app.followers.routingChanged();
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
  announceDone(room, await app.storage.write((trx) => doInConversation(trx, id, { app, decide, now: app.now() })));
  return getSummary(app, id);
}
