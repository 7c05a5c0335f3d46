/** How many conversations the bot has ended alone, and which: of those that whoever asks may see. */
import {
  type BotOutcome,
  type BotReason,
  botOutcomes,
  botReasons,
  type DeflectedConversation,
  type DeflectedQuery,
  type Deflection,
  type DeflectionQuery,
} from '../../shared/deflection.ts';
import type { Sight } from '../access/sight.ts';
import type { App } from '../app.ts';
import { listSummaries } from '../conversations/conversations.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import { countGiven, countTalks, listTalks } from './deflection-store.ts';

const ANSWERS_MAX = 200;

export async function readDeflection(app: App, sight: Sight, { from, to, inboxId }: DeflectionQuery): Promise<Deflection> {
  const span = { from, to, inboxId, sight };
  const [talks, answers] = await Promise.all([countTalks(app.storage.db, span), countGiven(app.storage.db, span, ANSWERS_MAX)]);
  const sum = (fits: (talk: (typeof talks)[number]) => boolean) => talks.filter(fits).reduce((total, { count }) => total + count, 0);
  return {
    total: sum(() => true),
    outcomes: Object.fromEntries(botOutcomes.map((one) => [one, sum(({ outcome }) => outcome === one)])) as Record<BotOutcome, number>,
    reasons: Object.fromEntries(
      botReasons.map((one) => [one, sum(({ outcome, reason }) => outcome === 'person' && reason === one)]),
    ) as Record<BotReason, number>,
    answers,
  };
}

export async function listDeflected(
  app: App,
  sight: Sight,
  { from, to, inboxId, kind, reason, answerId, cursor, limit }: DeflectedQuery,
): Promise<{ items: DeflectedConversation[]; next: string | null }> {
  const outcomes: BotOutcome[] | null = kind === undefined ? null : kind === 'alone' ? ['helped', 'quiet'] : [kind];
  const rows = await listTalks(
    app.storage.db,
    { from, to, inboxId, sight },
    { filter: { outcomes, reason, answerId }, before: parseCursor(cursor), limit: limit + 1 },
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const known = await listSummaries(app, sight, [...new Set(shown.map(({ conversationId }) => conversationId))]);
  const summaries = new Map(known.map((summary) => [summary.id, summary]));
  const items = shown.flatMap(({ id, conversationId, startedAt, outcome, reason: why }) => {
    const conversation = summaries.get(conversationId);
    return conversation ? [{ id, startedAt, outcome: outcome as BotOutcome, reason: why as BotReason | null, conversation }] : [];
  });
  return { items, next: rows.length > limit && last ? formatCursor({ at: last.startedAt, id: last.id }) : null };
}
