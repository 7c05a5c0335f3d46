import type { ComponentChildren, ComponentProps } from 'preact';
import { useId } from 'preact/hooks';
import styles from './field.module.css';
import { Icon } from './icon.tsx';

type Direction = 'auto' | 'ltr' | 'rtl';

interface Described {
  label: string;
  hint?: ComponentChildren;
  /** A sentence that says what is wrong. */
  error?: string | undefined;
  isLabelHidden?: boolean;
  aside?: ComponentChildren;
}

interface TextFieldProps extends Described {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'search' | 'color' | 'date' | 'time';
  name?: string;
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  minLength?: number;
  isRequired?: boolean;
  isReadOnly?: boolean;
  dir?: Direction;
  lang?: string;
  inputMode?: 'numeric';
  /** The id of a `datalist` whose entries are offered. */
  list?: string;
}

export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  onInput,
  aside,
  isRequired,
  isReadOnly,
  type = 'text',
  dir = 'auto',
  ...rest
}: TextFieldProps) {
  const id = useId();
  // Preact types each `type` of an input apart; all of these take the same attributes.
  const input = { ...rest, type, dir: dirOf(dir, rest.value), required: isRequired, readOnly: isReadOnly } as ComponentProps<'input'> & {
    type: 'text';
  };
  return (
    <Labelled id={id} label={label} hint={hint} error={error} isLabelHidden={isLabelHidden ?? false} aside={aside}>
      <input
        {...input}
        id={id}
        class={styles.input}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Labelled>
  );
}

interface TextAreaFieldProps extends Described {
  value: string;
  onInput: (value: string) => void;
  rows?: number;
  placeholder?: string;
  maxLength?: number;
  dir?: Direction;
  lang?: string;
}

export function TextAreaField({ label, hint, error, isLabelHidden, aside, onInput, dir = 'auto', ...area }: TextAreaFieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error} isLabelHidden={isLabelHidden ?? false} aside={aside}>
      <textarea
        {...area}
        id={id}
        class={`${styles.input} ${styles.area}`}
        dir={dirOf(dir, area.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Labelled>
  );
}

interface SelectProps<Value extends string> {
  label: string;
  isLabelHidden?: boolean;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
  hint?: string;
}

export function SelectField<Value extends string>({ label, isLabelHidden = false, value, options, onChoose, hint }: SelectProps<Value>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={undefined} isLabelHidden={isLabelHidden}>
      <span class={styles.selectBox}>
        <select
          id={id}
          class={`${styles.input} ${styles.select}`}
          value={value}
          aria-describedby={describedBy(id, hint, undefined)}
          onChange={(event) => onChoose(event.currentTarget.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size="small" />
      </span>
    </Labelled>
  );
}

interface LabelledProps {
  id: string;
  label: string;
  hint: ComponentChildren;
  error: string | undefined;
  isLabelHidden: boolean;
  /** Stands at the end of the label's line. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

function Labelled({ id, label, hint, error, isLabelHidden, aside, children }: LabelledProps) {
  const name = (
    <label class={isLabelHidden ? 'visually-hidden' : styles.label} for={id}>
      {label}
    </label>
  );
  return (
    <div class={styles.field}>
      {aside ? (
        <div class={styles.line}>
          {name}
          {aside}
        </div>
      ) : (
        name
      )}
      {children}
      {hint && (
        <p class={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class={styles.error} id={`${id}-error`}>
          <Icon name="circle-alert" size="small" />
          {error}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, hint: unknown, error: unknown): string | undefined {
  return [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
}

/** An empty field follows the page, so that its placeholder stands where the words will. */
function dirOf(dir: Direction, value: string): Direction | undefined {
  return dir === 'auto' && value === '' ? undefined : dir;
}
