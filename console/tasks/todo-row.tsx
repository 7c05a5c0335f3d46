import type { ComponentChildren } from 'preact';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { formatMoment } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { recurrenceWords } from './recurrence-words.ts';
import { todoKindIcons } from './todo-kinds.ts';
import { TodoMenu, type TodoMenuProps } from './todo-menu.tsx';
import styles from './todo-row.module.css';
import { isTodoOverdue, todoDueWords } from './todo-words.ts';

const tones = { low: 'neutral', normal: 'neutral', high: 'amber', urgent: 'red' } as const;

interface TodoRowProps extends TodoMenuProps {
  mayEdit: boolean;
  ownerName: string | null;
  teamName: string | null;
  onDone: () => void;
  onReopen: () => void;
  /** To choose it among others. */
  mark?: ComponentChildren;
  /** In the file of the person, where there is little room and no need to say who that is. */
  isBeside?: boolean;
}

/** One thing to do: by when, what, for whom, and whose it is. */
export function TodoRow({ todo, mayEdit, ownerName, teamName, onDone, onReopen, mark, isBeside = false, ...menu }: TodoRowProps) {
  const { title, status, contact, conversationId, messageSeq, recurrence, priority, kind, note, outcomeText, dueAt, doneAt } = todo;
  const now = screenClock.value;
  const isDone = status === 'done';
  const at = isDone ? doneAt : dueAt;
  const name = title || t('todo.erased');
  return (
    <li class={[styles.row, isDone && styles.done, isBeside && styles.beside].filter(Boolean).join(' ')} data-todo={todo.id}>
      {mark}
      {mayEdit && (
        <button
          type="button"
          class={styles.check}
          aria-label={t(isDone ? 'todo.reopenIt' : 'todo.finishIt', { title: name })}
          title={t(isDone ? 'todo.reopen' : 'todo.finish')}
          onClick={isDone ? onReopen : onDone}
        >
          <span class={styles.ring}>
            <Icon name="check" size="small" />
          </span>
        </button>
      )}
      <span class={styles.what}>
        <span class={styles.title}>
          <Icon name={todoKindIcons[kind]} size="small" label={t(`todo.kind.${kind}`)} />
          {mayEdit ? (
            <button type="button" class={styles.open} onClick={menu.onEdit}>
              <bdi>{name}</bdi>
            </button>
          ) : (
            <bdi>{name}</bdi>
          )}
          {priority !== 'normal' && (
            <Badge tone={tones[priority]} title={t('priority.mark', { priority: t(`priority.${priority}`) })}>
              {t(`priority.${priority}`)}
            </Badge>
          )}
        </span>
        {(outcomeText ?? note) && (
          <span class={styles.note} dir="auto">
            {isDone && outcomeText ? outcomeText : note}
          </span>
        )}
        <span class={styles.meta}>
          {contact && !isBeside && (
            <a href={`/console/contacts/${contact.id}`}>
              <bdi>{contactName(contact)}</bdi>
            </a>
          )}
          {conversationId && (
            <a href={`/console/conversations/${conversationId}${messageSeq === null ? '' : `?message=${messageSeq}`}`}>
              {t(messageSeq === null ? 'tasks.conversation' : 'todo.toMessage')}
            </a>
          )}
          {ownerName !== null && <span>{t('todo.ownerIs', { name: ownerName })}</span>}
          {teamName !== null && <span>{t('todo.teamIs', { name: teamName })}</span>}
          {recurrence && (
            <span class={styles.often}>
              <Icon name="refresh-cw" size="small" />
              {recurrenceWords(recurrence)}
            </span>
          )}
        </span>
      </span>
      <time
        class={[styles.due, isTodoOverdue(todo, now) && styles.overdue].filter(Boolean).join(' ')}
        {...(at !== null && { dateTime: new Date(at).toISOString(), title: formatMoment(at) })}
      >
        {todoDueWords({ dueAt: at, status }, now)}
      </time>
      {mayEdit && <TodoMenu todo={todo} {...menu} />}
    </li>
  );
}
