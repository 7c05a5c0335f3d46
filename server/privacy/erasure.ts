/** A person is forgotten: what it wrote and who it was go, counts and times stay. Nothing brings it back. */
import { nanoid } from 'nanoid';
import { type Place, roomsOfPlace } from '../access/sight.ts';
import { eraseProposals } from '../advice/proposals.ts';
import type { App } from '../app.ts';
import { type Attachments, eraseAttachments } from '../attachments/attachments.ts';
import { eraseTurns } from '../bot/bot-erasure.ts';
import { eraseContact, getContact, lockFile } from '../contacts/contacts.ts';
import { nameOnly, tellContact } from '../contacts/masking.ts';
import { forgetVisitors, lockVisitorOf } from '../contacts/visitors.ts';
import { eraseUndo } from '../conversations/bulk-changes.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { eraseWords } from '../conversations/messages.ts';
import { type VisitorSeat, whoIs } from '../conversations/visitor-sessions.ts';
import { eraseDocumentsOf } from '../documents/documents.ts';
import { eraseDrafts } from '../drafts/agent-drafts.ts';
import { eraseRuns } from '../macros/macro-run.ts';
import { eraseQuestions } from '../questions/question-mining.ts';
import type { Transaction } from '../storage/database.ts';
import { eraseComments } from '../surveys/ratings.ts';
import { announceTask } from '../tasks/task-views.ts';
import { eraseTasks } from '../tasks/tasks.ts';
import { eraseTicketsOf } from '../tickets/filed-tickets.ts';
import { announceTickets } from '../tickets/ticket-views.ts';
import type { Caller } from '../transport/wire.ts';
import { insertAudit, listConversationRows, listVisitorIds, type Whose } from './own-record-store.ts';

/** The reply to whoever asked for it has arrived before its line is cut. What its other tabs write until then is refused. */
const FAREWELL_MS = 1_000;

interface Erased {
  contactId: string;
  conversations: (Place & { id: string })[];
  taskIds: string[];
  ticketIds: string[];
  fileIds: string[];
  visitorIds: string[];
  isWhole: boolean;
}

/**
 * A person whom the site vouches for is erased everywhere; a browser that nobody vouches for only with what it wrote itself,
 * and its file as well if no one else stands in it. From then on its token leads to nobody.
 */
export async function eraseOwnRecord(room: ConversationRoom, attachments: Attachments, seat: VisitorSeat): Promise<void> {
  const { app } = room;
  await follow({ room, attachments }, await app.storage.write((trx) => erase(app, trx, seat)));
}

/** The whole file, at the word of an agent whom the person has asked: as if it had asked itself. Done twice, it is done. */
export async function eraseFile(room: ConversationRoom, attachments: Attachments, caller: Caller, contactId: string): Promise<void> {
  const { app } = room;
  const erased = await app.storage.write(async (trx) => {
    const visitors = await lockEveryVisitor(trx, contactId);
    if ((await getContact(trx, contactId)).erasedAt !== undefined) return null;
    const whose: Whose = { contactId, visitorId: null };
    return eraseAll(app, trx, { whose, visitorIds: visitors, isWhole: true, actor: { actorKind: 'agent', actorId: caller.agentId } });
  });
  if (erased) await follow({ room, attachments }, erased);
}

/** After the commit. */
async function follow({ room, attachments }: { room: ConversationRoom; attachments: Attachments }, erased: Erased): Promise<void> {
  const { app, changes } = room;
  const { contactId, conversations, taskIds, ticketIds, fileIds, visitorIds } = erased;
  await attachments.remove(fileIds);
  if (contactId !== '') {
    const contact = await getContact(app.storage.db, contactId);
    for (const { rooms, ids } of byRooms(conversations)) {
      app.broadcast.toRooms(rooms, 'contact:erased', { contact: nameOnly(contact), conversationIds: ids });
    }
    tellContact(app, contact);
    for (const { id } of conversations) changes.mark(id, { isForVisitor: false });
    for (const id of taskIds) await announceTask(app, id);
    await announceTickets(app, ticketIds);
  }
  app.followers.visitorsErased(visitorIds);
  setTimeout(() => app.broadcast.disconnectVisitors(visitorIds), FAREWELL_MS).unref();
}

async function erase(app: App, trx: Transaction, seat: VisitorSeat): Promise<Erased> {
  const now = app.now();
  const visitor = await lockVisitorOf(trx, seat.visitor.id);
  // Told by its own row, locked: a sign-in in another tab may have changed who this is.
  const { verifiedContactId } = whoIs({ ...seat, visitor });
  const { contactId } = visitor;
  const nothing = { contactId: '', conversations: [], taskIds: [], ticketIds: [], fileIds: [], visitorIds: [visitor.id], isWhole: false };
  // Asked for in two tabs: the second finds it done.
  if (visitor.erasedAt !== null) return nothing;
  if (contactId === null) {
    await forgetVisitors(trx, [visitor.id], now);
    return nothing;
  }
  const whose: Whose = { contactId, visitorId: verifiedContactId === null ? visitor.id : null };
  const everyVisitor = await lockEveryVisitor(trx, contactId);
  // Whose file an agent has merged with another one is not alone in it.
  const isAlone =
    visitor.told === null &&
    everyVisitor.length === 1 &&
    !(await getContact(trx, contactId)).identities.some(({ isVerified }) => isVerified);
  const isWhole = verifiedContactId !== null || isAlone;
  const visitorIds = verifiedContactId === null ? [visitor.id] : everyVisitor;
  const isVerified = verifiedContactId !== null;
  return eraseAll(app, trx, { whose, visitorIds, isWhole, actor: { actorKind: 'visitor', actorId: null, isVerified } });
}

interface Erasing {
  whose: Whose;
  visitorIds: string[];
  /** The file itself, too. */
  isWhole: boolean;
  actor: { actorKind: 'visitor'; actorId: null; isVerified: boolean } | { actorKind: 'agent'; actorId: string };
}

async function eraseAll(app: App, trx: Transaction, { whose, visitorIds, isWhole, actor }: Erasing): Promise<Erased> {
  const now = app.now();
  const { contactId } = whose;
  const conversations = await listConversationRows(trx, whose);
  const conversationIds = conversations.map(({ id }) => id);
  const fileIds = await eraseAttachments(trx, conversationIds, whose.visitorId);
  const messages = await eraseWords(trx, conversationIds, { visitorId: whose.visitorId, now });
  await eraseQuestions(trx, conversationIds, whose.visitorId);
  await eraseComments(trx, conversationIds);
  await eraseDrafts(trx, conversationIds, now);
  await eraseUndo(trx, conversationIds);
  await eraseRuns(trx, conversationIds);
  await eraseProposals(trx, conversationIds);
  await eraseTurns(trx, conversationIds);
  const taskIds = await eraseTasks(trx, whose, now);
  const tickets = await eraseTicketsOf(trx, { conversationIds, contactId, isWhole }, now);
  fileIds.push(...(await eraseDocumentsOf(trx, 'ticket', tickets.erasedIds)));
  if (isWhole) {
    await eraseContact(trx, contactId, now);
    for (const shelf of app.followers.fileShelves) {
      await shelf.erase?.(trx, contactId, now);
      fileIds.push(...((await shelf.eraseFiles?.(trx, contactId)) ?? []));
    }
  } else {
    for (const shelf of app.followers.fileShelves) {
      for (const id of visitorIds) await shelf.eraseVisitor?.(trx, { id, contactId });
    }
  }
  await forgetVisitors(trx, visitorIds, now);
  await app.repeats.forgetReplies(trx);
  await insertAudit(trx, {
    id: nanoid(),
    action: isWhole ? 'contact-erased' : 'visitor-erased',
    actorKind: actor.actorKind,
    actorId: actor.actorId,
    subjectId: contactId,
    detail: JSON.stringify({
      ...(actor.actorKind === 'visitor' && { isVerified: actor.isVerified }),
      conversations: conversationIds.length,
      messages,
      tasks: taskIds.length,
      tickets: tickets.erasedIds.length,
      files: fileIds.length,
    }),
    createdAt: now,
  });
  const ticketIds = [...tickets.erasedIds, ...tickets.keptIds];
  return { contactId, conversations, taskIds, ticketIds, fileIds, visitorIds, isWhole };
}

/** All browsers in the file. None of them opens a conversation, and no other one comes into it, until the transaction ends. */
async function lockEveryVisitor(trx: Transaction, contactId: string): Promise<string[]> {
  const first = await listVisitorIds(trx, contactId);
  for (const id of first) await lockVisitorOf(trx, id);
  await lockFile(trx, contactId);
  const all = await listVisitorIds(trx, contactId);
  for (const id of all) if (!first.includes(id)) await lockVisitorOf(trx, id);
  return all;
}

/** Whoever may see a conversation hears of it, whatever else it may see of the customer's file. */
function byRooms(conversations: Erased['conversations']): { rooms: string[]; ids: string[] }[] {
  const groups = new Map<string, { rooms: string[]; ids: string[] }>();
  for (const conversation of conversations) {
    const rooms = roomsOfPlace(conversation);
    const group = groups.get(rooms.join()) ?? { rooms, ids: [] };
    group.ids.push(conversation.id);
    groups.set(rooms.join(), group);
  }
  return [...groups.values()];
}
