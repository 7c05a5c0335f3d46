import { useState } from 'preact/hooks';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import { type Tag, type TagColour, tagColours } from '../../shared/tag.ts';
import { TagChip } from '../canned/tag-chip.tsx';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { RemoveSection } from './remove-section.tsx';
import styles from './toolbox.module.css';

interface TagDialogProps {
  http: Http;
  /** Null: a new one. */
  tag: Tag | null;
  onChanged: () => void;
  onClose: () => void;
}

export function TagDialog({ http, tag, onChanged, onClose }: TagDialogProps) {
  const [name, setName] = useState(tag?.name ?? '');
  const [colour, setColour] = useState<TagColour>(tag?.colour ?? 'neutral');
  const [error, setError] = useState<ErrorReply | null>(null);
  const finish = (reply: Reply<unknown>) => {
    setError(reply.ok ? null : reply.error);
    if (reply.ok) onChanged();
  };
  const save = async (isMerging: boolean) => {
    const path = tag && `/tags/${encodeURIComponent(tag.name)}`;
    finish(path ? await http.patch(path, { name, colour, ...(isMerging && { isMerging }) }) : await http.post('/tags', { name, colour }));
  };
  const isTaken = error?.code === 'conflict';
  const count = tag?.count ?? 0;
  return (
    <Dialog
      title={tag?.name ?? t('tag.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="tag" look="primary">
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        id="tag"
        class={rows.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <TextField
          label={t('tag.name')}
          isRequired
          maxLength={50}
          autoComplete="off"
          value={name}
          error={isTaken && !tag ? t('tag.error.taken') : error?.field === 'name' && !isTaken ? t('tag.error.name') : undefined}
          onInput={(next) => {
            setName(next);
            setError(null);
          }}
        />
        <fieldset class={styles.colours}>
          <legend class={styles.label}>{t('tag.colour')}</legend>
          {tagColours.map((one) => (
            <label key={one} class={styles.colour}>
              <input type="radio" name="colour" value={one} checked={one === colour} onChange={() => setColour(one)} />
              <TagChip name={t(`tag.colour.${one}`)} colour={one} />
            </label>
          ))}
        </fieldset>
        {isTaken && tag && (
          <section class={rows.warning} aria-label={t('tag.merge')}>
            <p>{t('tag.mergeText', { name: tag.name, other: name.trim() })}</p>
            <div class={rows.actions}>
              <Button onClick={() => setError(null)}>{t('action.cancel')}</Button>
              <Button look="danger" onClick={() => void save(true)}>
                {t('tag.merge')}
              </Button>
            </div>
          </section>
        )}
        {error && !isTaken && error.field !== 'name' && (
          <p class={rows.error} role="alert">
            {errorText(error)}
          </p>
        )}
        {tag && (
          <RemoveSection
            name={tag.name}
            text={t('tag.removeText', { count })}
            onRemove={async () => finish(await http.delete(`/tags/${encodeURIComponent(tag.name)}`))}
          />
        )}
      </form>
    </Dialog>
  );
}
