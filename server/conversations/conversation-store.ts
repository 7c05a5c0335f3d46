import { type ExpressionBuilder, sql } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import { PREVIEW_MAX } from '../../shared/limits.ts';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, readRows, rowsFrom, updateRows } from '../storage/rows.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { ConversationRow, Tables } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** A conversation with what its list row shows of other tables: whose it is, and the last message, of which there may be none yet. */
export type ConversationListRow = ConversationRow & { contactName: string | null } & LastMessage & FirstClock;

/** The clock that runs out first, as sla/ keeps it; null where none runs. */
interface FirstClock {
  slaSeen: string | null;
  slaPolicyId: string | null;
  slaTarget: string | null;
  slaWarnAt: number | null;
  slaDueAt: number | null;
}

interface LastMessage {
  saidSeq: number | null;
  authorKind: string | null;
  authorId: string | null;
  authorName: string | null;
  visibility: string | null;
  preview: string | null;
  /** JSON of `Attachment[]`. */
  attachments: string | null;
  saidAt: number | null;
}

/** A conversation as far as messages read or change it. */
export type ConversationState = Pick<
  ConversationRow,
  'id' | 'visitorId' | 'contactId' | 'teamId' | 'endedAt' | 'rating' | 'erasedAt' | 'priority' | MessageColumn
>;

/** Everything that a message can change in its conversation. */
const messageColumns = {
  status: 'text',
  assigneeId: 'text',
  lastSeq: 'integer',
  lastPublicSeq: 'integer',
  unread: 'integer',
  agentReadSeq: 'integer',
  visitorReadSeq: 'integer',
  waitingSince: 'bigint',
  firstResponseAt: 'bigint',
  snoozedUntil: 'bigint',
  resolvedAt: 'bigint',
  updatedAt: 'bigint',
  joinedIds: 'text',
} as const;

type MessageColumn = keyof typeof messageColumns;

const stateColumns = [
  'id',
  'visitorId',
  'contactId',
  'teamId',
  'endedAt',
  'rating',
  'erasedAt',
  'priority',
  ...(Object.keys(messageColumns) as MessageColumn[]),
] as const;

export async function findConversationRow(db: Db, id: string): Promise<ConversationRow | undefined> {
  return db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locked against every other change until the transaction ends, in one order for all, so that batches do not deadlock. */
export async function lockConversations(trx: Transaction, ids: readonly string[]): Promise<ConversationState[]> {
  return lockRows(trx, 'conversation', ids, stateColumns);
}

export async function insertConversation(trx: Transaction, row: ConversationRow): Promise<void> {
  await trx.insertInto('conversation').values(row).execute();
}

/** Writes only the columns that changed in any of them: most messages leave status, assignee and clocks, and their indexes, alone. */
export async function updateAfterMessages(
  trx: Transaction,
  changes: readonly { before: ConversationState; after: ConversationState }[],
): Promise<void> {
  const changed = Object.entries(messageColumns).filter(([name]) =>
    changes.some(({ before, after }) => before[name as MessageColumn] !== after[name as MessageColumn]),
  );
  const rows = changes.map(({ after }) => after);
  await updateRows(trx, 'conversation', rows, { id: 'text', ...Object.fromEntries(changed) });
}

/** Of conversations that were handed to agents, or taken back. */
export async function updateAfterHandOuts(trx: Transaction, rows: readonly ConversationState[]): Promise<void> {
  await updateRows(
    trx,
    'conversation',
    rows.map(({ id, assigneeId, teamId, joinedIds, priority, lastSeq, lastPublicSeq, updatedAt }) => ({
      id,
      assigneeId,
      teamId,
      joinedIds,
      priority,
      lastSeq,
      lastPublicSeq,
      updatedAt,
    })),
    {
      id: 'text',
      assigneeId: 'text',
      teamId: 'text',
      joinedIds: 'text',
      priority: 'integer',
      lastSeq: 'integer',
      lastPublicSeq: 'integer',
      updatedAt: 'bigint',
    },
  );
}

export async function updateConversation(
  trx: Transaction,
  id: string,
  values: Partial<Omit<ConversationRow, 'id'>>,
): Promise<ConversationRow> {
  const row = await trx.updateTable('conversation').set(values).where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such conversation.');
  return row;
}

/** Moves the agents' mark forward and counts what is left unread. False if it stood there already. */
export async function updateAgentRead(trx: Transaction, id: string, seq: number): Promise<boolean> {
  const moved = await trx
    .updateTable('conversation')
    .set((update) => ({
      agentReadSeq: seq,
      unread: update
        .selectFrom('message')
        .select((count) => count.fn.countAll<number>().as('unread'))
        .whereRef('message.conversationId', '=', 'conversation.id')
        .where('message.seq', '>', seq)
        .where('message.authorKind', '=', 'visitor'),
    }))
    .where('id', '=', id)
    .where('agentReadSeq', '<', seq)
    .where('lastSeq', '>=', seq)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

export async function updateVisitorRead(trx: Transaction, id: string, seq: number): Promise<boolean> {
  const moved = await trx
    .updateTable('conversation')
    .set({ visitorReadSeq: seq })
    .where('id', '=', id)
    .where('visitorReadSeq', '<', seq)
    .where('lastSeq', '>=', seq)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

export async function hasDueSnoozed(db: Db, now: number): Promise<boolean> {
  const due = db.selectFrom('conversation').select('id').where('status', '=', 'snoozed').where('status', '<>', 'resolved');
  return (await due.where('snoozedUntil', '<=', now).limit(1).executeTakeFirst()) !== undefined;
}

/** `status <> 'resolved'` says nothing new, but lets the partial index serve. */
export async function wakeSnoozed(trx: Transaction, now: number): Promise<string[]> {
  const woken = await trx
    .updateTable('conversation')
    .set({ status: 'open', snoozedUntil: null, updatedAt: now })
    .where('status', '=', 'snoozed')
    .where('status', '<>', 'resolved')
    .where('snoozedUntil', '<=', now)
    .returning('id')
    .execute();
  return woken.map((row) => row.id);
}

/** The visitor's own conversations, or for a verified person all of the customer file. Newest first; what was erased is nobody's. */
export async function listVisitorRows(
  db: Db,
  whose: { visitorId: string; verifiedContactId: string | null },
  limit: number,
): Promise<ConversationRow[]> {
  const query = db
    .selectFrom('conversation')
    .selectAll()
    .where('erasedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  return whose.verifiedContactId === null
    ? query.where('visitorId', '=', whose.visitorId).execute()
    : query.where('contactId', '=', whose.verifiedContactId).execute();
}

export async function listRowsByIds(db: Db, ids: readonly string[]): Promise<ConversationListRow[]> {
  const wanted = ids.map((id) => ({ wantedId: id }));
  return selectListRows(db)
    .where('conversation.id', 'in', (query) => query.selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given')).select('wantedId'))
    .execute();
}

function selectListRows(db: Db) {
  return db
    .selectFrom('conversation')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .leftJoin('message', (join) =>
      join.onRef('message.conversationId', '=', 'conversation.id').on('message.seq', '=', ({ selectFrom }) =>
        // What somebody said; that somebody came or went is no news for a list.
        selectFrom('message as said')
          .select('said.seq')
          .whereRef('said.conversationId', '=', 'conversation.id')
          .where('said.authorKind', '<>', 'system')
          .orderBy('said.seq', 'desc')
          .limit(1),
      ),
    )
    .leftJoin('slaClock', 'slaClock.id', 'conversation.id')
    .selectAll('conversation')
    .select('contact.name as contactName')
    .select(['slaClock.seen as slaSeen', 'slaClock.policyId as slaPolicyId', 'slaClock.target as slaTarget'])
    .select(['slaClock.warnAt as slaWarnAt', 'slaClock.dueAt as slaDueAt'])
    .select('message.seq as saidSeq')
    .select([
      'message.authorKind',
      'message.authorId',
      'message.authorName',
      'message.visibility',
      'message.attachments',
      'message.createdAt as saidAt',
    ])
    .select(sql<string | null>`substr("message"."text", 1, ${sql.lit(PREVIEW_MAX)})`.as('preview'));
}

/** Latest change first. Without a status, all that are not resolved. `before` is the last row of the page before. */
export async function listRows(
  db: Db,
  page: {
    status?: string | undefined;
    contactId?: string | undefined;
    before?: Cursor | null;
    limit: number;
    sight: Sight;
  },
): Promise<ConversationListRow[]> {
  let query = selectListRows(db).orderBy('conversation.updatedAt', 'desc').orderBy('conversation.id', 'desc').limit(page.limit);
  if (page.contactId) query = query.where('conversation.contactId', '=', page.contactId);
  // Written out, each serves the index that holds only the resolved ones or only the others.
  if (page.status === 'resolved') query = query.where('conversation.status', '=', sql.lit('resolved'));
  else if (page.status || !page.contactId) query = query.where('conversation.status', '<>', sql.lit('resolved'));
  if (page.status && page.status !== 'resolved') query = query.where('conversation.status', '=', page.status);
  const { sight } = page;
  if (!sight.permissions.includes('conversations:view-all')) {
    query = query.where((where) => inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight));
  }
  const { before } = page;
  if (before) query = query.where(beforeInTime('conversation.updatedAt', 'conversation.id', before));
  return query.execute();
}

export async function replaceTagIn(
  trx: Transaction,
  ids: readonly string[],
  { from, to }: { from: string; to: string | null },
): Promise<Pick<ConversationRow, 'id' | 'status'>[]> {
  const rows = await lockRows(trx, 'conversation', ids, ['id', 'status', 'tags']);
  const changed = rows.flatMap(({ id, status, tags }) => {
    const held: string[] = JSON.parse(tags);
    if (!held.includes(from)) return [];
    const next = held.flatMap((tag) => (tag !== from ? [tag] : to === null ? [] : [to]));
    return [{ id, status, tags: JSON.stringify([...new Set(next)]) }];
  });
  await updateRows(
    trx,
    'conversation',
    changed.map(({ id, tags }) => ({ id, tags })),
    { id: 'text', tags: 'text' },
  );
  return changed;
}

export async function listTags(trx: Transaction, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await readRows(trx, 'conversation', ids, ['id', 'tags']);
  return new Map(rows.map(({ id, tags }) => [id, JSON.parse(tags)]));
}

/** Everything of an agent's that may still go on: what is resolved longer ago than `sinceResolved` stays with whoever had it. */
export async function listIdsOfAssignee(db: Db, agentId: string, sinceResolved: number): Promise<string[]> {
  const rows = await db
    .selectFrom('conversation')
    .select('id')
    .where('assigneeId', '=', agentId)
    .where((where) => where.or([where('status', '<>', 'resolved'), where('resolvedAt', '>=', sinceResolved)]))
    .execute();
  return rows.map(({ id }) => id);
}

/** Of those that have ended, and are locked: in silence, so that a visitor who comes back finds nobody there. */
export async function unassignResolved(trx: Transaction, agentId: string, sinceResolved: number): Promise<Freed[]> {
  return trx
    .updateTable('conversation')
    .set({ assigneeId: null, joinedIds: sql<string>`replace("joinedIds", ${` ${agentId} `}, ' ')` })
    .where('assigneeId', '=', agentId)
    .where('status', '=', 'resolved')
    .where('resolvedAt', '>=', sinceResolved)
    .returning(['id', 'status', 'assigneeId', 'teamId'])
    .execute();
}

export async function leaveTeam(trx: Transaction, teamId: string): Promise<Freed[]> {
  return trx
    .updateTable('conversation')
    .set({ teamId: null })
    .where('teamId', '=', teamId)
    .returning(['id', 'status', 'assigneeId', 'teamId'])
    .execute();
}

type Freed = Pick<ConversationRow, 'id' | 'status' | 'assigneeId' | 'teamId'>;

export async function listAssigneeNames(
  db: Db,
  agentIds: readonly string[],
): Promise<Map<string, { name: string; avatarUrl: string | null }>> {
  const rows = await readRows(db, 'agent', agentIds, ['id', 'name', 'avatarUrl']);
  return new Map(rows.map((row) => [row.id, { name: row.name, avatarUrl: row.avatarUrl }]));
}
