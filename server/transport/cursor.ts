import { AppError } from '../../shared/errors.ts';

/** Where a page of a list ended: lists are ordered by a time and, within it, by id. */
export interface Cursor {
  at: number;
  id: string;
}

export function formatCursor({ at, id }: Cursor): string {
  return `${at}.${id}`;
}

/** Null for the first page. Anything that `formatCursor` did not make is `invalid`. */
export function parseCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(\d{1,16})\.([\w-]{21})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
  return { at: Number(at), id };
}
