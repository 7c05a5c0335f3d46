import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { rowsFrom } from '../storage/rows.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { ConversationRow, MessageRow, Tables } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

/** What conversations must be, whether they or their messages are looked for. */
export interface ConversationFilter {
  sight: Sight;
  status?: string | undefined;
  /** Null: nobody's. */
  assigneeId?: string | null | undefined;
  tag?: string | undefined;
  inboxId?: string | undefined;
}

export type FoundConversation = Pick<ConversationRow, 'id' | 'updatedAt'>;

export type FoundMessage = MessageRow &
  Pick<ConversationRow, 'status' | 'assigneeId' | 'contactId'> & { number: number; contactName: string | null };

type InConversation = ExpressionBuilder<Tables, 'conversation'>;

/** Newest first, without what was erased since it was indexed. */
export async function listFoundMessages(db: Db, numbers: readonly number[], filter: ConversationFilter): Promise<FoundMessage[]> {
  if (numbers.length === 0) return [];
  const given = numbers.map((wanted) => ({ wanted }));
  const rows = await db
    .selectFrom(rowsFrom(db, given, { wanted: 'bigint' }).as('given'))
    .innerJoin('messageEntry', 'messageEntry.number', 'given.wanted')
    .innerJoin('message', 'message.id', 'messageEntry.messageId')
    .innerJoin('conversation', 'conversation.id', 'message.conversationId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .selectAll('message')
    .select([
      'messageEntry.number',
      'conversation.status',
      'conversation.assigneeId',
      'conversation.contactId',
      'contact.name as contactName',
    ])
    .where('message.text', '<>', '')
    .where((where) => fits(where as unknown as InConversation, filter))
    .orderBy('given.ordinal')
    .execute();
  return rows;
}

export async function findMessage(
  db: Db,
  where: { id: string } | { conversationId: string; seq: number },
  sight: Sight,
): Promise<FoundMessage | undefined> {
  let query = db
    .selectFrom('message')
    .innerJoin('conversation', 'conversation.id', 'message.conversationId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .selectAll('message')
    .select([
      'message.createdAt as number',
      'conversation.status',
      'conversation.assigneeId',
      'conversation.contactId',
      'contact.name as contactName',
    ])
    .where('message.authorKind', '<>', 'system')
    .where((condition) => fits(condition as unknown as InConversation, { sight }));
  query =
    'id' in where
      ? query.where('message.id', '=', where.id)
      : query.where('message.conversationId', '=', where.conversationId).where('message.seq', '=', where.seq);
  return query.executeTakeFirst();
}

interface AskedConversations {
  filter: ConversationFilter;
  /** Only of these customer files. */
  contactIds?: readonly string[] | null;
  /** Only this one. */
  id?: string;
  from?: number | undefined;
  to?: number | undefined;
  before: Cursor | null;
  limit: number;
}

/** Latest change first. */
export async function listFoundConversations(db: Db, asked: AskedConversations): Promise<FoundConversation[]> {
  const { contactIds, id, limit } = asked;
  const query = listConversations(db, asked).orderBy('conversation.updatedAt', 'desc').orderBy('conversation.id', 'desc').limit(limit);
  if (id !== undefined) return query.where('conversation.id', '=', id).execute();
  if (contactIds) {
    const wanted = contactIds.map((wantedId) => ({ wantedId }));
    const theirs = listConversations(db, asked).where('conversation.contactId', 'in', (sub) =>
      sub.selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given')).select('given.wantedId'),
    );
    // Materialized, because an order in sight of the planner makes it walk backwards through everybody's.
    return db
      .with(
        (cte) => cte('theirs').materialized(),
        () => theirs,
      )
      .selectFrom('theirs')
      .selectAll()
      .orderBy('updatedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }
  // Apart, because there is an index by time of the resolved ones and one of the others.
  const halves = await Promise.all([
    query.where('conversation.status', '<>', sql.lit('resolved')).execute(),
    query.where('conversation.status', '=', sql.lit('resolved')).execute(),
  ]);
  return halves
    .flat()
    .sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

function listConversations(db: Db, { filter, from, to, before }: AskedConversations) {
  let query = db
    .selectFrom('conversation')
    .select(['conversation.id', 'conversation.updatedAt'])
    .where((where) => fits(where as unknown as InConversation, filter));
  if (from !== undefined) query = query.where('conversation.updatedAt', '>=', from);
  if (to !== undefined) query = query.where('conversation.updatedAt', '<', to);
  if (before) query = query.where(sql<SqlBool>`("conversation"."updatedAt", "conversation"."id") < (${before.at}, ${before.id})`);
  return query;
}

/** What was said in one conversation, from the newest back. */
export async function listTextsBefore(
  db: Db,
  conversationId: string,
  before: number,
  limit: number,
): Promise<Pick<MessageRow, 'seq' | 'text'>[]> {
  return db
    .selectFrom('message')
    .select(['seq', 'text'])
    .where('conversationId', '=', conversationId)
    .where('seq', '<', before)
    .where('authorKind', '<>', 'system')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

function fits(where: InConversation, filter: ConversationFilter): ExpressionWrapper<Tables, 'conversation', SqlBool> {
  const { status, assigneeId, tag, inboxId } = filter;
  return where.and([
    inSight(where, filter.sight),
    ...(status === undefined ? [] : [where('conversation.status', '=', status)]),
    ...(assigneeId === undefined ? [] : [where('conversation.assigneeId', assigneeId === null ? 'is' : '=', assigneeId)]),
    ...(inboxId === undefined ? [] : [where('conversation.inboxId', '=', inboxId)]),
    ...(tag === undefined ? [] : [holdsTag(tag)]),
  ]);
}

/** Tags are a JSON array of strings. */
function holdsTag(tag: string) {
  const written = JSON.stringify(tag).replace(/[\\%_]/g, '\\$&');
  return sql<SqlBool>`"conversation"."tags" like ${`%${written}%`} escape '\\'`;
}
