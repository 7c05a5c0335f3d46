import { t } from '../texts/texts.ts';
import { keyOf } from './call-desk.ts';
import { CallInHand } from './call-in-hand.tsx';
import type { CallPlace } from './call-outcome.ts';
import styles from './call-strip.module.css';
import { RingingCall } from './ringing-call.tsx';
import { RingingTodo } from './ringing-todo.tsx';

/** More than these wait in the list. */
const SHOWN_MAX = 2;

/** The call under way and those that ring, above whatever page is open: it covers nothing. */
export function CallStrip(props: CallPlace) {
  const { calls } = props;
  const current = calls.current.value;
  const ringing = calls.ringing.value;
  const shown = ringing.slice(0, current ? 1 : SHOWN_MAX);
  const more = ringing.length - shown.length;
  if (!current && ringing.length === 0) return null;
  return (
    <section class={styles.strip} aria-label={t('calls.region')} data-calls>
      {current && <CallInHand key={current.calling?.attemptId} task={current} {...props} />}
      {shown.map((task) =>
        task.kind === 'callback' ? (
          <RingingCall key={keyOf(task)} task={task} {...props} />
        ) : (
          <RingingTodo key={keyOf(task)} task={task} {...props} />
        ),
      )}
      {more > 0 && (
        <a class={styles.more} href="/console/tasks">
          {t('calls.more', { count: more })}
        </a>
      )}
    </section>
  );
}
