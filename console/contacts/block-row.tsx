import { useState } from 'preact/hooks';
import type { BlockLength } from '../../shared/block.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatMoment } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { Segmented } from '../ui/segmented.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './block-row.module.css';
import { contactName } from './contact-name.ts';

interface BlockRowProps {
  http: Http;
  contact: Contact;
  mayBlock: boolean;
  onChanged: (contact: Contact) => void;
}

export function isBlocked({ blocked }: Contact): boolean {
  return blocked !== undefined && (blocked.until === null || blocked.until > screenClock.value);
}

/** Says that a person is blocked, to everybody; blocks and lets in again, for those who may. */
export function BlockRow({ http, contact, mayBlock, onChanged }: BlockRowProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const { blocked } = contact;
  const letIn = async () => {
    setIsBusy(true);
    const reply = await unblock(http, contact.id);
    setIsBusy(false);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    onChanged(reply.data);
    showToast({ text: t('block.undone', { name: contactName(contact) }) });
  };
  if (blocked && isBlocked(contact)) {
    return (
      <div class={styles.blocked} role="note">
        <Icon name="ban" size="small" />
        <span class={styles.words}>
          {blocked.until === null ? t('block.forGood') : t('block.until', { moment: formatMoment(blocked.until) })}
        </span>
        {mayBlock && (
          <Button size="small" isBusy={isBusy} onClick={() => void letIn()}>
            {t('block.undo')}
          </Button>
        )}
      </div>
    );
  }
  if (!mayBlock || contact.erasedAt !== undefined) return null;
  return (
    <div>
      <Button size="small" look="quiet" icon="ban" onClick={() => setIsAsking(true)}>
        {t('block.ask')}
      </Button>
      {isAsking && <BlockDialog http={http} contact={contact} onChanged={onChanged} onClose={() => setIsAsking(false)} />}
    </div>
  );
}

function unblock(http: Http, contactId: string) {
  return http.delete<Contact>(`/contacts/${contactId}/block`);
}

function BlockDialog({ http, contact, onChanged, onClose }: Omit<BlockRowProps, 'mayBlock'> & { onClose: () => void }) {
  const [lasts, setLasts] = useState<BlockLength>('day');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const name = contactName(contact);
  const block = async () => {
    setIsBusy(true);
    const reply = await http.post<Contact>(`/contacts/${contact.id}/block`, { lasts });
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    onChanged(reply.data);
    onClose();
    showToast({
      text: t('block.done', { name }),
      action: {
        label: t('action.undo'),
        run: () => void unblock(http, contact.id).then((undone) => undone.ok && onChanged(undone.data)),
      },
    });
  };
  return (
    <Dialog
      title={t('block.title', { name })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void block()}>
            {t('block.submit')}
          </Button>
        </>
      }
    >
      <p>{t('block.text')}</p>
      <div>
        <Segmented<BlockLength>
          label={t('block.lasts')}
          value={lasts}
          options={(['day', 'week', 'forever'] as const).map((value) => ({ value, label: t(`block.${value}`) }))}
          onChoose={setLasts}
        />
      </div>
      {error && (
        <p class={styles.error} role="alert">
          {errorText(error)}
        </p>
      )}
    </Dialog>
  );
}
