import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import styles from './form-parts.module.css';

interface DeleteInboxDialogProps {
  http: Http;
  inbox: Inbox;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteInboxDialog({ http, inbox, onDeleted, onClose }: DeleteInboxDialogProps) {
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const remove = async () => {
    setIsBusy(true);
    const reply = await http.delete(`/inboxes/${inbox.id}`);
    setIsBusy(false);
    if (reply.ok || reply.error.code === 'not-found') onDeleted();
    else setError(reply.error);
  };
  return (
    <Dialog
      title={t('inbox.deleteTitle', { name: inbox.name })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" isBusy={isBusy} onClick={remove}>
            {t('inbox.delete')}
          </Button>
        </>
      }
    >
      <p>{t('inbox.deleteText')}</p>
      {error && (
        <p class={styles.error} role="alert">
          {error.code === 'conflict' ? t(error.field === 'conversations' ? 'inbox.notEmpty' : 'inbox.lastOne') : errorText(error)}
        </p>
      )}
    </Dialog>
  );
}
