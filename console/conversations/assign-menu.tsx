import type { ConversationSummary } from '../../shared/conversation.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { assignChoices } from './assign-choices.tsx';
import styles from './assign-menu.module.css';
import type { Desk } from './desk.ts';
import { assign, assignTeam } from './desk-actions.ts';
import { openTransfer } from './transfer-request.ts';

/** Who has the conversation, and whom to give it to. The agent's own name comes first, then who is here. */
export function AssignMenu({ desk, summary }: { desk: Desk; summary: ConversationSummary }) {
  const assignee = desk.colleagues.agents.value.get(summary.assigneeId ?? '');
  const teams = desk.colleagues.teams.value;
  const team = teams.find(({ id }) => id === summary.teamId);
  const choices = assignChoices(desk, {
    assigneeId: summary.assigneeId,
    teamId: summary.teamId,
    onAgent: (agentId) => assign(desk, summary, agentId),
    onTeam: ({ id }) => assignTeam(desk, summary, summary.teamId === id ? null : id),
  });
  const transfer: MenuItem = {
    key: 'transfer',
    label: t('transfer.withNote'),
    icon: 'forward',
    hint: 'T',
    hasLineBefore: true,
    onSelect: () => openTransfer(summary.id),
  };
  const items = [...choices, transfer];

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
