import type { HoursException } from '../../shared/business-hours.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './hours-form.module.css';
import { useHoursForm } from './hours-form.ts';
import { SpansField } from './spans-field.tsx';

interface ExceptionRowProps {
  exception: HoursException;
  /** Where the server finds fault with it. */
  path: string;
  onChange: (exception: HoursException) => void;
  onRemove: () => void;
}

export function ExceptionRow({ exception, path, onChange, onRemove }: ExceptionRowProps) {
  const { errorAt } = useHoursForm();
  const { name, from, to, spans } = exception;
  const dateError = (date: string) => (date === '' ? t('hours.error.date') : undefined);
  return (
    <li class={styles.exception} data-exception={exception.id}>
      <div class={styles.exceptionHead}>
        <TextField
          label={t('hours.exceptionName')}
          maxLength={80}
          autoComplete="off"
          value={name}
          error={name.trim() === '' ? t('hours.error.exceptionName') : errorAt(`${path}.name`)}
          onInput={(next) => onChange({ ...exception, name: next })}
        />
        <TextField
          label={t('hours.firstDay')}
          type="date"
          value={from}
          error={dateError(from) ?? errorAt(`${path}.from`)}
          // A first day after the last one takes the last one along.
          onInput={(date) => onChange({ ...exception, from: date, to: [to, date].sort().at(-1) ?? date })}
        />
        <TextField
          label={t('hours.lastDay')}
          type="date"
          value={to}
          error={dateError(to) ?? (to < from ? t('hours.error.dates') : errorAt(`${path}.to`))}
          onInput={(date) => onChange({ ...exception, to: date })}
        />
        <IconButton icon="trash-2" label={t('hours.removeException', { name })} onClick={onRemove} />
      </div>
      <div class={styles.exceptionHours}>
        <Segmented
          label={t('hours.exceptionHours', { name })}
          value={spans.length === 0 ? 'closed' : 'other'}
          options={[
            { value: 'closed', label: t('hours.closed') },
            { value: 'other', label: t('hours.otherHours') },
          ]}
          onChoose={(choice) => onChange({ ...exception, spans: choice === 'closed' ? [] : [{ from: 9 * 60, to: 13 * 60 }] })}
        />
        {spans.length > 0 && (
          <SpansField
            of={name}
            spans={spans}
            error={errorAt(`${path}.spans`)}
            onChange={(next) => onChange({ ...exception, spans: next })}
          />
        )}
      </div>
    </li>
  );
}
