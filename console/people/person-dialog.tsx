import { useState } from 'preact/hooks';
import type { IssuedLink } from '../../shared/account-link.ts';
import type { AgentPatch, Person } from '../../shared/agent.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
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

interface PersonDialogProps {
  http: Http;
  person: Person;
  isMe: boolean;
  roles: readonly Role[];
  teams: readonly Team[];
  onChanged: () => void;
  onClose: () => void;
}

/** One colleague: name, role, teams, a new password, the second factor, coming and going. */
export function PersonDialog({ http, person, isMe, roles, teams, onChanged, onClose }: PersonDialogProps) {
  const [fields, setFields] = useState({ name: person.name, role: person.role, teamIds: [...person.teamIds] });
  const [link, setLink] = useState<IssuedLink | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const isActive = person.deactivatedAt === null;
  const isWithinReach = roles.some(({ id }) => id === person.role);

  const finish = (reply: Reply<unknown>) => {
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    onChanged();
    onClose();
  };
  const patch = async (body: AgentPatch) => finish(await http.patch(`/agents/${person.id}`, body));
  const save = (event: Event) => {
    event.preventDefault();
    const { role, ...rest } = fields;
    void patch(role === person.role ? rest : { ...rest, role });
  };
  const issueReset = async () => {
    const reply = await http.post<IssuedLink>(`/agents/${person.id}/password-reset`, undefined);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setLink(reply.data);
  };

  if (!isWithinReach) {
    return (
      <Dialog title={person.name} closeLabel={t('action.close')} onClose={onClose}>
        <p>{t('people.beyond')}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={person.name}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={<DialogActions form="person" submit={t('action.save')} onCancel={onClose} />}
    >
      <form id="person" class={styles.form} onSubmit={save}>
        <TextField
          label={t('contact.name')}
          isRequired
          maxLength={120}
          autoComplete="off"
          value={fields.name}
          onInput={(name) => setFields((held) => ({ ...held, name }))}
        />
        <RoleAndTeams
          roles={roles}
          teams={teams}
          role={fields.role}
          teamIds={fields.teamIds}
          isRoleFixed={isMe}
          onChange={(change) => setFields((held) => ({ ...held, ...change }))}
        />
        {isMe && <p class={styles.soft}>{t('people.ownRole')}</p>}
        {error && (
          <p class={styles.error} role="alert">
            {error.field === 'administrator' ? t('people.lastAdministrator') : errorText(error)}
          </p>
        )}
        {link && <LinkBox link={link} />}
        <div class={styles.actions}>
          {isActive && (
            <Button icon="key-round" onClick={() => void issueReset()}>
              {t('people.newPassword')}
            </Button>
          )}
          {person.hasTwoFactor && !isMe && (
            <Button onClick={async () => finish(await http.delete(`/agents/${person.id}/two-factor`))}>{t('people.endTwoFactor')}</Button>
          )}
          {!isActive && <Button onClick={() => void patch({ isActive: true })}>{t('people.reactivate')}</Button>}
          {isActive && !isMe && !isAsking && (
            <Button look="danger" onClick={() => setIsAsking(true)}>
              {t('people.deactivate')}
            </Button>
          )}
        </div>
        {isAsking && (
          <section class={styles.warning} aria-label={t('people.deactivate')}>
            <p>{t('people.deactivateText', { name: person.name })}</p>
            <div class={styles.actions}>
              <Button onClick={() => setIsAsking(false)}>{t('action.cancel')}</Button>
              <Button look="danger" onClick={() => void patch({ isActive: false })}>
                {t('people.deactivateNow', { name: person.name })}
              </Button>
            </div>
          </section>
        )}
      </form>
    </Dialog>
  );
}
