/** Visitors: browsers with a widget. A visitor has a customer file once it has said something. */
import { nanoid } from 'nanoid';
import type { Visitor } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { App, FileShelf } from '../app.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import type { VisitorRow } from '../storage/tables.ts';
import { hashToken, newToken } from '../transport/token.ts';
import { findVerifiedContactId, insertIdentity } from './contact-store.ts';
import { getContact, openLead, recordBesides, recordDetails, type ToldDetails } from './contacts.ts';
import { type OwnWords, ownWordsOf } from './own-words.ts';
import { findE164 } from './phone.ts';
import type { SignedIdentity } from './signed-identity.ts';
import { deleteEventsOf, deleteOrphanedEvents } from './tracked-event-store.ts';
import {
  deleteSilentVisitors,
  deleteVisitorsOf,
  findVisitorByToken,
  getVisitorRow,
  insertVisitor,
  lockVisitor,
  updateVisitor,
} from './visitor-store.ts';

const SILENT_FOR_MS = 30 * 24 * 60 * 60 * 1_000;

export const visitorShelf: FileShelf = { name: 'visitor', move: (trx, move) => moveFileRows(trx, 'visitor', move) };

/** The browser behind a token; one that shows none, or one that we do not know, is a new visitor with a new token. */
export async function startVisitor(
  app: App,
  inboxId: string,
  known: { token: string | undefined; locale: string | null },
): Promise<{ visitor: VisitorRow; token: string }> {
  const found = known.token === undefined ? undefined : await findVisitor(app.storage.db, inboxId, known.token);
  if (found && known.token !== undefined) return { visitor: found, token: known.token };
  return newVisitor(app, inboxId, known.locale);
}

export async function findVisitor(db: Db, inboxId: string, token: string): Promise<VisitorRow | undefined> {
  return findVisitorByToken(db, inboxId, hashToken(token));
}

export async function newVisitor(app: App, inboxId: string, locale: string | null): Promise<{ visitor: VisitorRow; token: string }> {
  const token = newToken();
  const now = app.now();
  const visitor: VisitorRow = {
    id: nanoid(),
    inboxId,
    tokenHash: hashToken(token),
    contactId: null,
    isVerified: 0,
    locale,
    createdAt: now,
    lastSeenAt: now,
    erasedAt: null,
    told: null,
  };
  await app.storage.write((trx) => insertVisitor(trx, visitor));
  return { visitor, token };
}

/**
 * The visitor's row, locked until the transaction ends. Who was erased, from another tab perhaps, is `unauthenticated`: the
 * widget keeps what it has and comes back as somebody new.
 */
export async function lockKnownVisitor(trx: Transaction, id: string): Promise<VisitorRow> {
  const visitor = await lockVisitor(trx, id);
  if (visitor.erasedAt !== null) throw new AppError('unauthenticated', 'This visitor has been erased.');
  return visitor;
}

/** Opens the visitor's customer file if there is none yet. The returned row is locked until the transaction ends. */
export async function withContact(
  trx: Transaction,
  visitorId: string,
  page: { url: string; title: string } | null,
  now: number,
): Promise<VisitorRow & { contactId: string }> {
  const visitor = await lockKnownVisitor(trx, visitorId);
  if (visitor.contactId !== null) return { ...visitor, contactId: visitor.contactId };
  const contactId = await openLead(trx, { locale: visitor.locale, page }, now);
  await updateVisitor(trx, visitorId, { contactId });
  return { ...visitor, contactId };
}

/** Unverified words about oneself: they go into one's own file and open no other. */
export async function recordClaims(
  trx: Transaction,
  visitorId: string,
  told: ToldDetails,
  page: { url: string; title: string } | null,
  now: number,
): Promise<string> {
  const visitor = await withContact(trx, visitorId, page, now);
  const { contactId } = visitor;
  const own = ownWordsOf(visitor);
  if (own === null) await recordDetails(trx, contactId, told, false, now);
  else {
    const kept = await recordBesides(trx, contactId, told, now);
    await updateVisitor(trx, visitorId, { told: JSON.stringify(toldAnew(own, kept, now)) });
  }
  return contactId;
}

/**
 * Binds the visitor to the person that its site vouches for: the file that holds this external id, else the visitor's
 * own. `leftLeadId` is the file that the visitor leaves; what stands in it must follow before it can be closed.
 * A browser that belongs to one verified person is never handed to another (`conflict`).
 */
export async function bindVerified(
  trx: Transaction,
  visitorId: string,
  identity: SignedIdentity,
  now: number,
): Promise<{ contactId: string; leftLeadId: string | null }> {
  const visitor = await lockKnownVisitor(trx, visitorId);
  const external = { kind: 'external', value: identity.sub, isVerified: true, source: 'site' } as const;
  const known = await findVerifiedContactId(trx, [external]);
  if (visitor.isVerified === 1 && visitor.contactId !== known) {
    throw new AppError('conflict', 'This browser belongs to another signed-in person. Call reset() when a person signs out.', {
      field: 'identity',
    });
  }
  const contactId = known ?? (await withContact(trx, visitorId, null, now)).contactId;
  if (known === undefined) await insertIdentity(trx, contactId, external, now);
  const leftLeadId = visitor.contactId !== null && visitor.contactId !== contactId ? visitor.contactId : null;
  await updateVisitor(trx, visitorId, { contactId, isVerified: 1, told: null });
  await recordVouched(trx, contactId, identity, now);
  return { contactId, leftLeadId };
}

/** An address that another file already holds as verified (two accounts, one mailbox) stays a claim here. */
async function recordVouched(trx: Transaction, contactId: string, identity: SignedIdentity, now: number): Promise<void> {
  const { sub: _, email, phone, ...told } = identity;
  await recordDetails(trx, contactId, told, true, now);
  const addresses = { email, phone: phone === undefined ? undefined : (findE164(phone, null) ?? undefined) };
  for (const kind of ['email', 'phone'] as const) {
    const value = addresses[kind];
    if (value === undefined) continue;
    const holder = await findVerifiedContactId(trx, [{ kind, value }]);
    await recordDetails(trx, contactId, { [kind]: value }, holder === undefined || holder === contactId, now);
  }
}

/** As the database knows it now: in another tab the same browser may have opened its file, or signed in, meanwhile. */
export async function getVisitor(db: Db, id: string): Promise<VisitorRow> {
  return getVisitorRow(db, id);
}

/** As `getVisitor`, erased or not, and nobody else changes who it is until the transaction ends. */
export async function lockVisitorOf(trx: Transaction, id: string): Promise<VisitorRow> {
  return lockVisitor(trx, id);
}

/** What they did on the site goes, and their tokens lead to nobody any more. */
export async function forgetVisitors(trx: Transaction, ids: readonly string[], now: number): Promise<void> {
  await deleteEventsOf(trx, ids);
  for (const id of ids) await updateVisitor(trx, id, { tokenHash: hashToken(newToken()), locale: null, told: null, erasedAt: now });
}

/**
 * The visitor as it is told of itself: its own file, with what agents have corrected in it. Of further fields it is told
 * only which of `askedFields` are there, since a file may hold what is not meant for its person.
 */
export async function getVisitorView(db: Db, visitor: VisitorRow, askedFields: readonly string[] = []): Promise<Visitor> {
  const own = ownWordsOf(visitor);
  if (own !== null) return viewOwnWords(visitor.id, own, askedFields);
  const contact = visitor.contactId === null ? null : await getContact(db, visitor.contactId);
  const toldFields = askedFields.filter((key) => contact?.fields[key]);
  const addressOf = (kind: 'email' | 'phone') => contact?.identities.findLast((identity) => identity.kind === kind)?.value ?? null;
  return {
    id: visitor.id,
    name: contact?.name ?? null,
    email: addressOf('email'),
    phone: addressOf('phone'),
    company: contact?.company ?? null,
    isVerified: visitor.isVerified === 1,
    ...(contact?.consent && { hasConsented: true }),
    ...(toldFields.length > 0 && { toldFields }),
  };
}

function viewOwnWords(id: string, { name, email, phone, company, fields, consent }: OwnWords, askedFields: readonly string[]): Visitor {
  const toldFields = askedFields.filter((key) => fields[key]);
  return {
    ...{ id, name, email, phone, company, isVerified: false },
    ...(consent && { hasConsented: true }),
    ...(toldFields.length > 0 && { toldFields }),
  };
}

function toldAnew(own: OwnWords, { name, company, email, phone, fields, consent, consentText }: ToldDetails, now: number): OwnWords {
  return {
    name: name ?? own.name,
    company: company ?? own.company,
    email: email ?? own.email,
    phone: phone ?? own.phone,
    fields: { ...own.fields, ...fields },
    consent: own.consent ?? (consent ? { at: now, text: consentText ?? null } : null),
  };
}

/** Whoever opened the window and left without a word is forgotten after a month: its token leads to nothing. */
export async function forgetSilentVisitors(app: App): Promise<void> {
  const createdBefore = app.now() - SILENT_FOR_MS;
  await app.storage.write(async (trx) => {
    await deleteSilentVisitors(trx, createdBefore);
    await deleteOrphanedEvents(trx, createdBefore);
  });
}

/** Those of an inbox in which nobody has talked, when it is deleted; returns their ids. */
export async function forgetVisitorsOf(trx: Transaction, inboxId: string): Promise<string[]> {
  return deleteVisitorsOf(trx, inboxId);
}
