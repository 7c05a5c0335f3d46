/** By what a person is recognised. Whoever cannot read them does not change them. */
import {
  type Contact,
  type Identity,
  type IdentityDraft,
  type IdentityKind,
  type IdentityPatch,
  identityDraftSchema,
} from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import { parse } from '../transport/parse.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteIdentity, findVerifiedContactId, getIdentity, insertIdentity, listIdentityRows, updateIdentity } from './contact-store.ts';
import { getContact } from './contacts.ts';
import { changeFile } from './file-changes.ts';
import { shownTo } from './masking.ts';
import { findE164 } from './phone.ts';

export interface Judged {
  kind: IdentityKind;
  value: string;
  isVerified: boolean;
  /** Where in the request it stood. */
  field: string;
}

/** As many as nobody has. */
const IDENTITIES_MAX = 50;

/** As it is kept: phones in E.164. */
export function judgeIdentity(
  { kind, value, isVerified }: IdentityDraft,
  { locale, field }: { locale: string | null; field: string },
): Judged {
  if (kind !== 'phone') return { kind, value, isVerified, field };
  const number = findE164(value, locale);
  if (number === null) throw new AppError('invalid', `${field}: this is not a phone number`, { field });
  return { kind, value: number, isVerified, field };
}

/** What another file holds for sure is not put into this one: whoever means it merges them. */
export async function requireNobodyElses(trx: Transaction, { kind, value, field }: Judged, contactId: string): Promise<void> {
  const holder = await findVerifiedContactId(trx, [{ kind, value }]);
  if (holder === undefined || holder === contactId) return;
  throw new AppError('conflict', `${field}: another customer file holds it`, { field, subjectId: holder });
}

export async function listIdentities(app: App, caller: Caller, contactId: string): Promise<Identity[]> {
  return shownTo(caller, await getContact(app.storage.db, contactId)).identities;
}

export async function addIdentity(app: App, caller: Caller, contactId: string, draft: IdentityDraft): Promise<Contact> {
  requireRight(caller, 'contacts:view-details');
  return changeIdentities(app, caller, contactId, async (trx, now, locale) => {
    const judged = judgeIdentity(draft, { locale, field: 'value' });
    const { kind, value, isVerified } = judged;
    await requireNobodyElses(trx, judged, contactId);
    const own = await listIdentityRows(trx, [contactId]);
    const known = own.find((identity) => identity.kind === kind && identity.value === value);
    if (known && (!isVerified || known.isVerified === 1)) return [];
    if (own.length >= IDENTITIES_MAX) throw new AppError('conflict', `A file holds at most ${IDENTITIES_MAX} of them.`, { field: 'value' });
    if (known) await updateIdentity(trx, known.id, { isVerified: 1, confirmedBy: caller.agentId });
    else
      await insertIdentity(
        trx,
        contactId,
        { kind, value, isVerified, source: 'agent', confirmedBy: isVerified ? caller.agentId : null },
        now,
      );
    return [known ? { key: `${kind}.confirmed`, before: null, after: value } : { key: kind, before: null, after: value }];
  });
}

/** An agent has made sure, takes that back, or corrects what stands there. What the site has signed needs nobody's word. */
export async function changeIdentity(
  app: App,
  caller: Caller,
  contactId: string,
  { identityId, value, isVerified }: IdentityPatch & { identityId: string },
): Promise<Contact> {
  requireRight(caller, 'contacts:view-details');
  return changeIdentities(app, caller, contactId, async (trx, _, locale) => {
    const row = await getIdentity(trx, contactId, identityId);
    const kind = row.kind as IdentityKind;
    const next = value === undefined ? row.value : judgeText(kind, value, locale);
    const isOther = next !== row.value;
    const willBe = isVerified ?? (!isOther && row.isVerified === 1);
    if (!isOther && willBe === (row.isVerified === 1)) return [];
    if (isOther || !willBe) requireByHand(row);
    await requireNobodyElses(trx, { kind, value: next, isVerified: willBe, field: isOther ? 'value' : 'isVerified' }, contactId);
    const own = await listIdentityRows(trx, [contactId]);
    if (isOther && own.some((one) => one.kind === kind && one.value === next)) await deleteIdentity(trx, identityId);
    else {
      // What an agent has corrected is the agent's word: the person's next one does not wipe it out.
      const said = isOther ? { value: next, source: 'agent' } : {};
      await updateIdentity(trx, identityId, { ...said, isVerified: willBe ? 1 : 0, confirmedBy: willBe ? caller.agentId : null });
    }
    if (isOther) return [{ key: kind, before: row.value, after: next }];
    return [willBe ? { key: `${kind}.confirmed`, before: null, after: next } : { key: `${kind}.confirmed`, before: next, after: null }];
  });
}

function judgeText(kind: IdentityKind, value: string, locale: string | null): string {
  return judgeIdentity(parse(identityDraftSchema, { kind, value }), { locale, field: 'value' }).value;
}

export async function removeIdentity(app: App, caller: Caller, contactId: string, identityId: string): Promise<Contact> {
  requireRight(caller, 'contacts:view-details');
  return changeIdentities(app, caller, contactId, async (trx) => {
    const row = await getIdentity(trx, contactId, identityId);
    requireByHand(row);
    await deleteIdentity(trx, identityId);
    return [{ key: row.kind, before: row.value, after: null }];
  });
}

async function changeIdentities(
  app: App,
  caller: Caller,
  contactId: string,
  edit: (trx: Transaction, now: number, locale: string | null) => Promise<{ key: string; before: unknown; after: unknown }[]>,
): Promise<Contact> {
  const change = () =>
    changeFile(app, caller, contactId, async (trx, now, { locale }) => ({ result: undefined, changes: await edit(trx, now, locale) }));
  // Another file has just been given the same: looked at again, it is named.
  await change().catch((error: unknown) => (isUniqueViolation(error) ? change() : Promise.reject(error)));
  return shownTo(caller, await getContact(app.storage.db, contactId));
}

function requireByHand({ isVerified, confirmedBy }: { isVerified: number; confirmedBy: string | null }): void {
  if (isVerified === 1 && confirmedBy === null) {
    throw new AppError('conflict', 'The site has signed it, so it is not changed by hand.', { field: 'isVerified' });
  }
}
