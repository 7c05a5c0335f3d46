/** The work log of a ticket: what somebody did and how long it took. For colleagues only; one's own entries can be changed. */
import { AppError } from '../../shared/errors.ts';
import type { TicketListQuery, TicketWork, TicketWorkCreateRequest, TicketWorkPage, TicketWorkPatch } from '../../shared/ticket.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { TicketRow, TicketWorkRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { writeDown } from './ticket-changes.ts';
import { lockTickets, updateTicket } from './ticket-store.ts';
import { announceTickets, getSeenTicket, requireSeen } from './ticket-views.ts';
import { deleteWork, findWorkRow, insertWork, listWorkRows, sumMinutes, updateWork } from './ticket-work-store.ts';

type Named = TicketWorkRow & { agentName: string | null };

export async function listWork(app: App, sight: Sight, { id, cursor, limit }: TicketListQuery & { id: string }): Promise<TicketWorkPage> {
  const before = parseCursor(cursor);
  const { minutes } = await getSeenTicket(app, sight, id);
  const rows = await listWorkRows(app.storage.db, id, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toWork), next: rows.length > limit && last ? formatCursor(last) : null, minutes };
}

/** The same request again finds the first entry. */
export async function addWork(
  app: App,
  caller: Caller,
  ticketId: string,
  { id, text, minutes, at }: TicketWorkCreateRequest,
): Promise<TicketWork> {
  const store = () =>
    app.storage.write(async (trx) => {
      await lockSeenTicket(trx, caller, ticketId);
      const known = await findWorkRow(trx, id);
      if (known && (known.ticketId !== ticketId || known.agentId !== caller.agentId)) {
        throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
      }
      if (known) return known;
      const now = app.now();
      const row: TicketWorkRow = { id, ticketId, agentId: caller.agentId, text, minutes, at: Math.min(at ?? now, now), editedAt: null };
      await insertWork(trx, row);
      await reckonMinutes(trx, ticketId, now);
      return { ...row, agentName: caller.name };
    });
  const row = await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error)));
  await announceTickets(app, [ticketId]);
  return toWork(row);
}

export async function changeWork(
  app: App,
  caller: Caller,
  { ticketId, id, patch }: { ticketId: string; id: string; patch: TicketWorkPatch },
): Promise<TicketWork> {
  const row = await app.storage.write(async (trx) => {
    const known = await lockOwnWork(trx, caller, { ticketId, id });
    const values = { text: patch.text, minutes: patch.minutes, editedAt: app.now() };
    await updateWork(trx, id, values);
    if (known.text !== patch.text || known.minutes !== patch.minutes) {
      await noteWork(trx, caller, { ticketId, before: known.minutes, after: patch.minutes, at: app.now() });
    }
    await reckonMinutes(trx, ticketId, app.now());
    return { ...known, ...values };
  });
  await announceTickets(app, [ticketId]);
  return toWork(row);
}

export async function removeWork(app: App, caller: Caller, which: { ticketId: string; id: string }): Promise<void> {
  await app.storage.write(async (trx) => {
    const { minutes } = await lockOwnWork(trx, caller, which);
    await deleteWork(trx, which.id);
    await noteWork(trx, caller, { ticketId: which.ticketId, before: minutes, after: null, at: app.now() });
    await reckonMinutes(trx, which.ticketId, app.now());
  });
  await announceTickets(app, [which.ticketId]);
}

/** Locked, for an agent who may see it; of an erased one nothing is told any more. */
export async function lockSeenTicket(trx: Transaction, sight: Sight, id: string): Promise<TicketRow> {
  const row = requireSeen(sight, (await lockTickets(trx, [id]))[0]);
  if (row.erasedAt !== null) throw new AppError('conflict', 'What this ticket was about has been erased.');
  return row;
}

async function lockOwnWork(trx: Transaction, caller: Caller, { ticketId, id }: { ticketId: string; id: string }): Promise<Named> {
  await lockSeenTicket(trx, caller, ticketId);
  const row = await findWorkRow(trx, id);
  if (!row || row.ticketId !== ticketId) throw new AppError('not-found', 'There is no such entry.');
  if (row.agentId !== caller.agentId) throw new AppError('forbidden', 'This entry is a colleague’s.');
  return row;
}

/** That an entry was changed or taken away, and its minutes: not what it said, which may be why. */
async function noteWork(
  trx: Transaction,
  { agentId }: Caller,
  { ticketId, before, after, at }: { ticketId: string; before: number; after: number | null; at: number },
): Promise<void> {
  const told = [{ field: 'work', before: String(before), after: after === null ? null : String(after) }];
  await writeDown(trx, ticketId, { told, agentId, at });
}

async function reckonMinutes(trx: Transaction, ticketId: string, now: number): Promise<void> {
  await updateTicket(trx, ticketId, { minutes: await sumMinutes(trx, ticketId), updatedAt: now });
}

function toWork({ id, agentId, agentName, text, minutes, at, editedAt }: Named): TicketWork {
  return { id, agent: { id: agentId, name: agentName ?? '' }, text, minutes, at, editedAt };
}
