import { type RawBuilder, sql } from 'kysely';
import type { MomentName } from '../../shared/customer-filter.ts';
import type { Db, Transaction } from '../storage/database.ts';

/** Of what goes on with a customer; that an opportunity is expected to close is told in days. */
type MatterMoment = 'opportunity-closes' | 'opportunity-closed' | 'ticket-opened' | 'task-due';

export interface Border {
  what: MomentName | MatterMoment | { fieldId: string };
  /** Who stands at now less this, in milliseconds or in days, is crossing. */
  shift: number;
  isOfDays: boolean;
  /** The moment itself moves to now with every message: whoever has it later than the last look is judged again. */
  isEvent: boolean;
}

interface Stretch {
  /** Not included. */
  from: number;
  /** Included. */
  to: number;
}

const TRUE = sql`1 = 1`;

/** Where the moment stands, whose it is, and what holds of all of them and leads to an index. */
const places: Record<MomentName | MatterMoment, { table: string; column: string; contact: string; more?: RawBuilder<unknown> }> = {
  created: { table: 'contact', column: 'createdAt', contact: 'id' },
  seen: { table: 'contact', column: 'lastSeenAt', contact: 'id' },
  purchased: { table: 'contact', column: 'lastPurchaseAt', contact: 'id' },
  'first-purchased': { table: 'contact', column: 'firstPurchaseAt', contact: 'id' },
  conversed: { table: 'conversation', column: 'updatedAt', contact: 'contactId' },
  ends: { table: 'purchase', column: 'endsAt', contact: 'contactId' },
  'opportunity-closes': {
    table: 'opportunity',
    column: 'expectedCloseOn',
    contact: 'contactId',
    more: sql`"status" in ('open', 'won', 'lost')`,
  },
  'opportunity-closed': { table: 'opportunity', column: 'closedAt', contact: 'contactId' },
  'ticket-opened': { table: 'ticket', column: 'createdAt', contact: 'contactId' },
  'task-due': { table: 'task', column: 'dueAt', contact: 'contactId', more: sql`"status" in ('open', 'done')` },
};

/** The customers whose moment lies there, as a select of ids. */
export function listCrossed({ what }: Border, { from, to }: Stretch): RawBuilder<unknown> {
  if (typeof what !== 'string') {
    return sql`select "entityId" as "id" from "fieldValue" where "fieldId" = ${what.fieldId} and "number" > ${from} and "number" <= ${to}`;
  }
  const { table, column, contact, more = TRUE } = places[what];
  return sql`select ${sql.ref(contact)} as "id" from ${sql.table(table)} where ${more} and ${sql.ref(column)} > ${from} and ${sql.ref(column)} <= ${to}`;
}

/** How far the border may go so that about `most` cross it. */
export async function findBorderStep(db: Db, { what }: Border, { from, to, most }: Stretch & { most: number }): Promise<number> {
  const place = typeof what === 'string' ? places[what] : { table: 'fieldValue', column: 'number' };
  const own = typeof what === 'string' ? sql`${places[what].more ?? TRUE} and ` : sql`"fieldId" = ${what.fieldId} and `;
  const column = sql.ref(place.column);
  const { rows } = await sql<{ at: number }>`select ${column} as "at" from ${sql.table(place.table)}
    where ${own}${column} > ${from} and ${column} <= ${to} order by ${column} limit 1 offset ${most - 1}`.execute(db);
  return rows[0]?.at ?? to;
}

/** Files in the order of their ids. */
export async function listNextIds(trx: Transaction, after: string, limit: number): Promise<string[]> {
  const rows = await trx.selectFrom('contact').select('id').where('id', '>', after).orderBy('id').limit(limit).execute();
  return rows.map(({ id }) => id);
}
