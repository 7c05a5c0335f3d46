/** What is to be done, by the day on which it is due, as this browser's calendar has it. */
import type { Task } from '../../shared/task.ts';

export const dayGroups = ['overdue', 'today', 'tomorrow', 'week', 'later', 'none'] as const;
export type DayGroup = (typeof dayGroups)[number];

const MINUTE_MS = 60_000;

export interface GroupedTasks {
  group: DayGroup;
  tasks: readonly Task[];
}

/** In the order of the list; a group that holds nothing is not there. */
export function groupByDay(tasks: readonly Task[], now: number): GroupedTasks[] {
  return dayGroups.flatMap((group) => {
    const found = tasks.filter((task) => groupOf(task, now) === group);
    return found.length > 0 ? [{ group, tasks: found }] : [];
  });
}

function groupOf(task: Task, now: number): DayGroup {
  const { dueAt } = task;
  if (dueAt === null) return 'none';
  if (dueAt < now - MINUTE_MS && !task.awaitsTurn) return 'overdue';
  const beginOf = (days: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    return date.setHours(0, 0, 0, 0);
  };
  if (dueAt < beginOf(1)) return 'today';
  if (dueAt < beginOf(2)) return 'tomorrow';
  return dueAt < beginOf(7) ? 'week' : 'later';
}
