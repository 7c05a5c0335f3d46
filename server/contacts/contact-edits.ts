/** What agents and programs write into a customer file. What a site has signed is not changed by hand. */
import type { Contact, ContactCreateRequest, ContactEdits, ContactPatch, IdentityKind, Lifecycle } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import { requireRight } from '../access/rights.ts';
import type { App, FileChange } from '../app.ts';
import { writeValues } from '../fields/field-values.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import {
  deleteIdentity,
  findCompanyName,
  findContactRow,
  insertIdentity,
  isActiveAgent,
  listContactTags,
  listIdentityRows,
  replaceTags,
  updateContact,
} from './contact-store.ts';
import { getContact, openLead } from './contacts.ts';
import { changeFile, requireLive, writeDown } from './file-changes.ts';
import { judgeIdentity, requireNobodyElses } from './identities.ts';
import { shownTo, tellContact } from './masking.ts';
import { toE164 } from './phone.ts';

type Change = FileChange['changes'][number];

/** Far more than anybody chooses among. */
const TAGS_SHOWN = 500;

export async function changeContact(app: App, caller: Caller, id: string, patch: ContactPatch): Promise<Contact> {
  // Whoever cannot read an address would overwrite it unseen.
  if (patch.email !== undefined || patch.phone !== undefined) requireRight(caller, 'contacts:view-details');
  await changeFile(app, caller, id, async (trx, now, row) => {
    requireAsSeen(row, patch);
    const { phone } = patch;
    const changes = [
      ...(await writeEdits(trx, caller, row, patch)),
      ...(await replaceClaim(trx, row, { kind: 'email', value: patch.email, seen: patch.was?.email, now })),
      ...(await replaceClaim(trx, row, { kind: 'phone', value: phone ? toE164(phone, row.locale) : phone, seen: patch.was?.phone, now })),
    ];
    return { result: undefined, changes };
  });
  return shownTo(caller, await getContact(app.storage.db, id));
}

/** Told twice there is one file: what it was told first. An identity that another file holds for sure names that file. */
export async function createContact(
  app: App,
  caller: Caller,
  { id, identities, email, phone, ...edits }: ContactCreateRequest,
  source: 'agent' | 'api' = 'agent',
): Promise<Contact> {
  const claims = { email, phone };
  const told = [
    ...identities.map((draft, place) => ({ draft, field: `identities.${place}.value` })),
    ...(['email', 'phone'] as const).flatMap((kind) => {
      const value = claims[kind];
      return value === undefined ? [] : [{ draft: { kind, value, isVerified: false }, field: kind }];
    }),
  ];
  if (told.length > 0) requireRight(caller, 'contacts:view-details');
  const all = told.map(({ draft, field }) => judgeIdentity(draft, { locale: edits.locale ?? null, field }));
  const judged = all.filter(({ kind, value }, at) => all.findIndex((one) => one.kind === kind && one.value === value) === at);
  const make = () =>
    app.storage.write(async (trx) => {
      const known = await findContactRow(trx, id);
      if (known) return null;
      for (const one of judged) await requireNobodyElses(trx, one, id);
      const now = app.now();
      await openLead(trx, { id, locale: edits.locale ?? null, page: null }, now);
      const row = await findContactRow(trx, id);
      if (!row) throw new Error('What was just inserted is not there.');
      const changes = await writeEdits(trx, caller, row, edits);
      for (const { kind, value, isVerified } of judged) {
        await insertIdentity(trx, id, { kind, value, isVerified, source, confirmedBy: isVerified ? caller.agentId : null }, now);
      }
      await updateContact(trx, id, { updatedAt: now });
      await writeDown(app, trx, caller, { contactId: id, changes: [{ key: 'created', before: null, after: source }, ...changes], at: now });
      return getContact(trx, id);
    });
  // Somebody has just put one of the identities into another file: looked at again, it is named.
  const made = await make().catch((error: unknown) => (isUniqueViolation(error) ? make() : Promise.reject(error)));
  if (made) tellContact(app, made);
  return shownTo(caller, made ?? (await getContact(app.storage.db, id)));
}

/** The tags that customer files carry, in the order of the alphabet. */
export async function listTagsOfContacts(app: App): Promise<string[]> {
  return listContactTags(app.storage.db, TAGS_SHOWN);
}

/** For rooms that write many files in one transaction; the row is locked. Throws before it has written anything. */
export async function writeEdits(
  trx: Transaction,
  caller: Caller,
  row: ContactRow,
  edits: ContactEdits & Pick<ContactPatch, 'was'>,
): Promise<Change[]> {
  requireLive(row);
  const changes: Change[] = [];
  const next: Partial<ContactRow> = {};
  const set = (key: 'name' | 'locale' | 'ownerId', value: string | null | undefined) => {
    if (value === undefined || value === row[key]) return;
    next[key] = value;
    changes.push({ key, before: row[key], after: value });
  };
  set('name', edits.name);
  set('locale', edits.locale);
  if (edits.ownerId && edits.ownerId !== row.ownerId && !(await isActiveAgent(trx, edits.ownerId))) {
    throw new AppError('invalid', 'ownerId: there is no such agent', { field: 'ownerId' });
  }
  set('ownerId', edits.ownerId);
  const company = await companyAfter(trx, row, edits);
  if (company.companyId !== row.companyId || company.company !== row.company) {
    Object.assign(next, company);
    changes.push({ key: 'company', before: row.company, after: company.company });
  }
  const lifecycle = lifecycleAfter(row, edits.lifecycle);
  Object.assign(next, lifecycle);
  if (lifecycle.lifecycle !== row.lifecycle) changes.push({ key: 'lifecycle', before: row.lifecycle, after: lifecycle.lifecycle });
  const isHandChanged = lifecycle.isLifecycleByHand !== row.isLifecycleByHand && lifecycle.lifecycle === row.lifecycle;
  if (isHandChanged)
    changes.push({ key: 'isLifecycleByHand', before: row.isLifecycleByHand === 1, after: lifecycle.isLifecycleByHand === 1 });
  const held: string[] = JSON.parse(row.tags);
  const tags = tagsAfter(held, edits);
  if (tags.join('\n') !== held.join('\n')) {
    next.tags = JSON.stringify(tags);
    changes.push({ key: 'tags', before: held, after: tags });
  }
  const { values = {}, was } = edits;
  changes.push(...(await writeValues(trx, caller, { entity: 'contact', id: row.id, patch: values, was: was?.values })));
  if (next.tags !== undefined) await replaceTags(trx, row.id, tags);
  await updateContact(trx, row.id, next);
  return changes;
}

/** What a writer saw must still be there where it writes; tags are put together, and values judge for themselves. */
function requireAsSeen(row: ContactRow, { was = {}, ...patch }: ContactPatch): void {
  for (const key of ['name', 'company', 'companyId', 'ownerId', 'lifecycle', 'locale'] as const) {
    const [seen, wished] = [was[key], patch[key]];
    if (seen === undefined || wished === undefined || seen === row[key] || wished === row[key]) continue;
    throw new AppError('stale', `${key}: somebody has changed it meanwhile`, { field: key });
  }
}

/** A company's own file gives its name; words alone belong to no file. */
async function companyAfter(
  trx: Transaction,
  row: ContactRow,
  { companyId, company }: Pick<ContactEdits, 'companyId' | 'company'>,
): Promise<Pick<ContactRow, 'company' | 'companyId'>> {
  if (companyId) {
    const name = await findCompanyName(trx, companyId);
    if (name === null) throw new AppError('invalid', 'companyId: there is no such company', { field: 'companyId' });
    return { companyId, company: name };
  }
  if (company !== undefined) return company === row.company && companyId === undefined ? row : { companyId: null, company };
  return companyId === null ? { companyId: null, company: row.companyId === null ? row.company : null } : row;
}

/** Said by somebody it holds until the next purchase; null gives it back to the rule. */
function lifecycleAfter(row: ContactRow, wished: Lifecycle | null | undefined): Pick<ContactRow, 'lifecycle' | 'isLifecycleByHand'> {
  if (wished === undefined) return { lifecycle: row.lifecycle, isLifecycleByHand: row.isLifecycleByHand };
  if (wished === null) return { lifecycle: row.purchaseCount > 0 ? 'customer' : 'lead', isLifecycleByHand: 0 };
  return { lifecycle: wished, isLifecycleByHand: 1 };
}

/** What others have put on or taken off since the writer looked stays so. */
function tagsAfter(held: readonly string[], { tags, was }: Pick<ContactPatch, 'tags' | 'was'>): string[] {
  if (!tags) return [...held];
  const wished = [...new Set(tags)];
  const seen = was?.tags;
  if (!seen) return wished;
  const kept = held.filter((tag) => wished.includes(tag) || !seen.includes(tag));
  return [...kept, ...wished.filter((tag) => !seen.includes(tag) && !kept.includes(tag))];
}

interface ClaimWish {
  kind: IdentityKind;
  value: string | null | undefined;
  /** What the writer saw; without it the claim that came last is meant. */
  seen: string | null | undefined;
  now: number;
}

/** Of several claims one is replaced, and the others stay. */
async function replaceClaim(trx: Transaction, row: ContactRow, { kind, value, seen, now }: ClaimWish): Promise<Change[]> {
  if (value === undefined) return [];
  const own = (await listIdentityRows(trx, [row.id])).filter((identity) => identity.kind === kind);
  const claims = own.filter(({ isVerified }) => isVerified === 0);
  const held = own.find((identity) => identity.value === value);
  const old = seen === undefined ? (held ? undefined : claims.at(-1)) : claims.find((claim) => claim.value === seen);
  const isOutdated = seen === null ? own.length > 0 : seen !== undefined && !own.some((identity) => identity.value === seen);
  // Where it says already what is wished, somebody has said the same.
  if (isOutdated && value !== null && !held) {
    throw new AppError('stale', `${kind}: somebody has changed it meanwhile`, { field: kind });
  }
  const isLeaving = old !== undefined && old.value !== value;
  if (isLeaving) await deleteIdentity(trx, old.id);
  const isComing = value !== null && held === undefined;
  if (isComing) await insertIdentity(trx, row.id, { kind, value, isVerified: false, source: 'agent' }, now);
  return isLeaving || isComing ? [{ key: kind, before: isLeaving ? old.value : null, after: isComing ? value : null }] : [];
}
