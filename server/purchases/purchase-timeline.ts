import { toDecimal } from '../../shared/money.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import { walkTimeline } from '../contacts/timeline-walk.ts';
import { listPurchaseMoments, type PurchaseMoment } from './purchase-timeline-store.ts';

/** Purchases in the timeline of who bought: the order's number, and what was bought. */
export const purchaseTimeline: TimelineSource = {
  kinds: ['purchase'],
  list: async (app, caller, { contactId, ...ask }) => {
    if (!caller.permissions.includes('purchases:view')) return [];
    return walkTimeline(ask, async (before, limit) =>
      (await listPurchaseMoments(app.storage.db, { contactId, before, limit })).map(toItem),
    );
  },
};

function toItem({ id, at, number, note, products, status, total, currency, endsAt, agentId, agentName }: PurchaseMoment): TimelineItem {
  return {
    kind: 'purchase',
    id,
    at,
    title: products.join(', ') || number,
    text: note,
    agent: agentId === null || agentName === null ? null : { id: agentId, name: agentName },
    facts: { number, status, amount: total, currency, decimal: toDecimal({ amount: total, currency }), endsAt },
  };
}
