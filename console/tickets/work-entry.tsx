import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { TicketWork } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { formatSpan } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './ticket-page.module.css';

const MINUTE_MS = 60_000;

interface WorkEntryProps {
  http: Http;
  route: string;
  work: TicketWork;
  isOwn: boolean;
  onChanged: (work: TicketWork) => void;
  onRemoved: () => void;
  onPutBack: (work: TicketWork) => void;
}

/** Who did what when, and how long it took. */
export function WorkEntry({ http, route, work, isOwn, onChanged, onRemoved, onPutBack }: WorkEntryProps) {
  const [edited, setEdited] = useState<{ text: string; minutes: string } | null>(null);
  const [problem, setProblem] = useState<string | undefined>();
  const keep = async () => {
    if (!edited) return;
    const reply = await http.patch<TicketWork>(`${route}/${work.id}`, {
      text: edited.text,
      minutes: Math.round(Number(edited.minutes || 0)),
    });
    if (!reply.ok) return setProblem(errorText(reply.error));
    onChanged(reply.data);
    setEdited(null);
  };
  const remove = async () => {
    const reply = await http.delete(`${route}/${work.id}`);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    onRemoved();
    const { text, minutes, at } = work;
    const putBack = async () => {
      const back = await http.post<TicketWork>(route, { id: nanoid(), text, minutes, at });
      if (back.ok) onPutBack(back.data);
      else showToast({ text: errorText(back.error), tone: 'problem' });
    };
    showToast({ text: t('tickets.logRemoved'), action: { label: t('action.undo'), run: () => void putBack() } });
  };
  if (edited) {
    return (
      <li class={styles.work}>
        <TextAreaField
          label={t('tickets.logText')}
          rows={2}
          value={edited.text}
          error={problem}
          onInput={(text) => setEdited({ ...edited, text })}
        />
        <div class={styles.workFoot}>
          <span class={styles.minutes}>
            <TextField
              label={t('tickets.logMinutes')}
              inputMode="numeric"
              dir="ltr"
              maxLength={4}
              value={edited.minutes}
              onInput={(typed) => setEdited({ ...edited, minutes: typed.replace(/\D/g, '') })}
            />
          </span>
          <Button look="primary" onClick={keep}>
            {t('action.save')}
          </Button>
          <Button onClick={() => setEdited(null)}>{t('action.cancel')}</Button>
        </div>
      </li>
    );
  }
  return (
    <li class={styles.entry}>
      <div class={styles.entryText}>
        <span class={styles.soft}>
          {work.agent && <bdi>{work.agent.name}</bdi>} · <RelativeTime at={work.at} />
          {work.minutes > 0 && ` · ${formatSpan(work.minutes * MINUTE_MS)}`}
          {work.editedAt !== null && ` · ${t('tickets.logEdited')}`}
        </span>
        {work.text !== '' && (
          <p class={styles.prose} dir="auto">
            {work.text}
          </p>
        )}
      </div>
      {isOwn && (
        <span class={styles.entryActions}>
          <IconButton
            icon="pencil"
            label={t('tickets.edit')}
            onClick={() => setEdited({ text: work.text, minutes: String(work.minutes || '') })}
          />
          <IconButton icon="trash-2" label={t('tickets.logRemove')} onClick={remove} />
        </span>
      )}
    </li>
  );
}
