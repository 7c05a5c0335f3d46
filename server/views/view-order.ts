/** In which order the conversations of a view stand, as stretches that an index reads one after the other. */
import { AppError } from '../../shared/errors.ts';
import { priorities } from '../../shared/routing.ts';
import type { ViewFilter, ViewSort } from '../../shared/view.ts';
import { statusesOf } from '../../shared/view-filter.ts';
import type { Cursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import type { SearchedView, Stretch } from './view-page-store.ts';

export function searched(filter: ViewFilter, caller: Pick<Caller, 'agentId' | 'teamIds'>, now: number): SearchedView {
  const { assignees = [], teams = [], waitingMs } = filter;
  return {
    filter,
    now,
    assigneeIds: assignees.length === 0 ? null : assignees.map((one) => (one === 'none' ? null : one === 'me' ? caller.agentId : one)),
    mentionedId: filter.isMentioned ? caller.agentId : null,
    teamIds:
      teams.length === 0
        ? null
        : teams.flatMap((one): readonly (string | null)[] => (one === 'none' ? [null] : one === 'mine' ? caller.teamIds : [one])),
    waitingBefore: waitingMs === undefined ? null : now - waitingMs,
  };
}

/** Whoever waits longest first (in the order of a queue: among those of one priority), then the others, the latest change first; what is resolved comes last in every order. `due`: whose answer is due first, then the others. */
export function stretchesOf(filter: ViewFilter, sort: ViewSort): Stretch[] {
  const statuses = statusesOf(filter);
  const isWaitingOnly = filter.waitingMs !== undefined || (filter.promises?.length ?? 0) > 0;
  const direction = sort === 'oldest' ? 'asc' : 'desc';
  const waiting = { isResolved: false, isWaiting: true, column: 'waitingSince', direction: 'asc' } as const;
  const unresolved: Stretch[] =
    sort === 'newest' || sort === 'oldest'
      ? [{ isResolved: false, column: 'updatedAt', direction }]
      : sort === 'due'
        ? [
            { isResolved: false, isDue: true, column: 'dueAt', direction: 'asc' },
            ...(filter.promises?.length ? [] : [{ isResolved: false, isDue: false, column: 'updatedAt', direction: 'desc' } as const]),
          ]
        : [
            ...(sort === 'queue' ? priorities.map((_, priority) => ({ ...waiting, priority })).toReversed() : [waiting]),
            ...(isWaitingOnly ? [] : [{ isResolved: false, isWaiting: false, column: 'updatedAt', direction: 'desc' } as const]),
          ];
  return [
    ...(statuses.some((status) => status !== 'resolved') ? unresolved : []),
    ...(statuses.includes('resolved') && !isWaitingOnly ? [{ isResolved: true, column: 'updatedAt', direction } as const] : []),
  ];
}

/** Where a page of a view ended: in which stretch, and after which conversation; null: before its first. */
export interface ViewCursor {
  stretch: number;
  after: Cursor | null;
}

export function formatViewCursor({ stretch, after }: ViewCursor): string {
  return after ? `${stretch}.${after.at}.${after.id}` : String(stretch);
}

export function parseViewCursor(cursor: string | undefined): ViewCursor {
  if (cursor === undefined) return { stretch: 0, after: null };
  const [, stretch, at, id] = /^(\d)(?:\.(\d{1,16})\.([\w-]{21}))?$/.exec(cursor) ?? [];
  if (stretch === undefined) throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
  return { stretch: Number(stretch), after: at !== undefined && id !== undefined ? { at: Number(at), id } : null };
}
