import * as z from 'zod';
import { dataEraseSchema } from '../../shared/own-record.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Requests } from '../transport/answer.ts';
import { eraseOwnRecord } from './erasure.ts';
import { exportOwnRecord } from './record-export.ts';

interface PrivacyParts {
  room: ConversationRoom;
  attachments: Attachments;
}

export function bindVisitorData<Desk extends { seat: VisitorSeat }>(requests: Requests<Desk>, { room, attachments }: PrivacyParts): void {
  const { app } = room;
  requests.answer('data:export', z.object({}), async (_, { seat }) => {
    await app.limits.spend('ownData', seat.visitor.id);
    return exportOwnRecord(app, seat);
  });
  requests.answer('data:erase', dataEraseSchema, async (_, { seat }) => {
    await app.limits.spend('ownData', seat.visitor.id);
    await eraseOwnRecord(room, attachments, seat);
  });
}
