import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './lines-field.module.css';

interface LineRowProps {
  id: string;
  line: string;
  name: string;
  /** Null: the one that waits to be begun. */
  number: number | null;
  /** What is wrong with it, or where it is said already. */
  told: string | undefined;
  tone: 'fault' | 'twin' | null;
  maxLength: number;
  placeholder: string;
  lang: string | undefined;
  onInput: (line: string) => void;
  onKeyDown: (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => void;
  /** Several were pasted, the first of them into what stood here. */
  onLines: (lines: string[]) => void;
  onRemove: () => void;
}

export function LineRow({ id, line, name, number, told, tone, maxLength, placeholder, lang, ...does }: LineRowProps) {
  const paste = (event: ClipboardEvent & { currentTarget: HTMLInputElement }) => {
    const pasted = (event.clipboardData?.getData('text/plain') ?? '').split(/\r\n?|\n/).map((one) => one.replace(/\s+/g, ' ').trim());
    const [first = '', ...rest] = pasted.filter(Boolean);
    if (rest.length === 0) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    const last = (rest.pop() ?? '') + value.slice(selectionEnd ?? value.length);
    does.onLines([value.slice(0, selectionStart ?? 0) + first, ...rest, last].map((one) => one.slice(0, maxLength)));
  };
  return (
    <li class={styles.line}>
      <span class={styles.number} aria-hidden="true">
        {number ?? <Icon name="plus" size="small" />}
      </span>
      <input
        class={styles.input}
        aria-label={name}
        aria-describedby={told ? id : undefined}
        aria-invalid={tone === 'fault' || undefined}
        data-twin={tone === 'twin' || undefined}
        lang={lang}
        dir={line ? 'auto' : undefined}
        maxLength={maxLength}
        autoComplete="off"
        enterKeyHint="next"
        placeholder={number === null ? placeholder : undefined}
        value={line}
        onInput={(event) => does.onInput(event.currentTarget.value)}
        onKeyDown={does.onKeyDown}
        onPaste={paste}
      />
      {number !== null && <IconButton icon="x" label={t('answers.removeLine', { name })} onClick={does.onRemove} />}
      {told && (
        <p id={id} class={tone === 'fault' ? styles.error : styles.twin}>
          {told}
        </p>
      )}
    </li>
  );
}
