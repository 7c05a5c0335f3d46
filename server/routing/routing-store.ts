import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, readRows } from '../storage/rows.ts';
import type { AgentRow, ConversationRouteRow, ConversationRow } from '../storage/tables.ts';

const ONE = 'routing';

export async function findRules(db: Db): Promise<{ rules: string; version: number } | undefined> {
  return db.selectFrom('routing').select(['rules', 'version']).where('id', '=', ONE).executeTakeFirst();
}

/** False where somebody else has changed them since `before`. */
export async function replaceRules(trx: Transaction, rules: string, before: number): Promise<boolean> {
  const row = { id: ONE, rules, version: before + 1 };
  if (before === 0) {
    const inserted = await trx
      .insertInto('routing')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const updated = await trx.updateTable('routing').set(row).where('id', '=', ONE).where('version', '=', before).executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** What may be given chats, and what is known of it. */
export interface RosterRow extends Pick<AgentRow, 'id' | 'name' | 'languages' | 'availability' | 'availabilityAt'> {
  capacity: number | null;
  skills: string | null;
  assignedAt: number | null;
  hereAt: number | null;
}

/** Everybody active; of whom nothing was set, the rest is null. */
export async function listRoster(db: Db): Promise<RosterRow[]> {
  return db
    .selectFrom('agent')
    .leftJoin('agentRouting', 'agentRouting.agentId', 'agent.id')
    .select(['agent.id', 'agent.name', 'agent.languages', 'agent.availability', 'agent.availabilityAt'])
    .select(['agentRouting.capacity', 'agentRouting.skills', 'agentRouting.assignedAt', 'agentRouting.hereAt'])
    .where('agent.deactivatedAt', 'is', null)
    .orderBy('agent.id')
    .execute();
}

/** What is not named stays as it is. */
export async function upsertAgentRouting(
  trx: Transaction,
  agentId: string,
  said: { capacity?: number | null; skills?: string },
): Promise<{ capacity: number | null; skills: string }> {
  return trx
    .insertInto('agentRouting')
    .values({ agentId, capacity: null, skills: '[]', assignedAt: null, hereAt: null, ...said })
    .onConflict((conflict) => conflict.column('agentId').doUpdateSet({ agentId, ...said }))
    .returning(['capacity', 'skills'])
    .executeTakeFirstOrThrow();
}

/** `assignedAt`: it was given something. `hereAt`: a window of it is open. */
export async function touchAgents(
  trx: Transaction,
  agentIds: readonly string[],
  what: { assignedAt: number } | { hereAt: number },
): Promise<void> {
  if (agentIds.length === 0) return;
  await trx
    .insertInto('agentRouting')
    .values(agentIds.toSorted().map((agentId) => ({ agentId, capacity: null, skills: '[]', assignedAt: null, hereAt: null, ...what })))
    .onConflict((conflict) => conflict.column('agentId').doUpdateSet(what))
    .execute();
}

/** When a server that shares the database has last said that it has a window of this agent. */
export async function findHereAt(db: Db, agentId: string): Promise<number | null> {
  const row = await db.selectFrom('agentRouting').select('hereAt').where('agentId', '=', agentId).executeTakeFirst();
  return row?.hereAt ?? null;
}

/** Those of them who are still here to work. Nobody gives them anything until the transaction ends. */
export async function lockActiveAgents(trx: Transaction, agentIds: readonly string[]): Promise<Set<string>> {
  const rows = await lockRows(trx, 'agent', agentIds, ['id', 'deactivatedAt']);
  return new Set(rows.filter(({ deactivatedAt }) => deactivatedAt === null).map(({ id }) => id));
}

/** What an agent has of one team, or of none, and how much of it waits for the customer. */
export interface LoadRow {
  agentId: string;
  teamId: string | null;
  waiting: number;
  idle: number;
}

/** Open conversations by whose they are; one that sleeps counts for nothing. Of these agents, or of all. */
export async function listLoads(db: Db, agentIds: readonly string[] | null = null): Promise<LoadRow[]> {
  let query = db
    .selectFrom('conversation')
    .select((counted) => [
      'assigneeId',
      'teamId',
      counted.fn.countAll<number>().as('count'),
      sql<number>`sum(case when "waitingSince" is null then 1 else 0 end)`.as('idle'),
    ])
    .where('status', '<>', sql.lit('resolved'))
    .where('status', '=', sql.lit('open'))
    .groupBy(['assigneeId', 'teamId']);
  query = agentIds === null ? query.where('assigneeId', 'is not', null) : query.where('assigneeId', 'in', agentIds);
  return (await query.execute()).map(({ assigneeId, teamId, count, idle }) => ({
    agentId: assigneeId as string,
    teamId,
    waiting: Number(count) - Number(idle),
    idle: Number(idle),
  }));
}

/** One who waits for an agent to come or to answer, with what is written down of this wait. */
export interface WaitingChatRow
  extends Pick<
    ConversationRow,
    'id' | 'inboxId' | 'teamId' | 'priority' | 'assigneeId' | 'joinedIds' | 'contactId' | 'visitorId' | 'endedAt'
  > {
  waitingSince: number;
  route: ConversationRouteRow | null;
}

const routeColumns = [
  'conversationRoute.conversationId',
  'conversationRoute.enteredAt',
  'conversationRoute.language',
  'conversationRoute.skills',
  'conversationRoute.lastAgentId',
  'conversationRoute.lastAgentAt',
  'conversationRoute.refusedIds',
  'conversationRoute.isReturned',
  'conversationRoute.reasons',
  'conversationRoute.agentId',
  'conversationRoute.routedAt',
] as const;

/** Everybody who waits, with what is written down of this wait. Written out so that the partial index serves. */
function selectWaiting(db: Db) {
  return db
    .selectFrom('conversation')
    .leftJoin('conversationRoute', (join) =>
      join
        .onRef('conversationRoute.conversationId', '=', 'conversation.id')
        .onRef('conversationRoute.waitingSince', '=', 'conversation.waitingSince'),
    )
    .select([
      'conversation.id',
      'conversation.inboxId',
      'conversation.teamId',
      'conversation.priority',
      'conversation.assigneeId',
      'conversation.joinedIds',
      'conversation.contactId',
      'conversation.visitorId',
      'conversation.endedAt',
      'conversation.waitingSince',
      ...routeColumns,
    ])
    .where('conversation.status', '=', sql.lit('open'))
    .where('conversation.status', '<>', sql.lit('resolved'))
    .where('conversation.waitingSince', 'is not', null);
}

function toWaitingChat(row: Awaited<ReturnType<ReturnType<typeof selectWaiting>['execute']>>[number]): WaitingChatRow {
  const { conversationId, ...rest } = row;
  const waitingSince = row.waitingSince as number;
  return { ...rest, waitingSince, route: conversationId === null ? null : ({ ...row, waitingSince } as ConversationRouteRow) };
}

/** Which of those who wait for anybody. `newIn`: of these inboxes only whoever the rules have not been asked about. */
export type QueuePart = 'all' | { id: string } | { inboxIds: readonly string[]; newIn: 'all' | 'none' };

/** Who stands in the queue, in its order. */
export async function listQueued(db: Db, part: QueuePart, limit: number): Promise<WaitingChatRow[]> {
  let query = selectWaiting(db).where('conversation.assigneeId', 'is', null);
  if (part !== 'all' && 'id' in part) query = query.where('conversation.id', '=', part.id);
  else if (part !== 'all') {
    const { inboxIds, newIn } = part;
    query = query.where((where) =>
      where.or([
        ...(inboxIds.length === 0 ? [] : [where('conversation.inboxId', 'in', inboxIds)]),
        ...(newIn === 'all' ? [where('conversationRoute.conversationId', 'is', null)] : []),
      ]),
    );
  }
  const rows = await query
    .orderBy('conversation.priority', 'desc')
    .orderBy((order) => order.fn.coalesce('conversationRoute.isReturned', sql.lit(0)), 'desc')
    .orderBy('conversation.waitingSince')
    .orderBy('conversation.id')
    .limit(limit)
    .execute();
  return rows.map(toWaitingChat);
}

/**
 * Who waits for somebody who has it, and of whom there may be something to decide: who has it was asked and has not answered yet, is none
 * of those at work, or had it before it ended. All others, however many, are left to whoever has them.
 */
export async function listUnsettled(
  db: Db,
  { inboxIds, atWorkIds }: { inboxIds: readonly string[]; atWorkIds: readonly string[] },
  limit: number,
): Promise<WaitingChatRow[]> {
  if (inboxIds.length === 0) return [];
  const rows = await selectWaiting(db)
    .where('conversation.assigneeId', 'is not', null)
    .where('conversation.inboxId', 'in', inboxIds)
    .where((where) =>
      where.or([
        where('conversationRoute.routedAt', 'is not', null),
        ...(atWorkIds.length === 0 ? [sql<boolean>`true`] : [where('conversation.assigneeId', 'not in', atWorkIds)]),
        sql<boolean>`replace("joinedIds", ' ' || "assigneeId" || ' ', '') = "joinedIds"`,
      ]),
    )
    .orderBy('conversation.waitingSince')
    .orderBy('conversation.id')
    .limit(limit)
    .execute();
  return rows.map(toWaitingChat);
}

/** What rules ask of a conversation's customer. */
export interface NewcomerRow {
  id: string;
  pageUrl: string | null;
  fields: string;
  lifecycle: string;
  contactLocale: string | null;
  visitorLocale: string | null;
  isVerified: number;
}

export async function listNewcomers(db: Db, ids: readonly string[]): Promise<NewcomerRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('conversation')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .innerJoin('visitor', 'visitor.id', 'conversation.visitorId')
    .select(['conversation.id', 'contact.pageUrl', 'contact.fields', 'contact.lifecycle'])
    .select(['contact.locale as contactLocale', 'visitor.locale as visitorLocale', 'visitor.isVerified'])
    .where('conversation.id', 'in', ids)
    .execute();
}

/** The newest other conversation of each of these customers; `agentId` had it last. */
export async function listEarlier(
  db: Db,
  contactIds: readonly string[],
  exceptIds: ReadonlySet<string>,
): Promise<Map<string, { agentId: string | null; at: number }>> {
  if (contactIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('conversation')
    .select(['id', 'contactId', 'assigneeId', 'endedAt', 'updatedAt', 'createdAt'])
    .where('contactId', 'in', contactIds)
    .orderBy('contactId')
    .orderBy('createdAt')
    .execute();
  const newest = new Map<string, { agentId: string | null; at: number }>();
  for (const { id, contactId, assigneeId, endedAt, updatedAt } of rows) {
    if (exceptIds.has(id)) continue;
    const known = newest.get(contactId);
    newest.set(contactId, {
      agentId: assigneeId ?? known?.agentId ?? null,
      at: assigneeId === null ? (known?.at ?? updatedAt) : (endedAt ?? updatedAt),
    });
  }
  return newest;
}

export async function upsertRoutes(trx: Transaction, rows: readonly ConversationRouteRow[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto('conversationRoute')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column('conversationId').doUpdateSet((given) => ({
        waitingSince: given.ref('excluded.waitingSince'),
        enteredAt: given.ref('excluded.enteredAt'),
        language: given.ref('excluded.language'),
        skills: given.ref('excluded.skills'),
        lastAgentId: given.ref('excluded.lastAgentId'),
        lastAgentAt: given.ref('excluded.lastAgentAt'),
        refusedIds: given.ref('excluded.refusedIds'),
        isReturned: given.ref('excluded.isReturned'),
        reasons: given.ref('excluded.reasons'),
        agentId: given.ref('excluded.agentId'),
        routedAt: given.ref('excluded.routedAt'),
      })),
    )
    .execute();
}

/** What was written down of its newest wait. */
export async function findRoute(trx: Transaction, conversationId: string): Promise<ConversationRouteRow | undefined> {
  return trx.selectFrom('conversationRoute').selectAll().where('conversationId', '=', conversationId).executeTakeFirst();
}

/** Customers of whom a contact's row can be read, for the simulator. */
export async function findCustomer(
  db: Db,
  contactId: string,
): Promise<{ fields: string; lifecycle: string; locale: string | null; isVerified: boolean } | undefined> {
  const [row] = await readRows(db, 'contact', [contactId], ['fields', 'lifecycle', 'locale', 'erasedAt']);
  if (!row || row.erasedAt !== null) return undefined;
  const verified = await db
    .selectFrom('identity')
    .select('id')
    .where('contactId', '=', contactId)
    .where('isVerified', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return { fields: row.fields, lifecycle: row.lifecycle, locale: row.locale, isVerified: verified !== undefined };
}
