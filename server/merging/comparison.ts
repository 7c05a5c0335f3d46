/** Two files side by side, as somebody who is about to merge them may see them: what is hidden is compared, not shown. */

import type { FieldChoice } from '../../shared/custom-fields.ts';
import { AppError } from '../../shared/errors.ts';
import type { ComparedFact, Comparison } from '../../shared/merging.ts';
import type { App } from '../app.ts';
import { isInDetail } from '../contacts/masking.ts';
import { mayChangeField, maySeeField } from '../fields/field-rights.ts';
import type { Db } from '../storage/database.ts';
import { countFileRows } from '../storage/file-rows.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { listAgentNames, listNamedFields, type NamedField } from './field-store.ts';
import { briefOf } from './file-briefs.ts';
import { type Facts, factsOf, keysOf, suggestedSide, tagsOf } from './file-facts.ts';
import { movingShelves } from './files.ts';
import { findContactRow, listHeldValues } from './merge-store.ts';

const fixed = ['name', 'company', 'lifecycle', 'ownerId', 'locale', 'consent', 'block'] as const;
const kinds: Partial<Record<string, ComparedFact['kind']>> = {
  lifecycle: 'lifecycle',
  locale: 'language',
  consent: 'consent',
  block: 'block',
};

export async function compareContacts(app: App, caller: Caller, id: string, otherId: string): Promise<Comparison> {
  if (id === otherId) throw new AppError('invalid', 'otherId: a file cannot be merged with itself', { field: 'otherId' });
  const { db } = app.storage;
  const [one, other] = [await getLive(db, id), await getLive(db, otherId)];
  return {
    contact: await briefOf(db, caller, id),
    other: await briefOf(db, caller, otherId),
    facts: await compareFacts(db, caller, one, other),
    tags: { this: tagsOf(one), other: tagsOf(other) },
    moves: await countShelves(app, otherId),
  };
}

async function getLive(db: Db, id: string): Promise<Facts> {
  const row: ContactRow | undefined = await findContactRow(db, id);
  if (!row) throw new AppError('not-found', 'There is no such contact.');
  if (row.erasedAt !== null) throw new AppError('conflict', 'This person has been erased.');
  if (row.mergedInto !== null) throw new AppError('conflict', 'This file was merged into another one meanwhile.');
  return factsOf(row, await listHeldValues(db, id));
}

async function compareFacts(db: Db, caller: Caller, one: Facts, other: Facts): Promise<ComparedFact[]> {
  const keys = keysOf(one, other);
  const fields = await listNamedFields(db, namesUnder(keys, 'field:'));
  const owners = await listAgentNames(
    db,
    [one.ownerId, other.ownerId].filter((id) => id !== undefined),
  );
  const rows: ComparedFact[] = [];
  const add = (key: string, fact: Pick<ComparedFact, 'kind' | 'label' | 'mayChoose'>, show: (value: string) => ComparedFact['this']) => {
    const sides = { this: one[key], other: other[key] };
    if (sides.this === undefined && sides.other === undefined) return;
    rows.push({
      ...{ key, currency: null, ...fact },
      this: sides.this === undefined ? null : show(sides.this),
      other: sides.other === undefined ? null : show(sides.other),
      isSame: sides.this === sides.other,
      suggested: suggestedSide(key, sides.this, sides.other),
    });
  };
  for (const key of fixed) {
    const isRuled = key === 'lifecycle' && [one[key], other[key]].every((fact) => fact === undefined || JSON.parse(fact)[1] === 0);
    const fact = { kind: kinds[key] ?? 'text', label: null, mayChoose: key !== 'block' && !isRuled };
    add(key, fact, (value) => {
      if (key === 'ownerId') return owners.get(value) ?? '';
      return key === 'name' || key === 'locale' ? value : JSON.parse(value)[0];
    });
  }
  for (const field of fields) {
    if (!maySeeField(caller, 'contact', field)) continue;
    const kind = field.kind === 'choice' ? 'text' : (field.kind as ComparedFact['kind']);
    const currency = field.currency;
    add(`field:${field.id}`, { kind, label: field.name, mayChoose: mayChangeField(caller, 'contact', field), ...{ currency } }, (value) =>
      shownValue(field, value),
    );
  }
  const isWhole = isInDetail(caller);
  for (const label of namesUnder(keys, 'told:').sort()) {
    add(`told:${label}`, { kind: isWhole ? 'text' : 'hidden', label, mayChoose: true }, (value) => (isWhole ? value : ''));
  }
  return rows;
}

function shownValue({ kind, choices }: NamedField, held: string): ComparedFact['this'] {
  const value = JSON.parse(JSON.parse(held).value);
  if (kind !== 'choice') return value;
  return (JSON.parse(choices) as FieldChoice[]).find(({ id }) => id === value)?.label ?? '';
}

function namesUnder(keys: readonly string[], prefix: string): string[] {
  return keys.flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
}

async function countShelves(app: App, contactId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of movingShelves(app)) {
    const count = await countFileRows(app.storage.db, name, contactId);
    if (count > 0) counts[name] = count;
  }
  return counts;
}
