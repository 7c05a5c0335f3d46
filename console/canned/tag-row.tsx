import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TagColour } from '../../shared/tag.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { TagChip } from './tag-chip.tsx';
import styles from './tag-row.module.css';

const TAG_MAX = 50;

interface TagRowProps {
  label: string;
  tags: readonly string[];
  /** Names that are used elsewhere, the likeliest first. */
  offered: readonly string[];
  colourOf: (tag: string) => TagColour;
  mayEdit: boolean;
  /** No more than these. */
  most?: number;
  /** Somebody begins to add one: what is used elsewhere is wanted. */
  onBegin?: () => void;
  onSet: (tags: string[]) => void;
}

/** Tags that are taken off with one press, and put on by typing. */
export function TagRow({ label, tags, offered, colourOf, mayEdit, most = Number.POSITIVE_INFINITY, onBegin, onSet }: TagRowProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [text, setText] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  const addRef = useRef<HTMLButtonElement>(null);
  const listId = useId();
  useLayoutEffect(() => {
    if (isAdding) inputRef.current?.focus();
  }, [isAdding]);
  const begin = () => {
    setIsAdding(true);
    onBegin?.();
  };
  const add = () => {
    const tag = text.trim();
    setText('');
    if (tag && !tags.includes(tag)) onSet([...tags, tag]);
  };
  const close = (hasFocus: boolean) => {
    setIsAdding(false);
    setText('');
    if (hasFocus) requestAnimationFrame(() => addRef.current?.focus());
  };
  return (
    <ul class={styles.tags} aria-label={label}>
      {tags.map((tag) => (
        <li key={tag} class={styles.item}>
          <TagChip name={tag} colour={colourOf(tag)}>
            {mayEdit && (
              <button
                type="button"
                class={styles.remove}
                aria-label={t('tags.remove', { tag })}
                onClick={() => onSet(tags.filter((other) => other !== tag))}
              >
                <Icon name="x" size="small" />
              </button>
            )}
          </TagChip>
        </li>
      ))}
      {mayEdit && tags.length < most && (
        <li>
          {isAdding ? (
            <>
              <input
                ref={inputRef}
                class={styles.input}
                dir="auto"
                list={listId}
                maxLength={TAG_MAX}
                value={text}
                aria-label={t('tags.add')}
                placeholder={t('tags.add')}
                onInput={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.isComposing) return;
                  if (event.key === 'Enter') add();
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  close(true);
                }}
                onBlur={() => {
                  add();
                  close(false);
                }}
              />
              <datalist id={listId}>
                {offered
                  .filter((tag) => !tags.includes(tag))
                  .map((tag) => (
                    <option key={tag} value={tag} />
                  ))}
              </datalist>
            </>
          ) : (
            <button ref={addRef} type="button" class={styles.add} onClick={begin}>
              <Icon name="tag" size="small" />
              {t('tags.add')}
            </button>
          )}
        </li>
      )}
    </ul>
  );
}
