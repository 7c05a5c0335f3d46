import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { BulkChange } from '../../shared/bulk.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './bulk-bar.module.css';
import type { Desk } from './desk.ts';
import { knownTags } from './known-tags.ts';

interface BulkTagFormProps {
  desk: Desk;
  onChange: (change: BulkChange) => void;
  onClose: () => void;
}

/** One tag to put on all of the chosen conversations, or to take off them. */
export function BulkTagForm({ desk, onChange, onClose }: BulkTagFormProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const ref = useRef<HTMLFormElement>(null);
  const listId = useId();
  useLayoutEffect(() => ref.current?.querySelector('input')?.focus(), []);
  const change = (kind: 'add' | 'remove') => {
    const tag = text.trim();
    if (tag === '') return setError(t('bulk.tagMissing'));
    onChange({ kind: 'tag', add: kind === 'add' ? [tag] : [], remove: kind === 'remove' ? [tag] : [] });
  };
  return (
    <form
      ref={ref}
      class={styles.tagging}
      onSubmit={(event) => {
        event.preventDefault();
        change('add');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <TextField label={t('bulk.tag')} value={text} onInput={setText} maxLength={50} autoComplete="off" error={error} list={listId} />
      <datalist id={listId}>
        {knownTags(desk).map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <div class={styles.tagButtons}>
        <Button type="submit" look="primary" size="small">
          {t('bulk.tagAdd')}
        </Button>
        <Button size="small" onClick={() => change('remove')}>
          {t('bulk.tagRemove')}
        </Button>
      </div>
    </form>
  );
}
