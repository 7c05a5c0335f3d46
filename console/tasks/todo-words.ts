/** What is said of something to be done: when, how late, and that it was written down. */
import type { Todo } from '../../shared/task.ts';
import { t } from '../texts/texts.ts';
import { formatSoon, formatWait } from '../ui/format.ts';

const MINUTE_MS = 60_000;

export function todoDueWords({ dueAt, status }: Pick<Todo, 'dueAt' | 'status'>, now: number): string {
  if (dueAt === null) return t('todo.someDay');
  if (status === 'open' && dueAt < now - MINUTE_MS) return t('tasks.overdue', { time: formatWait(now - dueAt) });
  return status === 'open' && dueAt < now + MINUTE_MS ? t('contact.callNow') : formatSoon(dueAt, now);
}

export function isTodoOverdue({ dueAt, status }: Pick<Todo, 'dueAt' | 'status'>, now: number): boolean {
  return status === 'open' && dueAt !== null && dueAt < now - MINUTE_MS;
}

export function savedWords({ title, dueAt }: Todo, isOld: boolean): string {
  if (isOld) return t('todo.saved', { title });
  return dueAt === null ? t('todo.added', { title }) : t('todo.addedDue', { title, time: formatSoon(dueAt, Date.now()) });
}
