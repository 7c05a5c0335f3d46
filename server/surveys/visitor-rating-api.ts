import { conversationRateSchema } from '../../shared/conversation.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Requests } from '../transport/answer.ts';
import { rateConversation } from './ratings.ts';

export function bindVisitorRatings<Desk extends { seat: VisitorSeat }>(requests: Requests<Desk>, room: ConversationRoom): void {
  requests.answer('conversation:rate', conversationRateSchema, (rating, { seat }) => rateConversation(room, seat, rating));
}
