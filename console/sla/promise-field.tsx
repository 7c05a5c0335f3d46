import { useState } from 'preact/hooks';
import { SpanField } from '../routing/span-field.tsx';
import { t } from '../texts/texts.ts';
import { SwitchField } from '../ui/switch-field.tsx';
import styles from './sla.module.css';

const firstMs = { firstResponseMs: 2 * 60_000, nextResponseMs: 5 * 60_000, resolutionMs: 24 * 60 * 60_000 } as const;
const DAYS_90_S = 90 * 24 * 60 * 60;

interface PromiseFieldProps {
  name: keyof typeof firstMs;
  ms: number | null;
  error: string | undefined;
  onChange: (ms: number | null) => void;
}

/** One promise: whether it is given, and for how long. Switched off and on again it is as it was. */
export function PromiseField({ name, ms, error, onChange }: PromiseFieldProps) {
  const [last, setLast] = useState(ms ?? firstMs[name]);
  return (
    <div class={styles.promise}>
      <SwitchField
        label={t(`sla.promise.${name}`)}
        hint={t(`sla.promise.${name}Hint`)}
        isOn={ms !== null}
        onChange={(isOn) => onChange(isOn ? last : null)}
      />
      {ms !== null ? (
        <SpanField
          label={t('sla.within', { what: t(`sla.promise.${name}`) })}
          seconds={Math.round(ms / 1_000)}
          units={['second', 'minute', 'hour', 'day']}
          min={10}
          max={DAYS_90_S}
          error={error}
          onChange={(seconds) => {
            setLast(seconds * 1_000);
            onChange(seconds * 1_000);
          }}
        />
      ) : (
        error && (
          <p class={styles.error} role="alert">
            {error}
          </p>
        )
      )}
    </div>
  );
}
