import { toDecimal } from '../../shared/money.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import { walkTimeline } from '../contacts/timeline-walk.ts';
import { listOpportunityMoments } from './opportunity-timeline-store.ts';

/** Opportunities in the timeline of whom they are about, when they began. */
export const opportunityTimeline: TimelineSource = {
  kinds: ['opportunity'],
  list: async (app, caller, { contactId, ...ask }) => {
    if (!caller.permissions.includes('opportunities:view')) return [];
    return walkTimeline(ask, async (before, limit) => {
      const rows = await listOpportunityMoments(app.storage.db, { contactId, before, limit });
      return rows.map(({ id, createdAt, name, note, status, stage, amount, currency, closedAt, agentId, agentName }) => ({
        kind: 'opportunity' as const,
        id,
        at: createdAt,
        title: name,
        text: note,
        agent: agentId === null || agentName === null ? null : { id: agentId, name: agentName },
        facts: { status, stage, amount, currency, decimal: toDecimal({ amount, currency }), closedAt },
      }));
    });
  },
};
