/** The list that an agent looks at, kept as it is while others work on it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Task } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { type RemotePages, useRemotePages } from '../ui/use-remote.ts';
import { withTask } from './shown-tasks.ts';
import type { TaskBoard } from './task-board.ts';
import { noFilter, type TaskFilter } from './task-filters.tsx';
import { taskTabs } from './task-tabs.tsx';

const VIEW_KEY = 'kesher:tasks-view';
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
  const [filter, show] = useState<TaskFilter>(() => lastView() ?? { ...noFilter, tab: board.mineCount.value > 0 ? 'mine' : 'all' });
  const hasChosen = useRef(lastView() !== null);
  const setFilter = (chosen: TaskFilter) => {
    hasChosen.current = true;
    keepView(chosen);
    show(chosen);
  };
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
  useEffect(() => {
    // Whoever has never chosen begins with what is its own, where there is any.
    void board.count().then(() => {
      if (!hasChosen.current && board.mineCount.value > 0) show({ ...noFilter, tab: 'mine' });
    });
  }, [board]);
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

/** As it was left in this browser, but for what may be no more: the words that were looked for, and the team. */
function lastView(): TaskFilter | null {
  try {
    const kept = JSON.parse(globalThis.localStorage?.getItem(VIEW_KEY) ?? 'null');
    if (!taskTabs.includes(kept?.tab)) return null;
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
    const known = { kind: text(kept.kind), due: text(kept.due), priority: text(kept.priority) };
    return { ...noFilter, tab: kept.tab, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) };
  } catch {
    return null;
  }
}

function keepView({ q: _, teamId: __, ...view }: TaskFilter): void {
  try {
    globalThis.localStorage?.setItem(VIEW_KEY, JSON.stringify(view));
  } catch {
    // Full storage: next time it begins anew.
  }
}
