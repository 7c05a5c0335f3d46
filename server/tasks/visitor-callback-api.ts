import { callbackRequestSchema } from '../../shared/task.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Requests } from '../transport/answer.ts';
import { requestCallback } from './tasks.ts';

export function bindVisitorCallbacks<Desk extends { seat: VisitorSeat }>(requests: Requests<Desk>, room: ConversationRoom): void {
  requests.answer('callback:request', callbackRequestSchema, async (request, { seat }) => {
    await room.app.limits.spend('callbacks', seat.visitor.id);
    return requestCallback(room, seat, request);
  });
}
