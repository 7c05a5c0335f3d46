/** The list that an agent looks at, kept as it is while others work on it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Task } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { type RemotePages, useRemotePages } from '../ui/use-remote.ts';
import { withTask } from './shown-tasks.ts';
import type { TaskBoard } from './task-board.ts';
import { noFilter, type TaskFilter } from './task-filters.tsx';
import { type TaskTab, taskTabs } from './task-tabs.tsx';

const TAB_KEY = 'kesher:tasks-tab';
const TYPED_MS = 250;

interface TaskListOptions {
  http: Http;
  board: TaskBoard;
  agentId: string | undefined;
  teamIds: readonly string[] | undefined;
}

interface ShownTaskList {
  filter: TaskFilter;
  setFilter: (filter: TaskFilter) => void;
  pages: RemotePages<Task>;
  /** Nothing is left out but by the tab. */
  isWhole: boolean;
}

export function useTaskList({ http, board, agentId, teamIds }: TaskListOptions): ShownTaskList {
  const [filter, setFilter] = useState<TaskFilter>(() => ({ ...noFilter, tab: lastTab() }));
  const q = useSettled(filter.q.trim());
  const { tab, kind, due, priority, teamId } = filter;
  const pages = useRemotePages<Task>(
    (cursor) => http.get('/tasks', { ...queryOf({ ...filter, q }), limit: 50, cursor: cursor ?? undefined }),
    [tab, kind, due, priority, teamId, q, board.seen.value],
  );
  const fits = useRef({ filter, patch: pages.patch });
  fits.current = { filter: { ...filter, q }, patch: pages.patch };
  useEffect(
    () =>
      board.onChange((task) => {
        const { filter: shown, patch } = fits.current;
        patch((items, isWhole) => withTask(items, task, { ...shown, agentId, teamIds, isWhole, now: Date.now() }));
      }),
    [board, agentId, teamIds],
  );
  useEffect(() => void board.count(), [board]);
  useEffect(() => keepTab(tab), [tab]);
  const isWhole = kind === 'all' && due === 'all' && priority === 'all' && teamId === '' && q === '';
  return { filter, setFilter, pages, isWhole };
}

function queryOf({ tab, kind, due, priority, teamId, q }: TaskFilter): Record<string, string | undefined> {
  const owner = { mine: 'me', team: 'team' }[tab as string];
  return {
    status: tab === 'done' ? 'done' : 'open',
    owner,
    due: tab === 'overdue' ? 'overdue' : tab === 'done' || due === 'all' ? undefined : due,
    kind: kind === 'all' ? undefined : kind,
    priority: priority === 'all' ? undefined : priority,
    teamId,
    q,
  };
}

/** What is typed is asked for once it rests. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function lastTab(): TaskTab {
  const kept = globalThis.localStorage?.getItem(TAB_KEY);
  return taskTabs.find((tab) => tab === kept) ?? 'all';
}

function keepTab(tab: TaskTab): void {
  try {
    globalThis.localStorage?.setItem(TAB_KEY, tab);
  } catch {
    // Full storage: next time it begins with everything.
  }
}
