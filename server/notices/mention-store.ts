import type { ExpressionBuilder } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows } from '../storage/rows.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { MentionRow, Tables } from '../storage/tables.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

const columns = {
  id: 'text',
  agentId: 'text',
  conversationId: 'text',
  messageId: 'text',
  seq: 'integer',
  createdAt: 'bigint',
  seenAt: 'bigint',
} as const;

export interface MentionListRow extends MentionRow {
  contactId: string;
  contactName: string | null;
  authorId: string | null;
  authorName: string | null;
  text: string;
}

export async function insertMentions(trx: Transaction, rows: readonly MentionRow[]): Promise<void> {
  await insertRows(trx, 'mention', rows, columns);
}

/** Of those that the agent may see now, the newest first. */
export async function listMentionRows(db: Db, sight: Sight, page: { before: Cursor | null; limit: number }): Promise<MentionListRow[]> {
  let query = db
    .selectFrom('mention')
    .innerJoin('conversation', 'conversation.id', 'mention.conversationId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .innerJoin('message', 'message.id', 'mention.messageId')
    .selectAll('mention')
    .select(['contact.id as contactId', 'contact.name as contactName', 'message.authorId', 'message.authorName', 'message.text'])
    .where('mention.agentId', '=', sight.agentId)
    .where((where) => inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight))
    .orderBy('mention.createdAt', 'desc')
    .orderBy('mention.id', 'desc')
    .limit(page.limit);
  const { before } = page;
  if (before) query = query.where(beforeInTime('mention.createdAt', 'mention.id', before));
  return query.execute();
}

/** In which of the conversations that the agent may see now. */
export async function listUnseenIn(db: Db, sight: Sight, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('mention')
    .innerJoin('conversation', 'conversation.id', 'mention.conversationId')
    .select('mention.conversationId')
    .distinct()
    .where('mention.agentId', '=', sight.agentId)
    .where('mention.seenAt', 'is', null)
    .where((where) => inSight(where as unknown as ExpressionBuilder<Tables, 'conversation'>, sight))
    .limit(limit)
    .execute();
  return rows.map(({ conversationId }) => conversationId);
}

/** How many had not been seen: those in one conversation, the one of one message, or all up to a moment. */
export async function updateMentionsSeen(
  trx: Transaction,
  agentId: string,
  which: { conversationId?: string | undefined; messageId?: string | undefined; until?: number | undefined },
  now: number,
): Promise<number> {
  let query = trx.updateTable('mention').set({ seenAt: now }).where('agentId', '=', agentId).where('seenAt', 'is', null);
  if (which.conversationId !== undefined) query = query.where('conversationId', '=', which.conversationId);
  if (which.messageId !== undefined) query = query.where('messageId', '=', which.messageId);
  if (which.until !== undefined) query = query.where('createdAt', '<=', which.until);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}
