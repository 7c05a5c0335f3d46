/** What may be done with a ticket: moved, given, renamed, put under another one. One who looked at an older version is told so. */
import type { FieldValue } from '../../shared/custom-fields.ts';
import { AppError } from '../../shared/errors.ts';
import { priorities } from '../../shared/routing.ts';
import type { Ticket, TicketPatch } from '../../shared/ticket.ts';
import { isTicketOver, mayMoveTicket, type TicketStatus } from '../../shared/ticket-moves.ts';
import { requireRight } from '../access/rights.ts';
import { maySee } from '../access/sight.ts';
import { requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import { type ConversationRoom, lockedIsErased } from '../conversations/conversations.ts';
import type { Posted } from '../conversations/message-batch.ts';
import { announcePosted, postWithin } from '../conversations/messages.ts';
import { refileDocuments } from '../documents/documents.ts';
import { writeValues } from '../fields/field-values.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import type { Transaction } from '../storage/database.ts';
import type { NoticeRow, TicketRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { differences, type Told, writeDown } from './ticket-changes.ts';
import { requireCategory, requireReason, tellsCustomer } from './ticket-choices.ts';
import { settleTickets } from './ticket-clocks.ts';
import { findParentId, listUnsolvedChildIds } from './ticket-link-store.ts';
import { findFile, findTicketRow, lockTickets, lockTree, updateTicket } from './ticket-store.ts';
import { type Audience, composeUpdate, findAudience } from './ticket-updates.ts';
import { announceTickets, getSeenTicket, toTicket } from './ticket-views.ts';
import { lockSeenTicket } from './ticket-work.ts';
import { lockLivingFile, noticesOf, requireCompany, requireFree } from './tickets.ts';

/** How deep tickets can stand under one another. */
const DEPTH_MAX = 20;

export async function changeTicket(room: ConversationRoom, caller: Caller, id: string, patch: TicketPatch): Promise<Ticket> {
  const { app } = room;
  if (patch.assigneeId) await requireAgent(app, patch.assigneeId);
  if (patch.teamId) await requireTeam(app.storage.db, patch.teamId);
  if (patch.contactId) requireRight(caller, 'contacts:view');
  const seen = await getSeenTicket(app, caller, id);
  const mayBeTold = patch.contactId === undefined && (patch.status !== undefined || patch.update !== undefined);
  const audience = mayBeTold ? await findAudience(app, seen) : null;
  const changing: Changing = { caller, patch, audience, now: app.now() };
  const { changed, posted, told } = await app.storage.write((trx) => changeWithin(trx, id, changing));
  if (changed.length > 0) {
    await settleTickets(
      app,
      changed.map((row) => row.id),
    );
    for (const one of posted) announcePosted(room, one, null);
    tellNotices(app, told);
    await announceTickets(
      app,
      changed.map((row) => row.id),
      changed,
    );
  }
  const row = await findTicketRow(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is no such ticket.');
  return toTicket(row);
}

interface Changing {
  caller: Caller;
  patch: TicketPatch;
  audience: Audience | null;
  now: number;
}

/** `changed`: how those that are other now stood before. */
async function changeWithin(
  trx: Transaction,
  id: string,
  { caller, patch, audience, now }: Changing,
): Promise<{ changed: TicketRow[]; posted: Posted[]; told: NoticeRow[] }> {
  if (patch.parentId !== undefined) await lockTree(trx);
  const row = await lockSeenTicket(trx, caller, id);
  const next = await nextOf(trx, row, { caller, patch, audience, now });
  const update = patch.update?.trim() ? patch.update : '';
  const written = await writeValues(trx, caller, { entity: 'ticket', id, patch: patch.values ?? {} });
  const values = written.map(({ key, before, after }) => ({ field: key, before: toJson(before), after: toJson(after) }));
  const told: Told[] = [...differences(row, next), ...values];
  // The same request again, whose reply was lost, finds it done.
  if (told.length === 0 && (update === '' || row.updateText === update)) return { changed: [], posted: [], told: [] };
  if (row.version !== patch.version) throw new AppError('stale', 'Somebody has changed this ticket meanwhile.', { field: 'version' });
  const hasMoved = next.status !== row.status;
  const followers = hasMoved && next.isOver === 1 && row.isOver === 0 ? await followersOf(trx, row, { caller, patch, now }) : [];
  const tells = patch.tell ?? (update !== '' || (hasMoved && (await tellsCustomer(trx, next.categoryId))));
  const isTold = tells && (hasMoved || update !== '');
  const changed: TicketRow = {
    ...next,
    ...(update !== '' && { updateText: update, updateAt: now }),
    firstResponseAt: row.firstResponseAt ?? ((hasMoved && row.status === 'new') || update !== '' ? now : null),
    version: row.version + 1,
    updatedAt: now,
  };
  await updateTicket(trx, id, changed);
  if (next.contactId !== row.contactId) await refileDocuments(trx, { entity: 'ticket', entityIds: [id] }, next.contactId);
  const noted: Told[] = update === '' ? told : [...told, { field: 'update', after: update }];
  await writeDown(trx, id, { told: noted, agentId: caller.agentId, at: now });
  for (const { before, after } of followers) {
    await updateTicket(trx, before.id, after);
    await writeDown(trx, before.id, { told: differences(before, after), agentId: caller.agentId, at: now });
  }
  const isGiven = next.assigneeId !== row.assigneeId;
  const notices = await addNotices(trx, isGiven ? noticesOf(next, caller) : [], now);
  // Last, because the chat is locked from here on: nobody's message waits for the rest.
  const isHeard = isTold && audience !== null && next.isHidden === 0 && !(await lockedIsErased(trx, audience.conversationId));
  const posted = isHeard ? await postWithin(trx, [composeUpdate(audience, changed, { hasMoved, update })], now) : [];
  return { changed: [row, ...followers.map(({ before }) => before)], posted, told: notices };
}

function toJson(value: FieldValue | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** What the ticket would be, or why it cannot be that. */
async function nextOf(trx: Transaction, row: TicketRow, { caller, patch, now }: Changing): Promise<TicketRow> {
  const {
    version: _,
    status,
    reasonId,
    children: __,
    tell: ___,
    update: ____,
    values: _____,
    priority,
    isHidden,
    contactId,
    companyId,
    ...plain
  } = patch;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const next: TicketRow = {
    ...row,
    ...given,
    ...(priority && { priority: priorities.indexOf(priority) }),
    ...(isHidden !== undefined && { isHidden: Number(isHidden) }),
    ...(contactId !== undefined && (await whoseNow(trx, row, contactId))),
    ...(companyId !== undefined && { companyId }),
    ...(status !== undefined && status !== row.status && moved(row, status, now)),
  };
  if (reasonId !== undefined) next.reasonId = reasonId;
  if (next.reasonId !== null && next.isOver === 0) {
    throw new AppError('invalid', 'reasonId: belongs to a ticket that is solved or closed', { field: 'reasonId' });
  }
  if (next.reasonId !== row.reasonId || next.status !== row.status) {
    await requireReason(trx, next.reasonId, { isNeeded: next.status === 'closed' });
  }
  if (next.categoryId !== null && next.categoryId !== row.categoryId) await requireCategory(trx, next.categoryId);
  if (next.companyId !== row.companyId) await requireCompany(trx, next.companyId);
  if (next.externalId !== row.externalId) await requireFree(trx, row.id, next.externalId);
  if (next.parentId !== null && next.parentId !== row.parentId) await requireNoRing(trx, caller, { id: row.id, parentId: next.parentId });
  return next;
}

/** With another customer comes its company, unless the ticket's was none of the first one's. */
async function whoseNow(trx: Transaction, row: TicketRow, contactId: string | null): Promise<Pick<TicketRow, 'contactId' | 'companyId'>> {
  const { companyId } = row;
  const before = row.contactId === null ? undefined : await findFile(trx, row.contactId);
  const after = contactId === null ? null : await lockLivingFile(trx, contactId);
  if (row.contactId === (after?.id ?? null)) return { contactId: row.contactId, companyId };
  const isTheirs = companyId === (before?.companyId ?? null);
  return { contactId: after?.id ?? null, companyId: isTheirs ? (after?.companyId ?? null) : companyId };
}

function moved(row: TicketRow, status: TicketStatus, now: number): Partial<TicketRow> {
  if (!mayMoveTicket(row.status as TicketStatus, status)) {
    throw new AppError('conflict', `A ticket that is ${row.status} cannot become ${status}.`, { field: 'status' });
  }
  const isOver = isTicketOver(status);
  return {
    status,
    statusAt: now,
    isOver: Number(isOver),
    ...(isOver ? { overAt: row.isOver === 1 ? row.overAt : now } : { reasonId: null }),
  };
}

/** Nothing stands under itself, however many steps down. The tree is locked. */
async function requireNoRing(trx: Transaction, caller: Caller, { id, parentId }: { id: string; parentId: string }): Promise<void> {
  const parent = await findTicketRow(trx, parentId);
  if (!parent || !maySee(caller, parent)) throw new AppError('not-found', 'There is no such ticket.', { field: 'parentId' });
  let above: string | null = parentId;
  for (let depth = 0; above !== null; depth += 1) {
    if (above === id) throw new AppError('conflict', 'A ticket cannot stand under itself.', { field: 'parentId' });
    if (depth >= DEPTH_MAX) throw new AppError('conflict', 'Tickets do not stand so deep under one another.', { field: 'parentId' });
    above = await findParentId(trx, above);
  }
}

/** What stands under a ticket that ends and goes on: the agent says whether it ends as well. What the agent may not see goes on. */
async function followersOf(
  trx: Transaction,
  row: TicketRow,
  { caller, patch, now }: Pick<Changing, 'caller' | 'patch' | 'now'>,
): Promise<{ before: TicketRow; after: TicketRow }[]> {
  const first = await listUnsolvedChildIds(trx, row.id);
  if (first.length === 0 || patch.children === 'keep') return [];
  if (patch.children === undefined) {
    throw new AppError('conflict', 'Tickets under this one are not solved yet.', { field: 'children' });
  }
  const status = patch.status as TicketStatus;
  const followers: { before: TicketRow; after: TicketRow }[] = [];
  const seen = new Set([row.id]);
  for (let level = first; level.length > 0; ) {
    const children = (await lockTickets(trx, level)).filter((child) => !seen.has(child.id) && child.isOver === 0 && maySee(caller, child));
    level = [];
    for (const before of children) {
      seen.add(before.id);
      const after = {
        ...before,
        ...moved(before, status, now),
        reasonId: patch.reasonId ?? before.reasonId,
        firstResponseAt: before.firstResponseAt ?? now,
        version: before.version + 1,
        updatedAt: now,
      };
      followers.push({ before, after });
      level.push(...(await listUnsolvedChildIds(trx, before.id)));
    }
  }
  return followers;
}

/** The customer has written: what waited for that goes on. */
export async function resumeTickets(room: ConversationRoom, ids: readonly string[]): Promise<void> {
  const { app } = room;
  const now = app.now();
  const resumed = await app.storage.write(async (trx) => {
    const rows = (await lockTickets(trx, ids)).filter(({ status }) => status === 'waiting-for-customer');
    for (const row of rows) {
      const after = { ...row, ...moved(row, 'open', now), version: row.version + 1, updatedAt: now };
      await updateTicket(trx, row.id, after);
      await writeDown(trx, row.id, { told: differences(row, after), agentId: null, at: now });
    }
    return rows.map(({ id }) => id);
  });
  await settleTickets(app, resumed);
  await announceTickets(app, resumed);
}
