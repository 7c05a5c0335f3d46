import { type RawBuilder, sql } from 'kysely';
import type { MomentName } from '../../shared/customer-filter.ts';
import type { Db, Transaction } from '../storage/database.ts';

export interface Border {
  what: MomentName | { fieldId: string };
  /** Who stands at `now - shiftMs` is crossing. */
  shiftMs: number;
  /** The moment itself moves to now with every message: whoever has it later than the last look is judged again. */
  isEvent: boolean;
}

interface Stretch {
  /** Not included. */
  from: number;
  /** Included. */
  to: number;
}

/** Where the moment stands, whose it is, and what else must hold. */
const places: Record<MomentName, { table: string; column: string; contact: string; more?: RawBuilder<unknown> }> = {
  created: { table: 'contact', column: 'createdAt', contact: 'id' },
  seen: { table: 'contact', column: 'lastSeenAt', contact: 'id' },
  purchased: { table: 'contact', column: 'lastPurchaseAt', contact: 'id' },
  'first-purchased': { table: 'contact', column: 'firstPurchaseAt', contact: 'id' },
  conversed: { table: 'conversation', column: 'updatedAt', contact: 'contactId' },
  ends: { table: 'purchase', column: 'endsAt', contact: 'contactId' },
};

/** The customers whose moment lies there, as a select of ids. */
export function listCrossed({ what }: Border, { from, to }: Stretch): RawBuilder<unknown> {
  if (typeof what !== 'string') {
    return sql`select "entityId" as "id" from "fieldValue" where "fieldId" = ${what.fieldId} and "number" > ${from} and "number" <= ${to}`;
  }
  const { table, column, contact } = places[what];
  return sql`select ${sql.ref(contact)} as "id" from ${sql.table(table)} where ${sql.ref(column)} > ${from} and ${sql.ref(column)} <= ${to}`;
}

/** How far the border may go so that about `most` cross it. */
export async function findBorderStep(db: Db, { what }: Border, { from, to, most }: Stretch & { most: number }): Promise<number> {
  const place = typeof what === 'string' ? places[what] : { table: 'fieldValue', column: 'number' };
  const own = typeof what === 'string' ? sql`` : sql`"fieldId" = ${what.fieldId} and `;
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
