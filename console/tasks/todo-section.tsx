import { useEffect } from 'preact/hooks';
import type { Task, TaskPage, Todo } from '../../shared/task.ts';
import contactStyles from '../contacts/contact-calls.module.css';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { SectionHead } from '../contacts/section-head.tsx';
import { t } from '../texts/texts.ts';
import { useRemote } from '../ui/use-remote.ts';
import type { CallDesk } from './call-desk.ts';
import type { PeopleAtHand } from './people-at-hand.ts';
import type { TaskBoard } from './task-board.ts';
import { TodoEntry } from './todo-entry.tsx';
import styles from './todo-section.module.css';

interface TodoSectionProps extends FileSectionProps {
  /** As far as it is about what is to be done. */
  desk: { calls: CallDesk; tasks: TaskBoard; colleagues: PeopleAtHand };
}

const SHOWN_BESIDE = 5;

/** What is still to be done for this person, and the way to write down more. */
export function TodoSection({ http, contact, conversationId, may, isPage, desk }: TodoSectionProps) {
  const { calls, tasks: board, colleagues } = desk;
  const limit = isPage ? 50 : SHOWN_BESIDE;
  const page = useRemote(() => http.get<TaskPage>('/tasks', { contactId: contact.id, kind: 'todo', limit }), [contact.id, limit]);
  const change: Task | null = board.changed.value;
  useEffect(() => {
    if (change && change.kind !== 'callback' && change.contact?.id === contact.id) page.reload();
  }, [change, board.seen.value]);
  const mayEdit = may('tasks:edit') && contact.erasedAt === undefined;
  const todos = page.value?.items.filter((task): task is Todo => task.kind !== 'callback') ?? [];
  if (todos.length === 0 && !mayEdit) return null;
  const write = () => {
    calls.writing.value = { contact, ...(conversationId !== null && { conversationId }) };
  };
  return (
    <section class={contactStyles.section}>
      <SectionHead title={t('todo.fileTitle')} add={mayEdit ? { label: t('todo.new'), onClick: write } : null} isPage={isPage} />
      {todos.length > 0 && (
        <ul class={styles.list}>
          {todos.map((todo) => (
            <TodoEntry
              key={todo.id}
              todo={todo}
              http={http}
              board={board}
              mayEdit={mayEdit}
              agentId={calls.agentId}
              isBeside
              ownerName={colleagues.agents.value.get(todo.ownerId ?? '')?.name ?? null}
              teamName={null}
              onEdit={() => {
                calls.writing.value = { todo };
              }}
            />
          ))}
        </ul>
      )}
      {page.value?.next && <a href="/console/tasks">{t('action.more')}</a>}
    </section>
  );
}
