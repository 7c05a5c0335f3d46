import { CheckField } from './check-field.tsx';
import styles from './check-list.module.css';

interface CheckListProps {
  label: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
  emptyText: string;
}

/** Any number of several. */
export function CheckList({ label, options, chosen, onChoose, emptyText }: CheckListProps) {
  return (
    <fieldset class={styles.list}>
      <legend class={styles.legend}>{label}</legend>
      {options.length === 0 && <p class={styles.empty}>{emptyText}</p>}
      {options.map(({ value, label: name }) => (
        <CheckField
          key={value}
          label={name}
          isChecked={chosen.includes(value)}
          onChange={(isChecked) => onChoose(isChecked ? [...chosen, value] : chosen.filter((one) => one !== value))}
        />
      ))}
    </fieldset>
  );
}
