/** Whether the bot may speak in a conversation, and in which stretch of it: pure. A person who has come in is not spoken over. */
import type { Message } from '../../shared/message.ts';
import type { BotTalkRow, ConversationRow } from '../storage/tables.ts';

type Looked = Pick<ConversationRow, 'status' | 'erasedAt' | 'assigneeId' | 'joinedIds' | 'firstResponseAt' | 'endedAt'>;

/** The stretch that goes on; null where one begins. */
export function currentTalk(
  latest: BotTalkRow | undefined,
  row: Pick<ConversationRow, 'endedAt'>,
  { askedAt, endsAfterMs }: { askedAt: number; endsAfterMs: number },
): BotTalkRow | null {
  if (!latest) return null;
  const isLongEnded = row.endedAt !== null && row.endedAt >= latest.startedAt && askedAt - row.endedAt > endsAfterMs;
  return isLongEnded ? null : latest;
}

export function mayBotSpeak(
  row: Looked,
  messages: readonly Message[],
  { talk, askedAt, endsAfterMs }: { talk: BotTalkRow | null; askedAt: number; endsAfterMs: number },
): boolean {
  if (row.status !== 'open' || row.erasedAt !== null || row.joinedIds.trim() !== '') return false;
  // The visitor wants a person, or has one.
  if (talk?.outcome === 'person' && (talk.reason === 'asked' || talk.reason === 'joined')) return false;
  const isNew = row.endedAt !== null && askedAt - row.endedAt > endsAfterMs;
  const since = isNew ? (row.endedAt ?? 0) : (talk?.startedAt ?? 0);
  const hasBeenIn = messages.some((message) => message.createdAt >= since && isPersons(message));
  if (hasBeenIn) return false;
  return isNew || talk !== null || (row.firstResponseAt === null && row.assigneeId === null);
}

function isPersons({ author, notice, visibility }: Message): boolean {
  if (author.kind === 'agent') return visibility === 'public';
  return notice?.kind === 'joined' || notice?.kind === 'transferred';
}
