import type { SlaPolicy, SlaRules } from '../../shared/sla.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { SlaPolicyRow } from '../storage/tables.ts';

/** In the order in which they are asked. */
export async function listPolicies(db: Db): Promise<SlaPolicy[]> {
  return (await db.selectFrom('slaPolicy').selectAll().orderBy('place').orderBy('id').execute()).map(toPolicy);
}

export async function findPolicy(db: Db, id: string): Promise<SlaPolicy | undefined> {
  const row = await db.selectFrom('slaPolicy').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toPolicy(row);
}

export async function lockPolicy(trx: Transaction, id: string): Promise<SlaPolicy | undefined> {
  const [row] = await lockRows(trx, 'slaPolicy', [id]);
  return row && toPolicy(row as SlaPolicyRow);
}

export async function insertPolicy(trx: Transaction, { id, place, version, ...rules }: SlaPolicy, now: number): Promise<void> {
  await trx
    .insertInto('slaPolicy')
    .values({ id, place, version, rules: JSON.stringify(rules), createdAt: now })
    .execute();
}

export async function updatePolicy(trx: Transaction, { id, place, version, ...rules }: SlaPolicy): Promise<void> {
  await trx
    .updateTable('slaPolicy')
    .set({ place, version, rules: JSON.stringify(rules) })
    .where('id', '=', id)
    .execute();
}

export async function deletePolicy(trx: Transaction, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('slaPolicy').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

function toPolicy({ id, place, version, rules }: SlaPolicyRow): SlaPolicy {
  return { id, place, version, ...(JSON.parse(rules) as SlaRules) };
}
