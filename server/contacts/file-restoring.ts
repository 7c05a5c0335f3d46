/** A change in many files is taken back: each says again what it said, except where somebody has said something else since. */
import { permissions } from '../../shared/agent.ts';
import type { FieldValue } from '../../shared/custom-fields.ts';
import { ADMINISTRATOR } from '../../shared/role.ts';
import type { App, FileChange } from '../app.ts';
import { readHeldValues, writeValues } from '../fields/field-values.ts';
import type { Transaction } from '../storage/database.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteIdentity, replaceTags, updateContact } from './contact-store.ts';
import { writeDown } from './file-changes.ts';

const restorable = ['name', 'company', 'companyId', 'ownerId', 'lifecycle', 'isLifecycleByHand', 'tags', 'locale'] as const;
type Columns = Pick<ContactRow, (typeof restorable)[number]>;
type Values = Record<string, FieldValue | null>;

/** How a file stood before it was changed, as far as such a change can reach. */
export interface FileBefore extends Columns {
  updatedAt: number | null;
  values: Values;
  /** Identities that were added. */
  identityIds: string[];
  /** What the change has made of it, and of nothing else. */
  after?: { columns: Partial<Columns>; values: Values };
}

/** What was there before comes back whatever the rights are by now of whoever changed it. */
const asTheHouse = { role: ADMINISTRATOR, permissions };
const VALUE = 'values.';

export function noteBefore(
  before: ContactRow,
  after: ContactRow,
  { changes, identityIds }: { changes: FileChange['changes']; identityIds: string[] },
): FileBefore {
  const values = changes.filter(({ key }) => key.startsWith(VALUE));
  const valuesAs = (side: 'before' | 'after'): Values =>
    Object.fromEntries(values.map((change) => [change.key.slice(VALUE.length), change[side] as FieldValue | null]));
  const changed = restorable.filter((key) => before[key] !== after[key]);
  return {
    ...pick(before, restorable),
    updatedAt: before.updatedAt,
    values: valuesAs('before'),
    identityIds,
    after: { columns: pick(after, changed), values: valuesAs('after') },
  };
}

/** The row is locked. False where somebody has changed all of it since, so that nothing was left to take back. */
export async function restoreFile(app: App, trx: Transaction, caller: Caller, row: ContactRow, before: FileBefore): Promise<boolean> {
  const now = app.now();
  const columns = columnsToRestore(row, before);
  const values = await valuesToRestore(trx, row.id, before);
  const isWhole = before.after === undefined || keysOf(columns, values).length === keysOf(before.after.columns, before.after.values).length;
  if (keysOf(columns, values).length + before.identityIds.length === 0) return false;
  await updateContact(trx, row.id, { ...columns, updatedAt: isWhole ? before.updatedAt : now });
  if (columns.tags !== undefined) await replaceTags(trx, row.id, JSON.parse(columns.tags));
  const written = await writeValues(trx, asTheHouse, { entity: 'contact', id: row.id, patch: values });
  for (const id of before.identityIds) await deleteIdentity(trx, id);
  const changes: FileChange['changes'][number][] = [...written];
  for (const key of ['name', 'company', 'ownerId', 'lifecycle', 'locale'] as const) {
    if (columns[key] !== undefined && row[key] !== columns[key]) changes.push({ key, before: row[key], after: columns[key] });
  }
  if (columns.tags !== undefined && row.tags !== columns.tags) {
    changes.push({ key: 'tags', before: JSON.parse(row.tags), after: JSON.parse(columns.tags) });
  }
  if (changes.length > 0) await writeDown(app, trx, caller, { contactId: row.id, changes, at: now });
  return true;
}

/** A company that was given another name since is the same one; by hand or by the rule, a stage is one word. */
function columnsToRestore(row: ContactRow, { after, ...before }: FileBefore): Partial<Columns> {
  if (!after) return pick(before, restorable);
  const { columns } = after;
  const isSame = (key: (typeof restorable)[number]): boolean => {
    if (key === 'company' && columns.companyId) return row.companyId === columns.companyId;
    if (key === 'companyId' && columns.companyId === null && columns.company !== undefined) {
      return row.companyId === null && row.company === columns.company;
    }
    return row[key] === columns[key];
  };
  const isStageSame = (['lifecycle', 'isLifecycleByHand'] as const).every((key) => columns[key] === undefined || row[key] === columns[key]);
  const changed = restorable.filter((key) => columns[key] !== undefined);
  return pick(
    before,
    changed.filter((key) => (key === 'lifecycle' || key === 'isLifecycleByHand' ? isStageSame : isSame(key))),
  );
}

async function valuesToRestore(trx: Transaction, id: string, { values, after }: FileBefore): Promise<Values> {
  if (!after || Object.keys(values).length === 0) return values;
  const held = new Map(((await readHeldValues(trx, [id])).get(id) ?? []).map(({ key, value }) => [key, value]));
  return Object.fromEntries(Object.entries(values).filter(([key]) => (held.get(key) ?? null) === after.values[key]));
}

function pick<Key extends keyof Columns>(columns: Columns, keys: readonly Key[]): Pick<Columns, Key> {
  return Object.fromEntries(keys.map((key) => [key, columns[key]])) as Pick<Columns, Key>;
}

function keysOf(...some: readonly object[]): string[] {
  return some.flatMap((one) => Object.keys(one));
}
