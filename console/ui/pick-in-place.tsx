import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import fieldStyles from './edit-in-place.module.css';
import { Icon } from './icon.tsx';
import styles from './pick-in-place.module.css';

export interface PickOption {
  key: string;
  label: string;
  hint?: string;
}

interface PickInPlaceProps {
  /** What the value is; names the field. */
  label: string;
  /** What pressing the value will do, for who hears it. */
  editLabel: string;
  /** What stands there now, in words; '' for nothing. */
  value: string;
  placeholder: string;
  chosen: string | null;
  /** Null while they are on their way. */
  options: readonly PickOption[] | null;
  /** Whoever gives it finds the options itself; otherwise those are shown that hold what is typed. */
  onSearch?: (text: string) => void;
  /** How to choose nothing; absent where something must be chosen. */
  clearLabel?: string;
  /** The words for making what is typed, where it is not there yet. */
  createLabel?: (text: string) => string;
  emptyLabel: string;
  /** Shown instead of the bare value while nothing is being chosen. */
  children?: ComponentChildren;
  /** Keeps the choice, or says in a sentence why not. `null` chooses nothing. */
  onPick: (key: string | null) => Promise<ComponentChildren>;
  onCreate?: (text: string) => Promise<ComponentChildren>;
}

interface Row {
  key: string;
  label: string;
  hint?: string | undefined;
  isSoft?: boolean;
  run: () => Promise<ComponentChildren>;
}

/** A value that turns into a list to choose from when pressed: typing finds, arrows move, Enter chooses, Escape lets go. */
export function PickInPlace(props: PickInPlaceProps) {
  const { label, editLabel, value, placeholder, chosen, options, onSearch, clearLabel, createLabel, emptyLabel, children } = props;
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [error, setError] = useState<ComponentChildren>(null);
  const boxRef = useRef<HTMLSpanElement>(null);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isOpen = text !== null;

  useLayoutEffect(() => {
    if (isOpen) boxRef.current?.querySelector('input')?.focus();
  }, [isOpen]);
  useLayoutEffect(() => {
    if (isOpen) document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, at, id]);

  const close = (hasFocus: boolean) => {
    setText(null);
    setError(null);
    if (hasFocus) requestAnimationFrame(() => document.activeElement === document.body && buttonRef.current?.focus());
  };
  if (!isOpen) {
    return (
      <button
        ref={buttonRef}
        type="button"
        class={fieldStyles.value}
        aria-label={`${editLabel}${value && `: ${value}`}`}
        aria-haspopup="listbox"
        onClick={() => {
          setText('');
          setAt(
            Math.max(
              0,
              (options ?? []).findIndex(({ key }) => key === chosen),
            ),
          );
          onSearch?.('');
        }}
      >
        {value ? (children ?? <bdi class={fieldStyles.text}>{value}</bdi>) : <span class={fieldStyles.placeholder}>{placeholder}</span>}
        <span class={fieldStyles.pencil}>
          <Icon name="chevron-down" size="small" />
        </span>
      </button>
    );
  }
  const typed = text.trim();
  const rows = rowsOf(props, typed);
  const run = async (row: Row | undefined) => {
    if (!row) return;
    const refusal = await row.run();
    if (refusal) setError(refusal);
    else close(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined && rows.length > 0) {
      event.preventDefault();
      setAt((to + rows.length) % rows.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      void run(rows[at]);
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      close(true);
    }
  };
  return (
    <span
      ref={boxRef}
      class={styles.box}
      onFocusOut={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && boxRef.current?.contains(relatedTarget))) close(false);
      }}
    >
      <input
        class={fieldStyles.input}
        dir={text === '' ? undefined : 'auto'}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={rows[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        placeholder={value || placeholder}
        maxLength={120}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setAt(0);
          setError(null);
          onSearch?.(currentTarget.value.trim());
        }}
        onKeyDown={onKeyDown}
      />
      <span class={styles.list}>
        <span id={id} role="listbox" aria-label={label} class={styles.options}>
          {rows.map((row, place) => (
            <button
              type="button"
              key={row.key}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              class={[styles.option, row.isSoft && styles.soft].filter(Boolean).join(' ')}
              onPointerEnter={() => setAt(place)}
              // The field keeps the focus, so that leaving it still closes the list.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => void run(row)}
            >
              <span class={styles.name}>
                <bdi>{row.label}</bdi>
              </span>
              {row.hint && <bdi class={styles.hint}>{row.hint}</bdi>}
              {row.key === `=${chosen}` && <Icon name="check" size="small" />}
            </button>
          ))}
        </span>
        {rows.length === 0 && options !== null && <span class={styles.empty}>{emptyLabel}</span>}
      </span>
      {error && (
        <span class={fieldStyles.error} role="alert">
          {error}
        </span>
      )}
    </span>
  );

  function rowsOf({ onPick, onCreate }: PickInPlaceProps, wanted: string): Row[] {
    const small = wanted.toLocaleLowerCase();
    const found = (options ?? []).filter((option) => onSearch || option.label.toLocaleLowerCase().includes(small));
    const isThere = (options ?? []).some((option) => option.label.toLocaleLowerCase() === small);
    const made: Row[] = found.map((option) => ({
      ...option,
      key: `=${option.key}`,
      run: async () => (option.key === chosen ? null : onPick(option.key)),
    }));
    if (createLabel && onCreate && wanted !== '' && !isThere && options !== null) {
      made.push({ key: '+', label: createLabel(wanted), isSoft: true, run: () => onCreate(wanted) });
    }
    if (clearLabel && value !== '' && wanted === '') made.push({ key: '-', label: clearLabel, isSoft: true, run: () => onPick(null) });
    return made;
  }
}
