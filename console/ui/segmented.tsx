import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-drawings.ts';
import styles from './segmented.module.css';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: IconName }[];
  onChoose: (value: Value) => void;
}

/** A choice of a few, all in sight. Radio buttons underneath, so arrows and screen readers work as everywhere. */
export function Segmented<Value extends string>({ label, value, options, onChoose }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset class={styles.group}>
      <legend class="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} class={styles.option}>
          <input
            class={styles.radio}
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          <span class={styles.face}>
            {option.icon && <Icon name={option.icon} size="small" />}
            {option.label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
