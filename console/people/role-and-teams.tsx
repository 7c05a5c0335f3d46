import type { Role } from '../../shared/role.ts';
import type { Team } from '../../shared/team.ts';
import { t } from '../texts/texts.ts';
import { CheckList } from '../ui/check-list.tsx';
import { SelectField } from '../ui/field.tsx';
import { roleName } from './role-names.ts';

interface RoleAndTeamsProps {
  roles: readonly Role[];
  teams: readonly Team[];
  role: string;
  teamIds: readonly string[];
  /** Nobody changes their own. */
  isRoleFixed?: boolean;
  onChange: (change: { role?: string; teamIds?: string[] }) => void;
}

export function RoleAndTeams({ roles, teams, role, teamIds, isRoleFixed = false, onChange }: RoleAndTeamsProps) {
  return (
    <>
      {!isRoleFixed && (
        <SelectField
          label={t('people.role')}
          value={role}
          options={roles.map((one) => ({ value: one.id, label: roleName(one) }))}
          onChoose={(chosen) => onChange({ role: chosen })}
        />
      )}
      <CheckList
        label={t('settings.teams')}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={teamIds}
        emptyText={t('team.none')}
        onChoose={(chosen) => onChange({ teamIds: chosen })}
      />
    </>
  );
}
