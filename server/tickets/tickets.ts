/**
 * Tickets: service calls. One matter of a customer with a number, from when it is opened to when it is closed, over as many chats as it
 * takes. Seen as conversations are: one's own, one's team's, those that wait for anybody, or all.
 */
import { AppError } from '../../shared/errors.ts';
import { priorities } from '../../shared/routing.ts';
import { TICKET_SUBJECT_MAX, type Ticket, type TicketCreateRequest, type TicketFile } from '../../shared/ticket.ts';
import type { TicketStatus } from '../../shared/ticket-moves.ts';
import { requireRight } from '../access/rights.ts';
import { requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { lockFile } from '../contacts/contacts.ts';
import { getSeen, lockUnerasedConversation } from '../conversations/conversations.ts';
import { dropDocuments } from '../documents/documents.ts';
import { forgetValues, readValues, writeValues } from '../fields/field-values.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import { listInboxes } from '../settings/inboxes.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { ConversationRow, NoticeRow, TicketRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { forgetWords } from '../words/kept-words.ts';
import { writeDown } from './ticket-changes.ts';
import { requireCategory } from './ticket-choices.ts';
import { listBreachesOf } from './ticket-clock-store.ts';
import { listTicketPolicies, settleTickets } from './ticket-clocks.ts';
import { ticketIndex } from './ticket-entries.ts';
import {
  findLink,
  insertConversationLink,
  listChildIds,
  listChildRows,
  listConversationsOf,
  listRelatedRows,
} from './ticket-link-store.ts';
import {
  deleteTicket,
  findCompanyName,
  findFile,
  findFirstWords,
  findLatestInbox,
  findTicketRow,
  hasExternalId,
  insertTicket,
  lockTickets,
  lockTree,
  type TicketListRow,
  takeNumber,
  updateTicket,
} from './ticket-store.ts';
import { announceGone, announceTickets, getSeenTicket, requireSeen, toLink, toTicket } from './ticket-views.ts';

/** With what it is linked with, as far as the reader may see that. */
export async function getTicketFile(app: App, sight: Caller, id: string): Promise<TicketFile> {
  const { db } = app.storage;
  const row = await getSeenTicket(app, sight, id);
  const [values, parent, children, related, conversations, breaches, policies] = await Promise.all([
    readValues(db, sight, { entity: 'ticket', ids: [id] }),
    row.parentId === null ? undefined : findLink(db, row.parentId, sight),
    listChildRows(db, id, sight),
    listRelatedRows(db, id, sight),
    listConversationsOf(db, id, sight),
    listBreachesOf(db, [id]),
    listTicketPolicies(db),
  ]);
  const policy = policies.find((one) => one.id === row.policyId);
  return {
    ...toTicket(row),
    values: values.get(id) ?? {},
    parent: parent ? toLink(parent) : null,
    children: children.map(toLink),
    related: related.map(toLink),
    conversations: conversations.map(({ contactId, contactName, ...one }) => ({ ...one, contact: { id: contactId, name: contactName } })),
    breaches: breaches.map(({ target, dueAt, endedAt, lateMs }) => ({ target: target as 'resolution', dueAt, endedAt, lateMs })),
    policy: policy
      ? {
          name: policy.name,
          firstResponseMs: policy.firstResponseMs,
          resolutionMs: policy.resolutionMs,
          isBusinessTime: policy.isBusinessTime,
        }
      : null,
  };
}

/** The same request again finds the first ticket. */
export async function openTicket(app: App, caller: Caller, request: TicketCreateRequest): Promise<Ticket> {
  if (request.assigneeId !== null) await requireAgent(app, request.assigneeId);
  if (request.teamId !== null) await requireTeam(app.storage.db, request.teamId);
  const conversation = request.conversationId === undefined ? undefined : await getSeen(app, caller, request.conversationId);
  const contactId = request.contactId === undefined ? (conversation?.contactId ?? null) : request.contactId;
  if (contactId !== null && contactId !== conversation?.contactId) requireRight(caller, 'contacts:view');
  const inboxId = conversation?.inboxId ?? (await findInbox(app, contactId));
  const wish: Wish = { request, caller, conversation, contactId, inboxId, now: app.now() };
  const store = () => app.storage.write((trx) => storeTicket(trx, wish));
  // The same ticket twice at the same moment: the second finds what the first has just stored.
  const { row, told, isNew } = await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error)));
  if (isNew) {
    await settleTickets(app, [row.id]);
    tellNotices(app, told);
    await announceTickets(app, [row.id]);
  }
  return toTicket((await findTicketRow(app.storage.db, row.id)) ?? bare(row));
}

interface Wish {
  request: TicketCreateRequest;
  caller: Caller;
  conversation: ConversationRow | undefined;
  contactId: string | null;
  inboxId: string | null;
  now: number;
}

/** By whose hours it is promised. */
async function findInbox(app: App, contactId: string | null): Promise<string | null> {
  const latest = contactId === null ? undefined : await findLatestInbox(app.storage.db, contactId);
  return latest ?? (await listInboxes(app))[0]?.id ?? null;
}

async function storeTicket(
  trx: Transaction,
  { request, caller, conversation, contactId: wished, inboxId, now }: Wish,
): Promise<{ row: TicketRow; told: NoticeRow[]; isNew: boolean }> {
  const { id, description, priority, categoryId, assigneeId, teamId, parentId, externalId, isHidden } = request;
  const [known] = await lockTickets(trx, [id]);
  if (known && known.createdBy !== caller.agentId) throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  if (known) return { row: known, told: [], isNew: false };
  const file = wished === null ? null : await lockLivingFile(trx, wished);
  if (conversation) await lockUnerasedConversation(trx, conversation.id);
  if (categoryId !== null) await requireCategory(trx, categoryId);
  if (parentId !== null) requireSeen(caller, (await lockTickets(trx, [parentId]))[0]);
  await requireFree(trx, id, externalId);
  const companyId = request.companyId === undefined ? (file?.companyId ?? null) : request.companyId;
  await requireCompany(trx, request.companyId);
  const subject = request.subject ?? toSubject(conversation && (await findFirstWords(trx, conversation.id)));
  const row: TicketRow = {
    id,
    number: await takeNumber(trx),
    subject,
    description,
    status: 'new' satisfies TicketStatus,
    isOver: 0,
    priority: priorities.indexOf(priority),
    categoryId,
    assigneeId,
    teamId,
    contactId: file?.id ?? null,
    companyId,
    parentId,
    reasonId: null,
    inboxId,
    externalId,
    isHidden: Number(isHidden),
    minutes: 0,
    updateText: null,
    updateAt: null,
    version: 1,
    createdBy: caller.agentId,
    createdAt: now,
    updatedAt: now,
    statusAt: now,
    firstResponseAt: null,
    overAt: null,
    erasedAt: null,
  };
  await insertTicket(trx, row);
  if (request.values) await writeValues(trx, caller, { entity: 'ticket', id, patch: request.values });
  if (conversation) await insertConversationLink(trx, { ticketId: id, conversationId: conversation.id, linkedAt: now });
  await writeDown(trx, id, { told: [{ field: 'created' }], agentId: caller.agentId, at: now });
  const told = await addNotices(trx, noticesOf(row, caller), now);
  return { row, told, isNew: true };
}

/** Whoever is given a ticket hears of it. */
export function noticesOf({ id, assigneeId }: TicketRow, caller: Pick<Caller, 'agentId'>) {
  if (assigneeId === null) return [];
  return [{ agentId: assigneeId, kind: 'ticket', actorId: caller.agentId, conversationId: null, ticketId: id } as const];
}

/** Locked until the transaction ends. A file that was merged into another one leads there; what was erased is closed. */
export async function lockLivingFile(trx: Transaction, id: string): Promise<{ id: string; companyId: string | null }> {
  const before = await findFile(trx, id);
  if (before?.mergedInto) return lockLivingFile(trx, before.mergedInto);
  await lockFile(trx, id);
  const file = await findFile(trx, id);
  if (!file) throw new AppError('not-found', 'There is no such contact.', { field: 'contactId' });
  if (file.erasedAt !== null) throw new AppError('conflict', 'This person has been erased.', { field: 'contactId' });
  return { id, companyId: file.companyId };
}

export async function requireCompany(trx: Transaction, id: string | null | undefined): Promise<void> {
  if (id && (await findCompanyName(trx, id)) === undefined)
    throw new AppError('not-found', 'There is no such company.', { field: 'companyId' });
}

export async function requireFree(trx: Transaction, id: string, externalId: string | null | undefined): Promise<void> {
  if (externalId && (await hasExternalId(trx, externalId, id))) {
    throw new AppError('conflict', 'Another ticket has this external id.', { field: 'externalId' });
  }
}

/** The customer's first words in one line, cut between words. */
function toSubject(words: string | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a subject is one line
  const line = (words ?? '').replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  if (line === '') throw new AppError('invalid', 'subject: the customer has not said anything in words', { field: 'subject' });
  if (line.length <= TICKET_SUBJECT_MAX) return line;
  const cut = line.slice(0, TICKET_SUBJECT_MAX - 1);
  const end = cut.lastIndexOf(' ');
  // Half of a pair of surrogates is no character.
  const whole = (end > TICKET_SUBJECT_MAX / 2 ? cut.slice(0, end) : cut).replace(/[\uD800-\uDBFF]$/, '');
  return `${whole}…`;
}

/** With its log, its links and its clocks: for what should never have been a ticket. Its number is not given again; what stood under it stands by itself. */
export async function removeTicket(app: App, caller: Caller, id: string): Promise<void> {
  const now = app.now();
  const { row, children } = await app.storage.write(async (trx) => {
    await lockTree(trx);
    const held = requireSeen(caller, (await lockTickets(trx, [id]))[0]);
    const below = await lockTickets(trx, await listChildIds(trx, id));
    for (const child of below) {
      await updateTicket(trx, child.id, { parentId: null, version: child.version + 1, updatedAt: now });
      await writeDown(trx, child.id, { told: [{ field: 'parentId', before: id }], agentId: caller.agentId, at: now });
    }
    await forgetValues(trx, id);
    await dropDocuments(trx, { entity: 'ticket', entityId: id }, now);
    await forgetWords(trx, ticketIndex, [id]);
    await deleteTicket(trx, id);
    return { row: held, children: below.map((child) => child.id) };
  });
  announceGone(app, row);
  await announceTickets(app, children);
}

function bare(row: TicketRow): TicketListRow {
  return { ...row, contactName: null, companyName: null, policyId: null, target: null, warnAt: null, dueAt: null };
}
