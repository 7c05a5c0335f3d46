import { useEffect } from 'preact/hooks';
import type { Callback, Task, TaskPage } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatAgo, formatMoment } from '../ui/format.ts';
import { screenClock } from '../ui/screen-clock.ts';
import { useRemote } from '../ui/use-remote.ts';
import { attemptWords, dueWords, isOverdue, outcomeWords } from './call-words.ts';
import styles from './contact-calls.module.css';
import { PhoneNumber } from './phone-number.tsx';

interface ContactCallsProps {
  http: Http;
  contactId: string;
  /** The task that changed last: one of this person's makes it look again. */
  change: Task | null | undefined;
  /** Nothing to press where calls are not made from here. */
  onCall?: ((task: Callback) => void) | undefined;
  onPromise?: (() => void) | undefined;
}

/** The calls that were promised to a person: those still to be made, and what came of the others. */
export function ContactCalls({ http, contactId, change, onCall, onPromise }: ContactCallsProps) {
  const open = useRemote(() => http.get<TaskPage>('/tasks', { contactId, kind: 'callback', limit: 20 }), [contactId]);
  const past = useRemote(() => http.get<TaskPage>('/tasks', { contactId, kind: 'callback', status: 'done', limit: 10 }), [contactId]);
  useEffect(() => {
    if (change?.contact?.id !== contactId || !open.value || !past.value) return;
    open.reload();
    past.reload();
  }, [change]);
  return (
    <>
      <Calls title={t('contact.calls')} tasks={callsIn(open.value)} onCall={onCall} onPromise={onPromise} />
      <Calls title={t('calls.past')} tasks={callsIn(past.value)} />
    </>
  );
}

function callsIn(page: TaskPage | null): Callback[] {
  return page?.items.filter((task) => task.kind === 'callback') ?? [];
}

type CallsProps = { title: string; tasks: readonly Callback[] } & Pick<ContactCallsProps, 'onCall' | 'onPromise'>;

function Calls({ title, tasks, onCall, onPromise }: CallsProps) {
  if (tasks.length === 0 && !onPromise) return null;
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{title}</h2>
      {tasks.length > 0 && (
        <ul class={styles.calls}>
          {tasks.map((task) => (
            <OneCall key={task.id} task={task} onCall={onCall} />
          ))}
        </ul>
      )}
      {onPromise && (
        <Button class={styles.promise} size="small" look="quiet" icon="plus" onClick={onPromise}>
          {t('calls.promise')}
        </Button>
      )}
    </section>
  );
}

function OneCall({ task, onCall }: { task: Callback } & Pick<ContactCallsProps, 'onCall'>) {
  const { dueAt, doneAt, phone, isMasked, note, status, outcome, attempts, calling } = task;
  const now = screenClock.value;
  const at = status === 'open' ? dueAt : (doneAt ?? dueAt);
  const call = onCall && status === 'open' ? () => onCall(task) : undefined;
  return (
    <li class={styles.call}>
      <span class={styles.line}>
        <time dateTime={new Date(at).toISOString()} title={formatMoment(at)} class={isOverdue(task, now) ? styles.overdue : undefined}>
          {status === 'open' ? dueWords(task, now) : formatAgo(at, now)}
        </time>
        {status === 'done' && <span>{outcomeWords(outcome)}</span>}
        {phone && <PhoneNumber phone={phone} isMasked={isMasked} onCall={call} />}
      </span>
      {note && <p dir="auto">{note}</p>}
      {attempts.length > 0 && (
        <ol class={styles.attempts}>
          {attempts.map((attempt) => (
            <li key={attempt.id}>
              {attemptWords(attempt, now)}
              {attempt.note && <p dir="auto">{attempt.note}</p>}
            </li>
          ))}
        </ol>
      )}
      {call && !calling && (
        <Button size="small" icon="phone" onClick={call}>
          {t('calls.call')}
        </Button>
      )}
    </li>
  );
}
