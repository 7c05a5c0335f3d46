/** What a change of many has written into a file is taken back, except where something else stands there by now. */
import { TAGS_MAX } from '../../shared/contact-limits.ts';
import type { App, FileChange } from '../app.ts';
import { restoreValues, type ValueChange } from '../fields/field-values.ts';
import type { Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteIdentity, findCompanyName, listIdentityRows, replaceTags, updateContact } from './contact-store.ts';
import { writeDown } from './file-changes.ts';

/** Columns that say one thing together. A stage is no longer what was written once purchases have come or gone. */
const parts = {
  name: ['name'],
  ownerId: ['ownerId'],
  locale: ['locale'],
  company: ['company', 'companyId'],
  stage: ['lifecycle', 'isLifecycleByHand', 'purchaseCount', 'purchaseTotal', 'firstPurchaseAt', 'lastPurchaseAt', 'activeUntil'],
  tags: ['tags'],
} as const satisfies Record<string, readonly (keyof ContactRow)[]>;
type Part = keyof typeof parts;
type Change = FileChange['changes'][number];

interface Turn {
  before: Partial<ContactRow>;
  after: Partial<ContactRow>;
}

/** What a change has made of a file, and what stood there before: of what it has changed, and of nothing else. */
export interface FileBefore {
  parts: Partial<Record<Part, Turn>>;
  values: ValueChange[];
  /** Those that were added. */
  identities: { id: string; value: string }[];
  updatedAt: { before: number | null; after: number | null };
}

export function noteBefore(
  before: ContactRow,
  after: ContactRow,
  { changes, identities }: { changes: readonly Change[]; identities: FileBefore['identities'] },
): FileBefore {
  const changed = Object.entries(parts).filter(([, columns]) => columns.some((column) => before[column] !== after[column]));
  return {
    parts: Object.fromEntries(changed.map(([part, columns]) => [part, { before: pick(before, columns), after: pick(after, columns) }])),
    values: changes.filter((change): change is ValueChange => change.key.startsWith('values.')),
    identities,
    updatedAt: { before: before.updatedAt, after: after.updatedAt },
  };
}

/** The row is locked. False where somebody has changed all of it since, so that nothing was left to take back. */
export async function restoreFile(app: App, trx: Transaction, caller: Caller, row: ContactRow, before: FileBefore): Promise<boolean> {
  const now = app.now();
  const columns: Partial<ContactRow> = {};
  for (const [part, turn] of Object.entries(before.parts)) Object.assign(columns, await turnBack(trx, row, part as Part, turn));
  const changes = [
    ...changesOf(row, columns),
    ...(await restoreValues(trx, row.id, before.values)),
    ...(await dropClaims(trx, row.id, before.identities)),
  ];
  if (changes.length === 0) return false;
  // A file that nobody else has touched is again as if it never had been.
  const updatedAt = row.updatedAt === before.updatedAt.after ? before.updatedAt.before : now;
  await updateContact(trx, row.id, { ...columns, updatedAt });
  if (columns.tags !== undefined) await replaceTags(trx, row.id, JSON.parse(columns.tags));
  await writeDown(app, trx, caller, { contactId: row.id, changes, at: now });
  return true;
}

async function turnBack(trx: Transaction, row: ContactRow, part: Part, { before, after }: Turn): Promise<Partial<ContactRow>> {
  if (part === 'tags') return tagsWithout(row, { before, after });
  if (part === 'company') return isCompanySame(row, after) ? companyOf(trx, before) : {};
  return parts[part].every((column) => row[column] === after[column]) ? before : {};
}

/** Others may have put on or taken off some of them. */
function tagsWithout({ tags }: ContactRow, { before, after }: Turn): Partial<ContactRow> {
  if (tags === after.tags) return before;
  const [held, was, became] = [tagsIn(tags), tagsIn(before.tags), tagsIn(after.tags)];
  const kept = held.filter((tag) => was.includes(tag) || !became.includes(tag));
  const back = was.filter((tag) => !became.includes(tag) && !held.includes(tag)).slice(0, Math.max(0, TAGS_MAX - kept.length));
  return kept.length === held.length && back.length === 0 ? {} : { tags: JSON.stringify([...kept, ...back]) };
}

function tagsIn(tags = '[]'): string[] {
  return JSON.parse(tags);
}

/** One that was given another name since is the same. */
function isCompanySame(row: ContactRow, after: Partial<ContactRow>): boolean {
  return row.companyId === after.companyId && (row.companyId !== null || row.company === after.company);
}

/** By the name that it has today; of one that is gone the words stay. */
async function companyOf(trx: Transaction, { company = null, companyId = null }: Partial<ContactRow>): Promise<Partial<ContactRow>> {
  const name = companyId === null ? null : await findCompanyName(trx, companyId);
  return name === null ? { company, companyId: null } : { company: name, companyId };
}

function changesOf(row: ContactRow, columns: Partial<ContactRow>): Change[] {
  const changes: Change[] = [];
  for (const key of ['name', 'company', 'ownerId', 'lifecycle', 'locale'] as const) {
    if (columns[key] !== undefined && row[key] !== columns[key]) changes.push({ key, before: row[key], after: columns[key] });
  }
  // A company of the same name as the words before it, and a stage that only was somebody's word.
  if (columns.companyId !== undefined && columns.company === row.company) {
    changes.push({ key: 'companyId', before: row.companyId, after: columns.companyId });
  }
  if (columns.lifecycle !== undefined && columns.lifecycle === row.lifecycle) {
    changes.push({ key: 'isLifecycleByHand', before: row.isLifecycleByHand === 1, after: columns.isLifecycleByHand === 1 });
  }
  if (columns.tags !== undefined) changes.push({ key: 'tags', before: JSON.parse(row.tags), after: JSON.parse(columns.tags) });
  return changes;
}

/** What somebody has made sure of, corrected or moved into another file since stays. */
async function dropClaims(trx: Transaction, id: string, added: FileBefore['identities']): Promise<Change[]> {
  if (added.length === 0) return [];
  const own = await listIdentityRows(trx, [id]);
  const claims = own.filter((one) => one.isVerified === 0 && added.some((claim) => claim.id === one.id && claim.value === one.value));
  for (const claim of claims) await deleteIdentity(trx, claim.id);
  return claims.map(({ kind, value }) => ({ key: kind, before: value, after: null }));
}

function pick(row: ContactRow, columns: readonly (keyof ContactRow)[]): Partial<ContactRow> {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}
