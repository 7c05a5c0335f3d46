import type { ComponentChildren } from 'preact';
import type { CustomField, FieldValue } from '../../shared/custom-fields.ts';
import { readFieldText } from '../../shared/field-judge.ts';
import { t } from '../texts/texts.ts';
import styles from './contact-card.module.css';
import { fieldWords, typedField } from './field-words.ts';
import { Editable, Pickable } from './in-place.tsx';

interface FieldInPlaceProps {
  field: CustomField;
  value: FieldValue | undefined;
  mayEdit: boolean;
  /** `invalid`: what is said where the server cannot take it. */
  onSet: (value: FieldValue | null, invalid: string) => Promise<ComponentChildren>;
}

/** One custom field, edited as its kind is. */
export function FieldInPlace({ field, value, mayEdit, onSet }: FieldInPlaceProps) {
  const invalid = t(`card.invalid.${field.kind}`);
  const words = value === undefined ? '' : fieldWords(field, value);
  const editLabel = t('card.editField', { name: field.name });
  if (field.kind === 'choice' || field.kind === 'yes-no') {
    const options =
      field.kind === 'yes-no'
        ? [
            { key: 'true', label: t('card.yes') },
            { key: 'false', label: t('card.no') },
          ]
        : field.choices.filter(({ isArchived }) => !isArchived).map(({ id, label }) => ({ key: id, label }));
    return (
      <Pickable
        mayEdit={mayEdit}
        label={field.name}
        editLabel={editLabel}
        value={words}
        placeholder={t('contact.add')}
        chosen={value === undefined ? null : String(value)}
        options={options}
        clearLabel={t('card.none')}
        emptyLabel={t('card.nothingFound')}
        onPick={(key) => onSet(key === null ? null : field.kind === 'yes-no' ? key === 'true' : key, invalid)}
      />
    );
  }
  const save = async (typed: string) => {
    if (typed === '') return onSet(null, invalid);
    const read = readFieldText(field, typed);
    return read === null ? invalid : onSet(read, invalid);
  };
  return (
    <Editable
      mayEdit={mayEdit}
      label={field.name}
      editLabel={editLabel}
      value={typedField(field, value)}
      placeholder={t('contact.add')}
      maxLength={field.kind === 'text' ? 4_000 : field.kind === 'link' ? 2_048 : 40}
      isLong={field.kind === 'text'}
      {...(field.kind === 'date' && { type: 'date' as const })}
      {...(field.kind === 'link' && { type: 'url' as const })}
      {...((field.kind === 'number' || field.kind === 'money') && { inputMode: 'decimal' as const })}
      onSave={save}
    >
      <bdi class={[styles.value, field.kind === 'text' && styles.prose].filter(Boolean).join(' ')}>{words}</bdi>
    </Editable>
  );
}
