/** What becomes of a list on screen when a task changes: nobody asks the server for it again. */
import type { Task } from '../../shared/task.ts';
import type { TaskFilter } from './task-filters.tsx';

interface Shown extends TaskFilter {
  /** Whose list it is, where that is known. */
  agentId: string | undefined;
  /** Of the teams that this agent is in, where they are known. */
  teamIds: readonly string[] | undefined;
  /** Nothing is left to load. */
  isWhole: boolean;
  now: number;
}

/** In its place, if it belongs here and the list reaches so far. */
export function withTask(items: readonly Task[], task: Task, shown: Shown): readonly Task[] {
  const others = items.filter(({ id }) => id !== task.id);
  const isHere = others.length < items.length;
  if (!belongs(task, shown, isHere)) return isHere ? others : items;
  const at = others.findIndex((other) => isBefore(task, other));
  if (at >= 0) return others.toSpliced(at, 0, task);
  return shown.isWhole ? [...others, task] : others;
}

function belongs(task: Task, shown: Shown, isHere: boolean): boolean {
  const { status, ownerId, dueAt, kind, priority, teamId } = task;
  const { tab, agentId, teamIds, now } = shown;
  if (status !== (tab === 'done' ? 'done' : 'open')) return false;
  if (tab === 'mine' && (agentId === undefined ? !isHere : ownerId !== agentId)) return false;
  if (tab === 'team' && (teamIds === undefined ? !isHere : teamId === null || !teamIds.includes(teamId))) return false;
  if (tab === 'overdue' && (dueAt === null || dueAt >= now)) return false;
  // Whether it holds the words the server says.
  if (shown.q.trim() !== '' && !isHere) return false;
  if (shown.kind !== 'all' && (shown.kind === 'todo' ? kind === 'callback' : kind !== shown.kind)) return false;
  if (shown.priority !== 'all' && priority !== shown.priority) return false;
  if (shown.teamId !== '' && teamId !== shown.teamId) return false;
  return tab === 'done' || tab === 'overdue' || isDueThen(dueAt, shown, isHere);
}

function isDueThen(dueAt: number | null, { due, now }: Shown, isHere: boolean): boolean {
  if (due === 'none') return dueAt === null;
  if (due === 'upcoming') return dueAt === null || dueAt >= now;
  // Whose clock a day is by the server says.
  return due === 'all' || isHere;
}

/** As the server orders them: what has no date comes last. */
function isBefore(one: Task, other: Task): boolean {
  if (one.status === 'open') {
    const [mine, theirs] = [one.dueAt ?? Number.POSITIVE_INFINITY, other.dueAt ?? Number.POSITIVE_INFINITY];
    return mine < theirs || (mine === theirs && one.id < other.id);
  }
  return (one.doneAt ?? 0) > (other.doneAt ?? 0) || (one.doneAt === other.doneAt && one.id > other.id);
}
