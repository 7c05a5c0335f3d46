/** The conversations of a view, page by page, and how many they are. Whatever is asked for, no step keeps the server busy for long. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import type { ViewCount, ViewFilter, ViewFittingRequest, ViewPageQuery } from '../../shared/view.ts';
import { needsFile, statusesOf } from '../../shared/view-filter.ts';
import type { App } from '../app.ts';
import { listSummaries } from '../conversations/conversations.ts';
import type { Caller } from '../transport/wire.ts';
import { formatViewCursor, parseViewCursor, searched, stretchesOf, type ViewCursor } from './view-order.ts';
import { countFitting, findLookedTo, type Looking, listFittingIds, listFittingKeys } from './view-page-store.ts';

/** What fits seldom is looked for so long; then the page says what it has, and that there is more to look through. */
const LOOK_FOR_MS = 40;
const COUNT_FOR_MS = 25;
/** What is not resolved is never very much, and is what agents count on. */
const COUNT_OPEN_FOR_MS = 150;
const LOOK_FIRST = 400;
const LOOK_MOST = 2_000;

type AskedPage = Pick<ViewPageQuery, 'filter' | 'sort' | 'cursor' | 'limit'>;

export async function listPageOfView(
  app: App,
  caller: Caller,
  asked: AskedPage,
): Promise<{ items: ConversationSummary[]; next: string | null }> {
  const { ids, next } = await listIdsOfView(app, caller, asked);
  return { items: await listSummaries(app, caller, ids), next };
}

/** May hold fewer than asked for, and still have a `next`. */
export async function listIdsOfView(app: App, caller: Caller, asked: AskedPage): Promise<{ ids: string[]; next: string | null }> {
  requireKnowable(caller, asked.filter);
  const { db } = app.storage;
  const view = searched(asked.filter, caller, app.now());
  const stretches = stretchesOf(asked.filter, asked.sort);
  const deadline = performance.now() + LOOK_FOR_MS;
  const ids: string[] = [];
  let at: ViewCursor = parseViewCursor(asked.cursor);
  let look = Math.max(LOOK_FIRST, asked.limit + 1);
  for (let stretch = stretches[at.stretch]; stretch; stretch = stretches[at.stretch]) {
    const looking = { view, sight: caller, stretch, after: at.after, look };
    const missing = asked.limit - ids.length;
    const keys = await listFittingKeys(db, looking, missing + 1);
    ids.push(...keys.slice(0, missing).map(({ id }) => id));
    if (keys.length > missing) {
      const last = missing > 0 ? keys[missing - 1] : undefined;
      return { ids, next: formatViewCursor(last ? { stretch: at.stretch, after: last } : at) };
    }
    const lookedTo = await findLookedTo(db, looking);
    at = lookedTo ? { stretch: at.stretch, after: lookedTo } : { stretch: at.stretch + 1, after: null };
    if (!stretches[at.stretch]) break;
    if (performance.now() > deadline) return { ids, next: formatViewCursor(at) };
    look = lookedTo ? Math.min(LOOK_MOST, look * 4) : Math.max(LOOK_FIRST, asked.limit + 1);
    await nextTurn();
  }
  return { ids, next: null };
}

/** Up to `most`, as far as one gets in no time, and until then. */
export async function countView(
  app: App,
  caller: Caller,
  filter: ViewFilter,
  { most, until }: { most: number; until: number },
): Promise<ViewCount> {
  const { db } = app.storage;
  const view = searched(filter, caller, app.now());
  const isQuick = !needsFile(filter) && !statusesOf(filter).includes('resolved');
  const deadline = Math.min(until, performance.now() + (isQuick ? COUNT_OPEN_FOR_MS : COUNT_FOR_MS));
  let count = 0;
  for (const stretch of stretchesOf(filter, 'newest')) {
    let after: ViewCursor['after'] = null;
    for (;;) {
      const looking: Looking = { view, sight: caller, stretch, after, look: LOOK_MOST };
      count += await countFitting(db, looking);
      if (count > most) return { count: most, isMore: true };
      after = (await findLookedTo(db, looking)) ?? null;
      if (after === null) break;
      if (performance.now() > deadline) return { count, isMore: true };
      await nextTurn();
    }
  }
  return { count, isMore: false };
}

export async function listFitting(app: App, caller: Caller, { filter, ids }: ViewFittingRequest): Promise<ConversationSummary[]> {
  requireKnowable(caller, filter);
  const fitting = new Set(await listFittingIds(app.storage.db, ids, searched(filter, caller, app.now()), caller));
  return listSummaries(
    app,
    caller,
    ids.filter((id) => fitting.has(id)),
  );
}

/** A filter on what one may not see would tell it. */
export function mayKnow({ permissions }: Pick<Caller, 'permissions'>, filter: ViewFilter): boolean {
  if (filter.fields?.length && !permissions.includes('contacts:view-details')) return false;
  return !needsFile(filter) || permissions.includes('contacts:view');
}

function requireKnowable(caller: Caller, filter: ViewFilter): void {
  if (!mayKnow(caller, filter)) throw new AppError('forbidden', 'This filter asks for what your role does not show.', { field: 'filter' });
}
