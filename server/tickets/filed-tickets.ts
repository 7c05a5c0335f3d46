/** What happens to tickets when something happens elsewhere: their customer's file, their agent, their team. */
import type { App, FileShelf } from '../app.ts';
import { refileDocuments } from '../documents/documents.ts';
import { forgetValues } from '../fields/field-values.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import { forgetWords } from '../words/kept-words.ts';
import { eraseChanges } from './ticket-change-store.ts';
import { differences, writeDown } from './ticket-changes.ts';
import { ticketIndex } from './ticket-entries.ts';
import { deleteLinksOf, listOnlyOf } from './ticket-link-store.ts';
import { leaveTicketTeam, listIdsOfAgent, listIdsOfFile, lockTickets, updateTicket } from './ticket-store.ts';
import { announceTickets } from './ticket-views.ts';
import { eraseWork } from './ticket-work-store.ts';

export function ticketShelf(app: () => App): FileShelf {
  const tell = (ids: readonly string[]) => {
    announceTickets(app(), ids).catch((error: unknown) => app().log.warn({ err: error }, 'a ticket in another file could not be told'));
  };
  return {
    name: 'ticket',
    async move(trx, move) {
      const ids = await moveFileRows(trx, 'ticket', move);
      await refileDocuments(trx, { entity: 'ticket', entityIds: ids }, move.to);
      return ids;
    },
    erase: async (trx, contactId, now) => eraseTickets(trx, await listIdsOfFile(trx, contactId), now),
    moved: tell,
  };
}

interface LeftBehind {
  conversationIds: readonly string[];
  contactId: string;
  /** The file goes as well, with all that is in it. */
  isWhole: boolean;
}

/**
 * Of a visitor who erases what it wrote in these conversations: tickets that are about nothing else, and all of its file if that
 * goes as well. Another customer's ticket, or one that was opened elsewhere, only lets go of the chats.
 */
export async function eraseTicketsOf(
  trx: Transaction,
  { conversationIds, contactId, isWhole }: LeftBehind,
  now: number,
): Promise<{ erasedIds: string[]; keptIds: string[] }> {
  const filed = isWhole ? await listIdsOfFile(trx, contactId) : [];
  const erasedIds = [...new Set([...filed, ...(await listOnlyOf(trx, { conversationIds, contactId }))])];
  await eraseTickets(trx, erasedIds, now);
  const links = await deleteLinksOf(trx, conversationIds);
  for (const { ticketId, conversationId } of links) {
    await updateTicket(trx, ticketId, { updatedAt: now });
    await writeDown(trx, ticketId, { told: [{ field: 'conversation', before: conversationId }], agentId: null, at: now });
  }
  return { erasedIds, keptIds: [...new Set(links.map(({ ticketId }) => ticketId))] };
}

/** What it was about is forgotten; that there was one, and how long it took, is not. */
async function eraseTickets(trx: Transaction, ids: readonly string[], now: number): Promise<void> {
  for (const row of await lockTickets(trx, ids)) {
    const isOver = row.isOver === 1 ? {} : { status: 'closed', isOver: 1, statusAt: now, overAt: now };
    const nothing = { subject: '', description: '', externalId: null, updateText: null, updateAt: null, parentId: null };
    await updateTicket(trx, row.id, { ...nothing, ...isOver, erasedAt: now, version: row.version + 1, updatedAt: now });
    await forgetValues(trx, row.id);
  }
  if (ids.length === 0) return;
  await forgetWords(trx, ticketIndex, ids);
  await eraseWork(trx, ids);
  await eraseChanges(trx, ids);
}

/** What an agent who leaves had waits for anybody. */
export async function freeTicketsOf(app: App, trx: Transaction, agentId: string): Promise<() => void> {
  const now = app.now();
  const rows = await lockTickets(trx, await listIdsOfAgent(trx, agentId));
  for (const row of rows) {
    const after = { ...row, assigneeId: null, version: row.version + 1, updatedAt: now };
    await updateTicket(trx, row.id, after);
    await writeDown(trx, row.id, { told: differences(row, after), agentId: null, at: now });
  }
  return () => {
    announceTickets(
      app,
      rows.map(({ id }) => id),
      rows,
    ).catch((error: unknown) => app.log.warn({ err: error }, 'tickets that are nobody’s now could not be told'));
  };
}

/** What was a team's is no team's. */
export async function freeTicketsOfTeam(app: App, trx: Transaction, teamId: string): Promise<() => void> {
  const ids = await leaveTicketTeam(trx, teamId);
  return () => {
    announceTickets(app, ids).catch((error: unknown) => app.log.warn({ err: error }, 'tickets of no team now could not be told'));
  };
}
