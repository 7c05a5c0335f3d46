import { bulkSchema, bulkUndoSchema } from '../../shared/bulk.ts';
import type { Requests } from '../transport/answer.ts';
import { changeMany, undoMany } from './bulk-changes.ts';
import type { ConversationRoom } from './conversations.ts';
import type { Desk } from './desk-api.ts';

export function bindBulk(requests: Requests<Desk>, room: ConversationRoom): void {
  requests.answer('conversation:bulk', bulkSchema, (asked, { caller }) => changeMany(room, caller, asked));
  requests.answer('conversation:bulk-undo', bulkUndoSchema, ({ id }, { caller }) => undoMany(room, caller, id));
}
