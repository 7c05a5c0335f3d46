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
import { SectionHead } from './section-head.tsx';

interface WhoseCalls {
  http: Http;
  contactId: string;
  /** The task that changed last: one of this person's makes it look again. */
  change: Task | null | undefined;
  isPage: boolean;
}

interface ContactCallsProps extends WhoseCalls {
  /** Nothing to press where calls are not made from here. */
  onCall?: ((task: Callback) => void) | undefined;
  onPromise?: (() => void) | undefined;
}

/** The calls that were promised to a person and are still to be made. */
export function ContactCalls({ onCall, onPromise, ...asked }: ContactCallsProps) {
  const tasks = useCalls(asked, { limit: 20 });
  return <Calls title={t('contact.calls')} tasks={tasks} isPage={asked.isPage} onCall={onCall} onPromise={onPromise} />;
}

/** What came of the others. */
export function PastCalls(asked: WhoseCalls) {
  return <Calls title={t('calls.past')} tasks={useCalls(asked, { status: 'done', limit: 10 })} isPage={asked.isPage} />;
}

function useCalls({ http, contactId, change }: WhoseCalls, which: { status?: 'done'; limit: number }): Callback[] {
  const page = useRemote(() => http.get<TaskPage>('/tasks', { contactId, kind: 'callback', ...which }), [contactId]);
  useEffect(() => {
    if (change?.contact?.id === contactId && page.value) page.reload();
  }, [change]);
  return page.value?.items.filter((task) => task.kind === 'callback') ?? [];
}

type CallsProps = { title: string; tasks: readonly Callback[] } & Pick<ContactCallsProps, 'isPage' | 'onCall' | 'onPromise'>;

function Calls({ title, tasks, isPage, onCall, onPromise }: CallsProps) {
  if (tasks.length === 0 && !onPromise) return null;
  return (
    <section class={styles.section}>
      <SectionHead title={title} add={onPromise && { label: t('calls.promise'), onClick: onPromise }} isPage={isPage} />
      {tasks.length > 0 && (
        <ul class={styles.calls}>
          {tasks.map((task) => (
            <OneCall key={task.id} task={task} onCall={onCall} />
          ))}
        </ul>
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
