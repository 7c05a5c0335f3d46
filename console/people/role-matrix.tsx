import { dependentsOf, type Permission, type SignedInAgent, withImplied } from '../../shared/agent.ts';
import { ADMINISTRATOR, type Role, type RolePatch } from '../../shared/role.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './role-matrix.module.css';
import { permissionGroups, roleName } from './role-names.ts';

interface RoleMatrixProps {
  roles: readonly Role[];
  me: SignedInAgent;
  onChange: (role: Role, patch: RolePatch) => void;
  onEdit: (role: Role) => void;
}

export function RoleMatrix({ roles, me, onChange, onEdit }: RoleMatrixProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class={styles.scroller} aria-label={t('settings.roles')} tabIndex={0}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col" class={styles.corner}>
              {t('roles.permission')}
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col" class={styles.role}>
                <bdi>{roleName(role)}</bdi>
                <span class={styles.count}>{t('roles.count', { count: role.agentCount })}</span>
                {!role.isReadyMade && mayTouch(role, me) && (
                  <IconButton icon="pencil" label={t('roles.edit', { name: roleName(role) })} onClick={() => onEdit(role)} />
                )}
              </th>
            ))}
          </tr>
        </thead>
        {permissionGroups.map(({ name, permissions }) => (
          <tbody key={name}>
            <tr>
              <th class={styles.group} scope="rowgroup" colSpan={roles.length + 1}>
                <span>{t(`permissionGroup.${name}`)}</span>
              </th>
            </tr>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row" class={styles.permission}>
                  {t(`permission.${permission}`)}
                  <span class={styles.hint}>{t(`permissionHint.${permission}`)}</span>
                </th>
                {roles.map((role) => (
                  <Cell
                    key={role.id}
                    label={`${roleName(role)}: ${t(`permission.${permission}`)}`}
                    isChecked={role.permissions.includes(permission)}
                    isDisabled={!mayTouch(role, me) || !me.permissions.includes(permission)}
                    onChange={(isChecked) => onChange(role, { permissions: toggled(role, permission, isChecked) })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
        <tbody>
          <tr>
            <th class={styles.group} scope="rowgroup" colSpan={roles.length + 1}>
              <span>{t('permissionGroup.signIn')}</span>
            </th>
          </tr>
          <tr>
            <th scope="row" class={styles.permission}>
              {t('roles.twoFactor')}
              <span class={styles.hint}>{t('roles.twoFactorHint')}</span>
            </th>
            {roles.map((role) => (
              <Cell
                key={role.id}
                label={`${roleName(role)}: ${t('roles.twoFactor')}`}
                isChecked={role.requiresTwoFactor}
                isDisabled={!isWithin(role, me)}
                onChange={(requiresTwoFactor) => onChange(role, { requiresTwoFactor })}
              />
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface CellProps {
  label: string;
  isChecked: boolean;
  isDisabled: boolean;
  onChange: (isChecked: boolean) => void;
}

function Cell({ label, isChecked, isDisabled, onChange }: CellProps) {
  return (
    <td class={styles.cell}>
      <label class={styles.target}>
        <input
          type="checkbox"
          aria-label={label}
          checked={isChecked}
          disabled={isDisabled}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </label>
    </td>
  );
}

function isWithin(role: Role, me: SignedInAgent): boolean {
  return role.permissions.every((permission) => me.permissions.includes(permission));
}

function mayTouch(role: Role, me: SignedInAgent): boolean {
  return role.id !== ADMINISTRATOR && role.id !== me.role && isWithin(role, me);
}

/** With what it includes, or without what includes it. */
function toggled({ permissions }: Role, permission: Permission, isChecked: boolean): Permission[] {
  if (isChecked) return withImplied([...permissions, permission]);
  const lost = dependentsOf(permission);
  return permissions.filter((held) => !lost.includes(held));
}
