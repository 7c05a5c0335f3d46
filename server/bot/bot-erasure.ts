import type { Transaction } from '../storage/database.ts';
import { clearTurns, deleteOfInbox } from './bot-store.ts';

/** For a person who is erased: what was asked and chosen goes, that something was asked and whether it helped stays. */
export async function eraseTurns(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length > 0) await clearTurns(trx, conversationIds);
}

/** In the transaction that deletes the inbox. */
export async function dropBotOf(trx: Transaction, inboxId: string): Promise<() => void> {
  await deleteOfInbox(trx, inboxId);
  return () => undefined;
}
