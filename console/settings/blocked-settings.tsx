import { useState } from 'preact/hooks';
import type { BlockedContact } from '../../shared/block.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatMoment } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import styles from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { Failed } from './session-rows.tsx';

/** Who is blocked now, and the way back for each. */
export function BlockedSettings({ http }: { http: Http }) {
  const [asked, setAsked] = useState(0);
  const [freedIds, setFreedIds] = useState<readonly string[]>([]);
  const { items, phase, error, hasMore, loadMore } = useRemotePages<BlockedContact>(
    (cursor) => http.get('/blocked-visitors', { cursor: cursor ?? undefined }),
    [asked],
  );
  const shown = items.filter(({ contact }) => !freedIds.includes(contact.id));
  const letIn = async (id: string) => {
    const reply = await http.delete(`/contacts/${id}/block`);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    setFreedIds((held) => [...held, id]);
  };
  return (
    <Card title={t('settings.blocked')} text={t('block.listHint')}>
      {error && <Failed text={errorText(error)} onRetry={() => setAsked(asked + 1)} />}
      {phase === 'loading' && items.length === 0 && <Skeleton rows={2} hasAvatar label={t('state.loading')} />}
      {phase === 'idle' && !error && shown.length === 0 && !hasMore && <EmptyState icon="ban" title={t('block.nobody')} />}
      <ul class={styles.rows}>
        {shown.map(({ contact, by }) => (
          <li key={contact.id} class={styles.row}>
            <Avatar name={contact.name} seed={contact.id} />
            <span class={styles.main}>
              <a class={styles.name} href={`/console/contacts/${contact.id}`}>
                <OneLine text={contact.name ?? t('contact.unnamed', { mark: contact.id.slice(0, 4).toUpperCase() })} />
              </a>
              <span class={styles.soft}>
                {contact.blocked?.until == null ? t('block.forGood') : t('block.until', { moment: formatMoment(contact.blocked.until) })}
                {by && ` · ${t('block.by', { name: by })}`}
              </span>
            </span>
            <Button onClick={() => void letIn(contact.id)}>{t('block.undo')}</Button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button look="quiet" isBusy={phase === 'loading'} onClick={loadMore}>
          {t('action.more')}
        </Button>
      )}
    </Card>
  );
}
