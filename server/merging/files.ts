/** Customer files as merging sees them: locked, with all that they say, and with everything that stands in them. */
import { AppError } from '../../shared/errors.ts';
import type { App, FileShelf } from '../app.ts';
import type { OwnWords } from '../contacts/own-words.ts';
import { lockVisitorOf } from '../contacts/visitors.ts';
import type { Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { ContactRow, IdentityRow } from '../storage/tables.ts';
import { columnsOf, type Facts, factsOf, tagsOf, valuesOf } from './file-facts.ts';
import { type FileVisitor, listFileVisitors, listHeldValues, listIdentitiesOf, updateTold, writeFile } from './merge-store.ts';

/** Its rows are the merges themselves: it is asked only when a lead is closed and when a person is erased. */
export const MERGE_SHELF = 'merge';

export interface LockedFile {
  row: ContactRow;
  facts: Facts;
  identities: IdentityRow[];
  visitors: FileVisitor[];
}

/**
 * Nobody writes into these files, or comes into them, until the transaction ends. Browsers are locked before files, as wherever
 * one of them speaks, and files in the order of their ids: agents who merge crosswise wait for each other and never for ever.
 */
export async function lockFiles(trx: Transaction, ids: readonly string[]): Promise<Map<string, LockedFile>> {
  for (const { id } of await listFileVisitors(trx, ids)) await lockVisitorOf(trx, id);
  const rows = (await lockRows(trx, 'contact', [...new Set(ids)])) as ContactRow[];
  const visitors = await listFileVisitors(trx, ids);
  const files = new Map<string, LockedFile>();
  for (const row of rows) {
    const [values, identities] = [await listHeldValues(trx, row.id), await listIdentitiesOf(trx, row.id)];
    const own = visitors.filter(({ contactId }) => contactId === row.id);
    files.set(row.id, { row, facts: factsOf(row, values), identities, visitors: own });
  }
  return files;
}

/** One that is there, and still a file of its own. */
export function requireLive(files: ReadonlyMap<string, LockedFile>, id: string, field: string): LockedFile {
  const file = files.get(id);
  if (!file) throw new AppError('not-found', 'There is no such contact.');
  if (file.row.erasedAt !== null) throw new AppError('conflict', 'This person has been erased.', { field });
  if (file.row.mergedInto !== null) throw new AppError('conflict', 'This file was merged into another one meanwhile.', { field });
  return file;
}

export async function rewriteFile(trx: Transaction, id: string, facts: Facts, more: Partial<ContactRow>): Promise<void> {
  await writeFile(trx, id, { columns: { ...columnsOf(facts), ...more }, tags: tagsOf(facts), values: valuesOf(facts) });
}

type MovingShelf = FileShelf & Required<Pick<FileShelf, 'move'>>;

/** Everything that can be moved between files. */
export function movingShelves(app: App): MovingShelf[] {
  return app.followers.fileShelves.filter((shelf): shelf is MovingShelf => shelf.move !== undefined && shelf.name !== MERGE_SHELF);
}

/** Once the files say what they are to say. */
export async function settleFiles(app: App, trx: Transaction, ids: readonly string[]): Promise<void> {
  for (const shelf of app.followers.fileShelves) await shelf.settle?.(trx, ids);
}

/** After the commit. */
export function tellMoved(app: App, moved: ReadonlyMap<string, readonly string[]>): void {
  for (const shelf of movingShelves(app)) {
    const ids = moved.get(shelf.name);
    if (ids && ids.length > 0) shelf.moved?.(ids);
  }
}

/** From now on the browsers in it, whom nobody vouches for, know only what they have said themselves. Returns what, by their ids. */
export async function keepOwnWords(trx: Transaction, { facts, identities, visitors }: LockedFile): Promise<Record<string, OwnWords>> {
  const words = ownWordsIn(facts, identities);
  const unknown = visitors.filter(({ isVerified }) => isVerified === 0);
  const first = unknown.filter(({ told }) => told === null).map(({ id }) => id);
  if (first.length > 0) await updateTold(trx, first, JSON.stringify(words));
  return Object.fromEntries(unknown.map(({ id, told }) => [id, told === null ? words : (JSON.parse(told) as OwnWords)]));
}

function ownWordsIn(facts: Facts, identities: readonly IdentityRow[]): OwnWords {
  const inTime = identities.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const last = (kind: string) => inTime.findLast((identity) => identity.kind === kind)?.value ?? null;
  const { name, company, fields, consentAt, consentText } = columnsOf(facts);
  return {
    ...{ name: name ?? null, company: company ?? null, email: last('email'), phone: last('phone') },
    fields: JSON.parse(fields ?? '{}'),
    consent: consentAt ? { at: consentAt, text: consentText ?? null } : null,
  };
}
