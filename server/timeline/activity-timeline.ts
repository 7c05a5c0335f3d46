import type { TimelineItem, TimelineKind } from '../../shared/timeline.ts';
import { isInDetail } from '../contacts/masking.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import { findActivityRow, listActivityRows } from './activity-store.ts';
import { viewActivities } from './activity-views.ts';

const kinds = ['call', 'email', 'letter', 'fax', 'meeting', 'note', 'change'] as const;

/** A source for each kind, since each has its index. */
export const activityTimelines: readonly TimelineSource[] = kinds.map((kind: TimelineKind) => ({
  kinds: [kind],
  list: async ({ storage }, caller, { contactId, before: start, limit, words }) => {
    const items: TimelineItem[] = [];
    for (let before = start; ; ) {
      const rows = await listActivityRows(storage.db, { contactId, kind, before, limit, words, withAddresses: isInDetail(caller) });
      items.push(...(await viewActivities(storage.db, caller, rows)));
      const last = rows.at(-1);
      // Of changes that this reader may not see there may be many in a row.
      if (items.length >= limit || rows.length < limit || !last) return items.slice(0, limit);
      before = { at: last.at, id: last.id };
    }
  },
  findAt: async ({ storage }, caller, { contactId, id }) => {
    const row = await findActivityRow(storage.db, id);
    if (!row || row.removedAt !== null || row.contactId !== contactId || row.kind !== kind) return undefined;
    const [item] = await viewActivities(storage.db, caller, [{ ...row, isCut: 0, hasQuote: 0 }]);
    return item?.at;
  },
}));
