/** What a ticket has to do with: the chats about it, and other tickets. Each said twice changes nothing. */
import { AppError } from '../../shared/errors.ts';
import { TICKET_LINKS_MAX } from '../../shared/ticket.ts';
import type { App } from '../app.ts';
import { getSeen, lockUnerasedConversation } from '../conversations/conversations.ts';
import { refileDocuments } from '../documents/documents.ts';
import type { Transaction } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { type Told, writeDown } from './ticket-changes.ts';
import { settleTickets } from './ticket-clocks.ts';
import {
  countConversations,
  countRelated,
  deleteConversationLink,
  deleteRelation,
  insertConversationLink,
  insertRelation,
} from './ticket-link-store.ts';
import { lockTickets, updateTicket } from './ticket-store.ts';
import { announceTickets, requireSeen } from './ticket-views.ts';
import { lockSeenTicket } from './ticket-work.ts';
import { lockLivingFile } from './tickets.ts';

interface ChatLink {
  ticketId: string;
  conversationId: string;
}

/** A ticket of nobody's gets the customer of the first chat that it is linked with. */
export async function linkConversation(app: App, caller: Caller, link: ChatLink): Promise<void> {
  const { contactId } = await getSeen(app, caller, link.conversationId);
  await change(app, [link.ticketId], async (trx, now) => {
    const row = await lockSeenTicket(trx, caller, link.ticketId);
    let file = row.contactId === null ? await lockLivingFile(trx, contactId) : null;
    const conversation = await lockUnerasedConversation(trx, link.conversationId);
    // It was put into a file of its own since it was looked at.
    if (file && file.id !== conversation.contactId) file = await lockLivingFile(trx, conversation.contactId);
    if ((await countConversations(trx, link.ticketId)) >= TICKET_LINKS_MAX) throw tooMany();
    if (!(await insertConversationLink(trx, { ...link, linkedAt: now }))) return false;
    const told: Told[] = [{ field: 'conversation', after: link.conversationId }];
    if (file) {
      await updateTicket(trx, row.id, { contactId: file.id, version: row.version + 1 });
      await refileDocuments(trx, { entity: 'ticket', entityIds: [row.id] }, file.id);
      told.push({ field: 'contactId', after: file.id });
    }
    await writeDown(trx, link.ticketId, { told, agentId: caller.agentId, at: now });
    return true;
  });
}

export async function unlinkConversation(app: App, caller: Caller, { ticketId, conversationId }: ChatLink): Promise<void> {
  await getSeen(app, caller, conversationId);
  await change(app, [ticketId], async (trx, now) => {
    await lockSeenTicket(trx, caller, ticketId);
    if (!(await deleteConversationLink(trx, ticketId, conversationId))) return false;
    await writeDown(trx, ticketId, { told: [{ field: 'conversation', before: conversationId }], agentId: caller.agentId, at: now });
    return true;
  });
}

interface Relation {
  ticketId: string;
  otherId: string;
}

export async function relateTickets(app: App, caller: Caller, { ticketId, otherId }: Relation): Promise<void> {
  if (ticketId === otherId) throw new AppError('invalid', 'ticketId: a ticket is not related to itself', { field: 'ticketId' });
  await change(app, [ticketId, otherId], async (trx, now) => {
    await lockBoth(trx, caller, { ticketId, otherId });
    for (const id of [ticketId, otherId]) if ((await countRelated(trx, id)) >= TICKET_LINKS_MAX) throw tooMany();
    if (!(await insertRelation(trx, ticketId, otherId))) return false;
    await writeDown(trx, ticketId, { told: [{ field: 'related', after: otherId }], agentId: caller.agentId, at: now });
    await writeDown(trx, otherId, { told: [{ field: 'related', after: ticketId }], agentId: caller.agentId, at: now });
    return true;
  });
}

export async function unrelateTickets(app: App, caller: Caller, { ticketId, otherId }: Relation): Promise<void> {
  await change(app, [ticketId, otherId], async (trx, now) => {
    await lockBoth(trx, caller, { ticketId, otherId });
    if (!(await deleteRelation(trx, ticketId, otherId))) return false;
    await writeDown(trx, ticketId, { told: [{ field: 'related', before: otherId }], agentId: caller.agentId, at: now });
    await writeDown(trx, otherId, { told: [{ field: 'related', before: ticketId }], agentId: caller.agentId, at: now });
    return true;
  });
}

async function change(app: App, ids: readonly string[], run: (trx: Transaction, now: number) => Promise<boolean>): Promise<void> {
  const now = app.now();
  const isNew = await app.storage.write(async (trx) => {
    const hasChanged = await run(trx, now);
    if (hasChanged) for (const id of ids) await updateTicket(trx, id, { updatedAt: now });
    return hasChanged;
  });
  if (!isNew) return;
  await settleTickets(app, ids);
  await announceTickets(app, ids);
}

async function lockBoth(trx: Transaction, caller: Caller, { ticketId, otherId }: Relation): Promise<void> {
  const rows = await lockTickets(trx, [ticketId, otherId]);
  for (const id of [ticketId, otherId])
    requireSeen(
      caller,
      rows.find((row) => row.id === id),
    );
}

function tooMany(): AppError {
  return new AppError('too-many', `There can be ${TICKET_LINKS_MAX} of them.`);
}
