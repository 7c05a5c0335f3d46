import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import styles from './edit-in-place.module.css';
import { Icon } from './icon.tsx';

interface EditInPlaceProps {
  /** What the value is; names the field. */
  label: string;
  /** What pressing the value will do, for who hears it. */
  editLabel: string;
  value: string;
  placeholder: string;
  type?: 'text' | 'email' | 'tel' | 'url' | 'date';
  inputMode?: 'decimal';
  maxLength?: number;
  /** May have several lines: Shift+Enter begins another one. */
  isLong?: boolean;
  /** The field is there at once, for who has just asked for it; `onStop` when it goes. */
  startsOpen?: boolean;
  onStop?: () => void;
  /** Shown instead of the bare value while it is not being edited. */
  children?: ComponentChildren;
  /** Keeps the new value, or says in a sentence why not. An empty value clears. */
  onSave: (value: string) => Promise<ComponentChildren>;
}

/** A value that turns into its field when pressed. Enter and leaving keep, Escape drops; a refusal leaves the text in the field. */
export function EditInPlace({
  label,
  editLabel,
  value,
  placeholder,
  type = 'text',
  inputMode,
  maxLength,
  isLong = false,
  startsOpen = false,
  onStop,
  children,
  onSave,
}: EditInPlaceProps) {
  const [draft, setDraft] = useState<string | null>(startsOpen ? value : null);
  const [error, setError] = useState<ComponentChildren>(null);
  const [isSaving, setIsSaving] = useState(false);
  const inputRef = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const errorId = useId();
  const isEditing = draft !== null;

  useLayoutEffect(() => {
    inputRef.current?.focus();
    inputRef.current?.select();
  }, [isEditing]);

  const stop = (hasFocus: boolean) => {
    setDraft(null);
    setError(null);
    onStop?.();
    // Whoever has gone on to something else meanwhile stays there.
    if (hasFocus) requestAnimationFrame(() => document.activeElement === document.body && buttonRef.current?.focus());
  };

  const keep = async (hasFocus: boolean) => {
    if (draft === null || isSaving) return;
    if (draft.trim() === value) return stop(hasFocus);
    setIsSaving(true);
    const refusal = await onSave(draft.trim());
    setIsSaving(false);
    if (!refusal) stop(hasFocus);
    else setError(refusal);
  };

  if (!isEditing) {
    return (
      <button
        ref={buttonRef}
        type="button"
        class={styles.value}
        aria-label={`${editLabel}${value && `: ${value}`}`}
        onClick={() => setDraft(value)}
      >
        {value ? (children ?? <bdi class={styles.text}>{value}</bdi>) : <span class={styles.placeholder}>{placeholder}</span>}
        <span class={styles.pencil}>
          <Icon name="pencil" size="small" />
        </span>
      </button>
    );
  }
  const Field = isLong ? 'textarea' : 'input';
  return (
    <span class={styles.editor}>
      <Field
        ref={inputRef}
        class={[styles.input, isLong && styles.long].filter(Boolean).join(' ')}
        dir={type === 'text' && !inputMode ? 'auto' : 'ltr'}
        {...((isLong ? {} : { type }) as { type: 'text' })}
        inputMode={inputMode}
        value={draft}
        maxLength={maxLength}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        aria-busy={isSaving || undefined}
        onInput={(event: { currentTarget: { value: string } }) => {
          setDraft(event.currentTarget.value);
          setError(null);
        }}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.isComposing) return;
          if (event.key === 'Enter' && !(isLong && event.shiftKey)) {
            event.preventDefault();
            void keep(true);
          }
          if (event.key === 'Escape') {
            event.stopPropagation();
            stop(true);
          }
        }}
        onBlur={(event: FocusEvent) => {
          // Whoever goes to the refusal itself, perhaps to follow its link, has not left.
          const isInside = event.relatedTarget instanceof Node && inputRef.current?.parentElement?.contains(event.relatedTarget);
          if (!isInside) void keep(false);
        }}
      />
      {error && (
        <span class={styles.error} id={errorId} role="alert">
          {error}
        </span>
      )}
    </span>
  );
}
