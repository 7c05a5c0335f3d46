/** The same done to many conversations: in small transactions, each conversation judged by itself, and undone together. */
import type { Permission } from '../../shared/agent.ts';
import type { BulkChange, BulkOutcome, BulkReply, BulkUndoReply } from '../../shared/bulk.ts';
import { AppError } from '../../shared/errors.ts';
import { requireRight } from '../access/rights.ts';
import { maySee } from '../access/sight.ts';
import { lockTeams, requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import type { NewNotice } from '../notices/new-notice.ts';
import type { Transaction } from '../storage/database.ts';
import type { BulkUndoRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import {
  deleteUndoBefore,
  deleteUndoRows,
  emptyUndoRows,
  findBulkOwner,
  insertUndoRows,
  listKnownOutcomes,
  listUndoRows,
} from './bulk-store.ts';
import { type ConversationState, listTags, lockConversations, updateAgentRead } from './conversation-store.ts';
import { announceRead, type ConversationRoom, handOver, listNames, listSummaries, toEnd, toReopen } from './conversations.ts';
import { announceDone, type Deed, doInConversation } from './messages.ts';
import { withJoined } from './notices.ts';

/** Conversations in one transaction: on SQLite everybody else waits for it. */
const BATCH = 25;
/** Conversations that one request undoes. */
const UNDO_AT_ONCE = 100;
const UNDO_WITHIN_MS = 60 * 60 * 1_000;

const rights: Record<BulkChange['kind'], Permission> = {
  assign: 'conversations:assign',
  tag: 'conversations:reply',
  snooze: 'conversations:reply',
  resolve: 'conversations:reply',
  reopen: 'conversations:reply',
  read: 'conversations:view-own',
};

/** What a bulk change can change. */
interface Changeable {
  status: string;
  snoozedUntil: number | null;
  resolvedAt: number | null;
  assigneeId: string | null;
  teamId: string | null;
  tags: string[];
}

interface Batch {
  outcomes: BulkOutcome[];
  tell: (() => void)[];
}

export async function changeMany(
  room: ConversationRoom,
  caller: Caller,
  { id: bulkId, conversationIds, change }: { id: string; conversationIds: readonly string[]; change: BulkChange },
): Promise<BulkReply> {
  requireRight(caller, rights[change.kind]);
  await requirePossible(room.app, change);
  const ownerId = await findBulkOwner(room.app.storage.db, bulkId);
  if (ownerId !== undefined && ownerId !== caller.agentId)
    throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  const ids = [...new Set(conversationIds)];
  const outcomes: BulkOutcome[] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const some = ids.slice(at, at + BATCH);
    const done = await (change.kind === 'read' ? readSome(room, caller, some) : changeSome(room, caller, { bulkId, ids: some, change }));
    for (const tell of done.tell) tell();
    outcomes.push(...done.outcomes);
  }
  return { outcomes, conversations: await listSummaries(room.app, caller, ids) };
}

async function requirePossible(app: App, change: BulkChange): Promise<void> {
  if (change.kind === 'assign' && change.agentId) await requireAgent(app, change.agentId);
  if (change.kind === 'assign' && change.teamId) await requireTeam(app.storage.db, change.teamId);
  if (change.kind === 'snooze' && change.until <= app.now()) {
    throw new AppError('invalid', 'until: this moment has passed', { field: 'change' });
  }
}

async function changeSome(
  room: ConversationRoom,
  caller: Caller,
  { bulkId, ids, change }: { bulkId: string; ids: readonly string[]; change: Exclude<BulkChange, { kind: 'read' }> },
): Promise<Batch> {
  const now = room.app.now();
  return room.app.storage.write(async (trx) => {
    const { rows, tags, nameOf } = await lockSome(trx, ids, change.kind === 'assign' ? [change.agentId ?? null] : []);
    const known = await listKnownOutcomes(trx, bulkId, ids);
    const batch: Batch = { outcomes: [], tell: [] };
    const undo: BulkUndoRow[] = [];
    const news: NewNotice[] = [];
    for (const id of ids) {
      const row = rows.get(id);
      // Asked for again, after a lost reply: what others have made of it since stays, in sight or not.
      const outcome = known.get(id);
      if (outcome !== undefined) {
        batch.outcomes.push({ id, outcome });
        continue;
      }
      if (!row || !maySee(caller, row)) {
        batch.outcomes.push({ id, outcome: 'refused', code: 'not-found' });
        continue;
      }
      const own = tags.get(id) ?? [];
      const deed = deedOf(row, own, change, { agentId: caller.agentId, now, nameOf });
      const done = deed && (await doInConversation(trx, id, { app: room.app, now, decide: () => deed }));
      batch.outcomes.push({ id, outcome: done ? 'done' : 'same' });
      const was = JSON.stringify(changeable(row, own));
      const became = done ? JSON.stringify(changeable(done.conversation, tagsAfter(deed, own))) : was;
      undo.push({ bulkId, conversationId: id, agentId: caller.agentId, was, became, createdAt: now });
      if (!done) continue;
      batch.tell.push(() => announceDone(room, done));
      const { assigneeId } = done.conversation;
      const isGiven = change.kind === 'assign' && assigneeId !== null && assigneeId !== row.assigneeId;
      if (isGiven) news.push({ agentId: assigneeId, kind: 'assignment', actorId: caller.agentId, conversationId: id });
    }
    await insertUndoRows(trx, undo);
    const told = await addNotices(trx, news, now);
    batch.tell.push(() => tellNotices(room.app, told));
    return batch;
  });
}

/** Locked in one order for all, with what the deeds need to know of them. */
async function lockSome(trx: Transaction, ids: readonly string[], agentIds: readonly (string | null)[]) {
  const rows = new Map((await lockConversations(trx, ids)).map((row) => [row.id, row]));
  const tags = await listTags(trx, ids);
  const nameOf = await listNames(trx, [...agentIds, ...[...rows.values()].map(({ assigneeId }) => assigneeId)]);
  return { rows, tags, nameOf };
}

function deedOf(
  row: ConversationState,
  tags: readonly string[],
  change: Exclude<BulkChange, { kind: 'read' }>,
  { agentId, now, nameOf }: { agentId: string; now: number; nameOf: (agentId: string) => string | undefined },
): Deed | null {
  switch (change.kind) {
    case 'assign': {
      const isForAgent = change.agentId !== undefined && change.agentId !== row.assigneeId;
      const isForTeam = change.teamId !== undefined && change.teamId !== row.teamId;
      const deed: Deed = isForAgent ? handOver(row, change.agentId ?? null, nameOf) : { values: {} };
      if (!isForAgent && !isForTeam) return null;
      return isForTeam ? { ...deed, values: { ...deed.values, teamId: change.teamId ?? null } } : deed;
    }
    case 'tag': {
      const next = [...new Set([...tags.filter((tag) => !change.remove.includes(tag)), ...change.add])].slice(0, 30);
      return JSON.stringify(next) === JSON.stringify(tags) ? null : { values: { tags: JSON.stringify(next) } };
    }
    case 'snooze':
      return { values: { status: 'snoozed', snoozedUntil: change.until, resolvedAt: null } };
    case 'resolve':
      return toEnd(row, now);
    case 'reopen':
      return row.status === 'open' || row.status === 'pending' ? null : toReopen(row, agentId);
  }
}

async function readSome(room: ConversationRoom, caller: Caller, ids: readonly string[]): Promise<Batch> {
  return room.app.storage.write(async (trx) => {
    const rows = new Map((await lockConversations(trx, ids)).map((row) => [row.id, row]));
    const batch: Batch = { outcomes: [], tell: [] };
    for (const id of ids) {
      const row = rows.get(id);
      if (!row || !maySee(caller, row)) {
        batch.outcomes.push({ id, outcome: 'refused', code: 'not-found' });
        continue;
      }
      const hasMoved = await updateAgentRead(trx, id, row.lastSeq);
      batch.outcomes.push({ id, outcome: hasMoved ? 'done' : 'same' });
      if (hasMoved) batch.tell.push(() => announceRead(room, row, 'agent', row.lastSeq));
    }
    return batch;
  });
}

/** Also of what the change has taken out of the agent's sight. What somebody has changed since is left as it is. */
export async function undoMany(room: ConversationRoom, caller: Caller, bulkId: string): Promise<BulkUndoReply> {
  const { app } = room;
  const rows = await listUndoRows(app.storage.db, bulkId, UNDO_AT_ONCE + 1);
  if (rows[0] && rows[0].agentId !== caller.agentId) throw new AppError('not-found', 'There is nothing to undo.');
  const outcomes: BulkOutcome[] = [];
  const some = rows.slice(0, UNDO_AT_ONCE);
  for (let at = 0; at < some.length; at += BATCH) {
    const done = await undoSome(room, caller, some.slice(at, at + BATCH));
    for (const tell of done.tell) tell();
    outcomes.push(...done.outcomes);
  }
  const ids = some.map(({ conversationId }) => conversationId);
  return { outcomes, conversations: await listSummaries(app, caller, ids), more: rows.length > some.length };
}

async function undoSome(room: ConversationRoom, caller: Caller, undo: readonly BulkUndoRow[]): Promise<Batch> {
  const now = room.app.now();
  const ids = undo.map(({ conversationId }) => conversationId);
  const wasOf = new Map(undo.map((row) => [row.conversationId, JSON.parse(row.was) as Changeable]));
  const leftIds = await listLeft(room.app, [...wasOf.values()]);
  const teamIds = [...wasOf.values()].flatMap(({ teamId }) => teamId ?? []);
  return room.app.storage.write(async (trx) => {
    const standing = await lockTeams(trx, teamIds);
    const { rows, tags, nameOf } = await lockSome(
      trx,
      ids,
      [...wasOf.values()].map(({ assigneeId }) => assigneeId),
    );
    const batch: Batch = { outcomes: [], tell: [] };
    for (const { conversationId: id, became } of undo) {
      const row = rows.get(id);
      const was = wasOf.get(id);
      // Erased between the asking and the lock.
      if (!row || !was || row.erasedAt !== null) {
        batch.outcomes.push({ id, outcome: 'refused', code: 'not-found' });
        continue;
      }
      const needed = rightsToRestore(row, was);
      const isStale = JSON.stringify(changeable(row, tags.get(id) ?? [])) !== became;
      const isGone = (was.assigneeId !== null && leftIds.has(was.assigneeId)) || (was.teamId !== null && !standing.has(was.teamId));
      if (isStale || isGone) {
        batch.outcomes.push({ id, outcome: 'refused', code: 'stale' });
        continue;
      }
      if (needed.some((permission) => !caller.permissions.includes(permission))) {
        batch.outcomes.push({ id, outcome: 'refused', code: 'forbidden' });
        continue;
      }
      const done = await doInConversation(trx, id, { app: room.app, now, decide: (state) => toRestore(state, was, nameOf) });
      batch.outcomes.push({ id, outcome: 'done' });
      batch.tell.push(() => announceDone(room, done));
    }
    await deleteUndoRows(trx, undo[0]?.bulkId ?? '', ids);
    return batch;
  });
}

/** Agents who have gone since take nothing back. */
async function listLeft(app: App, before: readonly Changeable[]): Promise<Set<string>> {
  const left = new Set<string>();
  for (const agentId of new Set(before.map(({ assigneeId }) => assigneeId))) {
    if (agentId !== null) await requireAgent(app, agentId).catch(() => left.add(agentId));
  }
  return left;
}

function rightsToRestore(row: ConversationState, was: Changeable): Permission[] {
  const isPlace = row.assigneeId !== was.assigneeId || row.teamId !== was.teamId;
  return isPlace ? ['conversations:assign'] : ['conversations:reply'];
}

function toRestore(row: ConversationState, was: Changeable, nameOf: (agentId: string) => string | undefined): Deed {
  const { tags, ...values } = was;
  const place: Deed = was.assigneeId === row.assigneeId ? { values: {} } : handOver(row, was.assigneeId, nameOf);
  const isEnding = was.status === 'resolved' && row.status !== 'resolved';
  const isReopening = was.status !== 'resolved' && row.status === 'resolved';
  // Whoever had it before it ended goes on with it.
  const joinedIds = isEnding ? '' : isReopening && was.assigneeId !== null ? withJoined(row.joinedIds, was.assigneeId) : undefined;
  return {
    values: { ...values, tags: JSON.stringify(tags), ...place.values, ...(joinedIds !== undefined && { joinedIds }) },
    notice: isEnding ? { kind: 'ended' } : isReopening ? { kind: 'reopened' } : place.notice,
  };
}

/** Called now and then. */
export async function forgetOldBulks(app: App): Promise<void> {
  await app.storage.write((trx) => deleteUndoBefore(trx, app.now() - UNDO_WITHIN_MS));
}

/** These conversations were erased: nobody brings back what they were like. */
export async function eraseUndo(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length > 0) await emptyUndoRows(trx, conversationIds);
}

function changeable(row: ConversationState, tags: readonly string[]): Changeable {
  const { status, snoozedUntil, resolvedAt, assigneeId, teamId } = row;
  return { status, snoozedUntil, resolvedAt, assigneeId, teamId, tags: [...tags] };
}

function tagsAfter({ values }: Deed, before: readonly string[]): readonly string[] {
  return values.tags === undefined ? before : JSON.parse(values.tags);
}
