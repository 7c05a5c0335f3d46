import type { ExpressionBuilder } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { inSight, ticketInSight } from '../storage/sight-condition.ts';
import type { Tables, TicketRow } from '../storage/tables.ts';

export type LinkRow = Pick<TicketRow, 'id' | 'number' | 'subject' | 'status'>;
export interface LinkedConversationRow {
  id: string;
  status: string;
  contactId: string;
  contactName: string | null;
  createdAt: number;
}

interface ChatLink {
  ticketId: string;
  conversationId: string;
  linkedAt: number;
}

const seenBy = (sight: Sight) => (where: unknown) => ticketInSight(where as ExpressionBuilder<Tables, 'ticket'>, sight);

/** Of those that may be seen, by number. */
export async function listChildRows(db: Db, parentId: string, sight: Sight): Promise<LinkRow[]> {
  return db
    .selectFrom('ticket')
    .select(['id', 'number', 'subject', 'status'])
    .where('parentId', '=', parentId)
    .where(seenBy(sight))
    .orderBy('number')
    .limit(500)
    .execute();
}

export async function listChildIds(db: Db, parentId: string): Promise<string[]> {
  const rows = await db.selectFrom('ticket').select('id').where('parentId', '=', parentId).execute();
  return rows.map(({ id }) => id);
}

export async function listUnsolvedChildIds(db: Db, parentId: string): Promise<string[]> {
  const rows = await db.selectFrom('ticket').select('id').where('parentId', '=', parentId).where('isOver', '=', 0).execute();
  return rows.map(({ id }) => id);
}

export async function findLink(db: Db, id: string, sight: Sight): Promise<LinkRow | undefined> {
  return db.selectFrom('ticket').select(['id', 'number', 'subject', 'status']).where('id', '=', id).where(seenBy(sight)).executeTakeFirst();
}

export async function findParentId(db: Db, id: string): Promise<string | null> {
  return (await db.selectFrom('ticket').select('parentId').where('id', '=', id).executeTakeFirst())?.parentId ?? null;
}

export async function listRelatedRows(db: Db, ticketId: string, sight: Sight): Promise<LinkRow[]> {
  return db
    .selectFrom('ticketRelation')
    .innerJoin('ticket', 'ticket.id', 'ticketRelation.otherId')
    .select(['ticket.id', 'ticket.number', 'ticket.subject', 'ticket.status'])
    .where('ticketRelation.ticketId', '=', ticketId)
    .where(seenBy(sight))
    .orderBy('ticket.number')
    .execute();
}

export async function countRelated(db: Db, ticketId: string): Promise<number> {
  const row = await db
    .selectFrom('ticketRelation')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('ticketId', '=', ticketId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** False where they were related already. */
export async function insertRelation(trx: Transaction, ticketId: string, otherId: string): Promise<boolean> {
  const made = await trx
    .insertInto('ticketRelation')
    .values([
      { ticketId, otherId },
      { ticketId: otherId, otherId: ticketId },
    ])
    .onConflict((conflict) => conflict.columns(['ticketId', 'otherId']).doNothing())
    .executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function deleteRelation(trx: Transaction, ticketId: string, otherId: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom('ticketRelation')
    .where((where) =>
      where.or([
        where.and([where('ticketId', '=', ticketId), where('otherId', '=', otherId)]),
        where.and([where('ticketId', '=', otherId), where('otherId', '=', ticketId)]),
      ]),
    )
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Of those that may be seen, the latest link first. */
export async function listConversationsOf(db: Db, ticketId: string, sight: Sight): Promise<LinkedConversationRow[]> {
  return db
    .selectFrom('ticketConversation')
    .innerJoin('conversation', 'conversation.id', 'ticketConversation.conversationId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .select(['conversation.id', 'conversation.status', 'conversation.createdAt'])
    .select(['contact.id as contactId', 'contact.name as contactName'])
    .where('ticketConversation.ticketId', '=', ticketId)
    .where((where) => inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight))
    .orderBy('ticketConversation.linkedAt', 'desc')
    .orderBy('conversation.id')
    .execute();
}

export async function countConversations(db: Db, ticketId: string): Promise<number> {
  const row = await db
    .selectFrom('ticketConversation')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('ticketId', '=', ticketId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Where its customer is told of it: the conversation that was linked last, if it was not erased. */
export async function findLatestConversation(db: Db, ticketId: string, contactId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('ticketConversation')
    .innerJoin('conversation', 'conversation.id', 'ticketConversation.conversationId')
    .select('conversation.id')
    .where('ticketConversation.ticketId', '=', ticketId)
    .where('conversation.contactId', '=', contactId)
    .where('conversation.erasedAt', 'is', null)
    .orderBy('ticketConversation.linkedAt', 'desc')
    .orderBy('conversation.id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

export async function insertConversationLink(trx: Transaction, link: ChatLink): Promise<boolean> {
  const made = await trx
    .insertInto('ticketConversation')
    .values(link)
    .onConflict((conflict) => conflict.columns(['ticketId', 'conversationId']).doNothing())
    .executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function deleteConversationLink(trx: Transaction, ticketId: string, conversationId: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom('ticketConversation')
    .where('ticketId', '=', ticketId)
    .where('conversationId', '=', conversationId)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Of these conversations' tickets those that wait for the customer. */
export async function listAwaitingCustomer(db: Db, conversationIds: readonly string[]): Promise<string[]> {
  if (conversationIds.length === 0) return [];
  const rows = await db
    .selectFrom('ticketConversation')
    .innerJoin('ticket', 'ticket.id', 'ticketConversation.ticketId')
    .innerJoin('conversation', 'conversation.id', 'ticketConversation.conversationId')
    .select('ticket.id')
    .distinct()
    .where('ticketConversation.conversationId', 'in', conversationIds)
    .where('ticket.status', '=', 'waiting-for-customer')
    .whereRef('conversation.contactId', '=', 'ticket.contactId')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Tickets that are linked with any of these conversations and with no other, and are nobody's or were opened in one of them for
 * this file. One that was opened elsewhere, or is another customer's, is about more than these chats.
 */
export async function listOnlyOf(
  db: Db,
  { conversationIds, contactId }: { conversationIds: readonly string[]; contactId: string },
): Promise<string[]> {
  if (conversationIds.length === 0) return [];
  const rows = await db
    .selectFrom('ticketConversation')
    .innerJoin('ticket', 'ticket.id', 'ticketConversation.ticketId')
    .select('ticketConversation.ticketId')
    .distinct()
    .where('ticketConversation.conversationId', 'in', conversationIds)
    .where('ticket.erasedAt', 'is', null)
    .where(({ and, eb, or }) =>
      or([
        eb('ticket.contactId', 'is', null),
        and([eb('ticket.contactId', '=', contactId), eb('ticketConversation.linkedAt', '=', eb.ref('ticket.createdAt'))]),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('ticketConversation as other')
            .select('other.ticketId')
            .whereRef('other.ticketId', '=', 'ticketConversation.ticketId')
            .where('other.conversationId', 'not in', conversationIds),
        ),
      ),
    )
    .execute();
  return rows.map(({ ticketId }) => ticketId);
}

/** Of tickets that were not erased; returns what was linked. */
export async function deleteLinksOf(trx: Transaction, conversationIds: readonly string[]): Promise<Omit<ChatLink, 'linkedAt'>[]> {
  if (conversationIds.length === 0) return [];
  return trx
    .deleteFrom('ticketConversation')
    .where('conversationId', 'in', conversationIds)
    .where('ticketId', 'in', (where) => where.selectFrom('ticket').select('id').where('erasedAt', 'is', null))
    .returning(['ticketId', 'conversationId'])
    .execute();
}
