import type { Task, TaskStatus } from '../../shared/task.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatMoment, formatSoon, formatWait } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import styles from './task-row.module.css';

const MINUTE_MS = 60_000;

interface TaskRowProps {
  task: Task;
  mayEdit: boolean;
  onTurn: (to: TaskStatus) => void;
}

/** One call: when, whom, at which number, what about. */
export function TaskRow({ task, mayEdit, onTurn }: TaskRowProps) {
  const { contact, conversationId, phone, note, dueAt, status } = task;
  return (
    <li class={styles.row}>
      <span class={styles.due}>
        <DueTime dueAt={dueAt} status={status} />
      </span>
      <span class={styles.who}>
        <a class={styles.name} href={`/console/contacts/${contact.id}`}>
          <OneLine text={contactName(contact)} />
        </a>
        {note && (
          <span class={styles.note} dir="auto">
            {note}
          </span>
        )}
      </span>
      {phone && (
        <a class={styles.phone} href={`tel:${phone}`} dir="ltr">
          {phone}
        </a>
      )}
      <span class={styles.actions}>
        {conversationId && <a href={`/console/conversations/${conversationId}`}>{t('tasks.conversation')}</a>}
        {mayEdit && (
          <Button
            size="small"
            icon={status === 'open' ? 'check' : 'rotate-ccw'}
            onClick={() => onTurn(status === 'open' ? 'done' : 'open')}
          >
            {status === 'open' ? t('tasks.markDone') : t('tasks.reopen')}
          </Button>
        )}
      </span>
    </li>
  );
}

function DueTime({ dueAt, status }: { dueAt: number; status: TaskStatus }) {
  const now = screenClock.value;
  const isOverdue = status === 'open' && dueAt < now - MINUTE_MS;
  const isNow = status === 'open' && dueAt < now + MINUTE_MS;
  return (
    <time dateTime={new Date(dueAt).toISOString()} title={formatMoment(dueAt)} class={isOverdue ? styles.overdue : undefined}>
      {isOverdue ? t('tasks.overdue', { time: formatWait(now - dueAt) }) : isNow ? t('contact.callNow') : formatSoon(dueAt, now)}
    </time>
  );
}
