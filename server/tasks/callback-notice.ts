import type { Notice } from '../../shared/message.ts';
import { lockedIsErased } from '../conversations/conversations.ts';
import { type Done, doInConversation } from '../conversations/messages.ts';
import type { Transaction } from '../storage/database.ts';
import type { TaskRow } from '../storage/tables.ts';

/** A line about the call in the conversation that it came from, if there is one that was not erased; told after the commit. */
export async function noteCallback(
  trx: Transaction,
  { conversationId }: Pick<TaskRow, 'conversationId'>,
  notice: Notice,
  now: number,
): Promise<Done | null> {
  if (conversationId === null || (await lockedIsErased(trx, conversationId))) return null;
  return doInConversation(trx, conversationId, { now, decide: () => ({ values: {}, notice }) });
}
