/** Many customer files at once, for whoever changes or imports them in the background: written down, and judged, as one file is. */
import { nanoid } from 'nanoid';
import { permissions } from '../../shared/agent.ts';
import type { ContactEdits, IdentityKind } from '../../shared/contact.ts';
import type { FieldValue } from '../../shared/custom-fields.ts';
import { ADMINISTRATOR } from '../../shared/role.ts';
import type { App } from '../app.ts';
import { forgetValues, insertNewValues, writeValues } from '../fields/field-values.ts';
import type { Transaction } from '../storage/database.ts';
import { idBeside } from '../storage/neighbour-ids.ts';
import { lockRows } from '../storage/rows.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteConsents } from './consent-store.ts';
import { writeEdits } from './contact-edits.ts';
import { deleteContact, deleteIdentity, insertIdentity, listIdentityRows, replaceTags, updateContact } from './contact-store.ts';
import { insertContactRows, insertIdentityRows, insertTagRows, listFileHolders, listNotNew } from './file-batch-store.ts';
import { writeDown } from './file-changes.ts';
import type { NewFile } from './new-file.ts';

/** What a change in many files can change, as it stood in one. */
export interface FileBefore {
  name: string | null;
  company: string | null;
  companyId: string | null;
  ownerId: string | null;
  lifecycle: string;
  isLifecycleByHand: number;
  tags: string;
  locale: string | null;
  updatedAt: number | null;
  values: Record<string, FieldValue | null>;
  /** Identities that were added. */
  identityIds: string[];
}

/** What was there before comes back whatever the rights are by now of whoever changed it. */
const asTheHouse = { role: ADMINISTRATOR, permissions };

/** In the order of their ids, so that two who do this wait for each other instead of standing in each other's way. */
export async function lockFiles(trx: Transaction, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  const rows = (await lockRows(trx, 'contact', ids)) as ContactRow[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Null where that changes nothing. Throws before it has written anything, unless several things are changed at once. */
export async function editLockedFile(
  app: App,
  trx: Transaction,
  { caller, row, edits, identities = [] }: { caller: Caller; row: ContactRow; edits: ContactEdits; identities?: NewFile['identities'] },
): Promise<{ before: FileBefore } | null> {
  const changes = await writeEdits(trx, caller, row, edits);
  const now = app.now();
  const added: string[] = [];
  if (identities.length > 0) {
    const own = await listIdentityRows(trx, [row.id]);
    for (const { kind, value } of identities) {
      if (own.some((one) => one.kind === kind && one.value === value)) continue;
      const id = nanoid();
      await insertIdentity(trx, row.id, { id, kind, value, isVerified: false, source: 'import' }, now);
      changes.push({ key: kind, before: null, after: value });
    }
    const known = new Set(own.map(({ id }) => id));
    added.push(...(await listIdentityRows(trx, [row.id])).filter(({ id }) => !known.has(id)).map(({ id }) => id));
  }
  if (changes.length === 0) return null;
  await updateContact(trx, row.id, { updatedAt: now });
  await writeDown(app, trx, caller, { contactId: row.id, changes, at: now });
  const values = changes.filter(({ key }) => key.startsWith('values.'));
  const { name, company, companyId, ownerId, lifecycle, isLifecycleByHand, tags, locale, updatedAt } = row;
  return {
    before: {
      ...{ name, company, companyId, ownerId, lifecycle, isLifecycleByHand, tags, locale, updatedAt },
      values: Object.fromEntries(values.map(({ key, before }) => [key.slice('values.'.length), before as FieldValue | null])),
      identityIds: added,
    },
  };
}

/** The file says what it said before, whatever the rules would make of it now. */
export async function restoreFile(app: App, trx: Transaction, caller: Caller, row: ContactRow, before: FileBefore): Promise<void> {
  const { values, identityIds, ...columns } = before;
  const now = app.now();
  await updateContact(trx, row.id, columns);
  await replaceTags(trx, row.id, JSON.parse(columns.tags));
  const changes = await writeValues(trx, asTheHouse, { entity: 'contact', id: row.id, patch: values });
  for (const id of identityIds) await deleteIdentity(trx, id);
  for (const key of ['name', 'company', 'ownerId', 'lifecycle', 'locale'] as const) {
    if (row[key] !== columns[key]) changes.push({ key, before: row[key] as FieldValue | null, after: columns[key] });
  }
  const told = [
    ...changes,
    ...(row.tags === columns.tags ? [] : [{ key: 'tags', before: JSON.parse(row.tags), after: JSON.parse(columns.tags) }]),
  ];
  if (told.length > 0) await writeDown(app, trx, caller, { contactId: row.id, changes: told, at: now });
}

/** That they were imported stands beside each phone and e-mail; a line in each timeline would keep a stopped import from leaving nothing. */
export async function insertFiles(app: App, trx: Transaction, files: readonly NewFile[]): Promise<void> {
  const now = app.now();
  await insertContactRows(trx, files, now);
  await insertIdentityRows(
    trx,
    files.flatMap(({ id, identities }) => identities.map((identity) => ({ ...identity, id: idBeside(id), contactId: id, createdAt: now }))),
  );
  await insertTagRows(
    trx,
    files.flatMap(({ id, tags }) => tags.map((tag) => ({ contactId: id, tag }))),
  );
  await insertNewValues(
    trx,
    files.flatMap(({ id, values }) => values.map((value) => ({ ...value, entityId: id }))),
  );
}

/** Of these, those in which something stands by now that was not there when they were made. */
export async function listUsedFiles(trx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  return listNotNew(trx, ids);
}

/** Files that an import has made and nobody has used, as if they had never been. */
export async function dropFiles(app: App, trx: Transaction, ids: readonly string[]): Promise<void> {
  const now = app.now();
  const eachOf = (drop: (id: string) => Promise<unknown> | undefined) => Promise.all(ids.map(async (id) => drop(id)));
  for (const shelf of app.followers.fileShelves) await eachOf((id) => shelf.erase?.(trx, id, now));
  await eachOf((id) => deleteConsents(trx, id));
  await eachOf((id) => forgetValues(trx, id));
  await eachOf((id) => deleteContact(trx, id));
}

/** Which live files hold these, the verified ones first. */
export async function findHolders(
  trx: Transaction,
  identities: readonly { kind: IdentityKind; value: string }[],
): Promise<{ kind: string; value: string; contactId: string; isVerified: boolean }[]> {
  return listFileHolders(trx, identities);
}
