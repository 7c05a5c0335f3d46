/** What was changed in a file by hand, kept as items of its timeline, and told to each reader as far as that one may see the fields. */
import { nanoid } from 'nanoid';
import type { FieldChoice, FieldKind } from '../../shared/custom-fields.ts';
import { minorDigits } from '../../shared/money.ts';
import type { TimelineChange } from '../../shared/timeline.ts';
import type { App, FileChange } from '../app.ts';
import { HIDDEN, isInDetail } from '../contacts/masking.ts';
import { type FieldReader, maySeeField } from '../fields/field-rights.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { CustomFieldRow } from '../storage/tables.ts';
import { plain } from './activity-rows.ts';
import { upsertChanges } from './activity-store.ts';
import { listNamedThings, type Named, type NamedIds } from './change-name-store.ts';

/** Values stay as the file had them: what they are called is told in the words of today. */
type StoredChange = FileChange['changes'][number];
type Shown = TimelineChange['from'];

const CUSTOM = 'values.';
const TOLD = 'told.';
/** Of one value; a consent's text may be long. */
const SHOWN_MAX = 300;
/** What everybody who sees files may see; any other value is hidden from those who see no details. */
const openFields = new Set([
  ...['name', 'company', 'companyId', 'ownerId', 'lifecycle', 'isLifecycleByHand', 'tags', 'locale', 'block'],
  ...['created', 'merged', 'parted', 'split', 'purchase'],
]);
const OPEN = 'consent.';
/** What was bought and for how much, of a purchase that was deleted. */
const BOUGHT = 'purchase';
/** `after` is the file that was put apart from this one. */
const SPLIT = 'split';

/** In the transaction that changes the files. */
export async function noteChanges(app: Pick<App, 'now'>, trx: Transaction, told: readonly FileChange[]): Promise<void> {
  const now = app.now();
  const rows = told.flatMap(({ id = nanoid(), contactId, agent, changes, at }) => {
    const real = changes.filter(({ before, after }) => JSON.stringify(before ?? null) !== JSON.stringify(after ?? null));
    if (real.length === 0) return [];
    const said = { agentId: agent?.id ?? null, changes: JSON.stringify(real) };
    return [{ id, contactId, kind: 'change', at, words: plain.words, ...said, createdAt: now, updatedAt: now }];
  });
  if (rows.length > 0) await upsertChanges(trx, rows);
}

/** Of each row that is a change: what this reader may see of it. */
export async function readChanges(
  db: Db,
  caller: FieldReader,
  rows: readonly { id: string; changes: string | null }[],
): Promise<Map<string, TimelineChange[]>> {
  const stored = new Map(rows.flatMap((row) => (row.changes === null ? [] : [[row.id, JSON.parse(row.changes) as StoredChange[]]])));
  if (stored.size === 0) return new Map();
  const all = [...stored.values()].flat();
  const keys = all.filter(({ key }) => key.startsWith(CUSTOM)).map(({ key }) => key.slice(CUSTOM.length));
  const named = await listNamedThings(db, { fieldKeys: keys, ids: idsIn(all) });
  return new Map([...stored].map(([id, changes]) => [id, changes.flatMap((change) => show(caller, change, named))]));
}

function show(caller: FieldReader, { key, before, after, side }: StoredChange, named: Named): TimelineChange[] {
  const whose = side && { side };
  if (key.startsWith(CUSTOM)) {
    const field = named.fields.get(key.slice(CUSTOM.length));
    if (!field || !maySeeField(caller, 'contact', field)) return [];
    const told = (value: unknown) => inWords(field, toShown(value));
    return [{ field: key, name: field.name, kind: field.kind as FieldKind, from: told(before), to: told(after), ...whose }];
  }
  if (key === SPLIT) {
    const id = String(after);
    return [{ field: key, name: null, from: null, to: named.names.get(id) ?? true, ...(named.openFiles.has(id) && { contactId: id }) }];
  }
  if (key === BOUGHT && !caller.permissions.includes('purchases:view')) return [];
  const isHidden = !openFields.has(key) && !key.startsWith(OPEN) && !isInDetail(caller);
  const told = (value: unknown) => {
    const plainly = toShown(value);
    return plainly === null ? null : isHidden ? HIDDEN : typeof plainly === 'string' ? (named.names.get(plainly) ?? plainly) : plainly;
  };
  // What the site has told is called as the site calls it.
  const name = key.startsWith(TOLD) ? key.slice(TOLD.length) : null;
  return [{ field: key, name, from: told(before), to: told(after), ...whose }];
}

/** Of lists their parts, and of identities and consents what they are about. */
function toShown(value: unknown): Shown {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value.slice(0, SHOWN_MAX);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) {
    const parts = value.map(toShown).filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join(', ').slice(0, SHOWN_MAX);
  }
  const { value: held, name, text, kind } = value as Record<string, unknown>;
  return toShown(held ?? name ?? text ?? kind);
}

function inWords({ kind, choices, currency }: CustomFieldRow, value: Shown): Shown {
  if (value === null) return null;
  if (kind === 'choice') return (JSON.parse(choices) as FieldChoice[]).find(({ id }) => id === value)?.label ?? value;
  if (kind === 'money' && currency !== null) return `${Number(value) / 10 ** minorDigits(currency)} ${currency}`;
  return value;
}

function idsIn(changes: readonly StoredChange[]): NamedIds {
  const valuesOf = (wanted: string) =>
    changes.filter(({ key }) => key === wanted).flatMap(({ before, after }) => [before, after].filter((id) => typeof id === 'string'));
  return { agentIds: valuesOf('ownerId'), companyIds: valuesOf('companyId'), contactIds: valuesOf(SPLIT) };
}
