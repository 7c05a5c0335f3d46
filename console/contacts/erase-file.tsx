import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';
import { contactName } from './contact-name.ts';

interface EraseFileProps {
  http: Http;
  contact: Contact;
  onChanged: (contact: Contact) => void;
}

/** For good, so the person's name is typed first. */
export function EraseFile({ http, contact, onChanged }: EraseFileProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const name = contactName(contact);
  const close = () => {
    setIsOpen(false);
    setTyped('');
    setError(null);
  };
  const erase = async () => {
    setIsBusy(true);
    const reply = await http.delete(`/contacts/${contact.id}`);
    const fresh = reply.ok ? await http.get<Contact>(`/contacts/${contact.id}`) : reply;
    setIsBusy(false);
    if (!fresh.ok) return setError(fresh.error);
    close();
    showToast({ text: t('card.eraseDone') });
    onChanged(fresh.data as Contact);
  };
  return (
    <div>
      <Button look="danger" size="small" icon="trash-2" onClick={() => setIsOpen(true)}>
        {t('card.erase')}
      </Button>
      {isOpen && (
        <Dialog
          title={t('card.erase')}
          closeLabel={t('action.close')}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t('action.cancel')}</Button>
              <Button look="danger" isBusy={isBusy} disabled={typed.trim() !== name.trim()} onClick={() => void erase()}>
                {t('card.erase')}
              </Button>
            </>
          }
        >
          <div class={rows.form}>
            <p>{t('card.eraseText')}</p>
            <TextField label={t('card.eraseConfirm', { name })} autoComplete="off" value={typed} onInput={setTyped} />
            {error && (
              <p class={rows.error} role="alert">
                {errorText(error)}
              </p>
            )}
          </div>
        </Dialog>
      )}
    </div>
  );
}
