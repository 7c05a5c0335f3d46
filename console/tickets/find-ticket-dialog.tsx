import { useState } from 'preact/hooks';
import type { Ticket, TicketPage } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { StatusBadge } from './status-badge.tsx';
import styles from './ticket-form.module.css';
import { ticketName } from './ticket-words.ts';
import { useSettledText } from './use-settled-text.ts';

interface FindTicketDialogProps {
  http: Http;
  title: string;
  /** Whose tickets are offered before anything is typed. */
  contactId?: string | null;
  exceptIds: readonly string[];
  /** A sentence why it cannot be this one, or null. */
  onChoose: (ticket: Ticket) => Promise<string | null>;
  onClose: () => void;
}

/** A ticket, found by number or words. */
export function FindTicketDialog({ http, title, contactId, exceptIds, onChoose, onClose }: FindTicketDialogProps) {
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  useSettledText(typed, (text) => setQ(text.trim()));
  const { value, error } = useRemote(
    () => http.get<TicketPage>('/tickets', { q, limit: 10, ...(q === '' && contactId ? { contactId } : {}) }),
    [http, q, contactId],
  );
  const finds = value?.items.filter(({ id }) => !exceptIds.includes(id));
  return (
    <Dialog title={title} closeLabel={t('action.close')} onClose={onClose}>
      <div class={styles.form}>
        <TextField label={t('tickets.find')} type="search" value={typed} placeholder={t('tickets.findHint')} onInput={setTyped} />
        {(problem ?? error) && (
          <p class={styles.error} role="alert">
            {problem ?? (error && errorText(error))}
          </p>
        )}
        <div class={styles.finds}>
          {finds?.map((ticket) => (
            <button
              key={ticket.id}
              type="button"
              class={styles.find}
              onClick={async () => {
                const refusal = await onChoose(ticket);
                if (refusal === null) onClose();
                else setProblem(refusal);
              }}
            >
              <bdi class={styles.findName}>{ticketName(ticket)}</bdi>
              <StatusBadge status={ticket.status} />
            </button>
          ))}
          {finds?.length === 0 && <p class={styles.note}>{t('tickets.findNone')}</p>}
        </div>
      </div>
    </Dialog>
  );
}
