import { nanoid } from 'nanoid';
import type { Transaction } from '../storage/database.ts';
import { insertConsent } from './consent-store.ts';

/** The person has agreed in the chat's own form. */
export async function noteAgreement(trx: Transaction, contactId: string, text: string | null, now: number): Promise<void> {
  await insertConsent(trx, { id: nanoid(), contactId, kind: 'data', isGiven: 1, text, how: 'form', agentId: null, at: now });
}
