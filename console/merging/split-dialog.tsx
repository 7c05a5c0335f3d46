import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { Split } from '../../shared/merging.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { showToast } from '../ui/toast.tsx';
import { SplitConsents } from './split-consents.tsx';
import styles from './split-dialog.module.css';
import { SplitItems } from './split-items.tsx';
import type { Parted } from './split-kinds.ts';

interface SplitDialogProps {
  http: Http;
  contact: Contact;
  onSplit: () => void;
  onClose: () => void;
}

const IDENTITY = 'identity';

/** What belongs to somebody else is ticked, and goes into a file of its own. */
export function SplitDialog({ http, contact, onSplit, onClose }: SplitDialogProps) {
  const [id] = useState(nanoid);
  const [name, setName] = useState('');
  /** Of each thing that was ticked, by its id, on which shelf it stands. */
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const identities = contact.identities.flatMap(({ id: identityId, value }) => (identityId ? [{ id: identityId, value }] : []));
  const tick = (item: Pick<Parted, 'id' | 'shelf'>, isChosen: boolean) => {
    const next = new Map(chosen);
    if (isChosen) next.set(item.id, item.shelf);
    else next.delete(item.id);
    setChosen(next);
    setError(null);
  };
  const split = async () => {
    if (chosen.size === 0) return setError(t('split.chooseFirst'));
    setIsBusy(true);
    const of = (shelf: string) => [...chosen].filter(([, own]) => own === shelf).map(([itemId]) => itemId);
    const shelves = [...new Set(chosen.values())].filter((shelf) => shelf !== IDENTITY);
    const reply = await http.post<Split>(`/contacts/${contact.id}/split`, {
      id,
      name: name.trim() === '' ? null : name,
      items: Object.fromEntries(shelves.map((shelf) => [shelf, of(shelf)])),
      identityIds: of(IDENTITY),
    });
    setIsBusy(false);
    if (!reply.ok) return setError(errorText(reply.error));
    const href = `/console/contacts/${reply.data.contact.id}`;
    showToast({ text: t('split.done'), shownMs: 15_000, action: { label: t('split.show'), run: () => location.assign(href) } });
    onSplit();
  };
  const shared = { http, contactId: contact.id, chosen, onTick: tick };
  return (
    <Dialog
      title={t('split.title')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          {chosen.size > 0 && <span class={styles.count}>{t('split.chosen', { count: chosen.size })}</span>}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} onClick={() => void split()}>
            {t('split.submit')}
          </Button>
        </>
      }
    >
      <p class={styles.intro}>{t('split.intro')}</p>
      <TextField label={t('split.name')} maxLength={120} value={name} onInput={setName} />
      {identities.length > 0 && (
        <fieldset class={styles.group}>
          <legend>{t('split.identities')}</legend>
          {identities.map((identity) => (
            <CheckField
              key={identity.id}
              label={`\u2066${identity.value}\u2069`}
              isChecked={chosen.has(identity.id)}
              onChange={(isChosen) => tick({ id: identity.id, shelf: IDENTITY }, isChosen)}
            />
          ))}
        </fieldset>
      )}
      <SplitItems {...shared} />
      <SplitConsents {...shared} />
      {error && (
        <p class={styles.error} role="alert">
          {error}
        </p>
      )}
    </Dialog>
  );
}
