import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows, rowsFrom } from '../storage/rows.ts';
import type { SegmentRow } from '../storage/tables.ts';

export async function listSegmentRows(db: Db | Transaction): Promise<SegmentRow[]> {
  return db.selectFrom('segment').selectAll().where('deletedAt', 'is', null).orderBy('name').orderBy('id').execute();
}

export async function findSegmentRow(db: Db | Transaction, id: string): Promise<SegmentRow | undefined> {
  return db.selectFrom('segment').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockSegment(trx: Transaction, id: string): Promise<SegmentRow | undefined> {
  return (await lockRows(trx, 'segment', [id]))[0] as SegmentRow | undefined;
}

export async function insertSegment(trx: Transaction, row: SegmentRow): Promise<void> {
  await trx.insertInto('segment').values(row).execute();
}

export async function updateSegment(trx: Transaction, id: string, values: Partial<SegmentRow>): Promise<void> {
  await trx.updateTable('segment').set(values).where('id', '=', id).execute();
}

export async function countSegments(db: Db | Transaction): Promise<number> {
  const row = await db
    .selectFrom('segment')
    .select((count) => count.fn.countAll<number>().as('count'))
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function hasSegmentChanges(db: Db): Promise<boolean> {
  return (await db.selectFrom('segmentChange').select('contactId').limit(1).executeTakeFirst()) !== undefined;
}

/** Takes some of the changes away: whoever took them puts the members right in the same transaction. */
export async function takeSegmentChanges(trx: Transaction, limit: number): Promise<string[]> {
  const rows = await trx
    .deleteFrom('segmentChange')
    .where('contactId', 'in', (from) => from.selectFrom('segmentChange').select('contactId').limit(limit))
    .returning('contactId')
    .execute();
  return rows.map(({ contactId }) => contactId);
}

/** They are judged anew before long. */
export async function noteSegmentChanges(trx: Transaction, ids: RawBuilder<unknown>): Promise<void> {
  await sql`insert into "segmentChange" ("contactId") select "id" from (${ids}) as "moved" where "id" is not null on conflict ("contactId") do nothing`.execute(
    trx,
  );
}

export async function listMembershipsOf(trx: Transaction, contactIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const held = new Map<string, Set<string>>(contactIds.map((id) => [id, new Set()]));
  if (contactIds.length === 0) return held;
  const rows = await trx.selectFrom('segmentMember').selectAll().where('contactId', 'in', contactIds).execute();
  for (const { segmentId, contactId } of rows) held.get(contactId)?.add(segmentId);
  return held;
}

/** How many were not members before. */
export async function insertMembers(trx: Transaction, segmentId: string, contactIds: readonly string[]): Promise<number> {
  if (contactIds.length === 0) return 0;
  const rows = await trx
    .insertInto('segmentMember')
    .columns(['segmentId', 'contactId'])
    .expression(
      trx
        .selectFrom(
          rowsFrom(
            trx,
            contactIds.map((contactId) => ({ contactId })),
            { contactId: 'text' },
          ).as('given'),
        )
        .select([sql<string>`${segmentId}`.as('segmentId'), 'given.contactId'])
        .where('given.contactId', 'is not', null),
    )
    .onConflict((conflict) => conflict.columns(['segmentId', 'contactId']).doNothing())
    .returning('contactId')
    .execute();
  return rows.length;
}

/** How many were members before. */
export async function deleteMembers(trx: Transaction, segmentId: string, contactIds: readonly string[]): Promise<number> {
  if (contactIds.length === 0) return 0;
  const rows = await trx
    .deleteFrom('segmentMember')
    .where('segmentId', '=', segmentId)
    .where('contactId', 'in', contactIds)
    .returning('contactId')
    .execute();
  return rows.length;
}

/** Members between two files in the order of their ids; `to` null: to the end. */
export async function listMembersBetween(
  trx: Transaction,
  segmentId: string,
  { after, to }: { after: string; to: string | null },
): Promise<string[]> {
  let query = trx.selectFrom('segmentMember').select('contactId').where('segmentId', '=', segmentId).where('contactId', '>', after);
  if (to !== null) query = query.where('contactId', '<=', to);
  return (await query.execute()).map(({ contactId }) => contactId);
}

export async function addToCount(trx: Transaction, id: string, change: number): Promise<void> {
  if (change === 0) return;
  await trx
    .updateTable('segment')
    .set((row) => ({ memberCount: row('memberCount', '+', change) }))
    .where('id', '=', id)
    .execute();
}

export async function findDeletedSegment(db: Db): Promise<string | undefined> {
  return (await db.selectFrom('segment').select('id').where('deletedAt', 'is not', null).limit(1).executeTakeFirst())?.id;
}

/** False once nothing is left of it, and it is gone itself. */
export async function deleteSomeMembers(trx: Transaction, id: string, limit: number): Promise<boolean> {
  const some = trx.selectFrom('segmentMember').select('contactId').where('segmentId', '=', id).limit(limit);
  const gone = await trx
    .deleteFrom('segmentMember')
    .where('segmentId', '=', id)
    .where('contactId', 'in', some)
    .returning('contactId')
    .execute();
  if (gone.length === limit) return true;
  await trx.deleteFrom('segment').where('id', '=', id).execute();
  return false;
}
