/** One timeline of everything that rooms keep of a person, merged as it is read. */

import { AppError } from '../../shared/errors.ts';
import { wordsOf } from '../../shared/fold.ts';
import { type TimelineItem, type TimelineKind, type TimelinePage, type TimelineQuery, timelineKinds } from '../../shared/timeline.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import type { TimelineAsk, TimelineSource } from '../contacts/timeline-source.ts';
import type { Cursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { formatTimelineCursor, parseTimelineCursor, type TimelinePlace } from './timeline-cursor.ts';

/** An item that is asked for is looked for among so many of its kind where its room cannot find it at once. */
const LOOKED_THROUGH_MAX = 2_000;
const LOOK_PAGE = 200;
const WORDS_MAX = 8;

export interface TimelineRoom {
  app: App;
  sources: readonly TimelineSource[];
}

interface Asking {
  caller: Caller;
  contactId: string;
}

/** Newest first, and only what this caller may see. */
export async function readTimeline(room: TimelineRoom, { caller, contactId: given }: Asking, query: TimelineQuery): Promise<TimelinePage> {
  if (query.around !== undefined && query.cursor !== undefined) {
    throw new AppError('invalid', 'around: not together with a cursor', { field: 'around' });
  }
  const { id: contactId } = await getContact(room.app.storage.db, given);
  const words = [...new Set(wordsOf(query.q ?? '').map(({ word }) => word))].slice(0, WORDS_MAX);
  // What was typed and is no word is found nowhere.
  if (query.q && words.length === 0) return { items: [], next: null };
  const kinds = query.kinds && query.kinds.length > 0 ? query.kinds : timelineKinds;
  const ask = { contactId, kinds, words, limit: query.limit };
  if (query.around === undefined) return mergePage(room, caller, { ask, start: parseTimelineCursor(query.cursor) });
  const { item, place } = await findItem(room, { caller, contactId }, query.around);
  const [rest, newest] = await Promise.all([
    mergePage(room, caller, { ask: { ...ask, limit: Math.max(1, query.limit - 1) }, start: place }),
    mergePage(room, caller, { ask: { ...ask, limit: 1 }, start: null }),
  ]);
  return { ...rest, items: [item, ...rest.items], isMidway: newest.items[0]?.id !== item.id };
}

async function mergePage(
  { app, sources }: TimelineRoom,
  caller: Caller,
  { ask, start }: { ask: Omit<TimelineAsk, 'before'>; start: TimelinePlace | null },
): Promise<TimelinePage> {
  const read = await Promise.all(
    sources.map(async ({ kinds, list }, source) => {
      const wanted = kinds.filter((kind) => ask.kinds.includes(kind));
      if (wanted.length === 0) return [];
      const before = start === null ? null : beforeIn(start, source);
      const items = await list(app, caller, { ...ask, kinds: wanted, before, limit: ask.limit + 1 });
      return items.map((item) => ({ item, source }));
    }),
  );
  // Each source is in order already, and stays so within one moment.
  const all = read.flat().sort((one, other) => other.item.at - one.item.at || one.source - other.source);
  const shown = all.slice(0, ask.limit);
  const last = shown.at(-1);
  const next = all.length > ask.limit && last ? formatTimelineCursor(placeAfter(shown, last.item.at, start)) : null;
  return { items: shown.map(({ item }) => item), next };
}

/** Where each source goes on: after its last item of that moment, or with all that it has of it. */
function placeAfter(shown: readonly { item: TimelineItem; source: number }[], at: number, start: TimelinePlace | null): TimelinePlace {
  // The page before may have ended within the same moment.
  const lastIds = new Map<number, string>(start?.at === at ? start.lastIds : []);
  for (const { item, source } of shown) if (item.at === at) lastIds.set(source, item.id);
  return { at, lastIds };
}

function beforeIn({ at, lastIds }: TimelinePlace, source: number): Cursor {
  const id = lastIds.get(source);
  return id === undefined ? { at: at + 1, id: '' } : { at, id };
}

/** The item, and the place after it. What one may not see, and what is not there any more, is `not-found`. */
async function findItem(
  { app, sources }: TimelineRoom,
  { caller, contactId }: Asking,
  around: string,
): Promise<{ item: TimelineItem; place: TimelinePlace }> {
  const [kind, id] = around.split(':') as [TimelineKind, string];
  for (const [source, { kinds, list, findAt }] of sources.entries()) {
    if (!kinds.includes(kind)) continue;
    const at = await findAt?.(app, caller, { contactId, kind, id });
    if (findAt && at === undefined) continue;
    let before: Cursor | null = at === undefined ? null : { at: at + 1, id: '' };
    for (let looked = 0; looked < LOOKED_THROUGH_MAX; looked += LOOK_PAGE) {
      const items: TimelineItem[] = await list(app, caller, { contactId, kinds: [kind], before, limit: LOOK_PAGE, words: [] });
      const item = items.find((one) => one.id === id);
      if (item) return { item, place: { at: item.at, lastIds: new Map([[source, id]]) } };
      const last = items.at(-1);
      if (!last || items.length < LOOK_PAGE) break;
      before = { at: last.at, id: last.id };
    }
  }
  throw new AppError('not-found', 'There is no such item.', { field: 'around' });
}
