import type { Transaction } from '../storage/database.ts';
import { clearTurns } from './bot-store.ts';

/** For a person who is erased: what was asked and chosen goes, that something was asked and whether it helped stays. */
export async function eraseTurns(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length > 0) await clearTurns(trx, conversationIds);
}
