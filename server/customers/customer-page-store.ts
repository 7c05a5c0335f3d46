/** Customers in the order of a list: the next few that fit among the next so many, and what a list shows of them. */
import { type RawBuilder, sql } from 'kysely';
import type { CustomerSort, Direction } from '../../shared/customer.ts';
import type { CustomerFilter } from '../../shared/customer-filter.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { readRows } from '../storage/rows.ts';
import type { ContactRow, IdentityRow } from '../storage/tables.ts';
import type { Fits, Seen } from './condition-parts-store.ts';
import { columnsOf, fitsAll, fitsFilter } from './customer-conditions-store.ts';
import { postingsOf } from './customer-postings-store.ts';

/** Where a row stands in an order. */
export interface Place {
  at: string | number;
  id: string;
}

export interface Order {
  sort: CustomerSort | 'id';
  direction: Direction;
}

export interface Looking {
  /** All of them must be fitted. */
  filters: readonly CustomerFilter[];
  seen: Seen;
  order: Order;
  after: Place | null;
  /** Only these, by a select of their ids; otherwise all customers are walked through in the order. */
  among: RawBuilder<unknown> | null;
}

/** Behind every name that there is. */
const NAMELESS = '\u{10ffff}';

/** Each with an index of just these words (0034): a file that was merged or erased is passed over without being read. */
const sortKeys: Record<Exclude<Order['sort'], 'name'>, RawBuilder<unknown>> = {
  seen: sql`"contact"."lastSeenAt"`,
  created: sql`"contact"."createdAt"`,
  value: sql`"contact"."purchaseTotal"`,
  purchased: sql`coalesce("contact"."lastPurchaseAt", 0)`,
  id: sql`"contact"."id"`,
};

function keyOf(sort: Order['sort'], { lower }: Seen): RawBuilder<unknown> {
  return sort === 'name' ? sql`coalesce(${lower(sql`"contact"."name"`)}, ${sql.lit(NAMELESS)})` : sortKeys[sort];
}

/** Neither merged into another nor erased. */
const isLive = sql`"contact"."mergedInto" is null and "contact"."erasedAt" is null`;

/** At most `limit` of those that fit among the next `look` (all, where it is null), in their order. */
export async function listFitting(
  db: Db | Transaction,
  looking: Looking,
  { look, limit }: { look: number | null; limit: number },
): Promise<Place[]> {
  const { filters, seen, order } = looking;
  const direction = sql.raw(order.direction);
  const { rows } = await sql<Place>`select c."id", c."at" from (${nextRows(looking, look, columnsOf(filters))}) as c
    where ${fitsAll(filters, seen)} order by c."at" ${direction}, c."id" ${direction} limit ${limit}`.execute(db);
  return rows;
}

export async function countFitting(db: Db | Transaction, looking: Looking, look: number | null): Promise<number> {
  const { filters, seen } = looking;
  const { rows } = await sql<{ count: number }>`select count(*) as "count" from (${nextRows(looking, look, columnsOf(filters))}) as c
    where ${fitsAll(filters, seen)}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** Where the next `look` end; undefined if there are fewer. */
export async function findLookedTo(db: Db | Transaction, looking: Looking, look: number): Promise<Place | undefined> {
  const { rows } = await sql<Place>`${nextRows(looking, 1, [], look - 1)}`.execute(db);
  return rows[0];
}

function nextRows({ order, after, among, seen }: Looking, look: number | null, columns: readonly string[], skip = 0): RawBuilder<unknown> {
  const key = keyOf(order.sort, seen);
  const direction = sql.raw(order.direction);
  const beyond = sql.raw(order.direction === 'asc' ? '>' : '<');
  const own = columns.map((name) => sql`, ${sql.ref(`contact.${name}`)}`);
  const start = after === null ? sql`` : sql` and (${key}, "contact"."id") ${beyond} (${after.at}, ${after.id})`;
  return sql`select "contact"."id", ${key} as "at"${sql.join(own, sql``)} from "contact"
    where ${isLive}${among ? sql` and "contact"."id" in (${among})` : sql``}${start}
    order by ${key} ${direction}, "contact"."id" ${direction}${look === null ? sql`` : sql` limit ${look}`}${skip > 0 ? sql` offset ${skip}` : sql``}`;
}

/** How many a select of ids gives, if they are no more than `most`. */
async function countAmong(db: Db | Transaction, among: RawBuilder<unknown>, most: number): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as "count" from (select 1 as "one" from (${among}) as "all" limit ${most + 1}) as "some"`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** Ids that were found elsewhere, as a select. */
export function theseIds(ids: readonly string[]): RawBuilder<unknown> {
  return ids.length === 0
    ? sql`select "id" from "contact" where 1 = 0`
    : sql`select "id" from "contact" where "id" in (${sql.join([...ids])})`;
}

/** Of the conditions without which nobody fits, the one that fewest files can fulfil, if these are no more than `most`. */
export async function findFewest(
  db: Db | Transaction,
  { filters, seen }: Pick<Looking, 'filters' | 'seen'>,
  most: number,
): Promise<RawBuilder<unknown> | null> {
  let best: { among: RawBuilder<unknown>; count: number } | null = null;
  for (const among of postingsOf(filters, seen)) {
    const count = await countAmong(db, among, best ? best.count : most);
    if (count <= (best ? best.count - 1 : most)) best = { among, count };
    if (count === 0) break;
  }
  return best?.among ?? null;
}

/** Those of these that are customers and fit. */
export async function listFittingIds(
  db: Db | Transaction,
  ids: readonly string[],
  { filters, seen }: Pick<Looking, 'filters' | 'seen'>,
): Promise<string[]> {
  const looking = { filters, seen, order: { sort: 'id', direction: 'asc' } as const, after: null, among: theseIds(ids) };
  return (await listFitting(db, looking, { look: null, limit: ids.length })).map(({ id }) => id);
}

/** For several filters at once, what each of these customers fits: `fits` has one letter for each filter, 1 or 0. */
export async function listFits(
  db: Db | Transaction,
  among: RawBuilder<unknown>,
  filters: readonly { filter: CustomerFilter; seen: Seen }[],
): Promise<{ id: string; fits: string }[]> {
  const columns = columnsOf(filters.map(({ filter }) => filter));
  const own = columns.map((name) => sql`, ${sql.ref(`contact.${name}`)}`);
  const judged = filters.map(({ filter, seen }) => asLetter(fitsFilter(filter, seen)));
  const { rows } = await sql<{ id: string; fits: string }>`select c."id", ${sql.join(judged, sql` || `)} as "fits"
    from (select "contact"."id"${sql.join(own, sql``)} from "contact" where ${isLive} and "contact"."id" in (${among})) as c`.execute(db);
  return rows;
}

function asLetter(fits: Fits): RawBuilder<unknown> {
  return sql`case when ${fits} then '1' else '0' end`;
}

export async function listCustomerRows(db: Db, ids: readonly string[]): Promise<ContactRow[]> {
  const rows = new Map(((await readRows(db, 'contact', ids, [])) as ContactRow[]).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

export type ListedIdentity = Pick<IdentityRow, 'contactId' | 'kind' | 'value' | 'isVerified'>;

/** The verified ones first, then as they were told. */
export async function listIdentities(db: Db | Transaction, contactIds: readonly string[]): Promise<ListedIdentity[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<ListedIdentity>`select "contactId", "kind", "value", "isVerified" from "identity"
    where "contactId" in (${sql.join([...contactIds])}) order by "isVerified" desc, "createdAt", "id"`.execute(db);
  return rows;
}

/** By the names as they are compared; where two companies share one it means neither. */
export async function listCompanyIds(db: Db | Transaction, nameKeys: readonly string[]): Promise<Map<string, string>> {
  if (nameKeys.length === 0) return new Map();
  const { rows } = await sql<{ nameKey: string; id: string; count: number }>`select "nameKey", min("id") as "id", count(*) as "count"
    from "company" where "nameKey" in (${sql.join([...nameKeys])}) group by "nameKey"`.execute(db);
  return new Map(rows.filter(({ count }) => Number(count) === 1).map(({ nameKey, id }) => [nameKey, id]));
}
