import type { TaskRow } from '../storage/tables.ts';
import type { Series } from './recurrences.ts';

export function seriesOf({ recurrence }: Pick<TaskRow, 'recurrence'>): Series | null {
  return recurrence === null ? null : JSON.parse(recurrence);
}

/** When the next one is made though nobody has done this one. */
export function successionOf(
  series: Series | null,
  { dueAt, status, successorId }: Pick<TaskRow, 'dueAt' | 'status' | 'successorId'>,
): number | null {
  return series?.rule.makesNext === 'time' && status === 'open' && successorId === null ? dueAt : null;
}
