import { useEffect, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import styles from './routing.module.css';

const sizes = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const;
type Unit = keyof typeof sizes;

interface SpanFieldProps {
  label: string;
  seconds: number;
  /** What may be chosen, the smallest first. */
  units: readonly Unit[];
  min: number;
  max: number;
  error?: string | undefined;
  onChange: (seconds: number) => void;
}

/** A length of time, in the unit that says it shortest until another one is chosen. */
export function SpanField({ label, seconds, units, min, max, error, onChange }: SpanFieldProps) {
  const [unit, setUnit] = useState<Unit>(() => shortest(seconds, units));
  const size = sizes[unit];
  // A change from elsewhere may not be a whole number of the unit that is shown.
  useEffect(() => {
    if (seconds % size !== 0) setUnit(shortest(seconds, units));
  }, [seconds]);
  const bounds = { min: Math.max(min === 0 ? 0 : 1, Math.ceil(min / size)), max: Math.floor(max / size) };
  return (
    <div class={styles.span}>
      <span class={styles.label} aria-hidden="true">
        {label}
      </span>
      <NumberField
        key={unit}
        label={label}
        isLabelHidden
        value={Math.round(seconds / size)}
        {...bounds}
        wrong={t('routing.error.number', bounds)}
        error={error}
        onChange={(value) => value !== null && onChange(value * size)}
      />
      <SelectField
        label={t('routing.unitOf', { label })}
        isLabelHidden
        value={unit}
        options={units.map((value) => ({ value, label: t(`routing.unit.${value}`) }))}
        onChoose={(chosen) => {
          setUnit(chosen);
          const count = Math.round(seconds / size);
          onChange(Math.min(max, Math.max(min, count * sizes[chosen])));
        }}
      />
    </div>
  );
}

function shortest(seconds: number, units: readonly Unit[]): Unit {
  return units.findLast((unit) => seconds >= sizes[unit] && seconds % sizes[unit] === 0) ?? (units[0] as Unit);
}
