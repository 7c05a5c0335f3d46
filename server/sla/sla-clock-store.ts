import { nanoid } from 'nanoid';
import { listDueClockIds, lockClockRows, updateClockRows } from '../storage/clock-rows.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, rowsFrom } from '../storage/rows.ts';
import type { ContactRow, ConversationRow, SlaBreachRow, SlaClockRow } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';

export type NewBreach = Omit<SlaBreachRow, 'id'>;

/** What clocks depend on, of the conversation and of its customer. */
export type LookedRow = Pick<
  ConversationRow,
  | 'id'
  | 'inboxId'
  | 'teamId'
  | 'assigneeId'
  | 'contactId'
  | 'status'
  | 'priority'
  | 'waitingSince'
  | 'firstResponseAt'
  | 'resolvedAt'
  | 'endedAt'
  | 'lastSeq'
  | 'createdAt'
  | 'updatedAt'
> &
  Pick<ContactRow, 'lifecycle' | 'fields'>;

/** An answer lies among so many last messages, or its time is not looked up. */
const LOOKED_BACK = 200;

const breachColumns = {
  id: 'text',
  conversationId: 'text',
  policyId: 'text',
  target: 'text',
  startedAt: 'bigint',
  dueAt: 'bigint',
  endedAt: 'bigint',
  lateMs: 'bigint',
  inboxId: 'text',
  teamId: 'text',
  assigneeId: 'text',
} as const;

export async function listLookedRows(db: Db, ids: readonly string[]): Promise<LookedRow[]> {
  const wanted = ids.map((wantedId) => ({ wantedId }));
  return db
    .selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given'))
    .innerJoin('conversation', 'conversation.id', 'given.wantedId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .select(['conversation.id', 'conversation.inboxId', 'conversation.teamId', 'conversation.assigneeId', 'conversation.contactId'])
    .select(['conversation.status', 'conversation.priority', 'conversation.waitingSince', 'conversation.firstResponseAt'])
    .select(['conversation.resolvedAt', 'conversation.endedAt', 'conversation.lastSeq'])
    .select(['conversation.createdAt', 'conversation.updatedAt'])
    .select(['contact.lifecycle', 'contact.fields'])
    .execute();
}

/** Of each conversation, locked until the transaction ends; where there were none they are made, with this ledger. */
export async function lockClocks(trx: Transaction, ids: readonly string[], ledger: string): Promise<Map<string, SlaClockRow>> {
  return lockClockRows(trx, 'slaClock', ids, ledger);
}

export async function updateClocks(trx: Transaction, rows: readonly SlaClockRow[]): Promise<void> {
  await updateClockRows(trx, 'slaClock', rows);
}

/** Clocks of which something is to be said by now. */
export async function listDueClocks(db: Db, now: number, limit: number): Promise<string[]> {
  return listDueClockIds(db, 'slaClock', now, limit);
}

export async function hasRunningClocks(db: Db): Promise<boolean> {
  return (await db.selectFrom('slaClock').select('id').where('dueAt', 'is not', null).limit(1).executeTakeFirst()) !== undefined;
}

/** Conversations that have not ended, the latest change first, with what their clocks know of them. */
export async function listUnended(
  db: Db,
  { before, since, limit }: { before: { at: number; id: string } | null; since: number; limit: number },
): Promise<(Omit<LookedRow, 'lifecycle' | 'fields'> & { slaSeen: string | null })[]> {
  let query = db
    .selectFrom('conversation')
    .leftJoin('slaClock', 'slaClock.id', 'conversation.id')
    .select(['conversation.id', 'conversation.inboxId', 'conversation.teamId', 'conversation.assigneeId', 'conversation.contactId'])
    .select(['conversation.status', 'conversation.priority', 'conversation.waitingSince', 'conversation.firstResponseAt'])
    .select(['conversation.resolvedAt', 'conversation.endedAt', 'conversation.lastSeq'])
    .select(['conversation.createdAt', 'conversation.updatedAt'])
    .select('slaClock.seen as slaSeen')
    .where('conversation.status', '<>', 'resolved')
    .where('conversation.updatedAt', '>=', since)
    .orderBy('conversation.updatedAt', 'desc')
    .orderBy('conversation.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('conversation.updatedAt', 'conversation.id', before));
  return query.execute();
}

/** Clocks that run though their conversation has ended: whoever ended it was cut off. */
export async function listOutlived(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('slaClock')
    .innerJoin('conversation', 'conversation.id', 'slaClock.id')
    .select('slaClock.id')
    .where('slaClock.dueAt', 'is not', null)
    .where('conversation.status', '=', 'resolved')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export async function listUnendedOfContact(db: Db, contactId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('conversation')
    .select('id')
    .where('contactId', '=', contactId)
    .where('status', '<>', 'resolved')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** When each was answered first since the given moment. */
export async function listAnswers(
  trx: Transaction,
  asked: readonly { id: string; since: number; lastSeq: number }[],
): Promise<Map<string, number>> {
  if (asked.length === 0) return new Map();
  const wanted = asked.map(({ id, since, lastSeq }) => ({ wantedId: id, since, fromSeq: lastSeq - LOOKED_BACK }));
  const rows = await trx
    .selectFrom(rowsFrom(trx, wanted, { wantedId: 'text', since: 'bigint', fromSeq: 'integer' }).as('given'))
    .innerJoin('message', 'message.conversationId', 'given.wantedId')
    .select((answer) => ['given.wantedId as id', answer.fn.min<number>('message.createdAt').as('answeredAt')])
    .whereRef('message.seq', '>', 'given.fromSeq')
    .whereRef('message.createdAt', '>=', 'given.since')
    .where('message.authorKind', '=', 'agent')
    .where('message.visibility', '=', 'public')
    .groupBy('given.wantedId')
    .execute();
  return new Map(rows.map(({ id, answeredAt }) => [id, Number(answeredAt)]));
}

export async function insertBreaches(trx: Transaction, breaches: readonly NewBreach[]): Promise<void> {
  if (breaches.length === 0) return;
  const known = new Set((await listBreachesOf(trx, breaches)).map(keyOf));
  const rows = breaches.filter((breach) => !known.has(keyOf(breach))).map((breach) => ({ id: nanoid(), ...breach }));
  await insertRows(trx, 'slaBreach', rows, breachColumns);
}

export async function listBreachesOf(trx: Transaction, of: readonly { conversationId: string }[]): Promise<SlaBreachRow[]> {
  const ids = [...new Set(of.map(({ conversationId }) => conversationId))];
  return ids.length === 0 ? [] : trx.selectFrom('slaBreach').selectAll().where('conversationId', 'in', ids).execute();
}

export async function endBreach(trx: Transaction, id: string, values: { endedAt: number; lateMs: number }): Promise<void> {
  await trx.updateTable('slaBreach').set(values).where('id', '=', id).execute();
}

/** Those that are over stay. */
export async function deleteBreach(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('slaBreach').where('id', '=', id).where('endedAt', 'is', null).execute();
}

export function keyOf({ conversationId, target, startedAt }: Pick<SlaBreachRow, 'conversationId' | 'target' | 'startedAt'>): string {
  return `${conversationId} ${target} ${startedAt}`;
}
