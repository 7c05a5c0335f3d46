import type { Person } from '../../shared/agent.ts';
import type { Role } from '../../shared/role.ts';
import type { Team } from '../../shared/team.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from '../ui/rows.module.css';
import { roleName } from './role-names.ts';

interface PersonRowProps {
  person: Person;
  isMe: boolean;
  roles: readonly Role[];
  teams: readonly Team[];
  onManage: () => void;
}

const dots = { online: 'green', away: 'amber', offline: 'grey' } as const;

export function PersonRow({ person, isMe, roles, teams, onManage }: PersonRowProps) {
  const role = roles.find(({ id }) => id === person.role);
  const teamNames = teams.filter(({ id }) => person.teamIds.includes(id)).map(({ name }) => name);
  const isActive = person.deactivatedAt === null;
  return (
    <li class={styles.row}>
      <Avatar name={person.name} seed={person.id} imageUrl={person.avatarUrl} {...(isActive && { dot: dots[person.availability] })} />
      <span class={styles.main}>
        <OneLine class={styles.strong} text={isMe ? t('assign.me', { name: person.name }) : person.name} />
        <bdi class={styles.soft} dir="ltr">
          {person.email}
        </bdi>
        <span class={styles.soft}>
          {isActive && t(`availability.${person.availability}`)}
          {isActive && person.availability === 'offline' && person.lastSeenAt !== null && (
            <>
              {' · '}
              {t('security.lastSeen')} <RelativeTime at={person.lastSeenAt} />
            </>
          )}
          {teamNames.length > 0 && (
            <>
              {isActive && ' · '}
              <bdi>{teamNames.join(', ')}</bdi>
            </>
          )}
        </span>
      </span>
      {!isActive && <Badge tone="red">{t('people.deactivated')}</Badge>}
      {person.hasTwoFactor && <Badge tone="green">{t('twoFactor.short')}</Badge>}
      {role && <Badge tone={role.id === 'administrator' ? 'accent' : 'neutral'}>{roleName(role)}</Badge>}
      <Button size="small" icon="pencil" aria-label={t('people.manage', { name: person.name })} onClick={onManage}>
        {t('action.edit')}
      </Button>
    </li>
  );
}
