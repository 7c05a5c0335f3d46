import { useId, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './condition-row.module.css';

type Op = 'any' | 'all' | 'none' | 'filled' | 'empty';

interface SeveralOfProps<Chosen extends Op> {
  op: Chosen;
  values: readonly string[];
  ops?: readonly Chosen[];
  options: readonly { value: string; label: string }[];
  /** What is not among the options may be written. */
  isOpen?: boolean;
  /** Of the choice, where several stand in one row. */
  label?: string;
  onChange: (next: { op: Chosen; values: string[] }) => void;
}

/** How, and any number of values, each shown with a way to take it off. */
export function SeveralOf<Chosen extends Op>({
  op,
  values,
  ops = ['any', 'none'] as unknown as readonly Chosen[],
  options,
  isOpen = false,
  label,
  onChange,
}: SeveralOfProps<Chosen>) {
  const [typed, setTyped] = useState('');
  const listId = useId();
  const left = options.filter(({ value }) => !values.includes(value));
  const add = (value: string) => {
    setTyped('');
    if (value !== '' && !values.includes(value)) onChange({ op, values: [...values, value] });
  };
  const nameOf = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  const hasValues = op !== 'filled' && op !== 'empty';
  return (
    <>
      {ops.length > 1 && (
        <SelectField
          label={t('customers.filter.how')}
          isLabelHidden
          value={op}
          options={ops.map((one) => ({ value: one, label: t(`customers.op.${one as Op}`) }))}
          onChoose={(next) => onChange({ op: next, values: [...values] })}
        />
      )}
      {hasValues && isOpen && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add(typed.trim());
          }}
        >
          <TextField
            label={t('customers.filter.addValue')}
            isLabelHidden
            placeholder={t('customers.filter.addValue')}
            value={typed}
            maxLength={50}
            list={listId}
            onInput={setTyped}
          />
          <datalist id={listId}>
            {left.map(({ value, label }) => (
              <option key={value} value={label} />
            ))}
          </datalist>
        </form>
      )}
      {hasValues && !isOpen && (
        <SelectField
          label={label === undefined ? t('customers.filter.addValue') : t('customers.filter.addTo', { what: label })}
          isLabelHidden
          value=""
          options={[{ value: '', label: t('customers.filter.addValue') }, ...left]}
          onChoose={add}
        />
      )}
      {hasValues && values.length > 0 && (
        <ul class={styles.choices}>
          {values.map((value) => (
            <li key={value} class={styles.choice}>
              <bdi>{nameOf(value)}</bdi>
              <button
                type="button"
                class={styles.drop}
                aria-label={t('customers.filter.dropValue', { value: nameOf(value) })}
                onClick={() => onChange({ op, values: values.filter((one) => one !== value) })}
              >
                <Icon name="x" size="small" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
