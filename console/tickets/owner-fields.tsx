import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import type { TicketDesk } from './ticket-desk.ts';

interface OwnerFieldProps {
  desk: TicketDesk;
  value: string | null;
  onChoose: (id: string | null) => void;
}

export function AssigneeField({ desk, value, onChoose }: OwnerFieldProps) {
  const agents = [...desk.colleagues.agents.value.values()];
  return (
    <SelectField
      label={t('tickets.assignee')}
      value={value ?? ''}
      options={[{ value: '', label: t('tickets.nobody') }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]}
      onChoose={(id) => onChoose(id || null)}
    />
  );
}

export function TeamField({ desk, value, onChoose }: OwnerFieldProps) {
  const teams = desk.colleagues.teams.value;
  if (teams.length === 0 && value === null) return null;
  return (
    <SelectField
      label={t('tickets.team')}
      value={value ?? ''}
      options={[{ value: '', label: t('tickets.noTeam') }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
      onChoose={(id) => onChoose(id || null)}
    />
  );
}
