/** Which conversations a view shows, in which order, and how long somebody may wait. */
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Priority } from '../../shared/routing.ts';
import { USUAL_WAIT_MS } from '../../shared/usual-wait.ts';
import type { ViewFilter, ViewSort } from '../../shared/view.ts';
import { momentsOf, readyMadeViews } from '../../shared/view-filter.ts';

/** In the order of the menu. */
export const viewNames = [
  'mine',
  'unassigned',
  'teams',
  'open',
  'mentions',
  'snoozed',
  'resolved',
] as const satisfies (keyof typeof readyMadeViews)[];
export type ReadyMadeView = (typeof viewNames)[number];

/** A view as it stands in an address: a ready-made one's name, a saved one's id, or a filter written out behind a `~`. */
export type ViewName = string;

export interface AskedView {
  filter: ViewFilter;
  sort: ViewSort;
  /** The saved view that it was made from by changing the filter. */
  from?: string;
}

export function isReadyMade(name: string | null | undefined): name is ReadyMadeView {
  return viewNames.some((known) => known === name);
}

export function isViewName(name: string | null | undefined): name is ViewName {
  return isReadyMade(name) || /^[\w-]{21}$/.test(name ?? '') || (name?.startsWith('~') ?? false);
}

export function writeView({ filter, sort, from }: AskedView): ViewName {
  return `~${JSON.stringify({ ...filter, ...(sort !== 'waiting' && { sort }), ...(from && { from }) })}`;
}

/** What needs nobody's turn is in the order of its news; who waits for anybody stands in a queue. */
const firstSorts: Partial<Record<ReadyMadeView, ViewSort>> = { mentions: 'newest', unassigned: 'queue' };

/** What a name means by itself; null for a saved view's id. An address that somebody spoilt asks for less. */
export function readView(name: ViewName): AskedView | null {
  if (isReadyMade(name)) return { filter: readyMadeViews[name], sort: firstSorts[name] ?? 'waiting' };
  if (!name.startsWith('~')) return null;
  let written: unknown = null;
  try {
    written = JSON.parse(name.slice(1));
  } catch {
    // Nothing is asked for.
  }
  const { sort, from, ...filter } = (typeof written === 'object' && written !== null ? written : {}) as Record<string, unknown>;
  return {
    filter: onlyKnown(filter),
    sort: sorts.find((one) => one === sort) ?? 'waiting',
    ...(typeof from === 'string' && { from }),
  };
}

export const sorts = ['waiting', 'queue', 'due', 'newest', 'oldest'] as const satisfies ViewSort[];

const listed = ['statuses', 'assignees', 'teams', 'tags', 'inboxIds', 'promises', 'languages', 'lifecycles'] as const;

function onlyKnown(written: Record<string, unknown>): ViewFilter {
  const lists = listed.flatMap((name) => {
    const value = written[name];
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? [[name, value] as const] : [];
  });
  const { isUnread, isMentioned, waitingMs, isVerified, fields } = written;
  const pairs = Array.isArray(fields) ? fields.filter((one) => typeof one?.name === 'string' && typeof one?.value === 'string') : [];
  return {
    ...(Object.fromEntries(lists) as ViewFilter),
    ...(isUnread === true && { isUnread }),
    ...(isMentioned === true && { isMentioned }),
    ...(Number.isSafeInteger(waitingMs) && { waitingMs: waitingMs as number }),
    ...(typeof isVerified === 'boolean' && { isVerified }),
    ...(pairs.length > 0 && { fields: pairs }),
  };
}

/** Where a conversation stands in a view: in which stretch, at which time in it, and by its id where the times agree. */
export interface SortKey {
  /** Up to 0 those who wait, in a queue the more urgent the less; 1 the others, 2 what is resolved. */
  stretch: number;
  at: number;
  id: string;
}

const urgencies: Record<Priority, number> = { low: 0, normal: 1, high: 2, urgent: 3 };

/** Who waits longest first (in a queue: the most urgent before; or whose answer is due first), then those who do not wait, the latest change first; what is resolved comes last in every order. */
export function sortKey(summary: ConversationSummary, sort: ViewSort): SortKey {
  const { id, status, updatedAt } = summary;
  const since = sort === 'due' ? (momentsOf(summary)?.dueAt ?? null) : sort === 'waiting' || sort === 'queue' ? waitsSince(summary) : null;
  const waiting = sort === 'queue' ? -urgencies[summary.priority] : 0;
  return { stretch: status === 'resolved' ? 2 : since === null ? 1 : waiting, at: since ?? updatedAt, id };
}

export function compareKeys(a: SortKey, b: SortKey, sort: ViewSort): number {
  if (a.stretch !== b.stretch) return a.stretch - b.stretch;
  const isAscending = a.stretch <= 0 || sort === 'oldest';
  const later = a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return isAscending ? later : -later;
}

/** Since when somebody waits for an answer. A resolved conversation keeps that time only for being opened again. */
export function waitsSince({ status, waitingSince }: ConversationSummary): number | null {
  return status === 'resolved' ? null : waitingSince;
}

const AMBER_AFTER_MS = 2 * 60_000;

/** Of a wait that no policy promises to end. */
export function waitingTone(waitedMs: number): 'neutral' | 'amber' | 'red' {
  if (waitedMs >= USUAL_WAIT_MS) return 'red';
  return waitedMs >= AMBER_AFTER_MS ? 'amber' : 'neutral';
}

/**
 * The order on screen while somebody is at the list: nothing that is shown moves, and what is new waits to be let in. What comes behind
 * the last row moves nobody, so the next page does.
 */
export function heldOrder(held: readonly string[], wanted: readonly string[]): { ids: readonly string[]; newIds: readonly string[] } {
  const known = new Set(held);
  const lastAt = wanted.findLastIndex((id) => known.has(id));
  const behind = lastAt === -1 ? [] : wanted.slice(lastAt + 1);
  const isBehind = new Set(behind);
  return { ids: behind.length > 0 ? [...held, ...behind] : held, newIds: wanted.filter((id) => !known.has(id) && !isBehind.has(id)) };
}
