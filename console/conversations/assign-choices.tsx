import type { Agent } from '../../shared/agent.ts';
import type { Team } from '../../shared/team.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import type { MenuItem } from '../ui/menu.tsx';
import { availabilityDots } from './availability-dots.ts';
import type { Desk } from './desk.ts';

interface AssignChoices {
  /** Who has it now, where that is one and the same. */
  assigneeId?: string | null;
  teamId?: string | null;
  onAgent: (agentId: string | null) => void;
  onTeam: (team: Team) => void;
}

/** Whom to give conversations to, as entries of a menu. The agent's own name comes first, then who is here. */
export function assignChoices(desk: Desk, { assigneeId, teamId, onAgent, onTeam }: AssignChoices): MenuItem[] {
  const agents = [...desk.colleagues.agents.value.values()];
  const isKnown = assigneeId !== undefined;
  return [
    ...agents
      .sort((a, b) => rank(a, desk.agentId) - rank(b, desk.agentId) || a.name.localeCompare(b.name))
      .map(
        (agent): MenuItem => ({
          key: agent.id,
          label: agent.id === desk.agentId ? t('assign.me', { name: agent.name }) : agent.name,
          mark: (
            <Avatar name={agent.name} seed={agent.id} imageUrl={agent.avatarUrl} size="small" dot={availabilityDots[agent.availability]} />
          ),
          hint: agent.availability === 'online' ? t('assign.load', { count: agent.load }) : t(`availability.${agent.availability}`),
          ...(isKnown && { isChecked: agent.id === assigneeId }),
          onSelect: () => onAgent(agent.id),
        }),
      ),
    {
      key: 'nobody',
      label: t('assign.nobody'),
      icon: 'inbox',
      ...(isKnown && { isChecked: assigneeId === null }),
      hasLineBefore: true,
      onSelect: () => onAgent(null),
    },
    ...desk.colleagues.teams.value.map(
      (team, at): MenuItem => ({
        key: team.id,
        label: team.name,
        icon: 'users',
        hint: t('team.members', { count: team.memberIds.length }),
        ...(teamId !== undefined && { isChecked: teamId === team.id }),
        hasLineBefore: at === 0,
        onSelect: () => onTeam(team),
      }),
    ),
  ];
}

const ranks = { online: 1, away: 2, offline: 3 } as const;

function rank(agent: Agent, ownId: string): number {
  return agent.id === ownId ? 0 : ranks[agent.availability];
}
