/** Many customer files at once, for whoever changes or imports them in the background: written down, and judged, as one file is. */
import { nanoid } from 'nanoid';
import type { ContactEdits, IdentityKind } from '../../shared/contact.ts';
import type { App } from '../app.ts';
import { forgetValues, insertNewValues } from '../fields/field-values.ts';
import type { Transaction } from '../storage/database.ts';
import { idBeside } from '../storage/neighbour-ids.ts';
import { lockRows } from '../storage/rows.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteConsents } from './consent-store.ts';
import { writeEdits } from './contact-edits.ts';
import { deleteContact, insertIdentity, listIdentityRows, updateContact } from './contact-store.ts';
import { insertContactRows, insertIdentityRows, insertTagRows, listFileHolders, listNotNew } from './file-batch-store.ts';
import { writeDown } from './file-changes.ts';
import { type FileBefore, noteBefore } from './file-restoring.ts';
import type { NewFile } from './new-file.ts';

/** In the order of their ids, so that two who do this wait for each other instead of standing in each other's way. */
export async function lockFiles(trx: Transaction, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  const rows = (await lockRows(trx, 'contact', ids)) as ContactRow[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Null where that changes nothing. Throws before it has written anything. */
export async function editLockedFile(
  app: App,
  trx: Transaction,
  { caller, row, edits, identities = [] }: { caller: Caller; row: ContactRow; edits: ContactEdits; identities?: NewFile['identities'] },
): Promise<{ before: FileBefore } | null> {
  const changes = await writeEdits(trx, caller, row, edits);
  const now = app.now();
  const added: FileBefore['identities'] = [];
  if (identities.length > 0) {
    const own = await listIdentityRows(trx, [row.id]);
    for (const { kind, value } of identities) {
      if (own.some((one) => one.kind === kind && one.value === value)) continue;
      const id = nanoid();
      await insertIdentity(trx, row.id, { id, kind, value, isVerified: false, source: 'import' }, now);
      changes.push({ key: kind, before: null, after: value });
    }
    const known = new Set(own.map(({ id }) => id));
    const held = await listIdentityRows(trx, [row.id]);
    added.push(...held.filter(({ id }) => !known.has(id)).map(({ id, value }) => ({ id, value })));
  }
  if (changes.length === 0) return null;
  await updateContact(trx, row.id, { updatedAt: now });
  await writeDown(app, trx, caller, { contactId: row.id, changes, at: now });
  const [after] = (await lockRows(trx, 'contact', [row.id])) as ContactRow[];
  return { before: noteBefore(row, after ?? row, { changes, identities: added }) };
}

/** Each begins with the line in its timeline that it was imported, which goes with it where the import is stopped. */
export async function insertFiles(app: App, trx: Transaction, caller: Caller, files: readonly NewFile[]): Promise<void> {
  const now = app.now();
  await insertContactRows(trx, files, now);
  await noteImported(app, trx, { caller, contactIds: files.map(({ id }) => id) });
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

/** Files that are just being made out of a table. */
export async function noteImported(
  app: App,
  trx: Transaction,
  { caller: { agentId, name }, contactIds }: { caller: Pick<Caller, 'agentId' | 'name'>; contactIds: readonly string[] },
): Promise<void> {
  const [at, agent] = [app.now(), { id: agentId, name }];
  const changes = [{ key: 'created', before: null, after: 'import' }];
  await app.followers.filesChanged(
    trx,
    contactIds.map((contactId) => ({ contactId, agent, changes, at })),
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
