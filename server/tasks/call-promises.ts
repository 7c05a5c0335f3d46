/** Calls that agents promise: "I'll call you tomorrow at ten". */
import type { Contact } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import { CALLBACK_AHEAD_MS, type CallPromise, type Task } from '../../shared/task.ts';
import { requireRight } from '../access/rights.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { getContact, lockFile } from '../contacts/contacts.ts';
import { toE164 } from '../contacts/phone.ts';
import { getSeen } from '../conversations/conversations.ts';
import { announceDone, type Done } from '../conversations/messages.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { findCallHours } from './call-hours.ts';
import { firstRing, slotOf } from './call-times.ts';
import { sendCallbackLetter } from './callback-letter.ts';
import { callbackLink } from './callback-links.ts';
import { noteCallback } from './callback-notice.ts';
import type { CallbackRoom } from './callbacks.ts';
import { noTodo, quiet } from './new-task.ts';
import { findLatestPlace, findTaskRow, insertTask } from './task-store.ts';
import { announceTask, taskShownTo } from './task-views.ts';

/** The customer is told in the conversation, and by e-mail where that is known. */
export async function promiseCall({ room, bell, postman }: CallbackRoom, caller: Caller, promise: CallPromise): Promise<Task> {
  const { app } = room;
  const now = app.now();
  if (promise.dueAt < now || promise.dueAt > now + CALLBACK_AHEAD_MS) {
    throw new AppError('invalid', 'dueAt: must lie within the next 30 days', { field: 'dueAt' });
  }
  if (promise.ownerId !== null) await requireAgent(app, promise.ownerId);
  const place = await findPlace(app, caller, promise);
  const hours = await findCallHours(app, place);
  const { id, dueAt } = promise;
  const times = { dueAt, slotAt: slotOf(dueAt, hours), ringAt: firstRing(hours, dueAt, now) };
  const store = () =>
    app.storage.write((trx) =>
      storePromise(trx, { ...promise, ...place, ...times, createdBy: caller.agentId, now }, callbackLink(app, id)),
    );
  // The same promise twice at the same moment: the second finds what the first has just stored.
  const { row, done, isNew } = await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error)));
  announceDone(room, done);
  const task = await announceTask(app, row.id);
  if (isNew) await sendCallbackLetter(app, postman, row);
  bell.wake();
  return taskShownTo(caller, task);
}

interface Place {
  contactId: string;
  conversationId: string | null;
  visitorId: string;
  inboxId: string | null;
  teamId: string | null;
}

async function findPlace(app: App, caller: Caller, { conversationId, contactId = '' }: CallPromise): Promise<Place> {
  if (conversationId !== undefined) {
    const { id, contactId: person, visitorId, inboxId, teamId } = await getSeen(app, caller, conversationId);
    return { contactId: person, conversationId: id, visitorId, inboxId, teamId };
  }
  requireRight(caller, 'contacts:view');
  await getContact(app.storage.db, contactId);
  const place = await findLatestPlace(app.storage.db, contactId);
  return { contactId, conversationId: null, visitorId: place?.visitorId ?? '', inboxId: place?.inboxId ?? null, teamId: null };
}

type Wish = Omit<CallPromise, 'contactId' | 'conversationId'> & Place & { slotAt: number; ringAt: number; createdBy: string; now: number };

async function storePromise(trx: Transaction, wish: Wish, link: string): Promise<{ row: TaskRow; done: Done | null; isNew: boolean }> {
  const { id, contactId, conversationId, visitorId, inboxId, teamId, dueAt, slotAt, ringAt, ownerId, note, createdBy, now } = wish;
  const known = await findTaskRow(trx, id);
  if (known && known.contactId !== contactId) throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  if (known) return { row: known, done: null, isNew: false };
  await lockFile(trx, contactId);
  const contact = await getContact(trx, contactId);
  if (contact.erasedAt !== undefined) throw new AppError('conflict', 'This person has been erased.', { field: 'contactId' });
  const row: TaskRow = {
    ...noTodo,
    ...quiet,
    ownerTeamId: teamId,
    createdBy,
    id,
    kind: 'callback',
    contactId,
    conversationId,
    visitorId,
    phone: phoneOf(contact, wish.phone),
    note: note?.trim() ? note : null,
    status: 'open',
    outcome: null,
    createdAt: now,
    doneAt: null,
    inboxId,
    timeZone: null,
    wishId: null,
    locale: contact.locale,
    slotAt,
    rangAt: null,
    attemptCount: 0,
    ownerId,
    dueAt,
    ringAt,
  };
  await insertTask(trx, row);
  const done = await noteCallback(trx, row, { kind: 'callbackOurs', link, at: dueAt }, now);
  return { row, done, isNew: true };
}

/** What was typed, else the number in the file, that which is vouched for first. */
function phoneOf({ identities, locale }: Contact, typed: string | undefined): string {
  if (typed?.trim()) return toE164(typed, locale);
  const phones = identities.filter(({ kind }) => kind === 'phone');
  const phone = phones.find(({ isVerified }) => isVerified) ?? phones[0];
  if (!phone) throw new AppError('invalid', 'phone: there is none in the file', { field: 'phone' });
  return phone.value;
}
