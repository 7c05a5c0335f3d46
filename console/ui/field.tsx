import type { ComponentChildren, ComponentProps } from 'preact';
import { useId } from 'preact/hooks';
import styles from './field.module.css';
import { Icon } from './icon.tsx';

interface Described {
  label: string;
  hint?: ComponentChildren;
  /** A sentence that says what is wrong. */
  error?: string | undefined;
  isLabelHidden?: boolean;
}

interface TextFieldProps extends Described {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'search' | 'color';
  name?: string;
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  minLength?: number;
  isRequired?: boolean;
  isReadOnly?: boolean;
  dir?: 'auto' | 'ltr';
}

export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  onInput,
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
    <Labelled id={id} label={label} hint={hint} error={error} isLabelHidden={isLabelHidden ?? false}>
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
  dir?: 'auto' | 'ltr';
}

export function TextAreaField({ label, hint, error, isLabelHidden, onInput, dir = 'auto', ...area }: TextAreaFieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error} isLabelHidden={isLabelHidden ?? false}>
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
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
  hint?: string;
}

export function SelectField<Value extends string>({ label, value, options, onChoose, hint }: SelectProps<Value>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={undefined} isLabelHidden={false}>
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
  children: ComponentChildren;
}

function Labelled({ id, label, hint, error, isLabelHidden, children }: LabelledProps) {
  return (
    <div class={styles.field}>
      <label class={isLabelHidden ? 'visually-hidden' : styles.label} for={id}>
        {label}
      </label>
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
function dirOf(dir: 'auto' | 'ltr', value: string): 'auto' | 'ltr' | undefined {
  return dir === 'auto' && value === '' ? undefined : dir;
}
