import { useState } from 'preact/hooks';
import type { AgentSession } from '../../shared/agent.ts';
import { describeBrowser } from '../../shared/user-agent.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';

export function SessionRows({ http }: { http: Http }) {
  const { value, error, reload, put } = useRemote(() => http.get<{ items: AgentSession[] }>('/sessions'), []);
  const [endingId, setEndingId] = useState<string | null>(null);
  const revoke = async (id: string) => {
    setEndingId(id);
    const reply = await http.delete(`/sessions/${id}`);
    setEndingId(null);
    if (!reply.ok && reply.error.code !== 'not-found') return showToast({ text: errorText(reply.error), tone: 'problem' });
    if (value) put({ items: value.items.filter((session) => session.id !== id) });
  };
  return (
    <Card title={t('security.sessions')} text={t('security.sessionsHint')}>
      {error && <Failed text={errorText(error)} onRetry={reload} />}
      {!value && !error && <Skeleton rows={2} label={t('state.loading')} />}
      <ul class={styles.rows}>
        {value?.items.map((session) => (
          <li key={session.id} class={styles.row}>
            <span class={styles.glyph}>
              <Icon name="laptop" />
            </span>
            <span class={styles.main}>
              <span class={styles.name} title={session.userAgent}>
                <bdi>{describeBrowser(session.userAgent) ?? t('security.unknownBrowser')}</bdi>
              </span>
              <span class={styles.soft}>
                {t('security.lastSeen')} <RelativeTime at={session.lastSeenAt} />
              </span>
            </span>
            {session.isCurrent ? (
              <Badge tone="green">{t('security.thisBrowser')}</Badge>
            ) : (
              <Button isBusy={endingId === session.id} onClick={() => void revoke(session.id)}>
                {t('security.signOut')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Failed({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <p class={styles.error} role="alert">
      {text}{' '}
      <Button size="small" onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </p>
  );
}
