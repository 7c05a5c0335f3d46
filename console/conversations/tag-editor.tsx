import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { TagChip } from '../canned/tag-chip.tsx';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import type { Desk } from './desk.ts';
import { setTags } from './desk-actions.ts';
import styles from './tag-editor.module.css';

const TAG_MAX = 50;

/** The tags of a conversation; names used elsewhere are offered. */
export function TagEditor({ desk, summary, mayEdit }: { desk: Desk; summary: ConversationSummary; mayEdit: boolean }) {
  const [isAdding, setIsAdding] = useState(false);
  const [text, setText] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  const addRef = useRef<HTMLButtonElement>(null);
  const { tags } = summary;

  useLayoutEffect(() => {
    if (isAdding) inputRef.current?.focus();
  }, [isAdding]);

  const close = (hasFocus: boolean) => {
    setIsAdding(false);
    setText('');
    if (hasFocus) requestAnimationFrame(() => addRef.current?.focus());
  };
  const add = () => {
    const tag = text.trim();
    if (tag && !tags.includes(tag)) setTags(desk, summary, [...tags, tag]);
    setText('');
  };
  const shelf = desk.repertoire.tags;
  useEffect(() => shelf.want(), [shelf]);
  // The most used first; what a colleague has just made is known from the list.
  const usual = shelf.tags.value.filter(({ leaving }) => !leaving).toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0));
  const known = new Set([...usual.map(({ name }) => name), ...[...desk.list.summaries.value.values()].flatMap((other) => other.tags)]);

  return (
    <ul class={styles.tags} aria-label={t('tags.label')}>
      {tags.map((tag) => (
        <li key={tag} class={styles.item}>
          <TagChip name={tag} colour={shelf.colourOf(tag)}>
            {mayEdit && (
              <button
                type="button"
                class={styles.remove}
                aria-label={t('tags.remove', { tag })}
                onClick={() =>
                  setTags(
                    desk,
                    summary,
                    tags.filter((other) => other !== tag),
                  )
                }
              >
                <Icon name="x" size="small" />
              </button>
            )}
          </TagChip>
        </li>
      ))}
      {mayEdit && (
        <li>
          {isAdding ? (
            <>
              <input
                ref={inputRef}
                class={styles.input}
                dir="auto"
                list={`tags-${summary.id}`}
                maxLength={TAG_MAX}
                value={text}
                aria-label={t('tags.add')}
                placeholder={t('tags.add')}
                onInput={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.isComposing) return;
                  if (event.key === 'Enter') add();
                  if (event.key === 'Escape') {
                    event.stopPropagation();
                    close(true);
                  }
                }}
                onBlur={() => {
                  add();
                  close(false);
                }}
              />
              <datalist id={`tags-${summary.id}`}>
                {[...known]
                  .filter((tag) => !tags.includes(tag))
                  .map((tag) => (
                    <option key={tag} value={tag} />
                  ))}
              </datalist>
            </>
          ) : (
            <button ref={addRef} type="button" class={styles.add} onClick={() => setIsAdding(true)}>
              <Icon name="tag" size="small" />
              {t('tags.add')}
            </button>
          )}
        </li>
      )}
    </ul>
  );
}
