import { useEffect, useRef, useState } from 'preact/hooks';
import type { Callback, Task, Todo } from '../../shared/task.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import type { CallDesk } from './call-desk.ts';
import { startCall } from './call-outcome.ts';
import { CallTimeDialog } from './call-time-dialog.tsx';
import { groupByDay } from './day-groups.ts';
import { moveCall } from './move-call.ts';
import type { PeopleAtHand } from './people-at-hand.ts';
import { SelectionBar } from './selection-bar.tsx';
import type { TaskBoard } from './task-board.ts';
import { TaskFilters } from './task-filters.tsx';
import styles from './task-list.module.css';
import { TaskRow } from './task-row.tsx';
import { TaskTabs } from './task-tabs.tsx';
import { TodoEntry } from './todo-entry.tsx';
import { turnCall } from './turn-call.ts';
import { useTaskList } from './use-task-list.ts';

interface TaskListProps {
  http: Http;
  board: TaskBoard;
  mayEdit: boolean;
  /** Where calls are made from, and things written down; a list without one only shows them. */
  calls?: CallDesk;
  people?: PeopleAtHand;
  /** The teams that this agent is in. */
  teamIds?: readonly string[];
  /** A colleague's name. */
  nameOf?: (agentId: string) => string | null;
}

/** Everything that is to be done, the most urgent first: calls that were promised, and whatever else was written down. */
export function TaskList({ http, board, mayEdit, calls, people, teamIds, nameOf = () => null }: TaskListProps) {
  const list = useTaskList({ http, board, agentId: calls?.agentId, teamIds });
  const { filter, pages, isWhole } = list;
  const [moving, setMoving] = useState<Callback | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  useTaskOfAddress(http, calls);
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
  const groups = filter.tab === 'done' ? [{ group: null, tasks: pages.items }] : groupByDay(pages.items, screenClock.value);
  const teamName = (id: string | null) => people?.teams.value.find((team) => team.id === id)?.name ?? null;
  const add = () => {
    if (calls) calls.writing.value = {};
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const markOf = (task: Task) =>
    chosen && (
      <input
        type="checkbox"
        class={styles.mark}
        checked={chosen.has(task.id)}
        aria-label={t('todo.choose', { title: task.kind === 'callback' ? contactName(task.contact) : task.title })}
        onChange={() => toggle(task.id)}
      />
    );
  const row = (task: Task) => {
    const ownerName = task.ownerId === null ? null : nameOf(task.ownerId);
    if (task.kind !== 'callback') {
      return (
        <TodoEntry
          key={task.id}
          todo={task}
          http={http}
          board={board}
          mayEdit={mayEdit}
          agentId={calls?.agentId}
          ownerName={task.ownerId === calls?.agentId && filter.tab === 'mine' ? null : ownerName}
          teamName={teamName(task.teamId)}
          mark={markOf(task)}
          onEdit={() => {
            if (calls) calls.writing.value = { todo: task };
          }}
        />
      );
    }
    return (
      <TaskRow
        key={task.id}
        task={task}
        mayEdit={mayEdit}
        ownerName={ownerName}
        mark={markOf(task)}
        onCall={calls && (() => void startCall({ calls, board }, task))}
        onMove={() => setMoving(task)}
        onDone={(outcome) => void turnCall({ http, board }, task, { status: 'done', outcome })}
        onReopen={() => void turnCall({ http, board }, task, { status: 'open' })}
      />
    );
  };

  return (
    <PageFrame
      title={t('tasks.title')}
      width="table"
      actions={
        <span class={styles.actions}>
          {mayEdit && !isEmpty && (
            <Button aria-pressed={chosen !== null} onClick={() => setChosen(chosen ? null : new Set())}>
              {t('todo.select')}
            </Button>
          )}
          {mayEdit && calls && (
            <Button ref={addButton} look="primary" icon="plus" onClick={add}>
              {t('todo.new')}
            </Button>
          )}
        </span>
      }
    >
      <TaskTabs board={board} chosen={filter.tab} onChoose={(tab) => list.setFilter({ ...filter, tab })} />
      <TaskFilters filter={filter} people={people} onChange={list.setFilter} />
      {chosen && (
        <SelectionBar
          http={http}
          board={board}
          people={people}
          agentId={calls?.agentId}
          tasks={pages.items.filter(({ id }) => chosen.has(id))}
          onAll={() => setChosen(new Set(pages.items.slice(0, 200).map(({ id }) => id)))}
          onDone={() => setChosen(null)}
        />
      )}
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {isEmpty && (
        <EmptyState
          icon="list-checks"
          title={t(!isWhole ? 'calls.noneFit' : filter.tab === 'done' ? 'tasks.emptyDone' : 'tasks.empty')}
          {...(isWhole && filter.tab === 'all' && { text: t('tasks.emptyHint') })}
        />
      )}
      {groups.map(({ group, tasks }) => (
        <section key={group} class={styles.group}>
          {group && (
            <h2 class={[styles.groupTitle, group === 'overdue' && styles.late].filter(Boolean).join(' ')}>{t(`todo.group.${group}`)}</h2>
          )}
          <ul class={styles.list}>{tasks.map(row)}</ul>
        </section>
      ))}
      {pages.hasMore && (
        <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
      {moving && (
        <CallTimeDialog
          http={http}
          task={moving}
          title={t('calls.moveTitle', { name: contactName(moving.contact) })}
          onChoose={(at) => moveCall({ board, http }, moving, Number(at))}
          onClose={() => setMoving(null)}
        />
      )}
    </PageFrame>
  );
}

/** `?task=` opens it: where a timeline or a letter leads to. */
function useTaskOfAddress(http: Http, calls: CallDesk | undefined): void {
  useEffect(() => {
    const id = new URLSearchParams(globalThis.location?.search ?? '').get('task');
    if (!id || !calls) return;
    void http.get<Todo>(`/tasks/${id}`).then((reply) => {
      if (reply.ok && reply.data.kind !== ('callback' as string)) calls.writing.value = { todo: reply.data };
    });
  }, [http, calls]);
}
