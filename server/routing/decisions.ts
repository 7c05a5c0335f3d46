/** What a person decides of somebody who waits, noted in the same transaction: the house does not undo it. */
import type { App, Standing } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { ConversationRouteRow } from '../storage/tables.ts';
import { isHeardOf } from './agent-states.ts';
import { findHereAt, findRoute, upsertRoutes } from './routing-store.ts';

/** Nothing was thought of this wait yet. */
const firstRoute = {
  language: null,
  skills: '[]',
  lastAgentId: null,
  lastAgentAt: null,
  refusedIds: '[]',
  isReturned: 0,
  reasons: '[]',
  agentId: null,
  routedAt: null,
} satisfies Partial<ConversationRouteRow>;

/** The conversation is locked. Of a wait that is over nothing stays. */
export async function noteDecision(
  { presence, now }: Pick<App, 'presence' | 'now'>,
  trx: Transaction,
  { before, after }: { before: Standing; after: Standing & { id: string } },
): Promise<void> {
  const { id: conversationId, assigneeId, waitingSince } = after;
  if (waitingSince === null) return;
  const isGiven = before.assigneeId !== assigneeId;
  const found = await findRoute(trx, conversationId);
  const known = found?.waitingSince === waitingSince ? found : null;
  // Put to sleep, ended or opened again: whoever has it has seen to it, and is not asked to answer in time any more.
  if (!isGiven && (known === null || known.routedAt === null)) return;
  const route = known ?? { ...firstRoute, enteredAt: waitingSince };
  const refusedIds = new Set<string>(JSON.parse(route.refusedIds));
  const isGivenBack = isGiven && assigneeId === null;
  if (isGivenBack && before.assigneeId !== null) refusedIds.add(before.assigneeId);
  // Who is away, or at no server at all, and was chosen all the same, is waited for.
  const chosen = isGiven && assigneeId !== null ? presence.availabilityOf(assigneeId) : 'online';
  const isElsewhere = chosen === 'offline' && assigneeId !== null && isHeardOf({ hereAt: await findHereAt(trx, assigneeId) }, now());
  const isPromised = chosen !== 'online' && !isElsewhere;
  await upsertRoutes(trx, [
    {
      ...route,
      conversationId,
      waitingSince,
      enteredAt: isGivenBack ? now() : route.enteredAt,
      refusedIds: JSON.stringify([...refusedIds]),
      agentId: isPromised ? assigneeId : null,
      routedAt: null,
    },
  ]);
}
