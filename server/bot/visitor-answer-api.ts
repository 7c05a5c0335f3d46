import { answerRateSchema } from '../../shared/message.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Requests } from '../transport/answer.ts';
import { rateAnswer } from './answer-ratings.ts';
import type { BotRoom } from './bot-room.ts';

export function bindVisitorAnswers<Desk extends { seat: VisitorSeat }>(requests: Requests<Desk>, botRoom: BotRoom): void {
  requests.answer('answer:rate', answerRateSchema, async (rating, { seat }) => {
    await botRoom.room.app.limits.spend('messages', seat.visitor.id);
    await rateAnswer(botRoom, seat, rating);
  });
}
