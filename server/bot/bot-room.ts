import type { AnswerMatching } from '../answers/answer-matching.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { AvailabilityBoard } from '../conversations/availability.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';

/** What the bot works with. */
export interface BotRoom {
  room: ConversationRoom;
  attachments: Attachments;
  availability: AvailabilityBoard;
  matching: AnswerMatching;
}
