import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { formatMinutes } from '../ui/format-minutes.ts';
import type { PeopleAtHand } from './people-at-hand.ts';
import type { TodoWords } from './todo-form.ts';

const reminders = [0, 10, 30, 60, 120, 1_440, 2_880, 10_080];
const NOBODY = '';

interface HandsFieldsProps extends Pick<TodoWords, 'ownerId' | 'teamId'> {
  people: PeopleAtHand;
  agentId: string;
  onChange: (change: Partial<Pick<TodoWords, 'ownerId' | 'teamId'>>) => void;
}

/** Whose it is to do, and which team's. */
export function HandsFields({ people, agentId, ownerId, teamId, onChange }: HandsFieldsProps) {
  const agents = [...people.agents.value.values()].filter(({ id }) => id !== agentId);
  const teams = people.teams.value;
  return (
    <>
      <SelectField
        label={t('todo.owner')}
        value={ownerId ?? NOBODY}
        options={[
          { value: agentId, label: t('todo.me') },
          { value: NOBODY, label: t('todo.nobody') },
          ...agents.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChoose={(id) => onChange({ ownerId: id === NOBODY ? null : id })}
      />
      {(teams.length > 0 || teamId !== null) && (
        <SelectField
          label={t('todo.team')}
          value={teamId ?? NOBODY}
          options={[{ value: NOBODY, label: t('todo.noTeam') }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
          onChoose={(id) => onChange({ teamId: id === NOBODY ? null : id })}
        />
      )}
    </>
  );
}

/** How long before it is due it rings. */
export function ReminderField({ value, onChange }: { value: number | null; onChange: (minutes: number | null) => void }) {
  const choices = value === null || reminders.includes(value) ? reminders : [...reminders, value].toSorted((one, other) => one - other);
  return (
    <SelectField
      label={t('todo.reminder')}
      value={String(value ?? 0)}
      options={choices.map((minutes) => ({
        value: String(minutes),
        label: minutes === 0 ? t('todo.reminderNone') : t('todo.before', { time: formatMinutes(minutes) }),
      }))}
      onChoose={(minutes) => onChange(Number(minutes) || null)}
    />
  );
}
