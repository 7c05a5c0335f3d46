/** What visitors think of a conversation when it has ended. */
import { nanoid } from 'nanoid';
import type { ConversationRateRequest } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import type { FileShelf } from '../app.ts';
import { type ConversationRoom, lockUnerasedConversation, noteRating } from '../conversations/conversations.ts';
import { getOwnConversation, type VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import { clearComments, findRatingRow, insertRating, updateRating } from './rating-store.ts';

/** So long a rating may be thought over. */
const CHANGE_WITHIN_MS = 24 * 60 * 60 * 1_000;

/**
 * One rating per ended stretch. The same one told again, after a lost reply perhaps, changes nothing; another one replaces
 * it for a day, and is a `conflict` afterwards, as is any before the first end.
 */
export async function rateConversation(
  room: ConversationRoom,
  seat: VisitorSeat,
  { conversationId, score, comment: told }: ConversationRateRequest,
): Promise<void> {
  const { app } = room;
  await getOwnConversation(app, seat, conversationId);
  const comment = told?.trim() ? told : null;
  const isNew = await app.storage.write(async (trx) => {
    // Locked before it is looked at: two tabs rate one after the other.
    const { endedAt, contactId } = await lockUnerasedConversation(trx, conversationId);
    if (endedAt === null) throw new AppError('conflict', 'This conversation has not ended yet.');
    const now = app.now();
    const before = await findRatingRow(trx, conversationId, endedAt);
    if (before?.score === score && before.comment === comment) return false;
    if (before && now - before.ratedAt > CHANGE_WITHIN_MS) throw new AppError('conflict', 'This rating can be changed no more.');
    if (before) await updateRating(trx, before.id, { score, comment, changedAt: now });
    else {
      const made = { id: nanoid(), visitorId: seat.visitor.id, ratedAt: now, changedAt: now };
      await insertRating(trx, { ...made, conversationId, contactId, endedAt, score, comment });
    }
    await noteRating(trx, conversationId, { score, comment, endedAt, ratedAt: before?.ratedAt ?? now });
    return true;
  });
  if (isNew) room.changes.mark(conversationId, { isForVisitor: true });
}

export const ratingShelf: FileShelf = {
  name: 'rating',
  move: (trx, move) => moveFileRows(trx, 'rating', move),
};

/** The scores stay: they say nothing of a person. */
export async function eraseComments(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length > 0) await clearComments(trx, conversationIds);
}
