import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { refusalText } from './refusal-text.tsx';

interface NewContactDialogProps {
  http: Http;
  /** Made once, so that a second try after a lost answer finds the first file. */
  id: string;
  onMade: (contact: Contact) => void;
  onClose: () => void;
}

/** Somebody who called, or came in: a name and a way to reach them; the rest is written in the file. */
export function NewContactDialog({ http, id, onMade, onClose }: NewContactDialogProps) {
  const [typed, setTyped] = useState({ name: '', phone: '', email: '' });
  const [refusal, setRefusal] = useState<{ error: ErrorReply; kind: string | undefined } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = (key: keyof typeof typed) => (value: string) => {
    setTyped({ ...typed, [key]: value });
    setRefusal(null);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const identities = (['phone', 'email'] as const).flatMap((kind) => (typed[kind].trim() ? [{ kind, value: typed[kind].trim() }] : []));
    const reply = await http.post<Contact>('/contacts', { id, name: typed.name, identities });
    setIsBusy(false);
    if (reply.ok) return onMade(reply.data);
    const place = /^identities\.(\d+)/.exec(reply.error.field ?? '')?.[1];
    setRefusal({ error: reply.error, kind: place === undefined ? reply.error.field : identities[Number(place)]?.kind });
  };
  const wrongAt = (kind: string) => refusal?.kind === kind && refusal.error.code === 'invalid';
  const isAtField = (['name', 'phone', 'email'] as const).some(wrongAt);
  return (
    <Dialog
      title={t('contacts.new')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="contact" look="primary" isBusy={isBusy}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id="contact" class={rows.form} onSubmit={save}>
        <TextField
          label={t('contact.name')}
          isRequired
          maxLength={120}
          autoComplete="off"
          value={typed.name}
          error={wrongAt('name') ? t('contact.invalidName') : undefined}
          onInput={set('name')}
        />
        <TextField
          label={t('contact.phone')}
          dir="ltr"
          maxLength={40}
          autoComplete="off"
          value={typed.phone}
          error={wrongAt('phone') ? t('contact.invalidPhone') : undefined}
          onInput={set('phone')}
        />
        <TextField
          label={t('contact.email')}
          dir="ltr"
          maxLength={254}
          autoComplete="off"
          value={typed.email}
          error={wrongAt('email') ? t('contact.invalidEmail') : undefined}
          onInput={set('email')}
        />
        {refusal && !isAtField && (
          <p class={rows.error} role="alert">
            {refusalText(refusal.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
