import type { Db, Transaction } from '../storage/database.ts';
import { insertRows, lockRows, updateRows } from '../storage/rows.ts';
import type { CustomerJobItemRow, CustomerJobRow, ImportRowRow } from '../storage/tables.ts';

const COUNTED_AT_ONCE = 2_000;
/** How the request of a job begins whose rows came in one request, which answers once they are written. */
const ONE_REQUEST = '{"isOneRequest":true';

export async function findJobRow(db: Db | Transaction, id: string): Promise<CustomerJobRow | undefined> {
  return db.selectFrom('customerJob').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockJob(trx: Transaction, id: string): Promise<CustomerJobRow | undefined> {
  return (await lockRows(trx, 'customerJob', [id]))[0] as CustomerJobRow | undefined;
}

export async function insertJob(trx: Transaction, row: CustomerJobRow): Promise<void> {
  await trx.insertInto('customerJob').values(row).execute();
}

export async function updateJob(trx: Transaction, id: string, values: Partial<CustomerJobRow>): Promise<void> {
  await trx.updateTable('customerJob').set(values).where('id', '=', id).execute();
}

export async function listJobRowsOf(db: Db, { agentId, limit }: { agentId: string; limit: number }): Promise<CustomerJobRow[]> {
  return db
    .selectFrom('customerJob')
    .selectAll()
    .where('agentId', '=', agentId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Files that were taken in whole, the newest first: none that is still arriving, and none that came in one request. */
export async function listFileJobs(db: Db, { agentId, limit }: { agentId: string; limit: number }): Promise<CustomerJobRow[]> {
  return db
    .selectFrom('customerJob')
    .selectAll()
    .where('agentId', '=', agentId)
    .where('kind', '=', 'purchases')
    .where('request', '<>', '{}')
    .where('request', 'not like', `${ONE_REQUEST}%`)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** What a server holds that ends is free for the next one. */
export async function releaseJobs(trx: Transaction, serverId: string): Promise<void> {
  await trx.updateTable('customerJob').set({ heldBy: null, heldUntil: null }).where('heldBy', '=', serverId).execute();
}

/** Of those that are at work, and that no other server holds, the oldest, or the one with the least left to do. */
export async function findWorkingJob(
  db: Db,
  { serverId, now, first }: { serverId: string; now: number; first: 'oldest' | 'shortest' },
): Promise<CustomerJobRow | undefined> {
  let query = db
    .selectFrom('customerJob')
    .selectAll()
    .where('status', 'in', ['running', 'undoing'])
    .where((is) => is.or([is('heldBy', 'is', null), is('heldBy', '=', serverId), is('heldUntil', '<=', now)]));
  if (first === 'shortest') query = query.orderBy((row) => row('total', '-', row.ref('done')));
  return query.orderBy('createdAt').orderBy('id').limit(1).executeTakeFirst();
}

export async function insertItems(trx: Transaction, jobId: string, contactIds: readonly string[]): Promise<void> {
  const rows = contactIds.map((contactId) => ({ jobId, contactId }));
  await insertRows(trx, 'customerJobItem', rows, { jobId: 'text', contactId: 'text' });
}

/** Of these, the ones that the job has not gathered yet. */
export async function listUngathered(trx: Transaction, jobId: string, contactIds: readonly string[]): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const rows = await trx
    .selectFrom('customerJobItem')
    .select('contactId')
    .where('jobId', '=', jobId)
    .where('contactId', 'in', contactIds)
    .execute();
  const held = new Set(rows.map(({ contactId }) => contactId));
  return contactIds.filter((id) => !held.has(id));
}

/** In the order of their ids. `outcome` null: those whose turn is still to come. */
export async function listItems(
  trx: Transaction,
  { jobId, outcome, after, limit }: { jobId: string; outcome: string | null; after: string; limit: number },
): Promise<CustomerJobItemRow[]> {
  return trx
    .selectFrom('customerJobItem')
    .selectAll()
    .where('jobId', '=', jobId)
    .where('contactId', '>', after)
    .where('outcome', outcome === null ? 'is' : '=', outcome)
    .orderBy('contactId')
    .limit(limit)
    .execute();
}

export async function updateItem(trx: Transaction, { jobId, contactId, ...values }: CustomerJobItemRow): Promise<void> {
  await trx.updateTable('customerJobItem').set(values).where('jobId', '=', jobId).where('contactId', '=', contactId).execute();
}

/** What it was about is forgotten. False once nothing is left. */
export async function deleteSomeRows(trx: Transaction, jobId: string, limit: number): Promise<boolean> {
  const rows = trx.selectFrom('importRow').select('id').where('jobId', '=', jobId).limit(limit);
  const gone = await trx.deleteFrom('importRow').where('id', 'in', rows).returning('id').execute();
  if (gone.length === limit) return true;
  const items = trx.selectFrom('customerJobItem').select('contactId').where('jobId', '=', jobId).limit(limit);
  const others = await trx
    .deleteFrom('customerJobItem')
    .where('jobId', '=', jobId)
    .where('contactId', 'in', items)
    .returning('contactId')
    .execute();
  return others.length === limit;
}

export async function deleteJob(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('customerJob').where('id', '=', id).execute();
}

/** One that ended, or was left, before then. */
export async function findOldJob(db: Db, before: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('customerJob')
    .select('id')
    .where('status', 'not in', ['running', 'undoing'])
    .where('createdAt', '<', before)
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/**
 * Nothing of what was known of this person stays in the papers of imports and changes, which are about the files that were merged
 * into this one as well. Where a purchase of this person went to another one, that one's side stays.
 */
export async function blankContact(trx: Transaction, contactId: string): Promise<void> {
  const ids = [contactId];
  for (let into = ids; into.length > 0; ) {
    into = (await trx.selectFrom('contact').select('id').where('mergedInto', 'in', into).execute()).map(({ id }) => id);
    ids.push(...into);
  }
  await trx.updateTable('customerJobItem').set({ before: null, after: null, outcome: 'erased' }).where('contactId', 'in', ids).execute();
  await trx
    .updateTable('importRow')
    .set({ cells: '[]', draft: null, before: null, outcome: 'erased' })
    .where('contactId', 'in', ids)
    .execute();
  await trx.updateTable('importRow').set({ before: null, beforeContactId: null }).where('beforeContactId', 'in', ids).execute();
}

export async function insertImportRows(
  trx: Transaction,
  rows: readonly Pick<ImportRowRow, 'id' | 'jobId' | 'line' | 'cells' | 'lead' | 'draft' | 'outcome' | 'contactId'>[],
): Promise<void> {
  await insertRows(trx, 'importRow', rows, {
    ...{ id: 'text', jobId: 'text', line: 'integer', cells: 'text', lead: 'integer' },
    ...{ draft: 'text', outcome: 'text', contactId: 'text' },
  });
}

export async function listImportRows(
  db: Db | Transaction,
  { jobId, after, limit, outcomes }: { jobId: string; after: number; limit: number; outcomes?: readonly string[] },
): Promise<ImportRowRow[]> {
  let query = db.selectFrom('importRow').selectAll().where('jobId', '=', jobId).where('line', '>', after);
  if (outcomes) query = query.where('outcome', 'in', outcomes);
  return query.orderBy('line').limit(limit).execute();
}

/** Whole orders, in the order of their first rows: all rows of those that begin behind `after`. The last may be cut off. */
export async function listRowsByLead(
  db: Db,
  { jobId, after, limit }: { jobId: string; after: number; limit: number },
): Promise<(ImportRowRow & { lead: number })[]> {
  const rows = await db
    .selectFrom('importRow')
    .selectAll()
    .where('jobId', '=', jobId)
    .where('lead', '>', after)
    .orderBy('lead')
    .orderBy('line')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, lead: row.lead ?? row.line }));
}

/** All rows of the orders that begin in these lines. */
export async function listRowsOfLeads(trx: Transaction, jobId: string, leads: readonly number[]): Promise<ImportRowRow[]> {
  if (leads.length === 0) return [];
  return trx.selectFrom('importRow').selectAll().where('jobId', '=', jobId).where('lead', 'in', leads).orderBy('line').execute();
}

/** The other rows of these orders are about the same customers as the first. */
export async function followLeads(trx: Transaction, jobId: string, contactOf: ReadonlyMap<number, string | null>): Promise<void> {
  if (contactOf.size === 0) return;
  const rows = await trx
    .selectFrom('importRow')
    .select(['id', 'line', 'lead'])
    .where('jobId', '=', jobId)
    .where('lead', 'in', [...contactOf.keys()])
    .execute();
  const others = rows.flatMap(({ id, line, lead }) =>
    lead === null || lead === line ? [] : [{ id, contactId: contactOf.get(lead) ?? null }],
  );
  await updateRows(trx, 'importRow', others, { id: 'text', contactId: 'text' });
}

/** From the end of the file backwards: what was done last is taken back first. */
export async function listWrittenRows(
  trx: Transaction,
  { jobId, before, limit }: { jobId: string; before: number; limit: number },
): Promise<ImportRowRow[]> {
  return trx
    .selectFrom('importRow')
    .selectAll()
    .where('jobId', '=', jobId)
    .where('line', '<', before)
    .where('outcome', 'in', ['added', 'updated'])
    .orderBy('line', 'desc')
    .limit(limit)
    .execute();
}

export async function updateJudged(
  trx: Transaction,
  rows: readonly Pick<ImportRowRow, 'id' | 'draft' | 'outcome' | 'contactId' | 'reason'>[],
): Promise<void> {
  await updateRows(trx, 'importRow', rows, { id: 'text', draft: 'text', outcome: 'text', contactId: 'text', reason: 'text' });
}

export async function updateWritten(
  trx: Transaction,
  rows: readonly (Pick<ImportRowRow, 'id' | 'outcome' | 'contactId' | 'reason' | 'before'> & { beforeContactId?: string })[],
): Promise<void> {
  await updateRows(trx, 'importRow', rows, {
    ...{ id: 'text', outcome: 'text', contactId: 'text', reason: 'text' },
    ...{ before: 'text', beforeContactId: 'text' },
  });
}

/** The rows of an import stay when files that it had made are taken away. */
export async function partFromFiles(trx: Transaction, jobId: string, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await trx.updateTable('importRow').set({ contactId: null }).where('contactId', 'in', contactIds).where('jobId', '=', jobId).execute();
}

export async function countReasons(db: Db, jobId: string, outcome: string): Promise<{ reason: string; count: number }[]> {
  const rows = await db
    .selectFrom('importRow')
    .select((select) => ['reason', select.fn.countAll<number>().as('count')])
    .where('jobId', '=', jobId)
    .where('outcome', '=', outcome)
    .groupBy('reason')
    .execute();
  return rows.map(({ reason, count }) => ({ reason: reason ?? '', count: Number(count) })).sort((one, other) => other.count - one.count);
}

export async function countOutcomes(db: Db, jobId: string): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('importRow')
    .select((select) => ['outcome', select.fn.countAll<number>().as('count')])
    .where('jobId', '=', jobId)
    .where('outcome', 'is not', null)
    .groupBy('outcome')
    .execute();
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, Number(count)]));
}

export async function hasErasedRows(db: Db, jobId: string): Promise<boolean> {
  const row = await db
    .selectFrom('importRow')
    .select('id')
    .where('jobId', '=', jobId)
    .where('outcome', '=', 'erased')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Why rows were refused. In portions: each row is read for it, and others have a turn in between. */
export async function countRefusals(db: Db, jobId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('importRow')
      .select(['line', 'reason'])
      .where('jobId', '=', jobId)
      .where('outcome', '=', 'refused')
      .where('line', '>', after)
      .orderBy('line')
      .limit(COUNTED_AT_ONCE)
      .execute();
    for (const { reason } of rows) counts[reason ?? ''] = (counts[reason ?? ''] ?? 0) + 1;
    const last = rows.at(-1);
    if (!last || rows.length < COUNTED_AT_ONCE) return counts;
    after = last.line;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Whether one of them was erased since they were read. */
export async function haveErased(trx: Transaction, rows: readonly Pick<ImportRowRow, 'id' | 'outcome'>[]): Promise<boolean> {
  const ids = rows.flatMap(({ id, outcome }) => (outcome === 'erased' ? [] : [id]));
  if (ids.length === 0) return false;
  const row = await trx.selectFrom('importRow').select('id').where('id', 'in', ids).where('outcome', '=', 'erased').executeTakeFirst();
  return row !== undefined;
}
