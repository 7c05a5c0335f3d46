import { useMemo, useRef, useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { MESSAGE_TEXT_MAX } from '../../shared/limits.ts';
import type { Team } from '../../shared/team.ts';
import { contactName } from '../contacts/contact-name.ts';
import { fitting } from '../messages/mention-text.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { showToast } from '../ui/toast.tsx';
import { availabilityDots } from './availability-dots.ts';
import type { Desk } from './desk.ts';
import styles from './transfer-dialog.module.css';

interface Choice {
  kind: 'agent' | 'team';
  id: string;
  name: string;
  agent?: Agent;
  team?: Team;
}

/** What was begun and not handed over, by agent and conversation. */
const begun = new Map<string, string>();

const ranks = { online: 0, away: 1, offline: 2 } as const;

interface TransferDialogProps {
  desk: Desk;
  summary: ConversationSummary;
  onClose: () => void;
}

/** To whom, with what words for them. What was written stays until it has gone through. */
export function TransferDialog({ desk, summary, onClose }: TransferDialogProps) {
  const [words, setWords] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const place = `${desk.agentId} ${summary.id}`;
  const [note, setNote] = useState(begun.get(place) ?? '');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // Whose it was when the dialog opened, or said so last: what happens behind it is not what was decided about.
  const seen = useRef(holderOf(summary));
  if (error?.code === 'stale') seen.current = holderOf(summary);
  const id = useRef<string | null>(null);
  const choices = useChoices(desk, summary);
  const chosen = choices.find((one) => one.id === chosenId);
  const shown = fitting(choices, words);

  const hand = async (event: Event) => {
    event.preventDefault();
    if (!chosen || isBusy) return;
    setIsBusy(true);
    id.current ??= desk.newId();
    const reply = await desk.transfer({
      id: id.current,
      conversationId: summary.id,
      ...(chosen.kind === 'agent' ? { agentId: chosen.id } : { teamId: chosen.id }),
      ...(note.trim() !== '' && { note }),
      seen: seen.current,
    });
    setIsBusy(false);
    if (!reply.ok) {
      if (reply.error.code === 'stale') id.current = null;
      return setError(reply.error);
    }
    begun.delete(place);
    showToast({ text: t('transfer.done', { name: chosen.name }) });
    onClose();
  };

  return (
    <Dialog
      title={t('transfer.title', { name: contactName(summary.contact) })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" form="transfer" disabled={!chosen} isBusy={isBusy}>
            {t('transfer.submit')}
          </Button>
        </>
      }
    >
      <form id="transfer" class={styles.form} onSubmit={hand}>
        <TextField label={t('transfer.find')} type="search" value={words} onInput={setWords} autoComplete="off" />
        <fieldset class={styles.choices}>
          <legend class="visually-hidden">{t('transfer.to')}</legend>
          {shown.map((one) => (
            <ChoiceRow
              key={one.id}
              choice={one}
              isChosen={chosenId === one.id}
              onChoose={() => {
                setChosenId(one.id);
                setError(null);
                // Another decision is another request.
                id.current = null;
              }}
            />
          ))}
          {shown.length === 0 && <p class={styles.nobody}>{t('transfer.nobody')}</p>}
        </fieldset>
        <TextAreaField
          label={t('transfer.note')}
          hint={t('transfer.noteHint')}
          rows={3}
          value={note}
          maxLength={MESSAGE_TEXT_MAX}
          onInput={(text) => {
            setNote(text);
            begun.set(place, text);
            id.current = null;
          }}
        />
        {error && (
          <p class={styles.error} role="alert">
            {error.code === 'stale' ? overtakenText(desk, summary) : errorText(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function holderOf({ assigneeId, teamId }: ConversationSummary) {
  return { assigneeId, teamId };
}

/** Whose it is now, so that the agent can decide again. */
function overtakenText(desk: Desk, { assigneeId, teamId }: ConversationSummary): string {
  const name =
    desk.colleagues.agents.value.get(assigneeId ?? '')?.name ??
    (assigneeId === null ? desk.colleagues.teams.value.find(({ id }) => id === teamId)?.name : t('message.agent'));
  return name === undefined ? t('transfer.staleNobody') : t('transfer.stale', { name });
}

function ChoiceRow({ choice, isChosen, onChoose }: { choice: Choice; isChosen: boolean; onChoose: () => void }) {
  const { agent, team, name, id } = choice;
  return (
    <label class={styles.choice}>
      <input class={styles.radio} type="radio" name="transfer-to" checked={isChosen} onChange={onChoose} />
      {agent ? (
        <Avatar name={name} seed={id} imageUrl={agent.avatarUrl} size="small" dot={availabilityDots[agent.availability]} />
      ) : (
        <span class={styles.team}>
          <Icon name="users" size="small" />
        </span>
      )}
      <bdi class={styles.name}>{name}</bdi>
      <span class={styles.hint}>
        {agent && `${t(`availability.${agent.availability}`)} · ${t('assign.load', { count: agent.load })}`}
        {team && t('team.members', { count: team.memberIds.length })}
      </span>
    </label>
  );
}

/** Everybody but oneself and who has it: who is here and has the least to do first, then the teams. */
function useChoices(desk: Desk, { assigneeId, teamId }: ConversationSummary): Choice[] {
  const agents = desk.colleagues.agents.value;
  const teams = desk.colleagues.teams.value;
  return useMemo(() => {
    const people = [...agents.values()]
      .filter(({ id }) => id !== assigneeId && id !== desk.agentId)
      .sort((a, b) => ranks[a.availability] - ranks[b.availability] || a.load - b.load || a.name.localeCompare(b.name))
      .map((agent): Choice => ({ kind: 'agent', id: agent.id, name: agent.name, agent }));
    const groups = teams
      .filter(({ id }) => id !== teamId || assigneeId !== null)
      .map((team): Choice => ({ kind: 'team', id: team.id, name: team.name, team }));
    return [...people, ...groups];
  }, [agents, teams, assigneeId, teamId, desk]);
}
