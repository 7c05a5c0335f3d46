import type { TaskRow } from '../storage/tables.ts';
import { NEVER } from './task-store.ts';

const MINUTE_MS = 60_000;

/** So long before it is due as was wished, where there is still time for that. What was late when it was written down does not ring. */
export function firstTodoRing({ dueAt, reminderMinutes }: Pick<TaskRow, 'dueAt' | 'reminderMinutes'>, now: number): number | null {
  if (dueAt === NEVER) return null;
  const remindAt = dueAt - (reminderMinutes ?? 0) * MINUTE_MS;
  if (remindAt > now) return remindAt;
  return dueAt > now ? dueAt : null;
}

/** Null: some day. */
export function dueOf({ dueAt }: Pick<TaskRow, 'dueAt'>): number | null {
  return dueAt === NEVER ? null : dueAt;
}
