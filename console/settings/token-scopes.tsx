import type { Permission } from '../../shared/agent.ts';
import { permissionGroups } from '../people/role-names.ts';
import { t } from '../texts/texts.ts';
import { CheckList } from '../ui/check-list.tsx';
import { SelectField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';

export const lifetimes = ['ever', '30', '90', '365'] as const;
export type Lifetime = (typeof lifetimes)[number];

interface TokenScopesProps {
  /** What the agent may: a token does nothing more. */
  mine: readonly Permission[];
  /** Null: all of it. */
  scopes: readonly Permission[] | null;
  lifetime: Lifetime;
  onScopes: (scopes: Permission[] | null) => void;
  onLifetime: (lifetime: Lifetime) => void;
}

/** What a token will be able to do, and for how long. */
export function TokenScopes({ mine, scopes, lifetime, onScopes, onLifetime }: TokenScopesProps) {
  return (
    <>
      <SelectField
        label={t('tokens.lifetime')}
        value={lifetime}
        options={lifetimes.map((value) => ({
          value,
          label: value === 'ever' ? t('tokens.forEver') : t('tokens.days', { count: Number(value) }),
        }))}
        onChoose={onLifetime}
      />
      <SelectField
        label={t('tokens.scope')}
        value={scopes === null ? 'all' : 'some'}
        options={[
          { value: 'all', label: t('tokens.scopeAll') },
          { value: 'some', label: t('tokens.scopeSome') },
        ]}
        onChoose={(chosen) => onScopes(chosen === 'all' ? null : [])}
      />
      {scopes !== null && (
        <div class={styles.rows}>
          {permissionGroups
            .map(({ name, permissions }) => ({ name, own: permissions.filter((permission) => mine.includes(permission)) }))
            .filter(({ own }) => own.length > 0)
            .map(({ name, own }) => (
              <CheckList
                key={name}
                label={t(`permissionGroup.${name}`)}
                emptyText=""
                options={own.map((value) => ({ value, label: t(`permission.${value}`) }))}
                chosen={scopes}
                onChoose={(chosen) => {
                  const others = scopes.filter((scope) => !own.includes(scope));
                  onScopes([...others, ...own.filter((permission) => chosen.includes(permission))]);
                }}
              />
            ))}
        </div>
      )}
    </>
  );
}
