import type { ComponentChildren } from 'preact';
import type { Callback, DoneOutcome } from '../../shared/task.ts';
import { attemptWords, dueWords, isOverdue, outcomeWords } from '../contacts/call-words.ts';
import { contactName } from '../contacts/contact-name.ts';
import { PhoneNumber } from '../contacts/phone-number.tsx';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatMoment } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { DoneMenu } from './done-menu.tsx';
import styles from './task-row.module.css';

interface TaskRowProps {
  task: Callback;
  mayEdit: boolean;
  /** Of the owner; null while it is nobody's. */
  ownerName: string | null;
  /** Nothing to press where calls are not made from here. */
  onCall?: (() => void) | undefined;
  onMove: () => void;
  onDone: (outcome: DoneOutcome) => void;
  onReopen: () => void;
  /** To choose it among others. */
  mark?: ComponentChildren;
}

/** One call: when, whom, at which number, what about, and what came of it so far. */
export function TaskRow({ task, mayEdit, ownerName, onCall, onMove, onDone, onReopen, mark }: TaskRowProps) {
  const { contact, conversationId, phone, note, dueAt, status, outcome, attempts, calling } = task;
  const now = screenClock.value;
  const last = attempts.at(-1);
  const call = mayEdit && status === 'open' ? onCall : undefined;
  return (
    <li class={styles.row}>
      <span class={styles.due}>
        {mark}
        <time
          dateTime={new Date(dueAt).toISOString()}
          title={formatMoment(dueAt)}
          class={isOverdue(task, now) ? styles.overdue : undefined}
        >
          {dueWords(task, now)}
        </time>
        {outcome && <span class={styles.outcome}>{outcomeWords(outcome)}</span>}
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
        {calling ? (
          <span class={styles.note}>{t('calls.isCalling', { name: calling.name })}</span>
        ) : (
          last && <span class={styles.note}>{attemptWords(last, now)}</span>
        )}
        {ownerName !== null && <span class={styles.note}>{t('calls.owner', { name: ownerName })}</span>}
      </span>
      {phone && <PhoneNumber class={styles.phone} phone={phone} isMasked={task.isMasked} onCall={call} />}
      <span class={styles.actions}>
        {conversationId && <a href={`/console/conversations/${conversationId}`}>{t('tasks.conversation')}</a>}
        {call && !calling && (
          <Button size="small" look="primary" icon="phone" onClick={call}>
            {t('calls.call')}
          </Button>
        )}
        {mayEdit && status === 'open' && !calling && (
          <>
            <IconButton icon="clock" label={t('calls.move')} onClick={onMove} />
            <DoneMenu onDone={onDone} />
          </>
        )}
        {mayEdit && status === 'done' && (
          <Button size="small" icon="rotate-ccw" onClick={onReopen}>
            {t('tasks.reopen')}
          </Button>
        )}
      </span>
    </li>
  );
}
