import type { Db, Transaction } from './database.ts';
import { lockRows, readRows, updateRows } from './rows.ts';
import type { SlaClockRow } from './tables.ts';

/** Tables of clocks, one row for each conversation or ticket, under its id. */
type ClockTable = 'slaClock' | 'ticketClock';

const clockColumns = {
  id: 'text',
  policyId: 'text',
  seen: 'text',
  ledger: 'text',
  responseTarget: 'text',
  responseStartedAt: 'bigint',
  responseWarnAt: 'bigint',
  responseDueAt: 'bigint',
  responseWarnedAt: 'bigint',
  responseBreachedAt: 'bigint',
  resolutionWarnAt: 'bigint',
  resolutionDueAt: 'bigint',
  resolutionWarnedAt: 'bigint',
  resolutionBreachedAt: 'bigint',
  target: 'text',
  warnAt: 'bigint',
  dueAt: 'bigint',
  nextAt: 'bigint',
} as const;

/** Of each id, locked until the transaction ends; where there were none they are made, with this ledger. */
export async function lockClockRows(
  trx: Transaction,
  table: ClockTable,
  ids: readonly string[],
  ledger: string,
): Promise<Map<string, SlaClockRow>> {
  const held = new Set((await readRows(trx, table, ids, ['id'])).map(({ id }) => id));
  const missing = ids.filter((id) => !held.has(id)).sort();
  if (missing.length > 0) {
    await trx
      .insertInto(table)
      .values(missing.map((id) => ({ id, seen: '', ledger })))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  const locked = (await lockRows(trx, table, ids)) as SlaClockRow[];
  return new Map(locked.map((row) => [row.id, row]));
}

export async function updateClockRows(trx: Transaction, table: ClockTable, rows: readonly SlaClockRow[]): Promise<void> {
  await updateRows(trx, table, rows, clockColumns);
}

/** Of which something is to be said by now, the first to be said first. */
export async function listDueClockIds(db: Db, table: ClockTable, now: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('nextAt', 'is not', null)
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
