import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, readRows } from '../storage/rows.ts';
import type { TicketRow } from '../storage/tables.ts';

/** With what it shows of other tables. */
export interface TicketListRow extends TicketRow {
  contactName: string | null;
  companyName: string | null;
  policyId: string | null;
  target: string | null;
  warnAt: number | null;
  dueAt: number | null;
}

/** Every query of tickets to be shown begins with it. */
export function withNames(db: Db) {
  return db
    .selectFrom('ticket')
    .leftJoin('contact', 'contact.id', 'ticket.contactId')
    .leftJoin('company', 'company.id', 'ticket.companyId')
    .leftJoin('ticketClock', 'ticketClock.id', 'ticket.id')
    .selectAll('ticket')
    .select(['contact.name as contactName', 'company.name as companyName'])
    .select(['ticketClock.policyId', 'ticketClock.target', 'ticketClock.warnAt', 'ticketClock.dueAt']);
}

export async function listTicketRowsByIds(db: Db, ids: readonly string[]): Promise<TicketListRow[]> {
  return ids.length === 0 ? [] : withNames(db).where('ticket.id', 'in', ids).execute();
}

export async function findTicketRow(db: Db, id: string): Promise<TicketListRow | undefined> {
  return withNames(db).where('ticket.id', '=', id).executeTakeFirst();
}

/** Locked until the transaction ends, in the order of their ids. */
export async function lockTickets(trx: Transaction, ids: readonly string[]): Promise<TicketRow[]> {
  return (await lockRows(trx, 'ticket', ids)) as TicketRow[];
}

/** The next number. Whoever asks after this waits until the transaction ends, so that none is given twice or left out. */
export async function takeNumber(trx: Transaction): Promise<number> {
  const { lastNumber } = await trx
    .updateTable('ticketCounter')
    .set(({ eb }) => ({ lastNumber: eb('lastNumber', '+', 1) }))
    .where('id', '=', 1)
    .returning('lastNumber')
    .executeTakeFirstOrThrow();
  return lastNumber;
}

/** Which ticket is whose parent is changed by one at a time: two changes could make a ring that neither sees. */
export async function lockTree(trx: Transaction): Promise<void> {
  await trx
    .updateTable('ticketCounter')
    .set(({ ref }) => ({ lastNumber: ref('lastNumber') }))
    .where('id', '=', 1)
    .execute();
}

export async function insertTicket(trx: Transaction, row: TicketRow): Promise<void> {
  await trx.insertInto('ticket').values(row).execute();
}

export async function updateTicket(trx: Transaction, id: string, values: Partial<TicketRow>): Promise<void> {
  await trx.updateTable('ticket').set(values).where('id', '=', id).execute();
}

/** With everything that is kept of it. */
export async function deleteTicket(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('ticketConversation').where('ticketId', '=', id).execute();
  await trx
    .deleteFrom('ticketRelation')
    .where((where) => where.or([where('ticketId', '=', id), where('otherId', '=', id)]))
    .execute();
  await trx.deleteFrom('ticketWork').where('ticketId', '=', id).execute();
  await trx.deleteFrom('ticketChange').where('ticketId', '=', id).execute();
  await trx.deleteFrom('ticketClock').where('id', '=', id).execute();
  await trx.deleteFrom('ticketBreach').where('ticketId', '=', id).execute();
  await trx.deleteFrom('notice').where('ticketId', '=', id).execute();
  await trx.deleteFrom('ticket').where('id', '=', id).execute();
}

export async function hasExternalId(db: Db, externalId: string, exceptId: string): Promise<boolean> {
  const row = await db
    .selectFrom('ticket')
    .select('id')
    .where('externalId', '=', externalId)
    .where('id', '<>', exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function findCompanyName(db: Db, id: string): Promise<string | undefined> {
  return (await db.selectFrom('company').select('name').where('id', '=', id).executeTakeFirst())?.name;
}

/** What a file says that a ticket may begin with. */
export async function findFile(
  db: Db,
  id: string,
): Promise<{ companyId: string | null; mergedInto: string | null; erasedAt: number | null } | undefined> {
  return db.selectFrom('contact').select(['companyId', 'mergedInto', 'erasedAt']).where('id', '=', id).executeTakeFirst();
}

/** The inbox of the person's latest conversation. */
export async function findLatestInbox(db: Db, contactId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('conversation')
    .select('inboxId')
    .where('contactId', '=', contactId)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.inboxId;
}

/** What the customer said first in a conversation, where it said anything in words. */
export async function findFirstWords(db: Db, conversationId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('message')
    .select('text')
    .where('conversationId', '=', conversationId)
    .where('authorKind', '=', 'visitor')
    .where('visibility', '=', 'public')
    .where('text', '<>', '')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row?.text;
}

export async function listIdsOfAgent(db: Db, agentId: string): Promise<string[]> {
  const rows = await db.selectFrom('ticket').select('id').where('assigneeId', '=', agentId).where('isOver', '=', 0).execute();
  return rows.map(({ id }) => id);
}

/** Of the team, whatever became of them. */
export async function leaveTicketTeam(trx: Transaction, teamId: string): Promise<string[]> {
  const rows = await trx.updateTable('ticket').set({ teamId: null }).where('teamId', '=', teamId).returning(['id', 'isOver']).execute();
  return rows.filter(({ isOver }) => isOver === 0).map(({ id }) => id);
}

export async function listIdsOfFile(db: Db, contactId: string): Promise<string[]> {
  const rows = await db.selectFrom('ticket').select('id').where('contactId', '=', contactId).where('erasedAt', 'is', null).execute();
  return rows.map(({ id }) => id);
}

/** What each is found by, beside its log. */
export async function listTicketTexts(
  trx: Transaction,
  ids: readonly string[],
): Promise<Pick<TicketRow, 'id' | 'subject' | 'description' | 'externalId' | 'createdAt'>[]> {
  return readRows(trx, 'ticket', ids, ['id', 'subject', 'description', 'externalId', 'createdAt']);
}
