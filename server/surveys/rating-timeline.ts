import type { TimelineSource } from '../contacts/timeline-source.ts';
import { walkTimeline } from '../contacts/timeline-walk.ts';
import { listFiledRatings } from './rating-timeline-store.ts';

/** What a person thought of its conversations. */
export const ratingTimeline: TimelineSource = {
  kinds: ['survey'],
  list: (app, caller, ask) =>
    walkTimeline(ask, async (before, limit) => {
      const rows = await listFiledRatings(app.storage.db, { contactId: ask.contactId, before, limit, sight: caller });
      return rows.map(({ id, at, score, comment, conversationId, agentId, agentName }) => ({
        ...{ kind: 'survey' as const, id, at, title: null, text: comment },
        agent: agentId === null ? null : { id: agentId, name: agentName ?? '' },
        facts: { score, conversationId },
      }));
    }),
};
