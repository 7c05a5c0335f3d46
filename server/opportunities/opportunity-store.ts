import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { type FoundRows, isFound } from '../storage/found-condition.ts';
import { lockRows, updateRows } from '../storage/rows.ts';
import type { OpportunityRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';
import { toNumbers } from './tally-store.ts';

export type OpportunityListRow = OpportunityRow & { contactName: string | null; stageProbability: number | null };

/** `owner`: an id, or '' for nobody's. `found`: by words, before. */
export interface OpportunityFilter {
  pipelineId?: string | undefined;
  stageId?: string | undefined;
  status?: string | undefined;
  contactId?: string | undefined;
  companyId?: string | undefined;
  owner?: string | undefined;
  closingBefore?: number | undefined;
  found?: FoundRows | undefined;
}

export async function findOpportunityRow(db: Db, id: string): Promise<OpportunityListRow | undefined> {
  return withNames(db).where('opportunity.id', '=', id).executeTakeFirst();
}

export async function getOpportunityContact(db: Db, id: string): Promise<string> {
  const row = await db.selectFrom('opportunity').select('contactId').where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such opportunity.');
  return row.contactId;
}

export async function lockOpportunity(trx: Transaction, id: string): Promise<OpportunityRow> {
  const [row] = await lockOpportunities(trx, [id]);
  if (!row) throw new AppError('not-found', 'There is no such opportunity.');
  return row;
}

export async function lockOpportunities(trx: Transaction, ids: readonly string[]): Promise<OpportunityRow[]> {
  return (await lockRows(trx, 'opportunity', ids.toSorted())) as OpportunityRow[];
}

/** By what the list is in order of: its column, which way, and what a cursor holds. */
const orders = {
  created: { column: 'opportunity.createdAt', direction: 'desc', further: '<' },
  place: { column: 'opportunity.place', direction: 'asc', further: '>' },
  close: { column: 'opportunity.expectedCloseOn', direction: 'asc', further: '>' },
} as const;

export async function listOpportunityRows(
  db: Db,
  filter: OpportunityFilter,
  page: { order: keyof typeof orders; after: Cursor | null; limit: number },
): Promise<OpportunityListRow[]> {
  const { column, direction, further } = orders[page.order];
  const { after } = page;
  let rows = filtered(db, withNames(db), filter);
  if (page.order === 'close') rows = rows.where('opportunity.expectedCloseOn', 'is not', null);
  // Spelt out, so that the index of open columns is used.
  if (page.order === 'place') rows = rows.where((where) => where('opportunity.status', '=', sql.lit('open')));
  if (after) {
    rows = rows.where((where) =>
      where.or([where(column, further, after.at), where.and([where(column, '=', after.at), where('opportunity.id', further, after.id)])]),
    );
  }
  return rows.orderBy(column, direction).orderBy('opportunity.id', direction).limit(page.limit).execute();
}

/** What fits the filter, by stage, currency and status. Reads every row that fits. */
export async function sumOpportunities(db: Db, filter: OpportunityFilter) {
  const rows = await filtered(db, db.selectFrom('opportunity'), filter)
    .select((select) => {
      const own = select.fn.coalesce('opportunity.probability', select.lit(0));
      return [
        'opportunity.stageId',
        'opportunity.currency',
        'opportunity.status',
        select.fn.countAll<number>().as('count'),
        select.fn.sum<number>('opportunity.amount').as('amount'),
        select.fn.sum<number>(select('opportunity.amount', '*', own)).as('ownWeight'),
        select.fn
          .sum<number>(select.case().when('opportunity.probability', 'is', null).then(select.ref('opportunity.amount')).else(0).end())
          .as('plain'),
      ];
    })
    .groupBy(['opportunity.stageId', 'opportunity.currency', 'opportunity.status'])
    .execute();
  return rows.map(toNumbers);
}

export async function insertOpportunity(trx: Transaction, row: OpportunityRow): Promise<void> {
  await trx.insertInto('opportunity').values(row).execute();
}

export async function updateOpportunity(trx: Transaction, id: string, values: Partial<Omit<OpportunityRow, 'id'>>): Promise<void> {
  await trx.updateTable('opportunity').set(values).where('id', '=', id).execute();
}

export async function deleteOpportunity(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('opportunity').where('id', '=', id).execute();
}

/** The nearest places in an open column: of the first cards behind `after`, or of its very first. */
export async function listPlaces(
  trx: Transaction,
  stageId: string,
  after: Cursor | null,
  limit: number,
): Promise<{ id: string; place: number }[]> {
  let rows = trx
    .selectFrom('opportunity')
    .select(['id', 'place'])
    .where('stageId', '=', stageId)
    .where((where) => where('status', '=', sql.lit('open')));
  if (after) {
    rows = rows.where((where) =>
      where.or([where('place', '>', after.at), where.and([where('place', '=', after.at), where('id', '>', after.id)])]),
    );
  }
  return rows.orderBy('place').orderBy('id').limit(limit).execute();
}

export async function updatePlaces(trx: Transaction, rows: readonly { id: string; place: number }[]): Promise<void> {
  await updateRows(trx, 'opportunity', rows, { id: 'text', place: 'bigint' });
}

export async function listIdsOf(db: Db, whose: { contactId: string } | { ownerId: string }): Promise<string[]> {
  const ids = db.selectFrom('opportunity').select('id');
  const rows =
    'contactId' in whose
      ? await ids.where('contactId', '=', whose.contactId).execute()
      : await ids.where('ownerId', '=', whose.ownerId).where('status', '=', 'open').execute();
  return rows.map(({ id }) => id);
}

function withNames(db: Db) {
  return db
    .selectFrom('opportunity')
    .leftJoin('contact', 'contact.id', 'opportunity.contactId')
    .leftJoin('stage', 'stage.id', 'opportunity.stageId')
    .selectAll('opportunity')
    .select(['contact.name as contactName', 'stage.probability as stageProbability']);
}

type Condition = [column: string, operator: string, value: unknown];
type Filterable<Query> = { where: (...condition: never[]) => Query };

function filtered<Query extends Filterable<Query>>(db: Db, query: Query, filter: OpportunityFilter): Query {
  const { pipelineId, stageId, status, contactId, companyId, owner, closingBefore, found } = filter;
  const conditions: (Condition | [RawBuilder<SqlBool>])[] = [];
  if (pipelineId !== undefined) conditions.push(['opportunity.pipelineId', '=', pipelineId]);
  if (stageId !== undefined) conditions.push(['opportunity.stageId', '=', stageId]);
  if (status !== undefined) conditions.push(['opportunity.status', '=', status]);
  if (contactId !== undefined) conditions.push(['opportunity.contactId', '=', contactId]);
  if (companyId !== undefined) conditions.push(['opportunity.companyId', '=', companyId]);
  if (owner !== undefined) conditions.push(owner === '' ? ['opportunity.ownerId', 'is', null] : ['opportunity.ownerId', '=', owner]);
  if (closingBefore !== undefined) conditions.push(['opportunity.expectedCloseOn', '<', closingBefore]);
  if (found) conditions.push([isFound(db, 'opportunity', found)]);
  return conditions.reduce((narrowed, condition) => narrowed.where(...(condition as unknown as never[])), query);
}

export interface OpportunityTexts extends Pick<OpportunityRow, 'id' | 'name' | 'note' | 'lostNote' | 'createdAt'> {
  contactName: string | null;
}

export async function listOpportunityTexts(trx: Transaction, ids: readonly string[]): Promise<OpportunityTexts[]> {
  return trx
    .selectFrom('opportunity')
    .leftJoin('contact', 'contact.id', 'opportunity.contactId')
    .select(['opportunity.id', 'opportunity.name', 'opportunity.note', 'opportunity.lostNote', 'opportunity.createdAt'])
    .select('contact.name as contactName')
    .where('opportunity.id', 'in', ids)
    .execute();
}
