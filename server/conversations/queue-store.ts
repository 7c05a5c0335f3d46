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
  waitingSince: number;
}

/** Whoever waits for somebody to come, the longest first. `status <> 'resolved'` lets the partial index serve. */
export async function listWaitingRows(db: Db): Promise<WaitingRow[]> {
  const rows = await db
    .selectFrom('conversation')
    .select(['id', 'inboxId', 'visitorId', 'contactId', 'waitingSince'])
    .where('status', '=', 'open')
    .where('status', '<>', 'resolved')
    .where('assigneeId', 'is', null)
    .where('waitingSince', 'is not', null)
    .orderBy('waitingSince')
    .orderBy('id')
    .execute();
  return rows as WaitingRow[];
}

/** The newest first answers of an inbox since `since`. Where an agent spoke first, nobody had waited. */
export async function listAnsweredWaits(
  db: Db,
  inboxId: string,
  { since, limit }: { since: number; limit: number },
): Promise<AnsweredWait[]> {
  return db
    .selectFrom('conversation')
    .select(['firstResponseAt as answeredAt', sql<number>`"firstResponseAt" - "createdAt"`.as('waitedMs')])
    .where('inboxId', '=', inboxId)
    .where('firstResponseAt', '>', since)
    .whereRef('firstResponseAt', '>', 'createdAt')
    .orderBy('firstResponseAt', 'desc')
    .limit(limit)
    .$narrowType<{ answeredAt: number }>()
    .execute();
}
