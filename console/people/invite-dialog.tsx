import { useState } from 'preact/hooks';
import type { AgentInvitationRequest, IssuedLink } from '../../shared/account-link.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Role } from '../../shared/role.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';
import { DialogActions } from './dialog-actions.tsx';
import { LinkBox } from './link-box.tsx';
import { RoleAndTeams } from './role-and-teams.tsx';

interface InviteDialogProps {
  http: Http;
  roles: readonly Role[];
  teams: readonly Team[];
  onInvited: () => void;
  onClose: () => void;
}

export function InviteDialog({ http, roles, teams, onInvited, onClose }: InviteDialogProps) {
  const [fields, setFields] = useState<AgentInvitationRequest>({ email: '', role: 'agent', teamIds: [] });
  const [link, setLink] = useState<IssuedLink | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    const reply = await http.post<IssuedLink>('/agent-invitations', fields);
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setLink(reply.data);
    onInvited();
  };
  const emailError = error?.code === 'conflict' ? t('people.emailTaken') : error?.field === 'email' ? t('contact.invalidEmail') : undefined;
  return (
    <Dialog
      title={t('invite.title')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        link ? (
          <Button look="primary" onClick={onClose}>
            {t('action.done')}
          </Button>
        ) : (
          <DialogActions form="invite" submit={t('invite.submit')} isBusy={isBusy} onCancel={onClose} />
        )
      }
    >
      {link ? (
        <LinkBox link={link} />
      ) : (
        <form id="invite" class={styles.form} onSubmit={submit}>
          <p class={styles.soft}>{t('invite.hint')}</p>
          <TextField
            label={t('signIn.email')}
            type="email"
            dir="ltr"
            isRequired
            autoComplete="off"
            value={fields.email}
            error={emailError}
            onInput={(email) => setFields((held) => ({ ...held, email }))}
          />
          <RoleAndTeams
            roles={roles}
            teams={teams}
            role={fields.role}
            teamIds={fields.teamIds}
            onChange={(change) => setFields((held) => ({ ...held, ...change }))}
          />
          {error && !emailError && (
            <p class={styles.error} role="alert">
              {errorText(error)}
            </p>
          )}
        </form>
      )}
    </Dialog>
  );
}
