import { nanoid } from 'nanoid';
import { useEffect, useRef } from 'preact/hooks';
import type { FieldChoice } from '../../shared/custom-fields.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import styles from './fields.module.css';

interface ChoicesFieldProps {
  choices: readonly FieldChoice[];
  error: string | undefined;
  onChange: (choices: readonly FieldChoice[]) => void;
}

/** What can be chosen. One that files hold goes to those no longer offered. */
export function ChoicesField({ choices, error, onChange }: ChoicesFieldProps) {
  const list = useRef<HTMLUListElement>(null);
  const added = useRef(false);
  const offered = choices.filter(({ isArchived }) => !isArchived);
  const archived = choices.filter(({ isArchived }) => isArchived);
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
  }, [offered.length]);
  const rename = (id: string, label: string) => onChange(choices.map((choice) => (choice.id === id ? { ...choice, label } : choice)));
  return (
    <fieldset class={styles.group}>
      <legend class={styles.label}>{t('fields.choices')}</legend>
      <ul ref={list} class={styles.choices}>
        {offered.map(({ id, label }, place) => (
          <li key={id} class={styles.choice}>
            <TextField
              label={t('fields.addedChoice', { place: place + 1 })}
              isLabelHidden
              isRequired
              maxLength={60}
              autoComplete="off"
              value={label}
              onInput={(next) => rename(id, next)}
            />
            <IconButton
              icon="trash-2"
              label={t('fields.removeChoice', { name: label || String(place + 1) })}
              onClick={() => onChange(choices.filter((choice) => choice.id !== id))}
            />
          </li>
        ))}
      </ul>
      {error && (
        <p class={rows.error} role="alert">
          {error}
        </p>
      )}
      <div>
        <Button
          size="small"
          icon="plus"
          onClick={() => {
            added.current = true;
            onChange([...offered, { id: nanoid(), label: '' }, ...archived]);
          }}
        >
          {t('fields.addChoice')}
        </Button>
      </div>
      {archived.length > 0 && (
        <>
          <p class={styles.hint}>
            {t('fields.choiceArchived')}. {t('fields.choiceArchivedHint')}
          </p>
          <ul class={styles.choices}>
            {archived.map((choice) => (
              <li key={choice.id} class={styles.choice}>
                <bdi>{choice.label}</bdi>
                <Button
                  size="small"
                  icon="rotate-ccw"
                  aria-label={`${t('fields.choiceBack')}: ${choice.label}`}
                  onClick={() => onChange(choices.map((one) => (one.id === choice.id ? { id: one.id, label: one.label } : one)))}
                >
                  {t('fields.choiceBack')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </fieldset>
  );
}
