import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PreChatField } from '../../shared/inbox.ts';
import { CHOICE_OPTIONS_MAX } from '../../shared/inbox-limits.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { DemandRow } from './demand-row.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { SaidField } from './said-field.tsx';

interface CustomFieldProps {
  field: PreChatField;
  place: number;
  /** Just added: what comes next is its name. */
  isNew: boolean;
  onChange: (field: PreChatField) => void;
}

const kinds = ['text', 'number', 'choice', 'checkbox'] as const;

export function CustomField({ field, place, isNew, onChange }: CustomFieldProps) {
  const { errorAt, draft } = useInboxForm();
  const box = useRef<HTMLDivElement>(null);
  const path = `preChat.fields.${place}`;
  const change = (next: Partial<PreChatField>) => onChange({ ...field, ...next });
  const isTwin = draft.preChat.fields.some(({ key }, at) => key === field.key && at !== place);
  useLayoutEffect(() => {
    if (isNew) box.current?.querySelector('input')?.focus();
  }, []);
  return (
    <div class={styles.inside} ref={box}>
      <SaidField
        label={t('inbox.fieldLabel')}
        hint={t('inbox.fieldLabelHint')}
        texts={field.label}
        path={`${path}.label`}
        maxLength={80}
        onChange={(label) => change({ label })}
      />
      <div class={styles.grid}>
        <SelectField
          label={t('inbox.fieldKind')}
          value={field.kind}
          options={kinds.map((value) => ({ value, label: t(`inbox.kind.${value}`) }))}
          onChoose={(kind) => change({ kind })}
        />
        <TextField
          label={t('inbox.fieldKey')}
          hint={t('inbox.fieldKeyHint')}
          maxLength={60}
          value={field.key}
          error={isTwin ? t('inbox.error.twin') : errorAt(`${path}.key`)}
          onInput={(key) => change({ key })}
        />
      </div>
      {field.kind === 'choice' && (
        <Options options={field.options} error={errorAt(`${path}.options`)} onChange={(options) => change({ options })} />
      )}
      <DemandRow label={t('inbox.fieldDemand')} value={field.demand} onChoose={(demand) => change({ demand })} />
    </div>
  );
}

interface OptionsProps {
  options: readonly string[];
  error: string | undefined;
  onChange: (options: string[]) => void;
}

/** One a line. Empty lines are somebody's way to the next word, and are not saved. */
function Options({ options, error, onChange }: OptionsProps) {
  const [text, setText] = useState(options.join('\n'));
  const read = (typed: string) => [...new Set(typed.split('\n').map((line) => line.trim()))].filter(Boolean);
  const known = options.join('\n');
  useEffect(() => {
    if (read(text).join('\n') !== known) setText(known);
  }, [known]);
  return (
    <TextAreaField
      label={t('inbox.fieldOptions')}
      hint={t('inbox.fieldOptionsHint', { max: CHOICE_OPTIONS_MAX })}
      rows={4}
      value={text}
      error={error}
      onInput={(typed) => {
        setText(typed);
        onChange(read(typed));
      }}
    />
  );
}
