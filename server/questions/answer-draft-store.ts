import type { Sight } from '../access/sight.ts';
import type { Db } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';

export interface AskedAndAnswered {
  text: string;
  language: string;
  likeness: string;
  contactName: string | null;
  reply: string | null;
  agentName: string | null;
  /** JSON of `Rating`. */
  rating: string | null;
}

/** The latest questions of these groups, and what agents said to them. */
export async function listAskedAndAnswered(db: Db, sight: Sight, groupIds: readonly string[], limit: number): Promise<AskedAndAnswered[]> {
  return db
    .selectFrom('question')
    .innerJoin('conversation', 'conversation.id', 'question.conversationId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .leftJoin('message', (join) => join.onRef('message.id', '=', 'question.replyId').on('message.authorKind', '=', 'agent'))
    .select([
      'question.text',
      'question.language',
      'question.likeness',
      'contact.name as contactName',
      'message.text as reply',
      'message.authorName as agentName',
      'conversation.rating',
    ])
    .where('question.groupId', 'in', groupIds)
    .where('question.text', '<>', '')
    .where((where) => inSight(where as never, sight))
    .orderBy('question.askedAt', 'desc')
    .orderBy('question.id', 'desc')
    .limit(limit)
    .execute();
}
