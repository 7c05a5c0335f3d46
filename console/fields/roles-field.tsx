import type { Role } from '../../shared/role.ts';
import { ADMINISTRATOR } from '../../shared/role.ts';
import { roleName } from '../people/role-names.ts';
import { t } from '../texts/texts.ts';
import { CheckField } from '../ui/check-field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './fields.module.css';

interface RolesFieldProps {
  label: string;
  /** Null: everybody. */
  chosen: readonly string[] | null;
  roles: readonly Role[];
  onChange: (chosen: readonly string[] | null) => void;
}

/** Everybody, or some roles; administrators are always among them. */
export function RolesField({ label, chosen, roles, onChange }: RolesFieldProps) {
  const others = roles.filter(({ id }) => id !== ADMINISTRATOR);
  return (
    <fieldset class={styles.group}>
      <legend class={styles.label}>{label}</legend>
      <Segmented
        label={label}
        value={chosen === null ? 'all' : 'some'}
        options={[
          { value: 'all', label: t('fields.everybody') },
          { value: 'some', label: t('fields.someRoles') },
        ]}
        onChoose={(value) => onChange(value === 'all' ? null : [])}
      />
      {chosen === null && <p class={styles.hint}>{t('fields.everybodyHint')}</p>}
      {chosen !== null &&
        others.map((role) => (
          <CheckField
            key={role.id}
            label={roleName(role)}
            isChecked={chosen.includes(role.id)}
            onChange={(isChecked) => onChange(isChecked ? [...chosen, role.id] : chosen.filter((id) => id !== role.id))}
          />
        ))}
      {chosen !== null && <p class={styles.hint}>{t('fields.rolesHint')}</p>}
    </fieldset>
  );
}
