/** What became of a ticket, written down with every change: what colleagues read beneath it. */
import { nanoid } from 'nanoid';
import type { TicketChange, TicketListQuery } from '../../shared/ticket.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { TicketChangeRow, TicketRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import { getSeenTicket } from './ticket-views.ts';
import { insertChanges, listChangeRows } from './ticket-work-store.ts';

export interface Told {
  field: string;
  before?: string | null;
  after?: string | null;
}

/** Of a description only that it changed: it may be long. */
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
    .map((field) => (field === 'description' ? { field } : { field, before: toText(before[field]), after: toText(after[field]) }));
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

export async function listTicketChanges(
  app: App,
  sight: Sight,
  { id, cursor, limit }: TicketListQuery & { id: string },
): Promise<{ items: TicketChange[]; next: string | null }> {
  const before = parseCursor(cursor);
  await getSeenTicket(app, sight, id);
  const rows = await listChangeRows(app.storage.db, id, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toChange), next: rows.length > limit && last ? formatCursor(last) : null };
}

function toChange({ id, at, agentId, agentName, field, before, after }: TicketChangeRow & { agentName: string | null }): TicketChange {
  return { id, at, agent: agentId === null ? null : { id: agentId, name: agentName ?? '' }, field, before, after };
}
