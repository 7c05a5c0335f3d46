/** A call is an answer: a customer with whom somebody is on the phone does not wait in the conversation as well. */
import { nanoid } from 'nanoid';
import { handOver, lockedIsErased } from '../conversations/conversations.ts';
import { type Deed, type Done, doInConversation } from '../conversations/messages.ts';
import type { Transaction } from '../storage/database.ts';
import type { TaskAttemptRow, TaskRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { hasAnswerSince } from './attempt-store.ts';

type ConversationState = Done['conversation'];

interface Moment {
  caller: Pick<Caller, 'agentId' | 'name' | 'permissions'>;
  now: number;
}

type Called = Pick<TaskRow, 'conversationId'>;

/** As a reply does it: the wait is over, and what is nobody's is the caller's. */
export async function answerByCall(
  trx: Transaction,
  { conversationId }: Called,
  { caller: { agentId, name, permissions }, now }: Moment,
): Promise<{ done: Done | null; waitingSince: number | null }> {
  const decide = (row: ConversationState) => {
    const mayTake = row.assigneeId !== null || permissions.includes('conversations:reply');
    if (row.status !== 'open' || row.waitingSince === null || !mayTake) return null;
    const { values, notice } = row.assigneeId === null ? handOver(row, agentId, () => name) : { values: {}, notice: undefined };
    return { values: { ...values, waitingSince: null, firstResponseAt: row.firstResponseAt ?? now }, notice };
  };
  const done = await within(trx, conversationId, { now, decide });
  return { done, waitingSince: done?.before.waitingSince ?? null };
}

/** It was no answer after all: unless somebody has written meanwhile, the wait goes on that it ended. */
export async function waitOn(
  trx: Transaction,
  { conversationId }: Called,
  { attempt: { startedAt, waitingSince }, now }: { attempt: Pick<TaskAttemptRow, 'startedAt' | 'waitingSince'>; now: number },
): Promise<Done | null> {
  if (waitingSince === null || conversationId === null || (await hasAnswerSince(trx, conversationId, startedAt))) return null;
  const decide = (row: ConversationState) => {
    const firstResponseAt = row.firstResponseAt === startedAt ? null : row.firstResponseAt;
    return row.status === 'open' ? { values: { waitingSince, firstResponseAt } } : null;
  };
  return within(trx, conversationId, { now, decide });
}

/** They have talked: nobody waits, and colleagues read why. */
export async function noteReached(trx: Transaction, { conversationId }: Called, { caller, now }: Moment): Promise<Done | null> {
  const { agentId, name } = caller;
  const decide = (row: ConversationState): Deed => ({
    values: row.waitingSince === null ? {} : { waitingSince: null, firstResponseAt: row.firstResponseAt ?? now },
    inner: { id: nanoid(), authorId: agentId, notice: { kind: 'called', name } },
  });
  return within(trx, conversationId, { now, decide });
}

async function within(trx: Transaction, conversationId: string | null, deed: Parameters<typeof doInConversation>[2]): Promise<Done | null> {
  if (conversationId === null || (await lockedIsErased(trx, conversationId))) return null;
  return doInConversation(trx, conversationId, deed);
}
