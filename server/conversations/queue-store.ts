import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** How long somebody waited for the first answer, and when it came. */
export interface AnsweredWait {
  waitedMs: number;
  answeredAt: number;
}

export interface WaitingRow {
  id: string;
  inboxId: string;
  visitorId: string;
  contactId: string;
  teamId: string | null;
  priority: number;
  waitingSince: number;
}

/**
 * Whoever waits for somebody to come, in the order in which they are served: the most urgent first, of these whoever came back from an
 * agent, then the longest wait. Written out so that the partial index serves.
 */
export async function listWaitingRows(db: Db): Promise<WaitingRow[]> {
  const rows = await db
    .selectFrom('conversation')
    .leftJoin('conversationRoute', (join) =>
      join
        .onRef('conversationRoute.conversationId', '=', 'conversation.id')
        .onRef('conversationRoute.waitingSince', '=', 'conversation.waitingSince'),
    )
    .select(['conversation.id', 'conversation.inboxId', 'conversation.visitorId', 'conversation.contactId'])
    .select(['conversation.teamId', 'conversation.priority', 'conversation.waitingSince'])
    .where('conversation.status', '=', sql.lit('open'))
    .where('conversation.assigneeId', 'is', null)
    .where('conversation.waitingSince', 'is not', null)
    .orderBy('conversation.priority', 'desc')
    .orderBy((order) => order.fn.coalesce('conversationRoute.isReturned', sql.lit(0)), 'desc')
    .orderBy('conversation.waitingSince')
    .orderBy('conversation.id')
    .execute();
  return rows as WaitingRow[];
}

/** The newest first answers of an inbox, or of a team, since `since`. Where an agent or the bot spoke first, nobody had waited since it began. */
export async function listAnsweredWaits(
  db: Db,
  { inboxId, teamId }: { inboxId?: string; teamId?: string },
  { since, limit }: { since: number; limit: number },
): Promise<AnsweredWait[]> {
  const query = db.selectFrom('conversation');
  return (inboxId === undefined ? query.where('teamId', '=', teamId ?? '') : query.where('inboxId', '=', inboxId))
    .select(['firstResponseAt as answeredAt', sql<number>`"firstResponseAt" - "createdAt"`.as('waitedMs')])
    .where('firstResponseAt', '>', since)
    .whereRef('firstResponseAt', '>', 'createdAt')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('botTalk').select('botTalk.id').whereRef('botTalk.conversationId', '=', 'conversation.id'))),
    )
    .orderBy('firstResponseAt', 'desc')
    .limit(limit)
    .$narrowType<{ answeredAt: number }>()
    .execute();
}
