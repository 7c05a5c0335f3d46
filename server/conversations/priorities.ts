/** How urgent a conversation is: whoever is more urgent stands further in front in the queue. */
import { nanoid } from 'nanoid';
import type { ConversationPrioritizeRequest, ConversationSummary } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import { priorities } from '../../shared/routing.ts';
import { maySee } from '../access/sight.ts';
import type { Caller } from '../transport/wire.ts';
import { type ConversationRoom, getOutcome } from './conversations.ts';
import { announceDone, doInConversation } from './messages.ts';

/** Leaves a line for colleagues. What it is already changes nothing. */
export async function prioritizeConversation(
  room: ConversationRoom,
  caller: Caller,
  { conversationId, priority }: ConversationPrioritizeRequest,
): Promise<ConversationSummary> {
  const { app } = room;
  const now = app.now();
  const done = await app.storage.write((trx) =>
    doInConversation(trx, conversationId, {
      now,
      decide: (row) => {
        if (!maySee(caller, row)) throw new AppError('not-found', 'There is no such conversation.');
        if (row.priority === priorities.indexOf(priority)) return null;
        const notice = { kind: 'prioritized', name: caller.name, priority } as const;
        return { values: { priority: priorities.indexOf(priority) }, inner: { id: nanoid(), authorId: caller.agentId, notice } };
      },
    }),
  );
  announceDone(room, done);
  return getOutcome(app, caller, conversationId);
}
