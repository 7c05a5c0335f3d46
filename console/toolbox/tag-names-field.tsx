import { useId, useState } from 'preact/hooks';
import { TagChip } from '../canned/tag-chip.tsx';
import type { TagShelf } from '../canned/tag-shelf.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './toolbox.module.css';

interface TagNamesFieldProps {
  label: string;
  shelf: TagShelf;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

const TAG_MAX = 50;

/** Any number of tags, by name; known ones are offered. */
export function TagNamesField({ label, shelf, chosen, onChange }: TagNamesFieldProps) {
  const id = useId();
  const [text, setText] = useState('');
  const add = () => {
    const name = text.trim();
    if (name && !chosen.includes(name)) onChange([...chosen, name]);
    setText('');
  };
  return (
    <div class={styles.tagField}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      <div class={styles.tagLine}>
        {chosen.map((name) => (
          <TagChip key={name} name={name} colour={shelf.colourOf(name)}>
            <button
              type="button"
              class={styles.tagRemove}
              aria-label={t('tags.remove', { tag: name })}
              onClick={() => onChange(chosen.filter((other) => other !== name))}
            >
              <Icon name="x" size="small" />
            </button>
          </TagChip>
        ))}
        <input
          id={id}
          class={styles.tagInput}
          dir={text ? 'auto' : undefined}
          list={`${id}-known`}
          maxLength={TAG_MAX}
          placeholder={t('tags.add')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.isComposing || event.key !== 'Enter' || text.trim() === '') return;
            event.preventDefault();
            add();
          }}
          onBlur={add}
        />
        <datalist id={`${id}-known`}>
          {shelf.tags.value
            .filter(({ name, leaving }) => !leaving && !chosen.includes(name))
            .map(({ name }) => (
              <option key={name} value={name} />
            ))}
        </datalist>
      </div>
    </div>
  );
}
