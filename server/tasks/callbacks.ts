/** Calls that visitors ask for: at a time of their choice, as soon as possible, or when their turn in the queue comes. */

import { CALL_HELD_MS } from '../../shared/call-beat.ts';
import { AppError } from '../../shared/errors.ts';
import { CALLBACK_AHEAD_MS, type CallbackReply, type CallbackRequest, type CallbackTimes } from '../../shared/task.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { tellContact } from '../contacts/masking.ts';
import { toE164 } from '../contacts/phone.ts';
import { getVisitor, recordClaims } from '../contacts/visitors.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { announceDone, type Done, doInConversation } from '../conversations/messages.ts';
import { findLatestOwn, type VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Postman } from '../mail/postman.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { ConversationRow, TaskRow } from '../storage/tables.ts';
import { findCallHours } from './call-hours.ts';
import { type CallHours, firstRing, latestTurn, listSlots, slotOf, soonestCall } from './call-times.ts';
import { sendCallbackLetter } from './callback-letter.ts';
import { callbackLink } from './callback-links.ts';
import { hasTime } from './callback-words.ts';
import { noTodo } from './new-task.ts';
import type { TaskBell } from './task-bell.ts';
import {
  countSlots,
  findOpenCall,
  findWishedTask,
  insertTask,
  listIdsAwaitingTurn,
  lockSlots,
  lockTask,
  lockTasks,
  updateTask,
} from './task-store.ts';
import { announceTask } from './task-views.ts';

/** A clock that is a little behind, or a request that took its time. */
const LATE_BY_MS = 10 * 60 * 1_000;

export interface CallbackRoom {
  room: ConversationRoom;
  bell: TaskBell;
  postman: Postman;
}

/** What the visitor can choose from. */
export async function listCallTimes(app: App, seat: VisitorSeat): Promise<CallbackTimes> {
  const now = app.now();
  const conversation = await findLatestOwn(app.storage.db, seat);
  const hours = await hoursOf(app, seat, conversation);
  const call = await findOpenCall(app.storage.db, { visitorId: seat.visitor.id, inboxId: seat.inbox.id });
  return {
    slots: await listFreeSlots(app, hours, { inboxId: seat.inbox.id, now, ...(call && { exceptId: call.id }) }),
    slotMs: hours.rule.slotMinutes * 60_000,
    soonAt: soonestCall(hours, now),
    mayKeepPlace: conversation !== undefined && isWaiting(conversation),
    ...(call && { call: toPromisedCall(app, call) }),
  };
}

function toPromisedCall(app: App, { id, dueAt, awaitsTurn, ...row }: TaskRow): CallbackTimes['call'] {
  const promise = awaitsTurn === 1 ? { awaitsTurn: true as const } : hasTime(row) ? { at: dueAt } : {};
  return { id, link: callbackLink(app, id), ...promise };
}

export async function listFreeSlots(
  app: App,
  hours: CallHours,
  { inboxId, now, exceptId }: { inboxId: string; now: number; exceptId?: string },
): Promise<number[]> {
  const slots = listSlots(hours, now);
  const [from, to] = [slots[0], slots.at(-1)];
  const { perSlot } = hours.rule;
  if (perSlot === null || from === undefined || to === undefined) return slots;
  const counts = await countSlots(app.storage.db, { inboxId, from, to, ...(exceptId !== undefined && { exceptId }) });
  return slots.filter((slot) => (counts.get(slot) ?? 0) < perSlot);
}

/**
 * The visitor's wish becomes a task and a line in its conversation, if it has one; where it is promised a call already, that one is moved.
 * A repeated wish finds the first task.
 */
export async function requestCallback(
  { room, bell, postman }: CallbackRoom,
  seat: VisitorSeat,
  request: CallbackRequest,
): Promise<CallbackReply> {
  const { app } = room;
  const phone = toE164(request.phone, request.country === undefined ? seat.visitor.locale : `und-${request.country}`);
  const hours = await hoursOf(app, seat, await findLatestOwn(app.storage.db, seat));
  const wish: Wish = { ...request, phone, hours, now: app.now() };
  const store = () => app.storage.write((trx) => storeCallback(app, trx, { seat, wish }));
  // The same wish from two tabs at the same moment: the second finds what the first has just stored.
  const { row, done, isNew } = await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error)));
  announceDone(room, done);
  if (isNew) {
    seat.visitor = await getVisitor(app.storage.db, seat.visitor.id);
    tellContact(app, await getContact(app.storage.db, row.contactId ?? ''));
    await announceTask(app, row.id);
    await sendCallbackLetter(app, postman, row);
    bell.wake();
  }
  return { task: { id: row.id, dueAt: row.dueAt }, link: callbackLink(app, row.id) };
}

interface Wish extends CallbackRequest {
  hours: CallHours;
  now: number;
}

async function storeCallback(
  app: App,
  trx: Transaction,
  { seat, wish }: { seat: VisitorSeat; wish: Wish },
): Promise<{ row: TaskRow; done: Done | null; isNew: boolean }> {
  const { id, phone, at, hours, now } = wish;
  const { visitor, inbox } = seat;
  const known = await findWishedTask(trx, visitor.id, id);
  if (known && known.visitorId !== visitor.id) throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  if (known) return { row: known, done: null, isNew: false };
  // The visitor is locked from here on: of two wishes the second finds the call of the first.
  const contactId = await recordClaims(trx, visitor.id, { phone }, seat.page, now);
  const whose = { visitorId: visitor.id, inboxId: inbox.id };
  // One that we are making just now stays what it is.
  const found = await findOpenCall(trx, whose, { notCalledSince: now - CALL_HELD_MS });
  const open = found && (await lockTask(trx, found.id));
  const slotAt =
    at === undefined ? null : await requireCallTime(trx, { at, hours, now, inboxId: inbox.id, ...(open && { exceptId: open.id }) });
  const conversation = await findLatestOwn(trx, seat);
  // Locked from here on: nobody is given the conversation unseen while its visitor decides to wait by the phone.
  const link = callbackLink(app, open?.id ?? id);
  const notice = { kind: 'callback', link, ...(at !== undefined && { at: Math.max(at, now) }) } as const;
  const done = conversation ? await doInConversation(trx, conversation.id, { now, decide: () => ({ values: {}, notice }) }) : null;
  const wished = { phone, slotAt, contactId, timeZone: wish.timeZone ?? null, locale: seat.locale, rangAt: null, ...promiseOf(wish, done) };
  const note = wish.note?.trim() ? wish.note : null;
  if (open) {
    const conversationId = conversation?.id ?? open.conversationId;
    const moved = { ...wished, wishId: id, conversationId, note: note ?? open.note, ownerId: wished.ownerId ?? open.ownerId };
    await updateTask(trx, open.id, moved);
    return { row: { ...open, ...moved }, done, isNew: true };
  }
  const row: TaskRow = {
    ...noTodo,
    ...wished,
    ownerTeamId: conversation?.teamId ?? null,
    id,
    kind: 'callback',
    conversationId: conversation?.id ?? null,
    visitorId: visitor.id,
    note,
    status: 'open',
    outcome: null,
    createdAt: now,
    doneAt: null,
    inboxId: inbox.id,
    wishId: null,
    attemptCount: 0,
    callingId: null,
    callingBy: null,
    callingAt: null,
  };
  await insertTask(trx, row);
  return { row, done, isNew: true };
}

/** Whose call it is, and when. Of a conversation that somebody has, it is that one's. */
function promiseOf({ at, keepsPlace, hours, now }: Wish, done: Done | null): Pick<TaskRow, 'ownerId' | 'dueAt' | 'ringAt' | 'awaitsTurn'> {
  const conversation = done?.conversation;
  const ownerId = conversation && conversation.status !== 'resolved' ? conversation.assigneeId : null;
  if (keepsPlace && ownerId === null) {
    if (!conversation || !isWaiting(conversation)) {
      throw new AppError('invalid', 'keepsPlace: there is no place in a queue to keep', { field: 'keepsPlace' });
    }
    const dueAt = latestTurn(hours, now);
    return { ownerId, dueAt, ringAt: dueAt, awaitsTurn: 1 };
  }
  if (keepsPlace) return { ownerId, dueAt: now, ringAt: now, awaitsTurn: 0 };
  const dueAt = at === undefined ? soonestCall(hours, now) : Math.max(at, now);
  return { ownerId, dueAt, ringAt: firstRing(hours, dueAt, now), awaitsTurn: 0 };
}

/** The slot that `at` lies in. A form that was long open may still choose a time that is not offered any more, if it has not passed. */
export async function requireCallTime(
  trx: Transaction,
  { at, hours, now, inboxId, exceptId }: { at: number; hours: CallHours; now: number; inboxId: string; exceptId?: string },
): Promise<number> {
  if (at < now - LATE_BY_MS || at > now + CALLBACK_AHEAD_MS) {
    throw new AppError('invalid', 'at: must lie within the next 30 days', { field: 'at' });
  }
  if (!hours.clock.isOpenAt(Math.max(at, now))) throw new AppError('invalid', 'at: nobody is there at this time', { field: 'at' });
  const slotAt = slotOf(at, hours);
  const { perSlot } = hours.rule;
  if (perSlot === null) return slotAt;
  await lockSlots(trx, inboxId);
  const counts = await countSlots(trx, { inboxId, from: slotAt, to: slotAt, ...(exceptId !== undefined && { exceptId }) });
  if ((counts.get(slotAt) ?? 0) >= perSlot) throw new AppError('conflict', 'at: this time has just been taken', { field: 'at' });
  return slotAt;
}

/** Somebody has got the conversation in which a visitor kept its place: that one calls, now. */
export async function callTurn(
  app: App,
  bell: TaskBell,
  { conversationId, agentId }: { conversationId: string; agentId: string },
): Promise<void> {
  const waiting = await listIdsAwaitingTurn(app.storage.db, conversationId);
  if (waiting.length === 0) return;
  const now = app.now();
  await app.storage.write(async (trx) => {
    for (const { id, awaitsTurn, status } of await lockTasks(trx, waiting)) {
      if (awaitsTurn === 1 && status === 'open') await updateTask(trx, id, { awaitsTurn: 0, ownerId: agentId, dueAt: now, ringAt: now });
    }
  });
  for (const id of waiting) await announceTask(app, id);
  bell.wake();
}

function hoursOf(app: App, { inbox }: VisitorSeat, conversation: ConversationRow | undefined): Promise<CallHours> {
  return findCallHours(app, { inboxId: inbox.id, teamId: conversation?.teamId ?? null });
}

function isWaiting({ status, assigneeId, waitingSince }: Pick<ConversationRow, 'status' | 'assigneeId' | 'waitingSince'>): boolean {
  return status === 'open' && assigneeId === null && waitingSince !== null;
}
