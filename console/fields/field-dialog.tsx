import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import { type CustomField, type FieldEntity, fieldKinds } from '../../shared/custom-fields.ts';
import type { Role } from '../../shared/role.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { ChoicesField } from './choices-field.tsx';
import { editField, keyFrom } from './field-draft.ts';
import { fieldProblems } from './field-problems.ts';
import { RolesField } from './roles-field.tsx';

interface FieldDialogProps {
  http: Http;
  entity: FieldEntity;
  /** Null: a new one. */
  field: CustomField | null;
  roles: readonly Role[];
  /** In which the business reckons. */
  currency: string;
  onSaved: (field: CustomField) => void;
  onArchive: (field: CustomField) => void;
  onClose: () => void;
}

/** One field: what it is called, what can stand in it, and who sees and changes it. */
export function FieldDialog({ http, entity, field, roles, currency, onSaved, onArchive, onClose }: FieldDialogProps) {
  const [edits] = useState(() => editField(http, { id: nanoid(), entity, field, currency }));
  const [hasOwnKey, setHasOwnKey] = useState(field !== null);
  const draft = edits.draft.value;
  const problems = fieldProblems(edits.refusal.value);
  const save = async (event: Event) => {
    event.preventDefault();
    await edits.save();
    const { value: saved } = edits.saved;
    if (saved && edits.refusal.value === null && edits.clashes.value.length === 0) onSaved(saved);
  };
  return (
    <Dialog
      title={field ? t('fields.editTitle', { name: field.name }) : t('fields.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          {field && (
            <Button look="quiet" onClick={() => onArchive(field)}>
              {t('fields.archive')}
            </Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="field" look="primary" isBusy={edits.isSaving.value}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id="field" class={rows.form} onSubmit={save}>
        <TextField
          label={t('fields.name')}
          isRequired
          maxLength={60}
          autoComplete="off"
          value={draft.name}
          error={problems.name}
          onInput={(name) => {
            edits.set('name', name);
            if (!hasOwnKey) edits.set('key', keyFrom(name));
          }}
        />
        {field ? (
          <p class={rows.soft}>
            {t(`fields.kind.${field.kind}`)} · <code dir="ltr">{field.key}</code> · {t('fields.kindStays')}
          </p>
        ) : (
          <>
            <SelectField
              label={t('fields.kind')}
              value={draft.kind}
              options={fieldKinds.map((kind) => ({ value: kind, label: t(`fields.kind.${kind}`) }))}
              onChoose={(kind) => {
                edits.set('kind', kind);
                if (kind === 'choice' && draft.choices.length === 0) edits.set('choices', [{ id: nanoid(), label: '' }]);
              }}
            />
            <TextField
              label={t('fields.key')}
              hint={t('fields.keyHint')}
              isRequired
              dir="ltr"
              maxLength={40}
              autoComplete="off"
              value={draft.key}
              error={problems.key}
              onInput={(key) => {
                setHasOwnKey(true);
                edits.set('key', key);
              }}
            />
            {draft.kind === 'money' && (
              <TextField
                label={t('fields.currency')}
                isRequired
                dir="ltr"
                maxLength={3}
                autoComplete="off"
                value={draft.currency}
                error={problems.currency}
                onInput={(currency) => edits.set('currency', currency)}
              />
            )}
          </>
        )}
        {draft.kind === 'choice' && (
          <ChoicesField choices={draft.choices} error={problems.choices} onChange={(choices) => edits.set('choices', choices)} />
        )}
        <RolesField
          label={t('fields.viewRoles')}
          chosen={draft.viewRoles}
          roles={roles}
          onChange={(viewRoles) => edits.set('viewRoles', viewRoles)}
        />
        <RolesField
          label={t('fields.editRoles')}
          chosen={draft.editRoles}
          roles={roles}
          onChange={(editRoles) => edits.set('editRoles', editRoles)}
        />
        {edits.clashes.value.length > 0 && (
          <p class={rows.error} role="alert">
            {t('fields.clash')}
          </p>
        )}
        {edits.refusal.value && problems.isElsewhere && (
          <p class={rows.error} role="alert">
            {errorText(edits.refusal.value)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
