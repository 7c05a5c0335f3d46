import { useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';
import { DialogActions } from './dialog-actions.tsx';

interface TeamDialogProps {
  http: Http;
  /** Null: a new one. */
  team: Team | null;
  agents: readonly Agent[];
  onChanged: () => void;
  onClose: () => void;
}

export function TeamDialog({ http, team, agents, onChanged, onClose }: TeamDialogProps) {
  const [name, setName] = useState(team?.name ?? '');
  const [memberIds, setMemberIds] = useState<readonly string[]>(team?.memberIds ?? []);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const finish = (reply: Reply<unknown>) => {
    setError(reply.ok ? null : reply.error);
    if (reply.ok) onChanged();
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const body = { name, memberIds };
    finish(team ? await http.patch(`/teams/${team.id}`, body) : await http.post('/teams', body));
  };
  return (
    <Dialog
      title={team?.name ?? t('team.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={<DialogActions form="team" submit={t('action.save')} onCancel={onClose} />}
    >
      <form id="team" class={styles.form} onSubmit={submit}>
        <TextField label={t('team.name')} isRequired maxLength={60} autoComplete="off" value={name} onInput={setName} />
        <CheckList
          label={t('team.membersLabel')}
          options={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
          chosen={memberIds}
          emptyText={t('team.nobody')}
          onChoose={setMemberIds}
        />
        {error && (
          <p class={styles.error} role="alert">
            {errorText(error)}
          </p>
        )}
        {team && !isAsking && (
          <div class={styles.actions}>
            <Button look="danger" onClick={() => setIsAsking(true)}>
              {t('team.remove')}
            </Button>
          </div>
        )}
        {team && isAsking && (
          <section class={styles.warning} aria-label={t('team.remove')}>
            <p>{t('team.removeText', { name: team.name })}</p>
            <div class={styles.actions}>
              <Button onClick={() => setIsAsking(false)}>{t('action.cancel')}</Button>
              <Button look="danger" onClick={async () => finish(await http.delete(`/teams/${team.id}`))}>
                {t('team.removeNow', { name: team.name })}
              </Button>
            </div>
          </section>
        )}
      </form>
    </Dialog>
  );
}
