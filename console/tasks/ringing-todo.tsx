import type { DueTodo } from '../../shared/task.ts';
import { contactName } from '../contacts/contact-name.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CallPlace } from './call-outcome.ts';
import styles from './call-strip.module.css';
import { finishTodo } from './todo-actions.ts';

const LATER_MINUTES = [15, 60, 1_440] as const;

/** Something to do whose time has come, or comes soon. */
export function RingingTodo({ task, calls, board, http }: CallPlace & { task: DueTodo }) {
  const { title, contact, note, dueAt, conversationId, messageSeq } = task;
  const putOff = async (minutes: number) => {
    const reply = await calls.later(task, minutes);
    if (reply.ok) board.taskChanged(reply.data);
    else showToast({ text: errorText(reply.error), tone: 'problem' });
  };
  return (
    <div class={[styles.call, styles.ringing].join(' ')}>
      <span class={styles.bell}>
        <Icon name="alarm-clock" />
      </span>
      <div class={styles.who}>
        <p class={styles.title} role="status">
          <OneLine text={title} />
        </p>
        <p class={styles.about}>
          {dueAt !== null && dueAt > Date.now() && <span>{t('todo.soon', { time: formatTime(dueAt) })}</span>}
          {contact && <bdi>{contactName(contact)}</bdi>}
          {note && <span dir="auto">{note}</span>}
        </p>
      </div>
      <div class={styles.actions}>
        <Button look="primary" size="small" icon="check" onClick={() => void finishTodo({ http, board }, task)}>
          {t('todo.finish')}
        </Button>
        <Menu
          label={t('todo.later')}
          align="end"
          items={LATER_MINUTES.map((minutes) => ({
            key: String(minutes),
            label: minutes === 1_440 ? t('todo.due.tomorrow') : t('calls.inMinutes', { count: minutes }),
            onSelect: () => void putOff(minutes === 1_440 ? minutesToMorning() : minutes),
          }))}
          trigger={(props) => (
            <Button {...props} size="small" icon="alarm-clock">
              {t('todo.later')}
            </Button>
          )}
        />
        {conversationId ? (
          <a class={styles.link} href={`/console/conversations/${conversationId}${messageSeq === null ? '' : `?message=${messageSeq}`}`}>
            {t('tasks.conversation')}
          </a>
        ) : (
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              calls.writing.value = { todo: task };
            }}
          >
            {t('todo.edit')}
          </Button>
        )}
        <IconButton icon="x" label={t('todo.hide')} onClick={() => calls.dismiss(task)} />
      </div>
    </div>
  );
}

function minutesToMorning(): number {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  return Math.round((date.setHours(9, 0, 0, 0) - Date.now()) / 60_000);
}
