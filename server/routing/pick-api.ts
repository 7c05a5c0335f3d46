import { conversationPickSchema } from '../../shared/routing.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import type { Requests } from '../transport/answer.ts';
import type { Caller } from '../transport/wire.ts';
import { pickConversation } from './picks.ts';
import type { RoutingEngine } from './routing-engine.ts';

export function bindPicks<Desk extends { caller: Caller }>(
  requests: Requests<Desk>,
  picking: { room: ConversationRoom; routing: RoutingEngine },
): void {
  requests.answer('conversation:pick', conversationPickSchema, async ({ conversationId }, { caller }) => ({
    conversation: await pickConversation(picking, caller, conversationId),
  }));
}
