/** What became of a ticket, written down with every change: what colleagues read beneath it (ticket-history.ts). */
import { nanoid } from 'nanoid';
import type { Transaction } from '../storage/database.ts';
import type { TicketRow } from '../storage/tables.ts';
import { insertChanges } from './ticket-change-store.ts';

export interface Told {
  field: string;
  before?: string | null;
  after?: string | null;
}

const compared = [
  'subject',
  'description',
  'status',
  'priority',
  'categoryId',
  'assigneeId',
  'teamId',
  'contactId',
  'companyId',
  'parentId',
  'reasonId',
  'externalId',
  'isHidden',
] as const;

export function differences(before: TicketRow, after: TicketRow): Told[] {
  return compared
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: toText(before[field]), after: toText(after[field]) }));
}

function toText(value: string | number | null): string | null {
  return value === null ? null : String(value);
}

export async function writeDown(
  trx: Transaction,
  ticketId: string,
  { told, agentId, at }: { told: readonly Told[]; agentId: string | null; at: number },
): Promise<void> {
  const rows = told.map(({ field, before = null, after = null }) => ({ id: nanoid(), ticketId, at, agentId, field, before, after }));
  await insertChanges(trx, rows);
}
