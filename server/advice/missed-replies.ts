/** Replies that a server did not live to learn from: what was proposed last says how far it had come. */
import type { App } from '../app.ts';
import { getConversation } from '../conversations/conversations.ts';
import { listMessages } from '../conversations/messages.ts';
import { listCalmSince } from './advice-store.ts';
import { waitsEndedSince } from './exchange.ts';
import { findLastAt } from './proposal-store.ts';

/** What is older is let go, and so is what is more. */
const DAY_MS = 24 * 60 * 60 * 1_000;
const CONVERSATIONS_MAX = 300;

interface MissedReply {
  conversationId: string;
  waitingSince: number;
  endedAt: number;
}

/** `settlesMs`: so long after a reply it is learnt from. */
export async function listMissedReplies(app: App, { settlesMs, tail }: { settlesMs: number; tail: number }): Promise<MissedReply[]> {
  const { db } = app.storage;
  const since = Math.max(app.now() - DAY_MS, ((await findLastAt(db)) ?? 0) - settlesMs);
  const missed: MissedReply[] = [];
  for (const conversationId of await listCalmSince(db, since, CONVERSATIONS_MAX)) {
    const row = await getConversation(app, conversationId);
    const { messages } = await listMessages(db, { before: row.lastSeq + 1, limit: tail }, row, 'public');
    missed.push(...waitsEndedSince(messages, since).map((wait) => ({ conversationId, ...wait })));
  }
  return missed;
}
