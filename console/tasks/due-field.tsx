import { useId } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { TextField } from '../ui/field.tsx';
import { formatSoon } from '../ui/format.ts';
import styles from './call-time-field.module.css';
import type { DueKey, DueTime } from './due-state.ts';

/** Times that come to mind, a day and an hour to type, or some day. Arrows choose. */
export function DueField({ time, now, hasNone = true }: { time: DueTime; now: number; hasNone?: boolean }) {
  const name = useId();
  const option = (key: DueKey, text: string, at?: number) => (
    <label key={key} class={styles.option}>
      <input class={styles.radio} type="radio" name={name} checked={time.chosen.value === key} onChange={() => time.choose(key)} />
      <span class={styles.name}>{text}</span>
      {at !== undefined && <time dateTime={new Date(at).toISOString()}>{formatSoon(at, now)}</time>}
    </label>
  );
  const problem = time.problem.value;
  const typed = time.typed.value;
  const error = problem ? t(`todo.due.${problem}`) : undefined;
  return (
    <fieldset class={styles.times}>
      <legend class={styles.legend}>{t('todo.due')}</legend>
      {hasNone && option('none', t('todo.due.none'))}
      {time.choices.map(({ kind, at }) => option(kind, t(`todo.due.${kind}`), at))}
      {option('typed', t('todo.due.typed'))}
      {time.chosen.value === 'typed' && (
        <div class={styles.typed}>
          <TextField type="date" label={t('todo.due.date')} value={typed.date} onInput={(date) => time.type({ date })} error={error} />
          <TextField type="time" label={t('todo.due.time')} value={typed.time} onInput={(value) => time.type({ time: value })} />
        </div>
      )}
      {error && time.chosen.value !== 'typed' && (
        <p class={styles.problem} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
