import { useState } from 'preact/hooks';
import type { SavedView } from '../../shared/view.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import type { Desk } from './desk.ts';
import type { AskedView } from './list-views.ts';
import styles from './save-view.module.css';

interface SaveViewDialogProps {
  desk: Desk;
  view: AskedView;
  onSaved: (view: SavedView) => void;
  onClose: () => void;
}

/** A name for what is being looked at. */
export function SaveViewDialog({ desk, view: { filter, sort }, onSaved, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState('');
  const [isShared, setIsShared] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const [isSaving, setIsSaving] = useState(false);
  const mayShare = desk.me.value?.permissions.includes('views:share') ?? false;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (name.trim() === '') return setError(t('views.nameMissing'));
    setIsSaving(true);
    const reply = await desk.views.save({ name: name.trim(), filter, sort, isShared });
    setIsSaving(false);
    if (reply.ok) onSaved(reply.data);
    else setError(reply.error.code === 'too-many' ? t('views.tooMany') : errorText(reply.error));
  };
  return (
    <Dialog
      title={t('views.save')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="save-view" look="primary" isBusy={isSaving}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id="save-view" class={styles.form} noValidate onSubmit={submit}>
        <TextField label={t('views.name')} value={name} onInput={setName} maxLength={60} isRequired autoComplete="off" error={error} />
        {mayShare && <CheckField label={t('views.share')} hint={t('views.shareHint')} isChecked={isShared} onChange={setIsShared} />}
      </form>
    </Dialog>
  );
}
