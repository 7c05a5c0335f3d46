import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { TextField } from '../ui/field.tsx';
import { formatSoon } from '../ui/format.ts';
import styles from './call-time-field.module.css';
import type { CallTime, TimeKey } from './call-time-state.ts';

interface CallTimeFieldProps {
  time: CallTime;
  label: string;
  /** The chosen time takes the focus as soon as there are times to choose from. */
  takesFocus?: boolean;
}

/** The times that are offered, and a day and an hour to type. Arrows choose. */
export function CallTimeField({ time, label, takesFocus = false }: CallTimeFieldProps) {
  const name = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const isLoaded = time.isLoaded.value;
  useEffect(() => void time.load(), [time]);
  useLayoutEffect(() => {
    if (takesFocus && isLoaded) box.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [takesFocus, isLoaded]);
  const now = Date.now();
  const option = (key: TimeKey, text: string, at?: number | null) => (
    <label key={key} class={styles.option}>
      <input class={styles.radio} type="radio" name={name} checked={time.chosen.value === key} onChange={() => time.choose(key)} />
      <span class={styles.name}>{text}</span>
      {typeof at === 'number' && <time dateTime={new Date(at).toISOString()}>{formatSoon(at, now)}</time>}
    </label>
  );
  const problem = time.problem.value;
  const typed = time.typed.value;
  return (
    <fieldset ref={box} class={styles.times} aria-busy={!isLoaded || undefined}>
      <legend class={styles.legend}>{label}</legend>
      {time.hasRule && option('rule', t(time.nextTryAt.value === null ? 'calls.at.giveUp' : 'calls.at.rule'), time.nextTryAt.value)}
      {time.choices.value.map(({ kind, at }) => option(kind, t(`calls.at.${kind}`), at))}
      {option('typed', t('calls.at.typed'))}
      {time.chosen.value === 'typed' && (
        <div class={styles.typed}>
          <TextField
            type="date"
            label={t('calls.at.date')}
            value={typed.date}
            onInput={(date) => time.type({ date })}
            error={problem ? t(`calls.at.${problem}`) : undefined}
          />
          <TextField type="time" label={t('calls.at.time')} value={typed.time} onInput={(value) => time.type({ time: value })} />
          {time.isClosedThen() && (
            <p class={styles.closed} role="status">
              {t('calls.at.closed')}
            </p>
          )}
        </div>
      )}
    </fieldset>
  );
}
