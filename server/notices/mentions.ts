/** Who was named in which note. A row for each agent, so that what concerns one is a list and no search. */
import { nanoid } from 'nanoid';
import { UNSEEN_MENTIONS_MAX } from '../../shared/limits.ts';
import type { Mention, MentionEntry, NoticePageQuery, UnseenMentionsReply } from '../../shared/mention.ts';
import type { Message } from '../../shared/message.ts';
import { maySee, type Place, type Sight } from '../access/sight.ts';
import { listSights } from '../access/sights.ts';
import { listTeams } from '../access/teams.ts';
import type { App } from '../app.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { MentionRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import { insertMentions, listMentionRows, listUnseenIn, updateMentionsSeen } from './mention-store.ts';
import type { NewNotice } from './new-notice.ts';

/** A note that names somebody, and whose conversation it stands in. */
export interface NamingNote {
  message: Pick<Message, 'id' | 'conversationId' | 'seq' | 'author' | 'mentions' | 'createdAt'>;
  place: Place;
}

/**
 * Every colleague who is named, by itself or with a team, has the mention from now on. Told of it (the notices that this gives) is
 * only who may see the conversation now; whoever may later finds it among the mentions then.
 */
export async function keepMentions(trx: Transaction, notes: readonly NamingNote[]): Promise<NewNotice[]> {
  if (notes.length === 0) return [];
  const [sights, teams] = await Promise.all([listSights(trx), listTeams(trx)]);
  const membersOf = new Map(teams.map(({ id, memberIds }) => [id, memberIds]));
  const rows: MentionRow[] = [];
  const told: NewNotice[] = [];
  for (const { message, place } of notes) {
    const { id: messageId, conversationId, seq, author, createdAt, mentions = [] } = message;
    const isWhisper = mentions.some((mention) => mention.isWhisper);
    for (const agentId of namedBy(mentions, membersOf)) {
      const sight = sights.get(agentId);
      if (!sight || agentId === author.id) continue;
      rows.push({ id: nanoid(), agentId, conversationId, messageId, seq, createdAt, seenAt: null });
      if (!maySee(sight, place)) continue;
      const kind = isWhisper ? 'whisper' : 'mention';
      told.push({ agentId, kind, actorId: author.id ?? null, conversationId, note: { id: messageId, seq } });
    }
  }
  await insertMentions(trx, rows);
  return told;
}

function namedBy(mentions: readonly Mention[], membersOf: ReadonlyMap<string, readonly string[]>): Set<string> {
  return new Set(mentions.flatMap(({ agentId, teamId }) => agentId ?? membersOf.get(teamId ?? '') ?? []));
}

/** Which agents may see what stands at this place. */
export async function listAudience(db: Db, place: Place): Promise<string[]> {
  const sights = await listSights(db);
  return [...sights].filter(([, sight]) => maySee(sight, place)).map(([id]) => id);
}

export async function listMentions(
  app: App,
  sight: Sight,
  { cursor, limit }: NoticePageQuery,
): Promise<{ items: MentionEntry[]; next: string | null }> {
  const rows = await listMentionRows(app.storage.db, sight, { before: parseCursor(cursor), limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ agentId: _, contactId, contactName, authorId, authorName, ...row }) => ({
      ...row,
      contact: { id: contactId, name: contactName },
      author: authorId === null ? null : { id: authorId, name: authorName ?? '' },
    })),
    next: rows.length > limit && last ? formatCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

export async function listUnseenMentions(app: App, sight: Sight): Promise<UnseenMentionsReply> {
  return { conversationIds: await listUnseenIn(app.storage.db, sight, UNSEEN_MENTIONS_MAX) };
}

export async function markMentionsSeen(
  trx: Transaction,
  agentId: string,
  which: Parameters<typeof updateMentionsSeen>[2],
  now: number,
): Promise<number> {
  return updateMentionsSeen(trx, agentId, which, now);
}
