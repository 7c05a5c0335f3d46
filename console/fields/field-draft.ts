/** A custom field as an administrator edits it. */
import { type CustomField, type FieldChoice, type FieldEntity, type FieldKind, fieldKinds } from '../../shared/custom-fields.ts';
import type { Reply } from '../../shared/errors.ts';
import { createDraftEdits, type DraftEdits } from '../editing/draft-edits.ts';
import { mergeChanges } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';

export interface FieldDraft {
  name: string;
  key: string;
  kind: FieldKind;
  choices: readonly FieldChoice[];
  currency: string;
  viewRoles: readonly string[] | null;
  editRoles: readonly string[] | null;
}

export type FieldEdits = DraftEdits<CustomField, FieldDraft>;

interface Edited {
  id: string;
  entity: FieldEntity;
  /** Null: a new one, whose money is in this currency unless it is said otherwise. */
  field: CustomField | null;
  currency: string;
}

export function editField(http: Http, { id, entity, field, currency: usual }: Edited): FieldEdits {
  return createDraftEdits<CustomField, FieldDraft>(
    {
      draftOf: ({ name, key, kind, choices, currency, viewRoles, editRoles }) => ({
        ...{ name, key, kind, choices, viewRoles, editRoles },
        currency: currency ?? usual,
      }),
      tidy: (draft) => ({
        ...draft,
        name: draft.name.trim(),
        key: draft.key.trim(),
        currency: draft.currency.trim().toUpperCase(),
        choices: draft.kind === 'choice' ? draft.choices.map((choice) => ({ ...choice, label: choice.label.trim() })) : [],
      }),
      merge: (subject, was, [mine, theirs]) => {
        const { value, hasClash } = mergeChanges(was[subject], mine[subject], theirs[subject]);
        return { value: value as FieldDraft[typeof subject], hasClash };
      },
      create: (made, { currency, ...draft }) =>
        http.post('/fields', { id: made, entity, ...draft, currency: draft.kind === 'money' ? currency : null }),
      change: (saved, { kind: _, key: __, currency: ___, ...changed }) =>
        http.patch(`/fields/${saved.id}`, { ...changed, expectedUpdatedAt: saved.updatedAt }),
      read: (saved) => readField(http, saved.id),
    },
    id,
    field
      ? { saved: field }
      : { draft: { name: '', key: '', kind: fieldKinds[0], choices: [], currency: usual, viewRoles: null, editRoles: null } },
  );
}

async function readField(http: Http, id: string): Promise<Reply<CustomField>> {
  const reply = await http.get<{ items: CustomField[] }>('/fields', { include: 'all' });
  if (!reply.ok) return reply;
  const field = reply.data.items.find((one) => one.id === id);
  return field ? { ok: true, data: field } : { ok: false, error: { code: 'not-found', message: 'There is no such field.' } };
}

/** A first key from an English name; other languages leave it to the person. */
export function keyFrom(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40);
}
