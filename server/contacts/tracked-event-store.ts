import type { Db, Transaction } from '../storage/database.ts';
import type { TrackedEventRow } from '../storage/tables.ts';

/** A retry finds its first copy and changes nothing. */
export async function insertTrackedEvent(trx: Transaction, row: TrackedEventRow): Promise<void> {
  await trx
    .insertInto('trackedEvent')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Leaves the visitor's newest `kept`. */
export async function deleteOlderEvents(trx: Transaction, visitorId: string, kept: number): Promise<void> {
  const newest = trx
    .selectFrom('trackedEvent')
    .select('id')
    .where('visitorId', '=', visitorId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(kept);
  await trx
    .deleteFrom('trackedEvent')
    .where('visitorId', '=', visitorId)
    .where('id', 'not in', (inner) => inner.selectFrom(newest.as('newest')).select('newest.id'))
    .execute();
}

/** Newest first, of all browsers of the contact. */
export async function listTrackedEventRows(db: Db, contactId: string, limit: number): Promise<TrackedEventRow[]> {
  return db
    .selectFrom('trackedEvent')
    .innerJoin('visitor', 'visitor.id', 'trackedEvent.visitorId')
    .selectAll('trackedEvent')
    .where('visitor.contactId', '=', contactId)
    .orderBy('trackedEvent.createdAt', 'desc')
    .orderBy('trackedEvent.id', 'desc')
    .limit(limit)
    .execute();
}

export async function deleteEventsOf(trx: Transaction, visitorIds: readonly string[]): Promise<void> {
  if (visitorIds.length > 0) await trx.deleteFrom('trackedEvent').where('visitorId', 'in', visitorIds).execute();
}

/** Of visitors who are forgotten themselves. */
export async function deleteOrphanedEvents(trx: Transaction, createdBefore: number): Promise<void> {
  await trx
    .deleteFrom('trackedEvent')
    .where('createdAt', '<', createdBefore)
    .where('visitorId', 'not in', (inner) => inner.selectFrom('visitor').select('visitor.id'))
    .execute();
}
