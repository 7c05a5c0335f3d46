import type { TimelineItem, TimelineKind } from '../../shared/timeline.ts';
import type { App } from '../app.ts';
import type { Cursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';

export interface TimelineAsk {
  contactId: string;
  /** Those of the source's kinds that are wanted; at least one. */
  kinds: readonly TimelineKind[];
  /** Only what comes after this in the order of the timeline, which is newest first and by id within one moment. */
  before: Cursor | null;
  limit: number;
  /** Folded words (shared/fold.ts); all of them must stand in the item's title or text. */
  words: readonly string[];
}

/** What a room tells of a person in the timeline of its file. `server.ts` lists them; each reads by an index that ends in `at, id`. */
export interface TimelineSource {
  kinds: readonly TimelineKind[];
  /** Newest first, and only what this caller may see. Fewer than `limit` means that there are no more. */
  list: (app: App, caller: Caller, ask: TimelineAsk) => Promise<TimelineItem[]>;
  /** When one item is, for a link that leads to it. Undefined if this caller may not see it; a source without it is looked through. */
  findAt?: (app: App, caller: Caller, item: { contactId: string; kind: TimelineKind; id: string }) => Promise<number | undefined>;
}
