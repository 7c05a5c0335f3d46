import { AppError } from '../../shared/errors.ts';

/**
 * Where a page of merged lists ended: at this moment, and, of each list that had something at it, after which item. Lists order what shares
 * a moment as their database does, so no other list's id is compared with theirs.
 */
export interface TimelinePlace {
  at: number;
  /** By the list's number. */
  lastIds: ReadonlyMap<number, string>;
}

export function formatTimelineCursor({ at, lastIds }: TimelinePlace): string {
  return [at, ...[...lastIds].map(([source, id]) => `${source}:${id}`)].join('.');
}

/** Null for the first page. */
export function parseTimelineCursor(cursor: string | undefined): TimelinePlace | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,16}(?:\.\d{1,2}:[\w-]{21})*$/.test(cursor)) {
    throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
  }
  const [at, ...ends] = cursor.split('.');
  return { at: Number(at), lastIds: new Map(ends.map((end) => [Number(end.split(':')[0]), end.slice(end.indexOf(':') + 1)])) };
}
