/** What becomes of a list on screen when a task changes: nobody asks the server for it again. */
import type { Task } from '../../shared/task.ts';
import type { TaskFilter } from './task-filters.tsx';

interface Shown extends TaskFilter {
  /** Whose list it is, where that is known. */
  agentId: string | undefined;
  /** Nothing is left to load. */
  isWhole: boolean;
  now: number;
}

/** In its place, if it belongs here and the list reaches so far. */
export function withTask(items: readonly Task[], task: Task, shown: Shown): readonly Task[] {
  const others = items.filter(({ id }) => id !== task.id);
  const isHere = others.length < items.length;
  if (!belongs(task, shown, isHere)) return isHere ? others : items;
  const at = others.findIndex((other) => isBefore(task, other, shown.status));
  if (at >= 0) return others.toSpliced(at, 0, task);
  return shown.isWhole ? [...others, task] : others;
}

function belongs({ status, ownerId, dueAt }: Task, shown: Shown, isHere: boolean): boolean {
  if (status !== shown.status) return false;
  if (shown.owner === 'nobody' && ownerId !== null) return false;
  if (shown.owner === 'me' && (shown.agentId === undefined ? !isHere : ownerId !== shown.agentId)) return false;
  if (status === 'done' || shown.due === 'all') return true;
  return shown.due === 'overdue' ? dueAt < shown.now : dueAt >= shown.now;
}

/** As the server orders them. */
function isBefore(one: Task, other: Task, status: Task['status']): boolean {
  if (status === 'open') return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.id < other.id);
  return (one.doneAt ?? 0) > (other.doneAt ?? 0) || (one.doneAt === other.doneAt && one.id > other.id);
}
