import { useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { NewAgentDialog } from './new-agent-dialog.tsx';
import styles from './settings-rows.module.css';

/** The agents of the business. */
export function PeopleSettings({ http, mayManage }: { http: Http; mayManage: boolean }) {
  const { value, error, reload, put } = useRemote(() => http.get<{ items: Agent[] }>('/agents'), []);
  const [isAdding, setIsAdding] = useState(false);
  const added = (agent: Agent) => {
    setIsAdding(false);
    if (value) put({ items: [...value.items, agent] });
    showToast({ text: t('people.added', { name: agent.name }) });
  };
  return (
    <Card
      title={t('settings.people')}
      text={t('people.hint')}
      action={
        mayManage && (
          <Button look="primary" icon="plus" onClick={() => setIsAdding(true)}>
            {t('people.add')}
          </Button>
        )
      }
    >
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!value && !error && <Skeleton rows={3} hasAvatar label={t('state.loading')} />}
      <ul class={styles.rows}>
        {value?.items.map((agent) => (
          <li key={agent.id} class={styles.row}>
            <Avatar name={agent.name} seed={agent.id} imageUrl={agent.avatarUrl} />
            <span class={styles.main}>
              <OneLine class={styles.strong} text={agent.name} />
              <bdi class={styles.soft} dir="ltr">
                {agent.email}
              </bdi>
            </span>
            <Badge tone={agent.role === 'administrator' ? 'accent' : 'neutral'}>{t(`role.${agent.role}`)}</Badge>
          </li>
        ))}
      </ul>
      {isAdding && <NewAgentDialog http={http} onAdded={added} onClose={() => setIsAdding(false)} />}
    </Card>
  );
}
