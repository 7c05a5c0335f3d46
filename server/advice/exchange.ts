/** One question and its reply, out of a conversation. */
import type { Message } from '../../shared/message.ts';

export interface Exchange {
  /** What the visitor said until a person answered. */
  asked: Message[];
  /** What agents said until the visitor spoke again. */
  replied: Message[];
}

/** The exchange in which somebody waited since then. Null where no person has said anything in it. */
export function exchangeSince(messages: readonly Message[], waitingSince: number): Exchange | null {
  const from = messages.findIndex(({ author, createdAt }) => author.kind === 'visitor' && createdAt >= waitingSince);
  if (from === -1) return null;
  const rest = messages.slice(from);
  const replyAt = rest.findIndex(isReply);
  if (replyAt === -1) return null;
  const after = rest.slice(replyAt);
  const end = after.findIndex(({ author }) => author.kind === 'visitor');
  return {
    asked: rest.slice(0, replyAt).filter(({ author, text }) => author.kind === 'visitor' && text.trim() !== ''),
    replied: after.slice(0, end === -1 ? undefined : end).filter((message) => isReply(message) && message.text.trim() !== ''),
  };
}

function isReply({ author, visibility }: Message): boolean {
  return author.kind === 'agent' && visibility === 'public';
}
