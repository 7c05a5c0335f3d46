import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Split } from '../../shared/merging.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { formatMoment } from '../ui/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './split-dialog.module.css';

interface SplitDialogProps {
  http: Http;
  contact: Contact;
  onSplit: () => void;
  onClose: () => void;
}

/** What belongs to somebody else is ticked, and goes into a file of its own. */
export function SplitDialog({ http, contact, onSplit, onClose }: SplitDialogProps) {
  const [id] = useState(nanoid);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const talks = useRemotePages<ConversationSummary>(
    (cursor) => http.get('/conversations', { contactId: contact.id, limit: 50, cursor: cursor ?? undefined }),
    [contact.id],
  );
  const identities = contact.identities.flatMap(({ id: identityId, value }) => (identityId ? [{ id: identityId, value }] : []));
  const tick = (key: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
    setError(null);
  };
  const split = async () => {
    if (chosen.size === 0) return setError(t('split.chooseFirst'));
    setIsBusy(true);
    const reply = await http.post<Split>(`/contacts/${contact.id}/split`, {
      id,
      name: name.trim() === '' ? null : name,
      items: { conversation: talks.items.filter((talk) => chosen.has(talk.id)).map((talk) => talk.id) },
      identityIds: identities.filter((identity) => chosen.has(identity.id)).map((identity) => identity.id),
    });
    setIsBusy(false);
    if (!reply.ok) return setError(errorText(reply.error));
    const href = `/console/contacts/${reply.data.contact.id}`;
    showToast({ text: t('split.done'), shownMs: 15_000, action: { label: t('split.show'), run: () => location.assign(href) } });
    onSplit();
  };
  return (
    <Dialog
      title={t('split.title')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} onClick={() => void split()}>
            {t('split.submit')}
          </Button>
        </>
      }
    >
      <p class={styles.intro}>{t('split.intro')}</p>
      <TextField label={t('split.name')} maxLength={120} value={name} onInput={setName} />
      <fieldset class={styles.group}>
        <legend>{t('split.conversations')}</legend>
        {talks.phase === 'loading' && talks.items.length === 0 && <Skeleton rows={2} label={t('state.loading')} />}
        {talks.phase === 'idle' && talks.items.length === 0 && <p class={styles.intro}>{t('split.noConversations')}</p>}
        {talks.items.map((talk) => (
          <CheckField
            key={talk.id}
            label={talk.lastMessage?.text.slice(0, 120) || t('split.startedAt', { date: formatMoment(talk.updatedAt) })}
            hint={formatMoment(talk.updatedAt)}
            isChecked={chosen.has(talk.id)}
            onChange={(isChosen) => tick(talk.id, isChosen)}
          />
        ))}
        {talks.hasMore && (
          <Button size="small" isBusy={talks.phase === 'loading'} onClick={talks.loadMore}>
            {t('action.more')}
          </Button>
        )}
      </fieldset>
      {identities.length > 0 && (
        <fieldset class={styles.group}>
          <legend>{t('split.identities')}</legend>
          {identities.map((identity) => (
            <CheckField
              key={identity.id}
              label={`\u2066${identity.value}\u2069`}
              isChecked={chosen.has(identity.id)}
              onChange={(isChosen) => tick(identity.id, isChosen)}
            />
          ))}
        </fieldset>
      )}
      {error && (
        <p class={styles.error} role="alert">
          {error}
        </p>
      )}
    </Dialog>
  );
}
