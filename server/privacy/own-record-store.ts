import type { Db, Transaction } from '../storage/database.ts';
import type { ActivityRow, AuditRow, ConversationRow, MailRow, RatingRow, TaskRow, TrackedEventRow } from '../storage/tables.ts';

/** Whose: a verified person's whole file, or what one browser did in it. */
export interface Whose {
  contactId: string;
  /** Set for a browser that nobody has vouched for. */
  visitorId: string | null;
}

export async function listConversationRows(db: Db, { contactId, visitorId }: Whose): Promise<ConversationRow[]> {
  let query = db.selectFrom('conversation').selectAll().where('contactId', '=', contactId);
  if (visitorId !== null) query = query.where('visitorId', '=', visitorId);
  return query.orderBy('createdAt').orderBy('id').execute();
}

export async function listRatingRows(db: Db, conversationIds: readonly string[]): Promise<RatingRow[]> {
  if (conversationIds.length === 0) return [];
  return db.selectFrom('rating').selectAll().where('conversationId', 'in', conversationIds).orderBy('ratedAt').execute();
}

export async function listCallbackRows(db: Db, { contactId, visitorId }: Whose): Promise<TaskRow[]> {
  let query = db.selectFrom('task').selectAll().where('contactId', '=', contactId).where('kind', '=', 'callback');
  if (visitorId !== null) query = query.where('visitorId', '=', visitorId);
  return query.orderBy('createdAt').execute();
}

export async function listEventRows(db: Db, { contactId, visitorId }: Whose): Promise<TrackedEventRow[]> {
  const query = db.selectFrom('trackedEvent').innerJoin('visitor', 'visitor.id', 'trackedEvent.visitorId').selectAll('trackedEvent');
  const own = visitorId === null ? query.where('visitor.contactId', '=', contactId) : query.where('trackedEvent.visitorId', '=', visitorId);
  return own.orderBy('trackedEvent.createdAt').orderBy('trackedEvent.id').execute();
}

export async function listMailRows(db: Db, contactId: string): Promise<Pick<MailRow, 'recipient' | 'subject' | 'createdAt'>[]> {
  const query = db.selectFrom('mail').select(['recipient', 'subject', 'createdAt']).where('contactId', '=', contactId);
  return query.orderBy('createdAt').orderBy('id').execute();
}

/** The latest first. Notes and changes are the house's own. */
export async function listActivityRows(
  db: Db,
  contactId: string,
  limit: number,
): Promise<Pick<ActivityRow, 'kind' | 'at' | 'direction' | 'title' | 'text'>[]> {
  return db
    .selectFrom('activity')
    .select(['kind', 'at', 'direction', 'title', 'text'])
    .where('contactId', '=', contactId)
    .where('kind', 'in', ['call', 'email', 'letter', 'fax', 'meeting'])
    .where('removedAt', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function listVisitorIds(db: Db, contactId: string): Promise<string[]> {
  return (
    await db.selectFrom('visitor').select('id').where('contactId', '=', contactId).where('erasedAt', 'is', null).orderBy('id').execute()
  ).map((row) => row.id);
}

export async function insertAudit(trx: Transaction, row: AuditRow): Promise<void> {
  await trx.insertInto('audit').values(row).execute();
}
