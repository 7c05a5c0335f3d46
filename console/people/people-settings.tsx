import { useState } from 'preact/hooks';
import type { AgentInvitation } from '../../shared/account-link.ts';
import type { Agent, Person, SignedInAgent } from '../../shared/agent.ts';
import type { Role } from '../../shared/role.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import styles from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { InvitationRows } from './invitation-rows.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { NewAgentDialog } from './new-agent-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { PersonRow } from './person-row.tsx';

/** Everybody who can come in, who could, and who was asked to. */
export function PeopleSettings({ http, me }: { http: Http; me: SignedInAgent }) {
  const people = useRemote(() => http.get<{ items: Person[] }>('/agents', { include: 'deactivated' }), []);
  const roles = useRemote(() => http.get<{ items: Role[] }>('/roles'), []);
  const teams = useRemote(() => http.get<{ items: Team[] }>('/teams'), []);
  const invitations = useRemote(() => http.get<{ items: AgentInvitation[] }>('/agent-invitations'), []);
  const [open, setOpen] = useState<'invite' | 'create' | Person | null>(null);
  const error = people.error ?? roles.error ?? teams.error ?? invitations.error;
  const isReady = people.value && roles.value && teams.value && invitations.value;
  const choices = { roles: grantable(roles.value?.items ?? [], me), teams: teams.value?.items ?? [] };
  const reload = () => {
    for (const remote of [people, roles, teams, invitations]) remote.reload();
  };
  const added = (agent: Agent) => {
    setOpen(null);
    people.reload();
    showToast({ text: t('people.added', { name: agent.name }) });
  };
  return (
    <>
      <Card
        title={t('settings.people')}
        text={t('people.hint')}
        action={
          <div class={styles.actions}>
            <Button look="primary" icon="mail" onClick={() => setOpen('invite')}>
              {t('invite.button')}
            </Button>
            <Button icon="plus" onClick={() => setOpen('create')}>
              {t('people.add')}
            </Button>
          </div>
        }
      >
        {error && (
          <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
            <Button onClick={reload}>{t('action.retry')}</Button>
          </EmptyState>
        )}
        {!isReady && !error && <Skeleton rows={3} hasAvatar label={t('state.loading')} />}
        <ul class={styles.rows}>
          {isReady &&
            people.value?.items
              .toSorted((a, b) => Number(a.deactivatedAt !== null) - Number(b.deactivatedAt !== null))
              .map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  isMe={person.id === me.id}
                  roles={roles.value?.items ?? []}
                  teams={choices.teams}
                  onManage={() => setOpen(person)}
                />
              ))}
        </ul>
      </Card>
      {isReady && invitations.value && invitations.value.items.length > 0 && (
        <InvitationRows http={http} items={invitations.value.items} roles={roles.value?.items ?? []} onChanged={invitations.reload} />
      )}
      {open === 'invite' && <InviteDialog http={http} {...choices} onInvited={invitations.reload} onClose={() => setOpen(null)} />}
      {open === 'create' && <NewAgentDialog http={http} roles={choices.roles} onAdded={added} onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && (
        <PersonDialog
          http={http}
          person={open}
          isMe={open.id === me.id}
          {...choices}
          onChanged={people.reload}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** Nobody gives what they do not hold. */
function grantable(roles: readonly Role[], { permissions }: SignedInAgent): Role[] {
  return roles.filter((role) => role.permissions.every((permission) => permissions.includes(permission)));
}
