import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

export interface FiledRating {
  id: string;
  at: number;
  score: number;
  comment: string | null;
  conversationId: string;
  agentId: string | null;
  agentName: string | null;
}

/** Of conversations that the agent may see. */
export async function listFiledRatings(
  db: Db,
  { contactId, before, limit, sight }: { contactId: string; before: Cursor | null; limit: number; sight: Sight },
): Promise<FiledRating[]> {
  let query = db
    .selectFrom('rating')
    .innerJoin('conversation', 'conversation.id', 'rating.conversationId')
    .leftJoin('agent', 'agent.id', 'conversation.assigneeId')
    .select(['rating.id', 'rating.ratedAt as at', 'rating.score', 'rating.comment', 'rating.conversationId'])
    .select(['conversation.assigneeId as agentId', 'agent.name as agentName'])
    .where('rating.contactId', '=', contactId)
    .where((where) => inSight(where as never, sight) as never)
    .orderBy('rating.ratedAt', 'desc')
    .orderBy('rating.id', 'desc')
    .limit(limit);
  if (before) query = query.where(beforeInTime('rating.ratedAt', 'rating.id', before));
  return query.execute();
}
