import { sql } from 'kysely';
import { PREVIEW_MAX } from '../../shared/limits.ts';
import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** A conversation as the timeline shows it, with the last thing that was said to or by its visitor. */
export interface FiledConversation {
  id: string;
  at: number;
  status: string;
  lastSeq: number;
  rating: string | null;
  endedAt: number | null;
  inboxName: string | null;
  agentId: string | null;
  agentName: string | null;
  preview: string | null;
}

export async function listFiledConversations(
  db: Db,
  { contactId, before, limit, sight }: { contactId: string; before: Cursor | null; limit: number; sight: Sight },
): Promise<FiledConversation[]> {
  let query = filed(db, contactId, sight).orderBy('conversation.createdAt', 'desc').orderBy('conversation.id', 'desc').limit(limit);
  if (before) query = query.where(beforeInTime('conversation.createdAt', 'conversation.id', before));
  return query.execute();
}

export async function findFiledConversation(
  db: Db,
  { contactId, id, sight }: { contactId: string; id: string; sight: Sight },
): Promise<FiledConversation | undefined> {
  return filed(db, contactId, sight).where('conversation.id', '=', id).executeTakeFirst();
}

function filed(db: Db, contactId: string, sight: Sight) {
  return db
    .selectFrom('conversation')
    .leftJoin('inbox', 'inbox.id', 'conversation.inboxId')
    .leftJoin('agent', 'agent.id', 'conversation.assigneeId')
    .select(['conversation.id', 'conversation.createdAt as at', 'conversation.status', 'conversation.lastSeq'])
    .select(['conversation.rating', 'conversation.endedAt', 'inbox.name as inboxName'])
    .select(['conversation.assigneeId as agentId', 'agent.name as agentName'])
    .select((conversation) =>
      conversation
        .selectFrom('message')
        .select(sql<string>`substr("message"."text", 1, ${sql.lit(PREVIEW_MAX)})`.as('text'))
        .whereRef('message.conversationId', '=', 'conversation.id')
        .where('message.visibility', '=', 'public')
        .where('message.authorKind', '<>', 'system')
        .orderBy('message.seq', 'desc')
        .limit(1)
        .as('preview'),
    )
    .where('conversation.contactId', '=', contactId)
    .where((where) => inSight(where as never, sight) as never);
}
