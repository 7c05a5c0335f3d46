/** Companies: whom the business deals with through people. People name one in their own files (contacts/). */
import type { Company, CompanyCreateRequest, CompanyPatch, CompanyQuery } from '../../shared/company.ts';
import type { Contact } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import { foldName, wordsOf } from '../../shared/fold.ts';
import type { App } from '../app.ts';
import { followCompany, tellPeople } from '../contacts/company-links.ts';
import { toContacts } from '../contacts/contacts.ts';
import { shownTo } from '../contacts/masking.ts';
import { findE164 } from '../contacts/phone.ts';
import { forgetValues, readValues, writeValues } from '../fields/field-values.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { CompanyRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import {
  type CompanyPlace,
  countPeople,
  deleteCompany,
  findCompanyByExternalId,
  findCompanyRow,
  getCompanyRow,
  insertCompany,
  isActiveOwner,
  listCompanyRows,
  listPeopleRows,
  lockCompany,
  replaceWords,
  updateCompany,
} from './company-store.ts';

/** More are told as this many. */
const PEOPLE_COUNTED = 1_000;
const NAME_KEY_MAX = 300;

export async function listCompanies(app: App, caller: Caller, query: CompanyQuery): Promise<{ items: Company[]; next: string | null }> {
  const words = wordsOf(query.q ?? '').map(({ word }) => word);
  const rows = await listCompanyRows(app.storage.db, { words, after: readCursor(query.cursor), limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return { items: await viewCompanies(app, caller, shown), next: rows.length > query.limit && last ? writeCursor(last) : null };
}

export async function getCompany(app: App, caller: Caller, id: string): Promise<Company> {
  const [company] = await viewCompanies(app, caller, [await getCompanyRow(app.storage.db, id)]);
  if (!company) throw new AppError('not-found', 'There is no such company.');
  return company;
}

/** Its people, last seen first. */
export async function listPeople(
  app: App,
  caller: Caller,
  { companyId, cursor, limit }: { companyId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: Contact[]; next: string | null }> {
  const { db } = app.storage;
  const before = parseCursor(cursor);
  await getCompanyRow(db, companyId);
  const rows = await listPeopleRows(db, companyId, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: (await toContacts(db, shown)).map((contact) => shownTo(caller, contact)),
    next: rows.length > limit && last ? formatCursor({ at: last.lastSeenAt, id: last.id }) : null,
  };
}

/** Told twice there is one company: what it was told first. */
export async function createCompany(app: App, caller: Caller, asked: CompanyCreateRequest): Promise<Company> {
  await guardExternalId(() =>
    app.storage.write(async (trx) => {
      if (await findCompanyRow(trx, asked.id)) return;
      const now = app.now();
      await requireFree(trx, asked.id, asked.externalId);
      await requireOwner(trx, asked.ownerId);
      const { id, name, domain = null, website = null, externalId = null, ownerId = null } = asked;
      const phone = toPhone(asked.phone) ?? null;
      await insertCompany(trx, {
        id,
        name,
        nameKey: keyOf(name),
        domain,
        phone,
        website,
        externalId,
        ownerId,
        createdAt: now,
        updatedAt: now,
      });
      await replaceWords(trx, id, nameWords(name));
      await writeValues(trx, caller, { entity: 'company', id, patch: asked.values ?? {} });
    }),
  );
  return getCompany(app, caller, asked.id);
}

export async function changeCompany(app: App, caller: Caller, id: string, patch: CompanyPatch): Promise<Company> {
  const wished = { ...patch, phone: toPhone(patch.phone) };
  const isRenamed = await guardExternalId(() =>
    app.storage.write(async (trx) => {
      const row = await lockCompany(trx, id);
      requireAsSeen(row, wished);
      if (patch.ownerId !== row.ownerId) await requireOwner(trx, patch.ownerId);
      if (patch.externalId !== row.externalId) await requireFree(trx, id, patch.externalId);
      const { name = row.name } = patch;
      const changes = Object.fromEntries(changeable.flatMap((key) => (wished[key] === undefined ? [] : [[key, wished[key]]])));
      await updateCompany(trx, id, { ...changes, nameKey: keyOf(name), updatedAt: Math.max(app.now(), row.updatedAt) });
      await writeValues(trx, caller, { entity: 'company', id, patch: patch.values ?? {}, was: patch.was?.values });
      if (name === row.name) return false;
      await replaceWords(trx, id, nameWords(name));
      await followCompany(trx, id);
      return true;
    }),
  );
  if (isRenamed) await tellPeople(app, id);
  return getCompany(app, caller, id);
}

/** One with people goes only where they are to stay without it. */
export async function removeCompany(app: App, id: string, { isDetaching }: { isDetaching: boolean }): Promise<void> {
  await app.storage.write(async (trx) => {
    await lockCompany(trx, id);
    if (!isDetaching && (await countPeople(trx, id, 1)) > 0) {
      throw new AppError('conflict', 'There are people in this company.', { field: 'people' });
    }
    await forgetValues(trx, id);
    await deleteCompany(trx, id);
    await followCompany(trx, id);
  });
}

const changeable = ['name', 'domain', 'phone', 'website', 'externalId', 'ownerId'] as const;

function requireAsSeen(row: CompanyRow, { was = {}, ...patch }: CompanyPatch): void {
  for (const key of changeable) {
    const [seen, wished] = [was[key], patch[key]];
    if (seen === undefined || wished === undefined || seen === row[key] || wished === row[key]) continue;
    throw new AppError('stale', `${key}: somebody has changed it meanwhile`, { field: key });
  }
}

async function requireOwner(trx: Transaction, ownerId: string | null | undefined): Promise<void> {
  if (ownerId && !(await isActiveOwner(trx, ownerId)))
    throw new AppError('invalid', 'ownerId: there is no such agent', { field: 'ownerId' });
}

async function requireFree(trx: Transaction, id: string, externalId: string | null | undefined): Promise<void> {
  const holder = externalId ? await findCompanyByExternalId(trx, externalId) : undefined;
  if (holder === undefined || holder === id) return;
  throw new AppError('conflict', 'externalId: another company has it', { field: 'externalId', subjectId: holder });
}

/** Somebody has just given it to another company: looked at again, that one is named. */
function guardExternalId<Result>(write: () => Promise<Result>): Promise<Result> {
  return write().catch((error: unknown) => (isUniqueViolation(error) ? write() : Promise.reject(error)));
}

function toPhone(phone: string | null | undefined): string | null | undefined {
  if (!phone) return phone;
  const number = findE164(phone, null);
  if (number === null) throw new AppError('invalid', 'phone: this is not a phone number', { field: 'phone' });
  return number;
}

async function viewCompanies(app: App, caller: Caller, rows: readonly CompanyRow[]): Promise<Company[]> {
  const { db } = app.storage;
  const values = await readValues(db, caller, { entity: 'company', ids: rows.map(({ id }) => id) });
  const counts = await Promise.all(rows.map(({ id }) => countPeople(db, id, PEOPLE_COUNTED)));
  return rows.map(({ nameKey: _, ...row }, place) => ({ ...row, values: values.get(row.id) ?? {}, peopleCount: counts[place] ?? 0 }));
}

function keyOf(name: string): string {
  return foldName(name).slice(0, NAME_KEY_MAX);
}

function nameWords(name: string): string[] {
  return [...new Set(wordsOf(name).map(({ word }) => word))];
}

function writeCursor({ nameKey, id }: CompanyPlace): string {
  return `${id}.${Buffer.from(nameKey).toString('base64url')}`;
}

function readCursor(cursor: string | undefined): CompanyPlace | null {
  if (cursor === undefined) return null;
  const [, id, encoded] = /^([\w-]{21})\.([\w-]{1,570})$/.exec(cursor) ?? [];
  const nameKey = encoded === undefined ? '' : Buffer.from(encoded, 'base64url').toString();
  if (id === undefined || nameKey === '' || nameKey.includes('\0')) {
    throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
  }
  return { id, nameKey };
}
