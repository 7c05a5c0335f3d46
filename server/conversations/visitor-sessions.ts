/** How a browser becomes a visitor, and what a visitor may see: its own conversations and nobody else's. */
import type { Page, Visitor, VisitorHandshake, VisitorIdentifyRequest } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { VisitorSession } from '../../shared/events.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { App } from '../app.ts';
import { closeLeadInto, getContact } from '../contacts/contacts.ts';
import { tellContact } from '../contacts/masking.ts';
import { type SignedIdentity, verifySignedIdentity } from '../contacts/signed-identity.ts';
import { bindVerified, getVisitor, getVisitorView, newVisitor, recordClaims, startVisitor } from '../contacts/visitors.ts';
import { currentSettings } from '../settings/inboxes.ts';
import { type Db, isUniqueViolation } from '../storage/database.ts';
import type { ConversationRow, VisitorRow } from '../storage/tables.ts';
import { listVisitorRows } from './conversation-store.ts';
import { toVisitorConversations } from './conversation-views.ts';
import { type ConversationRoom, getConversation } from './conversations.ts';
import { isOwn, type PostingVisitor } from './message-batch.ts';
import { listLastPublic } from './message-store.ts';
import { listMessages } from './messages.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Earlier conversations that a visitor is shown. */
const CONVERSATIONS_MAX = 50;

/** A visitor's connection. `visitor` is replaced when it identifies itself; `name` is what its messages are signed with. */
export interface VisitorSeat {
  inbox: Inbox;
  visitor: VisitorRow;
  name: string | null;
  page: Page | null;
  /** The language that the visitor is shown, a BCP 47 tag. */
  locale: string | null;
}

/** The handshake's visitor, known by its token or new, and bound to the person whom a signed identity names. */
export async function seatVisitor(
  app: App,
  inbox: Inbox,
  handshake: VisitorHandshake,
): Promise<{ seat: VisitorSeat; token: string; isOtherPerson?: boolean }> {
  const locale = handshake.locale ?? null;
  const identity = handshake.identity === undefined ? null : await verifySignedIdentity(inbox, handshake.identity, app.now());
  const started = await startVisitor(app, inbox.id, { token: handshake.token, locale });
  const seat: VisitorSeat = { inbox, visitor: started.visitor, name: null, page: handshake.page ?? null, locale };
  if (!identity) {
    seat.name = (await getVisitorView(app.storage.db, seat.visitor)).name;
    return { seat, token: started.token };
  }
  try {
    await verifyVisitor(app, seat, identity);
    return { seat, token: started.token };
  } catch (error) {
    if (!(error instanceof AppError && (error.code === 'conflict' || isErased(error)))) throw error;
    // Somebody else signed in to the site in this browser, or it was erased: a new visitor, who sees nothing of the one before.
    const fresh = await newVisitor(app, inbox.id, locale);
    seat.visitor = fresh.visitor;
    await verifyVisitor(app, seat, identity);
    return { seat, token: fresh.token, isOtherPerson: true };
  }
}

/**
 * What the visitor is told first.
 * Resumes the conversation that it names if it is its own, else the latest that is not resolved, else one that a message
 * would still open again.
 */
export async function startVisitorSession(
  { app, queue }: ConversationRoom,
  seat: VisitorSeat,
  handshake: VisitorHandshake,
): Promise<Omit<VisitorSession, 'token' | 'availability'>> {
  const { db, epoch } = app.storage;
  const rows = await listOwn(app, seat);
  const row =
    rows.find(({ id }) => id === handshake.conversationId) ??
    rows.find(({ status }) => status !== 'resolved') ??
    // Who only looks at the page shows no conversation that has ended.
    (handshake.isOnSite ? undefined : rows.find((ended) => isRecent(app, seat, ended)));
  const isForeignEpoch = handshake.epoch !== undefined && !app.storage.knowsEpoch(handshake.epoch);
  const isResuming = row !== undefined && row.id === handshake.conversationId && !isForeignEpoch;
  const marks = isResuming ? { after: handshake.after, afterId: handshake.afterId } : {};
  const page = row ? await listMessages(db, marks, row, 'public') : { messages: [], more: false };
  const views = await toVisitorConversations(db, row ? [row] : [], queue);
  return {
    visitor: await viewVisitor(app, seat),
    conversation: (row && views.get(row.id)) ?? null,
    ...page,
    epoch,
    isFresh: page.isFresh === true || marks.after === undefined,
  };
}

/** What the visitor tells of itself: signed, it is who it says; unsigned, it stays a claim in its own file. */
export async function identifyVisitor(app: App, seat: VisitorSeat, { identity, ...told }: VisitorIdentifyRequest): Promise<Visitor> {
  if (identity !== undefined) await verifyVisitor(app, seat, await verifySignedIdentity(seat.inbox, identity, app.now()));
  if (Object.values(told).some((value) => value !== undefined)) {
    const contactId = await app.storage.write((trx) => recordClaims(trx, seat.visitor.id, told, seat.page, app.now()));
    tellContact(app, await getContact(app.storage.db, contactId));
  }
  seat.visitor = await getVisitor(app.storage.db, seat.visitor.id);
  const view = await viewVisitor(app, seat);
  seat.name = view.name;
  return view;
}

export async function listVisitorConversations({ app, queue }: ConversationRoom, seat: VisitorSeat) {
  const rows = await listOwn(app, seat);
  const { db } = app.storage;
  const [views, last] = await Promise.all([toVisitorConversations(db, rows, queue), listLastPublic(db, rows)]);
  return [...views.values()].map((view) => ({ ...view, ...last.get(view.id) }));
}

/** The conversation that the visitor would go on with: the one under way, else the last. */
export async function findLatestOwn(db: Db, seat: VisitorSeat): Promise<ConversationRow | undefined> {
  const { id, verifiedContactId } = whoIs(seat);
  const rows = await listVisitorRows(db, { visitorId: id, verifiedContactId }, CONVERSATIONS_MAX);
  return rows.find(({ status }) => status !== 'resolved') ?? rows[0];
}

/** What one may not see is `not-found`. */
export async function getOwnConversation(app: App, seat: VisitorSeat, id: string): Promise<ConversationRow> {
  const row = await getConversation(app, id);
  if (row.erasedAt !== null || !isOwn(row, whoIs(seat))) throw new AppError('not-found', 'There is no such conversation.');
  return row;
}

/** Whose conversations a post or a list may touch. */
export function whoIs(seat: VisitorSeat): { id: string; verifiedContactId: string | null } {
  return { id: seat.visitor.id, verifiedContactId: seat.visitor.isVerified === 1 ? seat.visitor.contactId : null };
}

/** As whom it posts, and how long a conversation that has ended can still be gone on with. */
export function postingVisitor(app: App, seat: VisitorSeat): PostingVisitor {
  return { ...whoIs(seat), page: seat.page, returnWithinMs: currentSettings(app, seat.inbox).returnWithinDays * DAY_MS };
}

async function verifyVisitor(app: App, seat: VisitorSeat, identity: SignedIdentity): Promise<void> {
  const bind = () =>
    app.storage.write(async (trx) => {
      const bound = await bindVerified(trx, seat.visitor.id, identity, app.now());
      if (bound.leftLeadId !== null) {
        const move = { from: bound.leftLeadId, to: bound.contactId };
        for (const shelf of app.followers.fileShelves) await shelf.move?.(trx, move);
        await closeLeadInto(trx, bound.leftLeadId, bound.contactId, app.now());
        for (const shelf of app.followers.fileShelves) await shelf.settle?.(trx, [bound.contactId]);
      }
      return bound;
    });
  // Two devices of one new person at the same moment: the second finds the file that the first has just opened. One whose
  // file is just being erased gets a new one, and one whose file is just being merged finds the one that it is in now.
  const { contactId, leftLeadId } = await bind().catch((error: unknown) =>
    isUniqueViolation(error) || isErased(error) || isMerged(error) ? bind() : Promise.reject(error),
  );
  if (leftLeadId !== null) await app.followers.filesMoved([leftLeadId, contactId]);
  seat.visitor = { ...seat.visitor, contactId, isVerified: 1 };
  seat.name = (await getVisitorView(app.storage.db, seat.visitor)).name;
  tellContact(app, await getContact(app.storage.db, contactId));
}

function isErased(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unauthenticated';
}

function isMerged(error: unknown): boolean {
  return error instanceof AppError && error.code === 'conflict' && error.field === 'mergedInto';
}

/** Whether a visitor who comes back finds this ended conversation, as the inbox wishes. */
function isRecent(app: App, seat: VisitorSeat, { resolvedAt }: ConversationRow): boolean {
  return (resolvedAt ?? 0) >= app.now() - postingVisitor(app, seat).returnWithinMs;
}

function viewVisitor(app: App, seat: VisitorSeat): Promise<Visitor> {
  const { preChat } = currentSettings(app, seat.inbox);
  return getVisitorView(
    app.storage.db,
    seat.visitor,
    preChat.fields.map(({ key }) => key),
  );
}

function listOwn(app: App, seat: VisitorSeat): Promise<ConversationRow[]> {
  const { id, verifiedContactId } = whoIs(seat);
  return listVisitorRows(app.storage.db, { visitorId: id, verifiedContactId }, CONVERSATIONS_MAX);
}
