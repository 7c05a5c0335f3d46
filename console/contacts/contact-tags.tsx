import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { TAGS_MAX } from '../../shared/contact-limits.ts';
import type { Tag } from '../../shared/tag.ts';
import { TagChip } from '../canned/tag-chip.tsx';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CardRowProps } from './card-row.ts';
import styles from './contact-tags.module.css';
import { askAgain, useKnown } from './use-known.ts';

const TAG_MAX = 50;
const KNOWN = '/contact-tags';

/** The tags of a person; names used elsewhere are offered. */
export function ContactTags({ edits, mayEdit }: CardRowProps) {
  const { http, contact } = edits;
  const [isAdding, setIsAdding] = useState(false);
  const [text, setText] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  const addRef = useRef<HTMLButtonElement>(null);
  const listId = useId();
  const known = useKnown<{ items: string[] }>(http, isAdding ? KNOWN : null)?.items ?? [];
  const tagsOfChats = useKnown<{ items: Tag[] }>(http, '/tags')?.items ?? [];
  const colourOf = (name: string) => tagsOfChats.find((tag) => tag.name === name)?.colour ?? 'neutral';
  useLayoutEffect(() => {
    if (isAdding) inputRef.current?.focus();
  }, [isAdding]);
  const set = async (tags: string[]) => {
    const refusal = await edits.patch({ tags });
    if (typeof refusal === 'string') showToast({ text: refusal, tone: 'problem' });
    else askAgain(http, KNOWN);
  };
  const add = () => {
    const tag = text.trim();
    setText('');
    if (tag && !contact.tags.includes(tag)) void set([...contact.tags, tag]);
  };
  const close = (hasFocus: boolean) => {
    setIsAdding(false);
    setText('');
    if (hasFocus) requestAnimationFrame(() => addRef.current?.focus());
  };
  if (!mayEdit && contact.tags.length === 0) return null;
  const offered = [...new Set([...known, ...tagsOfChats.map(({ name }) => name)])].filter((tag) => !contact.tags.includes(tag));
  return (
    <ul class={styles.tags} aria-label={t('card.tags')}>
      {contact.tags.map((tag) => (
        <li key={tag} class={styles.item}>
          <TagChip name={tag} colour={colourOf(tag)}>
            {mayEdit && (
              <button
                type="button"
                class={styles.remove}
                aria-label={t('tags.remove', { tag })}
                onClick={() => void set(contact.tags.filter((other) => other !== tag))}
              >
                <Icon name="x" size="small" />
              </button>
            )}
          </TagChip>
        </li>
      ))}
      {mayEdit && contact.tags.length < TAGS_MAX && (
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
                {offered.map((tag) => (
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
