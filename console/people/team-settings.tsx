import { useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import styles from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { TeamDialog } from './team-dialog.tsx';

/** Who answers for what. */
export function TeamSettings({ http }: { http: Http }) {
  const teams = useRemote(() => http.get<{ items: Team[] }>('/teams'), []);
  const agents = useRemote(() => http.get<{ items: Agent[] }>('/agents'), []);
  const [open, setOpen] = useState<'new' | Team | null>(null);
  const error = teams.error ?? agents.error;
  const known = agents.value?.items ?? [];
  const isReady = teams.value && agents.value;
  const reload = () => {
    teams.reload();
    agents.reload();
  };
  return (
    <Card
      title={t('settings.teams')}
      text={t('team.hint')}
      action={
        <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
          {t('team.add')}
        </Button>
      }
    >
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!isReady && !error && <Skeleton rows={2} label={t('state.loading')} />}
      {isReady && teams.value?.items.length === 0 && <p class={styles.soft}>{t('team.none')}</p>}
      <ul class={styles.rows}>
        {isReady &&
          teams.value?.items.map((team) => (
            <li key={team.id} class={styles.row}>
              <span class={styles.glyph}>
                <Icon name="users" />
              </span>
              <span class={styles.main}>
                <OneLine class={styles.strong} text={team.name} />
                <OneLine
                  class={styles.soft}
                  text={
                    known
                      .filter(({ id }) => team.memberIds.includes(id))
                      .map(({ name }) => name)
                      .join(', ') || t('team.nobody')
                  }
                />
              </span>
              <Button size="small" icon="pencil" aria-label={t('people.manage', { name: team.name })} onClick={() => setOpen(team)}>
                {t('action.edit')}
              </Button>
            </li>
          ))}
      </ul>
      {open && (
        <TeamDialog
          http={http}
          team={open === 'new' ? null : open}
          agents={known}
          onClose={() => setOpen(null)}
          onChanged={() => {
            setOpen(null);
            reload();
          }}
        />
      )}
    </Card>
  );
}
