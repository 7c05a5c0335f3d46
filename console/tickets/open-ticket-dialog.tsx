import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import { type Priority, priorities } from '../../shared/routing.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { categoryOptions, useChoices } from './choice-shelf.ts';
import { AssigneeField, TeamField } from './owner-fields.tsx';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-form.module.css';
import { ticketProblem } from './ticket-words.ts';
import { useBegun } from './use-begun.ts';

interface OpenTicketDialogProps {
  desk: TicketDesk;
  /** From a chat, or into a customer file. */
  conversationId?: string | undefined;
  contactId?: string | undefined;
  onClose: () => void;
  onOpened: (ticket: Ticket) => void;
}

/** A new ticket, with everything that can be said of it at once. */
export function OpenTicketDialog({ desk, conversationId, contactId, onClose, onOpened }: OpenTicketDialogProps) {
  const { http, agentId } = desk;
  const { categories } = useChoices(http);
  const place = `open ${agentId} ${conversationId ?? contactId ?? ''}`;
  const [subject, writeSubject, forgetSubject] = useBegun(`${place} subject`);
  const [description, writeDescription, forgetDescription] = useBegun(`${place} description`);
  const [priority, setPriority] = useState<Priority>('normal');
  const [categoryId, setCategoryId] = useState('');
  const [assigneeId, setAssigneeId] = useState<string | null>(agentId);
  const [teamId, setTeamId] = useState<string | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // The same request again has the same id: a lost reply opens no second ticket.
  const sent = useRef({ id: '', words: '' });

  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    const wish = {
      ...(subject.trim() && { subject: subject.trim() }),
      ...(conversationId && { conversationId }),
      ...(contactId && { contactId }),
      description,
      priority,
      categoryId: categoryId || null,
      assigneeId,
      teamId,
    };
    if (wish.subject === undefined && conversationId === undefined) return setError({ code: 'invalid', field: 'subject', message: '' });
    const words = JSON.stringify(wish);
    if (sent.current.words !== words) sent.current = { id: nanoid(), words };
    setIsBusy(true);
    const reply = await http.post<Ticket>('/tickets', { ...wish, id: sent.current.id });
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    forgetSubject();
    forgetDescription();
    onOpened(reply.data);
    onClose();
  };

  const isSubjectWrong = error?.field === 'subject';
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [error]);
  return (
    <Dialog
      title={t('tickets.openTitle')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" form="open-ticket" isBusy={isBusy}>
            {t('tickets.open')}
          </Button>
        </>
      }
    >
      <form ref={form} id="open-ticket" class={styles.form} noValidate onSubmit={submit}>
        <TextField
          label={t('tickets.subject')}
          value={subject}
          maxLength={200}
          autoComplete="off"
          hint={conversationId && t('tickets.subjectFromChat')}
          error={isSubjectWrong ? ticketProblem(error) : undefined}
          onInput={(text) => {
            writeSubject(text);
            setError(null);
          }}
        />
        <TextAreaField label={t('tickets.description')} rows={4} maxLength={8_000} value={description} onInput={writeDescription} />
        <div class={styles.pair}>
          <SelectField
            label={t('tickets.priority')}
            value={priority}
            options={priorities.toReversed().map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChoose={setPriority}
          />
          {categories.length > 0 && (
            <SelectField
              label={t('tickets.category')}
              value={categoryId}
              options={[{ value: '', label: t('tickets.none') }, ...categoryOptions(categories, null)]}
              onChoose={setCategoryId}
            />
          )}
          <AssigneeField desk={desk} value={assigneeId} onChoose={setAssigneeId} />
          <TeamField desk={desk} value={teamId} onChoose={setTeamId} />
        </div>
        {error && !isSubjectWrong && (
          <p class={styles.error} role="alert">
            {ticketProblem(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
