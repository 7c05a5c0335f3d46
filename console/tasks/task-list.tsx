import { useEffect, useRef, useState } from 'preact/hooks';
import { doneOutcomes, type Task, type TaskPatch } from '../../shared/task.ts';
import { outcomeWords } from '../contacts/call-words.ts';
import { contactName } from '../contacts/contact-name.ts';
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
import { CallTimeDialog } from './call-time-dialog.tsx';
import { moveCall } from './move-call.ts';
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
  const [moving, setMoving] = useState<Task | null>(null);
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

  const turn = async (task: Task, to: Pick<TaskPatch, 'status' | 'outcome'>): Promise<void> => {
    const reply = await http.patch<Task>(`/tasks/${task.id}`, to);
    if (!reply.ok) {
      const isTaken = reply.error.code === 'conflict';
      return showToast({ text: isTaken ? t(clash(reply.error.field)) : errorText(reply.error), tone: 'problem' });
    }
    board.taskChanged(reply.data);
    const isDone = to.status === 'done';
    showToast({
      text: isDone ? t('calls.doneAs', { outcome: outcomeWords(reply.data.outcome) }) : t('tasks.toastOpen'),
      action: { label: t('action.undo'), run: () => void turn(task, isDone ? { status: 'open' } : backTo(task)) },
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
            onMove={() => setMoving(task)}
            onDone={(outcome) => void turn(task, { status: 'done', outcome })}
            onReopen={() => void turn(task, { status: 'open' })}
          />
        ))}
      </ul>
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

/** As it was done before; how it ended is said again only where an agent had said so. */
function backTo({ outcome }: Task): Pick<TaskPatch, 'status' | 'outcome'> {
  const said = doneOutcomes.find((one) => one === outcome);
  return { status: 'done', ...(said && { outcome: said }) };
}
