import { useEffect, useRef, useState } from 'preact/hooks';
import type { Task, TaskStatus } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import type { CallDesk } from './call-desk.ts';
import { clash, startCall } from './call-outcome.ts';
import { withTask } from './shown-tasks.ts';
import type { TaskBoard } from './task-board.ts';
import { type TaskFilter, TaskFilters } from './task-filters.tsx';
import styles from './task-list.module.css';
import { TaskRow } from './task-row.tsx';

interface TaskListProps {
  http: Http;
  board: TaskBoard;
  mayEdit: boolean;
  /** Where calls are made from; a list without one only shows them. */
  calls?: CallDesk;
  /** A colleague's name. */
  nameOf?: (agentId: string) => string | null;
}

/** Everything that was promised, the most urgent first. */
export function TaskList({ http, board, mayEdit, calls, nameOf = () => null }: TaskListProps) {
  const [filter, setFilter] = useState<TaskFilter>({ status: 'open', owner: 'all', due: 'all' });
  const { status, owner, due } = filter;
  const isWhole = owner === 'all' && (due === 'all' || status === 'done');
  const pages = useRemotePages<Task>(
    (cursor) =>
      http.get('/tasks', {
        status,
        owner: owner === 'all' ? undefined : owner,
        due: due === 'all' || status === 'done' ? undefined : due,
        limit: 50,
        cursor: cursor ?? undefined,
      }),
    [status, owner, due, board.seen.value],
  );
  const fits = useRef({ filter, patch: pages.patch });
  fits.current = { filter, patch: pages.patch };
  useEffect(
    () =>
      board.onChange((task) => {
        const { filter: shown, patch } = fits.current;
        patch((items, isWhole) => withTask(items, task, { ...shown, agentId: calls?.agentId, isWhole, now: Date.now() }));
      }),
    [board, calls],
  );
  useEffect(() => void board.count(), [board]);
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;

  const turn = async (task: Task, to: TaskStatus): Promise<void> => {
    const reply = await http.patch<Task>(`/tasks/${task.id}`, { status: to });
    if (!reply.ok) {
      const isTaken = reply.error.code === 'conflict';
      return showToast({ text: isTaken ? t(clash(reply.error.field)) : errorText(reply.error), tone: 'problem' });
    }
    board.taskChanged(reply.data);
    const back = to === 'done' ? 'open' : 'done';
    showToast({
      text: t(to === 'done' ? 'tasks.toastDone' : 'tasks.toastOpen'),
      action: { label: t('action.undo'), run: () => void turn(task, back) },
    });
  };

  return (
    <PageFrame title={t('tasks.title')} width="table" actions={<TaskFilters filter={filter} onChange={setFilter} />}>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {isEmpty && (
        <EmptyState
          icon="phone"
          title={t(!isWhole ? 'calls.noneFit' : status === 'open' ? 'tasks.empty' : 'tasks.emptyDone')}
          {...(isWhole && status === 'open' && { text: t('tasks.emptyHint') })}
        />
      )}
      <ul class={styles.list}>
        {pages.items.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            mayEdit={mayEdit}
            ownerName={task.ownerId === null ? null : nameOf(task.ownerId)}
            onCall={calls && (() => void startCall({ calls, board }, task))}
            onTurn={(to) => void turn(task, to)}
          />
        ))}
      </ul>
      {pages.hasMore && (
        <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </PageFrame>
  );
}
