/** The customer file: who a person is and how to reach them. What they said is in conversations. */
import { nanoid } from 'nanoid';
import type { Contact, ContactQuery, Identity, IdentityKind, IdentitySource, Lifecycle } from '../../shared/contact.ts';
import { TAGS_MAX } from '../../shared/contact-limits.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { fillFromTold, forgetValues, type HeldValue, inheritValues, readHeldValues } from '../fields/field-values.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import { noteAgreement } from './agreements.ts';
import { deleteConsents } from './consent-store.ts';
import { type FoundContacts, findContactIds } from './contact-search.ts';
import {
  deleteContact,
  deleteIdentities,
  deleteIdentity,
  deleteOwnClaims,
  getContactRow,
  type IdentityWithAgent,
  insertContact,
  insertIdentity,
  listContactRows,
  listIdentityRows,
  lockContact,
  lockLiveContact,
  moveIdentity,
  replaceTags,
  updateContact,
} from './contact-store.ts';
import { readCustomerRules } from './customer-rules.ts';
import { type FiledContact, type FileReader, HELD, shownTo } from './masking.ts';
import { toE164 } from './phone.ts';

/** Nobody's yet: `shownTo` (masking.ts) says how much of it somebody sees. Of a file that was merged: the one that it is in now. */
export async function getContact(db: Db, id: string): Promise<FiledContact> {
  const [row, identities, values, { currency }] = await Promise.all([
    getContactRow(db, id),
    listIdentityRows(db, [id]),
    readHeldValues(db, [id]),
    readCustomerRules(db),
  ]);
  return row.mergedInto === null ? toContact(row, { identities, values: values.get(id) ?? [], currency }) : getContact(db, row.mergedInto);
}

/** Nobody writes into it, or comes into it, until the transaction ends. One that was merged into another is a `conflict`. */
export async function lockFile(trx: Transaction, id: string): Promise<void> {
  await lockLiveContact(trx, id);
}

/** Who it was is forgotten; the file stays for the counts, and because conversations stand in it. */
export async function eraseContact(trx: Transaction, id: string, now: number): Promise<void> {
  await lockContact(trx, id);
  await deleteIdentities(trx, id);
  await replaceTags(trx, id, []);
  await forgetValues(trx, id);
  await deleteConsents(trx, id);
  const nobody = {
    ownerId: null,
    companyId: null,
    tags: '[]',
    name: null,
    company: null,
    locale: null,
    fields: '{}',
    pageUrl: null,
    pageTitle: null,
    consentAt: null,
    consentText: null,
  };
  await updateContact(trx, id, { ...nobody, erasedAt: now });
}

/** Who may not see phones and addresses does not find people by them either. */
export async function listContacts(app: App, caller: FileReader, query: ContactQuery): Promise<{ items: Contact[]; next: string | null }> {
  return listFoundContacts(app, caller, await findContactIds(app, caller, query.q ?? ''), query);
}

/** As `listContacts`, of what was looked for already. */
export async function listFoundContacts(
  app: App,
  caller: FileReader,
  found: FoundContacts,
  query: Pick<ContactQuery, 'cursor' | 'limit'>,
): Promise<{ items: Contact[]; next: string | null }> {
  const { db } = app.storage;
  const rows = await listContactRows(db, { ids: found.ids, before: parseCursor(query.cursor), limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: (await toContacts(db, shown)).map((contact) => shownTo(caller, contact)),
    next: rows.length > query.limit && last ? formatCursor({ at: last.lastSeenAt, id: last.id }) : null,
  };
}

/** In the order of the rows. */
export async function toContacts(db: Db, rows: readonly ContactRow[]): Promise<FiledContact[]> {
  const ids = rows.map((row) => row.id);
  const [identities, values, { currency }] = await Promise.all([listIdentityRows(db, ids), readHeldValues(db, ids), readCustomerRules(db)]);
  return rows.map((row) =>
    toContact(row, {
      identities: identities.filter(({ contactId }) => contactId === row.id),
      values: values.get(row.id) ?? [],
      currency,
    }),
  );
}

/** What a file says before anybody has worked with it. */
const unclaimed = {
  ownerId: null,
  companyId: null,
  tags: '[]',
  isLifecycleByHand: 0,
  mergedInto: null,
  mergedAt: null,
  updatedAt: null,
  purchaseCount: 0,
  purchaseTotal: 0,
  firstPurchaseAt: null,
  lastPurchaseAt: null,
  activeUntil: null,
} as const;

/** A new customer file: a lead, until somebody buys. */
export async function openLead(
  trx: Transaction,
  known: { id?: string; locale: string | null; page: { url: string; title: string } | null },
  now: number,
): Promise<string> {
  const { id = nanoid() } = known;
  await insertContact(trx, {
    id,
    name: null,
    company: null,
    lifecycle: 'lead',
    locale: known.locale,
    fields: '{}',
    pageUrl: known.page?.url ?? null,
    pageTitle: known.page?.title ?? null,
    consentAt: null,
    consentText: null,
    createdAt: now,
    lastSeenAt: now,
    erasedAt: null,
    blockedAt: null,
    blockedUntil: null,
    blockedBy: null,
    ...unclaimed,
  });
  return id;
}

/** What a person tells of itself, as it is stored: phones in E.164, e-mails in lower case. */
export interface ToldDetails {
  name?: string | undefined;
  company?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  consent?: boolean | undefined;
  consentText?: string | undefined;
  fields?: Record<string, string> | undefined;
}

/** Writes what was told into the file. `isVerified` says whether the site vouches for it. A file that was erased takes nothing. */
export async function recordDetails(
  trx: Transaction,
  contactId: string,
  told: ToldDetails,
  isVerified: boolean,
  now: number,
): Promise<void> {
  const row = await lockLiveContact(trx, contactId);
  if (row.erasedAt !== null) throw new AppError('unauthenticated', 'This person has been erased.');
  const isAgreeing = told.consent === true && isNewConsent(row, told);
  const fields = told.fields ? JSON.stringify({ ...JSON.parse(row.fields), ...told.fields }) : row.fields;
  if (fields.length > 32_000) throw new AppError('too-large', 'fields: there are too many.', { field: 'fields' });
  await updateContact(trx, contactId, {
    ...(told.name !== undefined && { name: told.name }),
    // Where an agent has named the company's own file, that one's name stands.
    ...(told.company !== undefined && row.companyId === null && { company: told.company }),
    ...(isAgreeing && { consentAt: now, consentText: told.consentText ?? null }),
    fields,
    lastSeenAt: now,
  });
  if (told.fields) await fillFromTold(trx, contactId, told.fields);
  if (isAgreeing) await noteAgreement(trx, contactId, told.consentText ?? null, now);
  for (const kind of ['email', 'phone'] as const) {
    const value = told[kind] && kind === 'phone' ? toE164(told[kind], row.locale) : told[kind];
    if (value === undefined) continue;
    if (!isVerified) await deleteOwnClaims(trx, contactId, kind);
    await insertIdentity(trx, contactId, { kind, value, isVerified, source: isVerified ? 'site' : 'visitor' }, now);
  }
}

/**
 * As `recordDetails`, of somebody who is in the file only because an agent took it for this person: its words fill what is
 * empty and stand beside what is there, and replace nothing. Returns them as they are stored.
 */
export async function recordBesides(trx: Transaction, contactId: string, told: ToldDetails, now: number): Promise<ToldDetails> {
  const row = await lockLiveContact(trx, contactId);
  if (row.erasedAt !== null) throw new AppError('unauthenticated', 'This person has been erased.');
  const isAgreeing = told.consent === true && row.consentAt === null;
  const fields = JSON.stringify({ ...told.fields, ...JSON.parse(row.fields) });
  if (fields.length > 32_000) throw new AppError('too-large', 'fields: there are too many.', { field: 'fields' });
  await updateContact(trx, contactId, {
    ...(row.name === null && told.name !== undefined && { name: told.name }),
    ...(row.company === null && told.company !== undefined && { company: told.company }),
    ...(isAgreeing && { consentAt: now, consentText: told.consentText ?? null }),
    fields,
    lastSeenAt: now,
  });
  if (isAgreeing) await noteAgreement(trx, contactId, told.consentText ?? null, now);
  const kept = { ...told, ...(told.phone !== undefined && { phone: toE164(told.phone, row.locale) }) };
  for (const kind of ['email', 'phone'] as const) {
    const value = kept[kind];
    if (value !== undefined) await insertIdentity(trx, contactId, { kind, value, isVerified: false, source: 'visitor' }, now);
  }
  return kept;
}

/** Saying the same twice changes nothing: what counts is when these words were agreed to first. */
function isNewConsent(row: ContactRow, { consentText }: ToldDetails): boolean {
  return row.consentAt === null || (consentText !== undefined && consentText !== row.consentText);
}

/** Takes what a lead's file knows into the verified person's file, which keeps its own word where both speak, and closes the lead. */
export async function closeLeadInto(trx: Transaction, leadId: string, contactId: string, now: number): Promise<void> {
  const [lead, contact, claims] = await Promise.all([
    lockContact(trx, leadId),
    lockContact(trx, contactId),
    listIdentityRows(trx, [leadId]),
  ]);
  const tags = [...new Set<string>([...JSON.parse(contact.tags), ...JSON.parse(lead.tags)])].slice(0, TAGS_MAX);
  await replaceTags(trx, contactId, tags);
  await inheritValues(trx, leadId, contactId);
  await updateContact(trx, contactId, {
    name: contact.name ?? lead.name,
    company: contact.company ?? lead.company,
    companyId: contact.company === null ? lead.companyId : contact.companyId,
    ownerId: contact.ownerId ?? lead.ownerId,
    tags: JSON.stringify(tags),
    fields: JSON.stringify({ ...JSON.parse(lead.fields), ...JSON.parse(contact.fields) }),
    consentAt: contact.consentAt ?? lead.consentAt,
    consentText: contact.consentAt === null ? lead.consentText : contact.consentText,
    // Who is blocked does not come back by signing in: of two blocks the one that ends last.
    ...(endOfBlock(lead, now) > endOfBlock(contact, now) && pickBlock(lead)),
    lastSeenAt: now,
  });
  const held = new Set((await listIdentityRows(trx, [contactId])).map(({ kind, value }) => `${kind} ${value}`));
  for (const claim of claims) {
    if (!held.has(`${claim.kind} ${claim.value}`)) {
      await moveIdentity(trx, claim.id, contactId);
      continue;
    }
    // Freed first: a verified one stands in one file only.
    await deleteIdentity(trx, claim.id);
    await insertIdentity(trx, contactId, { ...toIdentity(claim), confirmedBy: claim.confirmedBy }, now);
  }
  await deleteContact(trx, leadId);
}

function endOfBlock({ blockedAt, blockedUntil }: ContactRow, now: number): number {
  const end = blockedAt === null ? 0 : (blockedUntil ?? Number.POSITIVE_INFINITY);
  return end > now ? end : 0;
}

function pickBlock({ blockedAt, blockedUntil, blockedBy }: ContactRow): Pick<ContactRow, 'blockedAt' | 'blockedUntil' | 'blockedBy'> {
  return { blockedAt, blockedUntil, blockedBy };
}

interface Held {
  identities: readonly IdentityWithAgent[];
  values: readonly HeldValue[];
  /** The business's, in which values are told. */
  currency: string;
}

function toContact(row: ContactRow, { identities, values, currency }: Held): FiledContact {
  const total = { amount: row.purchaseTotal, currency };
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    lifecycle: row.lifecycle as Lifecycle,
    locale: row.locale,
    identities: identities.map(toIdentity),
    fields: JSON.parse(row.fields),
    values: {},
    purchases: null,
    consent: row.consentAt === null ? null : { at: row.consentAt, text: row.consentText },
    page: row.pageUrl === null ? null : { url: row.pageUrl, title: row.pageTitle ?? '' },
    ownerId: row.ownerId,
    companyId: row.companyId,
    tags: JSON.parse(row.tags),
    isLifecycleByHand: row.isLifecycleByHand === 1,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt ?? row.createdAt,
    lastSeenAt: row.lastSeenAt,
    ...(row.erasedAt !== null && { erasedAt: row.erasedAt }),
    ...(row.blockedAt !== null && { blocked: { at: row.blockedAt, until: row.blockedUntil } }),
    [HELD]: { values, purchases: { count: row.purchaseCount, total, firstAt: row.firstPurchaseAt, lastAt: row.lastPurchaseAt } },
  };
}

function toIdentity(row: IdentityWithAgent): Identity {
  return {
    id: row.id,
    kind: row.kind as IdentityKind,
    value: row.value,
    isVerified: row.isVerified === 1,
    source: row.source as IdentitySource,
    ...(row.confirmedBy !== null && { confirmedBy: { id: row.confirmedBy, name: row.confirmer ?? '' } }),
  };
}
