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

/** As it stands from here on, until the transaction ends. */
export interface Held<Asked extends HandOut = HandOut> {
  handOut: Asked;
  row: ConversationState;
}

/** In the order that was asked for, without those that somebody else has seen to meanwhile. */
export async function holdForHandOut<Asked extends HandOut>(trx: Transaction, handOuts: readonly Asked[]): Promise<Held<Asked>[]> {
  const ids = handOuts.map(({ conversationId }) => conversationId);
  const rows = new Map((await lockConversations(trx, ids)).map((row) => [row.id, row]));
  return handOuts.flatMap((handOut) => {
    const row = rows.get(handOut.conversationId);
    return row && isAsExpected(row, handOut) ? [{ handOut, row }] : [];
  });
}

/** In the order that was asked for. */
export async function handOutWithin(trx: Transaction, held: readonly Held[], now: number): Promise<Done[]> {
  const nameOf = await listNames(trx, [...new Set(held.flatMap(({ handOut: { from, to } }) => [from, to]))]);
  const lines: MessageRow[] = [];
  const done = held.map(({ handOut, row }) => {
    const handed = hand(row, handOut, { nameOf, now });
    lines.push(...handed.lines);
    return { conversation: handed.conversation, before: row, lines: handed.lines.map((line): Message => toMessage(line)) };
  });
  await insertMessages(trx, lines);
  await updateAfterHandOuts(
    trx,
    done.map(({ conversation }) => conversation),
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
