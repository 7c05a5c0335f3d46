import { useState } from 'preact/hooks';
import type { Agent, AgentCreateRequest } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Role } from '../../shared/role.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';
import { DialogActions } from './dialog-actions.tsx';
import { roleName } from './role-names.ts';
import { suggestPassword } from './suggest-password.ts';

interface NewAgentDialogProps {
  http: Http;
  roles: readonly Role[];
  onAdded: (agent: Agent) => void;
  onClose: () => void;
}

/** The password stands in clear, because somebody has to hand it over. */
export function NewAgentDialog({ http, roles, onAdded, onClose }: NewAgentDialogProps) {
  const [fields, setFields] = useState<AgentCreateRequest>(() => ({ name: '', email: '', password: suggestPassword(), role: 'agent' }));
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = (change: Partial<AgentCreateRequest>) => setFields((held) => ({ ...held, ...change }));

  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    const reply = await http.post<Agent>('/agents', fields);
    setIsBusy(false);
    if (reply.ok) onAdded(reply.data);
    else setError(reply.error);
  };
  const isEmailTaken = error?.code === 'conflict';
  const emailError = isEmailTaken ? t('people.emailTaken') : error?.field === 'email' ? t('contact.invalidEmail') : undefined;

  return (
    <Dialog
      title={t('people.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={<DialogActions form="new-agent" submit={t('people.submit')} isBusy={isBusy} onCancel={onClose} />}
    >
      <form id="new-agent" class={styles.form} onSubmit={submit}>
        <TextField
          label={t('contact.name')}
          isRequired
          maxLength={120}
          autoComplete="off"
          value={fields.name}
          onInput={(name) => set({ name })}
        />
        <TextField
          label={t('signIn.email')}
          type="email"
          dir="ltr"
          isRequired
          autoComplete="off"
          value={fields.email}
          error={emailError}
          onInput={(email) => set({ email })}
        />
        <SelectField
          label={t('people.role')}
          value={fields.role}
          options={roles.map((role) => ({ value: role.id, label: roleName(role) }))}
          onChoose={(role) => set({ role })}
        />
        <div class={styles.inline}>
          <TextField
            label={t('signIn.password')}
            dir="ltr"
            isRequired
            minLength={10}
            maxLength={200}
            autoComplete="off"
            value={fields.password}
            onInput={(password) => set({ password })}
          />
          <CopyButton text={fields.password} label={t('action.copy')} copiedLabel={t('action.copied')} />
        </div>
        <p class={styles.soft}>{t('people.passwordHint')}</p>
        {error && !emailError && (
          <p class={styles.error} role="alert">
            {errorText(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
