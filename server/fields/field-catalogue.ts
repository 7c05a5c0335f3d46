/** The fields that administrators make for customer files, companies, tickets and opportunities. Nothing is deleted: files hold values. */
import {
  type CustomField,
  type CustomFieldCreateRequest,
  type CustomFieldPatch,
  type FieldChoice,
  type FieldEntity,
  type FieldKind,
  type FieldQuery,
  fieldEntities,
} from '../../shared/custom-fields.ts';
import { AppError } from '../../shared/errors.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { CustomFieldRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { findFieldRow, insertField, listFieldRows, lockField, updateField, updatePositions } from './custom-field-store.ts';
import { mayChangeField, maySeeField } from './field-rights.ts';
import { listUsedChoices } from './field-value-store.ts';

/** More than any form can show; lists walk through all of them. */
const FIELDS_MAX = 200;

/** Those whose values this caller may see. */
export async function listFields(app: App, caller: Caller, { entity, include }: FieldQuery): Promise<CustomField[]> {
  if (include === 'all') requireRight(caller, 'crm:manage');
  const rows = await listFieldRows(app.storage.db, entity);
  const wanted = include === 'all' ? rows : rows.filter((row) => row.archivedAt === null && maySeeField(caller, entityOf(row), row));
  return wanted.map((row) => toField(caller, row));
}

export async function createField(app: App, caller: Caller, asked: CustomFieldCreateRequest): Promise<CustomField> {
  requireShape(asked);
  const now = app.now();
  const made = app.storage.write(async (trx) => {
    const known = await findFieldRow(trx, asked.id);
    if (known) return requireSame(known, asked);
    const others = await listFieldRows(trx, asked.entity);
    if (others.some(({ key }) => key === asked.key)) throw keyTaken();
    if (others.length >= FIELDS_MAX) throw new AppError('conflict', `There are ${FIELDS_MAX} fields already.`, { field: 'entity' });
    const row: CustomFieldRow = {
      id: asked.id,
      entity: asked.entity,
      key: asked.key,
      name: asked.name,
      kind: asked.kind,
      choices: JSON.stringify(asked.choices),
      currency: asked.kind === 'money' ? asked.currency : null,
      viewRoles: toStored(asked.viewRoles),
      editRoles: toStored(asked.editRoles),
      position: Math.max(0, ...others.map(({ position }) => position)) + 1,
      archivedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    await insertField(trx, row);
    return row;
  });
  const row = await made.catch((error: unknown) => Promise.reject(isUniqueViolation(error) ? keyTaken() : error));
  return toField(caller, row);
}

export async function changeField(app: App, caller: Caller, id: string, patch: CustomFieldPatch): Promise<CustomField> {
  const changed = await app.storage.write(async (trx) => {
    const row = await lockField(trx, id);
    if (patch.expectedUpdatedAt !== undefined && patch.expectedUpdatedAt !== row.updatedAt) {
      throw new AppError('conflict', 'Somebody has changed this field meanwhile.');
    }
    const choices = patch.choices && (await withThoseInUse(trx, row, patch.choices));
    if (choices) requireShape({ kind: row.kind as FieldKind, choices, currency: row.currency });
    const now = app.now();
    const next: CustomFieldRow = {
      ...row,
      name: patch.name ?? row.name,
      choices: choices ? JSON.stringify(choices) : row.choices,
      viewRoles: patch.viewRoles === undefined ? row.viewRoles : toStored(patch.viewRoles),
      editRoles: patch.editRoles === undefined ? row.editRoles : toStored(patch.editRoles),
      archivedAt: patch.isArchived === undefined ? row.archivedAt : patch.isArchived ? (row.archivedAt ?? now) : null,
      // Two changes within one millisecond are two.
      updatedAt: Math.max(now, row.updatedAt + 1),
    };
    await updateField(trx, id, next);
    return next;
  });
  return toField(caller, changed);
}

/** Those named come first, in this order; whatever a colleague has made meanwhile follows as it was. */
export async function orderFields(
  app: App,
  caller: Caller,
  { entity, ids }: { entity: FieldEntity; ids: readonly string[] },
): Promise<CustomField[]> {
  const rows = await app.storage.write(async (trx) => {
    const held = await listFieldRows(trx, entity);
    const unknown = ids.find((id) => !held.some((row) => row.id === id));
    if (unknown !== undefined) throw new AppError('not-found', 'There is no such field.', { field: 'ids' });
    const named = [...new Set(ids)].flatMap((id) => held.filter((row) => row.id === id));
    const ordered = [...named, ...held.filter((row) => !ids.includes(row.id))].map((row, place) => ({ ...row, position: place + 1 }));
    await updatePositions(
      trx,
      ordered.map(({ id, position }) => ({ id, position })),
    );
    return ordered;
  });
  return rows.map((row) => toField(caller, row));
}

/** What a file holds can still be read there, though nobody chooses it any more. */
async function withThoseInUse(trx: Transaction, row: CustomFieldRow, wished: readonly FieldChoice[]): Promise<FieldChoice[]> {
  const left = (JSON.parse(row.choices) as FieldChoice[]).filter(({ id }) => !wished.some((choice) => choice.id === id));
  const used = await listUsedChoices(
    trx,
    row.id,
    left.map(({ id }) => id),
  );
  return [...wished, ...left.filter(({ id }) => used.has(id)).map((choice) => ({ ...choice, isArchived: true }))];
}

function requireShape({ kind, choices, currency }: Pick<CustomField, 'kind' | 'choices' | 'currency'>): void {
  const offered = choices.filter(({ isArchived }) => !isArchived);
  if (kind === 'choice' && offered.length === 0) throw new AppError('invalid', 'choices: there must be at least one', { field: 'choices' });
  if (kind !== 'choice' && choices.length > 0) throw new AppError('invalid', 'choices: only a choice has some', { field: 'choices' });
  const labels = offered.map(({ label }) => label.toLowerCase());
  if (new Set(labels).size < labels.length) throw new AppError('invalid', 'choices: two have one name', { field: 'choices' });
  if (new Set(choices.map(({ id }) => id)).size < choices.length) {
    throw new AppError('invalid', 'choices: two have one id', { field: 'choices' });
  }
  if (kind === 'money' && currency === null) throw new AppError('invalid', 'currency: money has one', { field: 'currency' });
}

/** A retry finds the first copy; another field under the same id is a mistake. */
function requireSame(known: CustomFieldRow, { entity, key }: CustomFieldCreateRequest): CustomFieldRow {
  if (known.entity === entity && known.key === key) return known;
  throw new AppError('conflict', 'There is another field with this id.', { field: 'id' });
}

function keyTaken(): AppError {
  return new AppError('conflict', 'key: there is a field with this key already, perhaps an archived one', { field: 'key' });
}

function toStored(roles: readonly string[] | null): string | null {
  return roles === null ? null : JSON.stringify(roles);
}

function entityOf({ entity }: CustomFieldRow): FieldEntity {
  return fieldEntities.find((one) => one === entity) ?? 'contact';
}

function toField(caller: Caller, row: CustomFieldRow): CustomField {
  return {
    id: row.id,
    entity: entityOf(row),
    key: row.key,
    name: row.name,
    kind: row.kind as FieldKind,
    choices: JSON.parse(row.choices),
    currency: row.currency,
    viewRoles: row.viewRoles === null ? null : JSON.parse(row.viewRoles),
    editRoles: row.editRoles === null ? null : JSON.parse(row.editRoles),
    mayEdit: mayChangeField(caller, entityOf(row), row),
    archivedAt: row.archivedAt,
    updatedAt: row.updatedAt,
  };
}
