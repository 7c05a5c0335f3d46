/**
 * Conversations that the house itself gives to agents, or takes back into the queue, many in one transaction: by the same rules as a
 * person's assignment, each judged by how it stands when it is locked.
 */
import { nanoid } from 'nanoid';
import type { Message, Notice } from '../../shared/message.ts';
import type { Transaction } from '../storage/database.ts';
import type { MessageRow } from '../storage/tables.ts';
import { type ConversationState, lockConversations, updateAfterHandOuts } from './conversation-store.ts';
import { handOver, listNames } from './conversations.ts';
import { insertMessages, toMessage } from './message-store.ts';
import type { Done } from './messages.ts';
import { addNotice, hasJoined } from './notices.ts';

/** `to` null: into the queue. `notice`: what agents read of it. */
export interface HandOut {
  conversationId: string;
  /** Whose it must still be, of which team, and in which wait. */
  from: string | null;
  fromTeamId: string | null;
  waitingSince: number;
  to: string | null;
  teamId: string | null;
  priority: number;
  notice: Notice | null;
}

/** In the order that was asked for; null for one that somebody else has seen to meanwhile. */
export async function handOutWithin(trx: Transaction, handOuts: readonly HandOut[], now: number): Promise<(Done | null)[]> {
  const rows = new Map(
    (
      await lockConversations(
        trx,
        handOuts.map(({ conversationId }) => conversationId),
      )
    ).map((row) => [row.id, row]),
  );
  const nameOf = await listNames(trx, [...new Set(handOuts.flatMap(({ from, to }) => [from, to]))]);
  const lines: MessageRow[] = [];
  const done = handOuts.map((handOut) => {
    const row = rows.get(handOut.conversationId);
    if (!row || !isAsExpected(row, handOut)) return null;
    const handed = hand(row, handOut, { nameOf, now });
    lines.push(...handed.lines);
    return { conversation: handed.conversation, before: row, lines: handed.lines.map((line): Message => toMessage(line)) };
  });
  await insertMessages(trx, lines);
  await updateAfterHandOuts(
    trx,
    done.flatMap((one) => (one ? [one.conversation] : [])),
  );
  return done;
}

function isAsExpected(row: ConversationState, { from, fromTeamId, waitingSince }: HandOut): boolean {
  const isWaiting = row.status === 'open' && row.erasedAt === null && row.waitingSince === waitingSince;
  return isWaiting && row.assigneeId === from && row.teamId === fromTeamId;
}

function hand(
  row: ConversationState,
  { to, teamId, priority, notice }: HandOut,
  { nameOf, now }: { nameOf: (agentId: string) => string | undefined; now: number },
): { conversation: ConversationState; lines: MessageRow[] } {
  // It came back to whoever had it before it ended, who has not come in since: whoever gets it now joins, and nobody leaves.
  const isNobodys = row.assigneeId !== null && !hasJoined(row, row.assigneeId);
  const deed = row.assigneeId === to && !isNobodys ? { values: {} } : handOver(isNobodys ? { ...row, assigneeId: null } : row, to, nameOf);
  const next: ConversationState = { ...row, ...deed.values, assigneeId: to, teamId, priority };
  const inner = notice && addNotice(next, notice, now, { id: nanoid(), isInner: true });
  const said = deed.notice && addNotice(inner?.row ?? next, deed.notice, now);
  const lines = [inner, said].flatMap((added) => (added ? [added.line] : []));
  return { conversation: { ...(said?.row ?? inner?.row ?? next), updatedAt: now }, lines };
}
