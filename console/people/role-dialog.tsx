import { useState } from 'preact/hooks';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Role } from '../../shared/role.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';
import { DialogActions } from './dialog-actions.tsx';
import { roleName } from './role-names.ts';

interface RoleDialogProps {
  http: Http;
  /** Null: a new one. */
  role: Role | null;
  roles: readonly Role[];
  me: SignedInAgent;
  onChanged: () => void;
  onClose: () => void;
}

/** A role's name, and what a new one starts from. What it allows is clicked in the table. */
export function RoleDialog({ http, role, roles, me, onChanged, onClose }: RoleDialogProps) {
  const [name, setName] = useState(role?.name ?? '');
  const [startId, setStartId] = useState('agent');
  const [error, setError] = useState<ErrorReply | null>(null);
  const finish = (reply: Reply<unknown>) => {
    setError(reply.ok ? null : reply.error);
    if (reply.ok) onChanged();
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const start = roles.find(({ id }) => id === startId)?.permissions ?? [];
    const permissions = start.filter((permission) => me.permissions.includes(permission));
    finish(role ? await http.patch(`/roles/${role.id}`, { name }) : await http.post('/roles', { name, permissions }));
  };
  return (
    <Dialog
      title={role ? t('roles.edit', { name: roleName(role) }) : t('roles.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <DialogActions form="role" submit={t('action.save')} onCancel={onClose}>
          {role && (
            <Button look="danger" onClick={async () => finish(await http.delete(`/roles/${role.id}`))}>
              {t('roles.remove', { name: roleName(role) })}
            </Button>
          )}
        </DialogActions>
      }
    >
      <form id="role" class={styles.form} onSubmit={submit}>
        <TextField label={t('roles.name')} isRequired maxLength={60} autoComplete="off" value={name} onInput={setName} />
        {!role && (
          <SelectField
            label={t('roles.start')}
            hint={t('roles.startHint')}
            value={startId}
            options={roles.map((one) => ({ value: one.id, label: roleName(one) }))}
            onChoose={setStartId}
          />
        )}
        {error && (
          <p class={styles.error} role="alert">
            {error.code === 'conflict' ? t('roles.needed') : errorText(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
