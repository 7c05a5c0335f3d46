import { useEffect, useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { FileBrief } from '../../shared/merging.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './choose-file-dialog.module.css';

/** A search begins when the typing pauses. */
const PAUSE_MS = 200;
const OFFERED = 8;

interface ChooseFileDialogProps {
  http: Http;
  exceptId: string;
  onChosen: (other: FileBrief) => void;
  onClose: () => void;
}

/** Finds the other file of the same person. */
export function ChooseFileDialog({ http, exceptId, onChosen, onClose }: ChooseFileDialogProps) {
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useRemotePages<Contact>(
    async () => (wanted === '' ? { ok: true, data: { items: [], next: null } } : http.get('/contacts', { q: wanted, limit: OFFERED + 1 })),
    [wanted],
  );
  const items = found.items.filter(({ id }) => id !== exceptId).slice(0, OFFERED);
  return (
    <Dialog title={t('merge.withTitle')} closeLabel={t('action.close')} onClose={onClose}>
      <TextField label={t('merge.withSearch')} type="search" value={typed} onInput={setTyped} />
      <ul class={styles.list}>
        {items.map((contact) => (
          <li key={contact.id}>
            <button type="button" class={styles.one} onClick={() => onChosen(toBrief(contact))}>
              <Avatar name={contact.name} seed={contact.id} size="small" />
              <span class={styles.who}>
                <span dir="auto">{contactName(contact)}</span>
                <span class={styles.soft}>
                  {contact.identities.slice(0, 3).map(({ kind, value }) => (
                    <bdi key={kind + value} dir="ltr">
                      {value}
                    </bdi>
                  ))}
                  {contact.company && <bdi>{contact.company}</bdi>}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class={styles.soft} role="status">
        {found.error ? errorText(found.error) : wanted !== '' && found.phase === 'idle' && items.length === 0 ? t('merge.withNothing') : ''}
      </p>
    </Dialog>
  );
}

function toBrief({ id, name, company, lifecycle, identities, createdAt, lastSeenAt }: Contact): FileBrief {
  return { id, name, company, lifecycle, identities, createdAt, lastSeenAt };
}
