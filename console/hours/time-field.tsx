import { useId, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { clockTime } from './clock-words.ts';
import styles from './time-field.module.css';
import { readTime } from './typed-time.ts';

interface TimeFieldProps {
  label: string;
  /** Minutes since midnight; beyond 24 hours it is a time of the next day. */
  value: number;
  hasFault?: boolean;
  onChange: (minutes: number) => void;
}

/** A time of the day, typed as people type it. What cannot be one is shown as wrong and not passed on. */
export function TimeField({ label, value, hasFault = false, onChange }: TimeFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setIsWrong] = useState(false);
  const [known, setKnown] = useState(value);
  // A change from elsewhere (discarded, another administrator's) takes the place of what could not be read.
  if (value !== known) {
    setKnown(value);
    setIsWrong(false);
    if (typed !== null && readTime(typed) === null) setTyped(null);
  }
  const settle = () => {
    if (typed === null) return;
    const isRead = readTime(typed) !== null;
    setIsWrong(!isRead);
    if (isRead) setTyped(null);
  };
  return (
    <>
      <input
        class={styles.time}
        dir="ltr"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        aria-label={label}
        aria-invalid={isWrong || hasFault || undefined}
        aria-describedby={isWrong ? `${id}-error` : undefined}
        value={typed ?? clockTime(value)}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          const minutes = readTime(event.currentTarget.value);
          if (minutes === null) return;
          setIsWrong(false);
          onChange(minutes);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
        onBlur={settle}
      />
      {isWrong && (
        <span class={styles.error} id={`${id}-error`} dir="auto">
          {t('hours.error.time')}
        </span>
      )}
    </>
  );
}
