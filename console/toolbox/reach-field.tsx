import type { SignedInAgent } from '../../shared/agent.ts';
import type { Reached } from '../../shared/reach.ts';
import type { Team } from '../../shared/team.ts';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';

interface ReachFieldProps {
  me: SignedInAgent;
  teams: readonly Team[];
  value: Reached;
  onChange: (value: Reached) => void;
}

/** Who has it: only places in which this agent may write. */
export function ReachField({ me, teams, value, onChange }: ReachFieldProps) {
  const own = me.permissions.includes('conversations:reply') ? [{ value: 'personal', label: t('reach.personal') }] : [];
  const others = me.permissions.includes('canned:manage')
    ? [
        { value: 'shared', label: t('reach.shared') },
        ...teams
          .filter(({ id }) => me.teamIds.includes(id))
          .map(({ id, name }) => ({ value: `team:${id}`, label: t('reach.team', { name }) })),
      ]
    : [];
  return (
    <SelectField
      label={t('reach.label')}
      value={value.reach === 'team' ? `team:${value.teamId}` : value.reach}
      options={[...others, ...own]}
      onChoose={(place) =>
        onChange(
          place.startsWith('team:')
            ? { reach: 'team', teamId: place.slice('team:'.length) }
            : { reach: place === 'shared' ? 'shared' : 'personal', teamId: null },
        )
      }
    />
  );
}

/** Whether this agent may change what lies there. */
export function mayChange(me: SignedInAgent, { reach }: Reached): boolean {
  return me.permissions.includes(reach === 'personal' ? 'conversations:reply' : 'canned:manage');
}

export function reachText({ reach, teamId }: Reached, teams: readonly Team[]): string {
  if (reach !== 'team') return t(`reach.${reach}`);
  return t('reach.team', { name: teams.find(({ id }) => id === teamId)?.name ?? '' });
}

/** Where something new lies at first: with everybody, if one may. */
export function firstReach(me: SignedInAgent): Reached {
  return { reach: me.permissions.includes('canned:manage') ? 'shared' : 'personal', teamId: null };
}
