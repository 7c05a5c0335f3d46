/**
 * What stands in the custom fields of contacts, companies, tickets and opportunities. Rooms read and write it here, so that a field
 * that a role may not see never leaves the house and is never changed.
 */
import type { FieldEntity, FieldPatch, FieldValue, FieldValues } from '../../shared/custom-fields.ts';
import { AppError } from '../../shared/errors.ts';
import { judgeFieldValue, readFieldText } from '../../shared/field-judge.ts';
import { foldName } from '../../shared/fold.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { CustomFieldRow } from '../storage/tables.ts';
import { listFieldRows } from './custom-field-store.ts';
import { type FieldReader, mayChangeField, maySeeField } from './field-rights.ts';
import { deleteValue, deleteValuesOf, insertValues, listValueRows, moveValues, upsertValue } from './field-value-store.ts';

/** What stands in a field, before anybody's rights are asked. `viewRoles` as it is stored. */
export interface HeldValue {
  key: string;
  value: FieldValue;
  viewRoles: string | null;
}

/** `key` is that of the field, behind `values.`; null stands for empty. */
export interface ValueChange {
  key: string;
  before: FieldValue | null;
  after: FieldValue | null;
}

/** Folded words beyond these are not compared. */
const TEXT_KEY_MAX = 200;

/** By the id of the thing; each without what this caller may not see. Of a thing without values there is an empty entry. */
export async function readValues(
  db: Db | Transaction,
  caller: FieldReader,
  { entity, ids }: { entity: FieldEntity; ids: readonly string[] },
): Promise<Map<string, FieldValues>> {
  const held = await readHeldValues(db, ids);
  return new Map(ids.map((id) => [id, valuesShownTo(caller, entity, held.get(id) ?? [])]));
}

/** For a room that tells several readers at once: it shows each of them `valuesShownTo`. */
export async function readHeldValues(db: Db | Transaction, ids: readonly string[]): Promise<Map<string, HeldValue[]>> {
  const held = new Map<string, HeldValue[]>();
  for (const { entityId, key, value, viewRoles } of await listValueRows(db, ids)) {
    const own = held.get(entityId) ?? [];
    own.push({ key, value: JSON.parse(value), viewRoles });
    held.set(entityId, own);
  }
  return held;
}

export function valuesShownTo(caller: FieldReader, entity: FieldEntity, held: readonly HeldValue[]): FieldValues {
  const seen = held.filter((value) => maySeeField(caller, entity, value));
  return Object.fromEntries(seen.map(({ key, value }) => [key, value]));
}

/**
 * Writes what an agent or a program says stands in the fields of one thing, which is locked. Null empties. Where `was` tells what the
 * writer saw and something else stands there by now, it is `stale`. A field that the caller may not see is one that does not exist.
 * Throws before it has written anything.
 */
export async function writeValues(
  trx: Transaction,
  caller: FieldReader,
  { entity, id, patch, was }: { entity: FieldEntity; id: string; patch: FieldPatch; was?: FieldPatch | undefined },
): Promise<ValueChange[]> {
  const keys = Object.keys(patch);
  if (keys.length === 0) return [];
  const fields = (await listFieldRows(trx, entity)).filter(({ archivedAt }) => archivedAt === null);
  const held = new Map((await listValueRows(trx, [id])).map(({ key, value }) => [key, JSON.parse(value) as FieldValue]));
  const judgedValues: { field: CustomFieldRow; before: FieldValue | null; after: FieldValue | null }[] = [];
  for (const key of keys) {
    const about = { field: `values.${key}` };
    const field = fields.find((one) => one.key === key);
    if (!field || !maySeeField(caller, entity, field)) throw new AppError('invalid', `values.${key}: there is no such field`, about);
    if (!mayChangeField(caller, entity, field)) throw new AppError('forbidden', `values.${key}: your role may not change it`, about);
    const before = held.get(key) ?? null;
    const wished = patch[key] ?? null;
    if (wished === before) continue;
    const after = wished === null ? null : judged(field, wished);
    if (after === before) continue;
    const seen = was?.[key];
    if (seen !== undefined && seen !== before) throw new AppError('stale', `values.${key}: somebody has changed it meanwhile`, about);
    judgedValues.push({ field, before, after });
  }
  for (const { field, after } of judgedValues) await keep(trx, id, field, after);
  return judgedValues.map(({ field: { key }, before, after }) => ({ key: `values.${key}`, before, after }));
}

/** What stood in the fields of one contact comes back, whoever asks, but only where what was written over it still stands, and fits. */
export async function restoreValues(trx: Transaction, id: string, written: readonly ValueChange[]): Promise<ValueChange[]> {
  if (written.length === 0) return [];
  const fields = (await listFieldRows(trx, 'contact')).filter(({ archivedAt }) => archivedAt === null);
  const held = new Map((await listValueRows(trx, [id])).map(({ key, value }) => [key, JSON.parse(value) as FieldValue]));
  const changes: ValueChange[] = [];
  for (const { key, before, after } of written) {
    const field = fields.find((one) => `values.${one.key}` === key);
    if (!field || (held.get(field.key) ?? null) !== after) continue;
    if (before !== null && !judgeFieldValue(shapeOf(field), before).ok) continue;
    await keep(trx, id, field, before);
    changes.push({ key, before: after, after: before });
  }
  return changes;
}

/** What a person tells of itself goes into empty fields of the same key, as far as it can be read. Returns what has become of it. */
export async function fillFromTold(trx: Transaction, id: string, told: Readonly<Record<string, string>>): Promise<ValueChange[]> {
  const keys = Object.keys(told);
  if (keys.length === 0) return [];
  const fields = (await listFieldRows(trx, 'contact')).filter(({ key, archivedAt }) => archivedAt === null && keys.includes(key));
  if (fields.length === 0) return [];
  const held = new Set((await listValueRows(trx, [id])).map(({ key }) => key));
  const changes: ValueChange[] = [];
  for (const field of fields.filter(({ key }) => !held.has(key))) {
    const after = readFieldText(shapeOf(field), told[field.key] ?? '');
    if (after === null) continue;
    await keep(trx, id, field, after);
    changes.push({ key: `values.${field.key}`, before: null, after });
  }
  return changes;
}

/** A value of a thing that is just being made; it was judged already. */
export interface NewValue {
  entityId: string;
  fieldId: string;
  kind: string;
  value: FieldValue;
}

/** Of many new things at once. */
export async function insertNewValues(trx: Transaction, values: readonly NewValue[]): Promise<void> {
  await insertValues(
    trx,
    values.map(({ entityId, fieldId, kind, value }) => ({ entityId, fieldId, value: JSON.stringify(value), ...keysOf(kind, value) })),
  );
}

/** Of one thing: nothing is left. */
export async function forgetValues(trx: Transaction, id: string): Promise<void> {
  await deleteValuesOf(trx, id);
}

/** What the one has and the other has not comes along; the rest goes with the one. */
export async function inheritValues(trx: Transaction, from: string, to: string): Promise<void> {
  await moveValues(trx, from, to);
  await deleteValuesOf(trx, from);
}

function judged(field: CustomFieldRow, value: FieldValue): FieldValue {
  const verdict = judgeFieldValue(shapeOf(field), value);
  if (verdict.ok) return verdict.value;
  throw new AppError('invalid', `values.${field.key}: ${verdict.problem}`, { field: `values.${field.key}` });
}

function shapeOf({ kind, choices, currency }: CustomFieldRow) {
  return { kind, choices: JSON.parse(choices), currency } as Parameters<typeof judgeFieldValue>[0];
}

async function keep(trx: Transaction, entityId: string, { id: fieldId, kind }: CustomFieldRow, value: FieldValue | null): Promise<void> {
  if (value === null) await deleteValue(trx, { entityId, fieldId });
  else await upsertValue(trx, { entityId, fieldId, value: JSON.stringify(value), ...keysOf(kind, value) });
}

/** By what lists find and order it: texts by their folded words, days by their beginning in UTC, yes as 1. */
function keysOf(kind: string, value: FieldValue): { textKey: string | null; number: number | null } {
  if (typeof value === 'boolean') return { textKey: null, number: value ? 1 : 0 };
  if (typeof value === 'number') return { textKey: null, number: value };
  if (kind === 'date') return { textKey: value, number: Date.parse(`${value}T00:00:00Z`) };
  if (kind === 'choice') return { textKey: value, number: null };
  return { textKey: foldName(value).slice(0, TEXT_KEY_MAX), number: null };
}
