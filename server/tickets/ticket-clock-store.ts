import { nanoid } from 'nanoid';
import { listDueClockIds, lockClockRows, updateClockRows } from '../storage/clock-rows.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { insertRows } from '../storage/rows.ts';
import type { ContactRow, SlaClockRow, SlaPolicyRow, TicketBreachRow, TicketRow } from '../storage/tables.ts';

export type NewTicketBreach = Omit<TicketBreachRow, 'id'>;

/** What a ticket's clocks depend on: of itself and of its customer. */
export type TimedRow = TicketRow & {
  lifecycle: ContactRow['lifecycle'] | null;
  customerFields: ContactRow['fields'] | null;
  parentCategoryId: string | null;
};

const breachColumns = {
  id: 'text',
  ticketId: 'text',
  policyId: 'text',
  target: 'text',
  startedAt: 'bigint',
  dueAt: 'bigint',
  endedAt: 'bigint',
  lateMs: 'bigint',
  teamId: 'text',
  assigneeId: 'text',
} as const;

export async function listTimedRows(db: Db, ids: readonly string[]): Promise<TimedRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('ticket')
    .leftJoin('contact', 'contact.id', 'ticket.contactId')
    .leftJoin('ticketCategory', 'ticketCategory.id', 'ticket.categoryId')
    .selectAll('ticket')
    .select(['contact.lifecycle', 'contact.fields as customerFields', 'ticketCategory.parentId as parentCategoryId'])
    .where('ticket.id', 'in', ids)
    .execute();
}

/** Of each ticket, locked until the transaction ends; where there were none they are made, with this ledger. */
export async function lockTicketClocks(trx: Transaction, ids: readonly string[], ledger: string): Promise<Map<string, SlaClockRow>> {
  return lockClockRows(trx, 'ticketClock', ids, ledger);
}

export async function updateTicketClocks(trx: Transaction, rows: readonly SlaClockRow[]): Promise<void> {
  await updateClockRows(trx, 'ticketClock', rows);
}

/** Clocks of which something is to be said by now. */
export async function listDueTicketIds(db: Db, now: number, limit: number): Promise<string[]> {
  return listDueClockIds(db, 'ticketClock', now, limit);
}

/** Tickets that go on, and those that ended while their clocks still run, in the order of their ids. */
export async function listTimedIds(db: Db, { after, limit }: { after: string; limit: number }): Promise<string[]> {
  const rows = await db
    .selectFrom('ticket')
    .leftJoin('ticketClock', 'ticketClock.id', 'ticket.id')
    .select('ticket.id')
    .where((where) => where.or([where('ticket.isOver', '=', 0), where('ticketClock.dueAt', 'is not', null)]))
    .where('ticket.id', '>', after)
    .orderBy('ticket.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** What has changed lately, whatever its clocks know of it. */
export async function listChangedIds(db: Db, since: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ticket')
    .select('id')
    .where('updatedAt', '>=', since)
    .orderBy('updatedAt', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export async function listUnsolvedOfContact(db: Db, contactId: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('ticket').select('id').where('contactId', '=', contactId).where('isOver', '=', 0).limit(limit).execute();
  return rows.map(({ id }) => id);
}

export async function listPolicyRows(db: Db): Promise<SlaPolicyRow[]> {
  return db.selectFrom('slaPolicy').selectAll().orderBy('place').orderBy('id').execute();
}

export async function insertTicketBreaches(trx: Transaction, breaches: readonly NewTicketBreach[]): Promise<void> {
  if (breaches.length === 0) return;
  const known = new Set(
    (
      await listBreachesOf(
        trx,
        breaches.map(({ ticketId }) => ticketId),
      )
    ).map(breachKey),
  );
  const rows = breaches.filter((breach) => !known.has(breachKey(breach))).map((breach) => ({ id: nanoid(), ...breach }));
  await insertRows(trx, 'ticketBreach', rows, breachColumns);
}

export async function listBreachesOf(db: Db, ticketIds: readonly string[]): Promise<TicketBreachRow[]> {
  if (ticketIds.length === 0) return [];
  return db
    .selectFrom('ticketBreach')
    .selectAll()
    .where('ticketId', 'in', [...new Set(ticketIds)])
    .orderBy('dueAt')
    .execute();
}

export async function endTicketBreach(trx: Transaction, id: string, values: { endedAt: number; lateMs: number }): Promise<void> {
  await trx.updateTable('ticketBreach').set(values).where('id', '=', id).execute();
}

/** Those that are over stay. */
export async function deleteTicketBreach(trx: Transaction, id: string): Promise<void> {
  await trx.deleteFrom('ticketBreach').where('id', '=', id).where('endedAt', 'is', null).execute();
}

export function breachKey({ ticketId, target, startedAt }: Pick<TicketBreachRow, 'ticketId' | 'target' | 'startedAt'>): string {
  return `${ticketId} ${target} ${startedAt}`;
}
