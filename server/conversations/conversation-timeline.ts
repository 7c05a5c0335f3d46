import type { Rating } from '../../shared/conversation.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { TimelineSource } from '../contacts/timeline-source.ts';
import { walkTimeline } from '../contacts/timeline-walk.ts';
import { type FiledConversation, findFiledConversation, listFiledConversations } from './conversation-timeline-store.ts';

/** Chats in the timeline of who wrote in them; what an agent may not see is not there. */
export const conversationTimeline: TimelineSource = {
  kinds: ['conversation'],
  list: (app, caller, ask) =>
    walkTimeline(ask, async (before, limit) => {
      const { contactId } = ask;
      const rows = await listFiledConversations(app.storage.db, { contactId, before, limit, sight: caller });
      return rows.map(toItem);
    }),
  findAt: async ({ storage }, caller, { contactId, id }) => (await findFiledConversation(storage.db, { contactId, id, sight: caller }))?.at,
};

function toItem({ id, at, status, lastSeq, rating, endedAt, inboxName, agentId, agentName, preview }: FiledConversation): TimelineItem {
  const score = rating === null ? undefined : (JSON.parse(rating) as Rating).score;
  return {
    ...{ kind: 'conversation', id, at, title: inboxName, text: preview },
    agent: agentId === null ? null : { id: agentId, name: agentName ?? '' },
    facts: {
      status,
      messages: lastSeq,
      ...(score !== undefined && { score }),
      ...(endedAt !== null && status === 'resolved' && { endedAt }),
    },
  };
}
