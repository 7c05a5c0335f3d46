import type { Agent } from '../../shared/agent.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import styles from './assign-menu.module.css';
import { availabilityDots } from './availability-dots.ts';
import type { Desk } from './desk.ts';
import { assign, assignTeam } from './desk-actions.ts';
import { openTransfer } from './transfer-request.ts';

/** Who has the conversation, and whom to give it to. The agent's own name comes first, then who is here. */
export function AssignMenu({ desk, summary }: { desk: Desk; summary: ConversationSummary }) {
  const agents = [...desk.colleagues.agents.value.values()];
  const assignee = desk.colleagues.agents.value.get(summary.assigneeId ?? '');
  const teams = desk.colleagues.teams.value;
  const team = teams.find(({ id }) => id === summary.teamId);
  const items: MenuItem[] = [
    ...agents.sort((a, b) => rank(a, desk.agentId) - rank(b, desk.agentId) || a.name.localeCompare(b.name)).map(toItem),
    {
      key: 'transfer',
      label: t('transfer.withNote'),
      icon: 'forward',
      hint: 'T',
      hasLineBefore: true,
      onSelect: () => openTransfer(summary.id),
    },
    {
      key: 'nobody',
      label: t('assign.nobody'),
      icon: 'inbox',
      isChecked: summary.assigneeId === null,
      onSelect: () => assign(desk, summary, null),
    },
    ...teams.map(
      (team, at): MenuItem => ({
        key: team.id,
        label: team.name,
        icon: 'users',
        hint: t('team.members', { count: team.memberIds.length }),
        isChecked: summary.teamId === team.id,
        hasLineBefore: at === 0,
        onSelect: () => assignTeam(desk, summary, summary.teamId === team.id ? null : team.id),
      }),
    ),
  ];

  function toItem(agent: Agent): MenuItem {
    return {
      key: agent.id,
      label: agent.id === desk.agentId ? t('assign.me', { name: agent.name }) : agent.name,
      mark: <Avatar name={agent.name} seed={agent.id} imageUrl={agent.avatarUrl} size="small" dot={availabilityDots[agent.availability]} />,
      hint: agent.availability === 'online' ? t('assign.load', { count: agent.load }) : t(`availability.${agent.availability}`),
      isChecked: agent.id === summary.assigneeId,
      onSelect: () => assign(desk, summary, agent.id),
    };
  }

  return (
    <Menu
      label={t('assign.label')}
      items={items}
      align="end"
      trigger={(props) => (
        <button {...props} type="button" class={styles.trigger} title={t('assign.label')}>
          {assignee ? (
            <Avatar name={assignee.name} seed={assignee.id} size="small" imageUrl={assignee.avatarUrl} />
          ) : (
            <Icon name={team ? 'users' : 'user-plus'} />
          )}
          <span class={styles.name}>
            <span class="visually-hidden">{t('assign.label')}: </span>
            <bdi>{assignee?.name ?? team?.name ?? t('assign.nobody')}</bdi>
          </span>
          <Icon name="chevron-down" size="small" />
        </button>
      )}
    />
  );
}

const ranks = { online: 1, away: 2, offline: 3 } as const;

function rank(agent: Agent, ownId: string): number {
  return agent.id === ownId ? 0 : ranks[agent.availability];
}
