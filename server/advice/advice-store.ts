import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { CannedResponseRow } from '../storage/tables.ts';

type Cursor = { at: number; id: string };

/** Everybody's canned responses, oldest first, in portions: of one read nobody has to wait long. */
export async function listCannedAfter(db: Db, after: Cursor | null, limit: number): Promise<CannedResponseRow[]> {
  let query = db.selectFrom('cannedResponse').selectAll().orderBy('createdAt').orderBy('id').limit(limit);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('createdAt', 'id'), '>', tuple(after.at, after.id)));
  }
  return query.execute();
}

/** Another one after every change of any canned response, whichever server made it. */
export async function stampOfCanned(db: Db): Promise<string> {
  const row = await db
    .selectFrom('cannedResponse')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('updatedAt').as('latest')])
    .executeTakeFirstOrThrow();
  return `${row.count}.${row.latest ?? 0}`;
}

export async function listCannedByIds(db: Db, ids: readonly string[]): Promise<CannedResponseRow[]> {
  return ids.length === 0 ? [] : db.selectFrom('cannedResponse').selectAll().where('id', 'in', ids).execute();
}

/** In which the customer's browser speaks, as far as is known. */
export async function findLocale(db: Db, conversationId: string): Promise<string | null> {
  const row = await db
    .selectFrom('conversation')
    .innerJoin('visitor', 'visitor.id', 'conversation.visitorId')
    .innerJoin('contact', 'contact.id', 'conversation.contactId')
    .select(['visitor.locale as visitorLocale', 'contact.locale as contactLocale'])
    .where('conversation.id', '=', conversationId)
    .executeTakeFirst();
  return row?.visitorLocale ?? row?.contactLocale ?? null;
}

/** What answers say, in each of their languages: the next so many behind this id. */
export async function listAnswerTexts(db: Db, afterId: string, limit: number): Promise<{ id: string; texts: string[] }[]> {
  const rows = await db.selectFrom('answer').select(['id', 'bodies']).where('id', '>', afterId).orderBy('id').limit(limit).execute();
  return rows.map(({ id, bodies }) => ({
    id,
    texts: Object.values(JSON.parse(bodies) as Record<string, { text: string }>).map(({ text }) => text),
  }));
}

/** Another one after every change of any answer. */
export async function stampOfAnswerTexts(db: Db): Promise<string> {
  const row = await db
    .selectFrom('answer')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('updatedAt').as('latest')])
    .executeTakeFirstOrThrow();
  return `${row.count}.${row.latest ?? 0}`;
}

/** In which something has happened since then and nobody waits, the latest first. There is an index by time of the resolved ones and one of the others. */
export async function listCalmSince(db: Db, since: number, limit: number): Promise<string[]> {
  const half = (comparison: '=' | '<>') =>
    db
      .selectFrom('conversation')
      .select(['id', 'updatedAt'])
      .where('status', comparison, sql.lit('resolved'))
      .where('updatedAt', '>=', since)
      .where('waitingSince', 'is', null)
      .orderBy('updatedAt', 'desc')
      .limit(limit)
      .execute();
  const rows = (await Promise.all([half('='), half('<>')])).flat();
  return rows
    .sort((one, other) => other.updatedAt - one.updatedAt)
    .slice(0, limit)
    .map(({ id }) => id);
}
