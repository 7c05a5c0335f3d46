import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';

interface NewInboxDialogProps {
  http: Http;
  onAdded: (inbox: Inbox) => void;
  onClose: () => void;
}

export function NewInboxDialog({ http, onAdded, onClose }: NewInboxDialogProps) {
  const [name, setName] = useState('');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    const reply = await http.post<Inbox>('/inboxes', { name });
    setIsBusy(false);
    if (reply.ok) onAdded(reply.data);
    else setError(reply.error);
  };
  return (
    <Dialog
      title={t('inbox.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="new-inbox" look="primary" isBusy={isBusy}>
            {t('inbox.create')}
          </Button>
        </>
      }
    >
      <form id="new-inbox" onSubmit={submit}>
        <TextField
          label={t('inbox.name')}
          hint={t('inbox.addHint')}
          isRequired
          maxLength={120}
          value={name}
          error={error ? errorText(error) : undefined}
          onInput={setName}
        />
      </form>
    </Dialog>
  );
}
