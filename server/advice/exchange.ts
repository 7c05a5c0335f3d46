/** One question and its reply, out of a conversation. */
import type { Message } from '../../shared/message.ts';

export interface Exchange {
  /** What the visitor asked until a person answered. */
  asked: Message[];
  /** What agents said until the visitor spoke again. */
  replied: Message[];
  /** The automatic answer of which the visitor had said that it did not help: then what it answered is what is asked. */
  unhelpfulId: string | null;
}

/** The exchange that ended a wait which began then. Null where no person has said anything in it. */
export function exchangeSince(messages: readonly Message[], waitingSince: number): Exchange | null {
  const replyAt = messages.findIndex((message) => isReply(message) && message.createdAt >= waitingSince);
  if (replyAt === -1) return null;
  const before = messages.slice(messages.slice(0, replyAt).findLastIndex(isReply) + 1, replyAt);
  const after = messages.slice(replyAt);
  const end = after.findIndex(({ author }) => author.kind === 'visitor');
  const replied = after.slice(0, end === -1 ? undefined : end).filter((message) => isReply(message) && message.text.trim() !== '');
  const unhelpfulAt = before.findLastIndex(isUnhelpful);
  const unhelpful = before[unhelpfulAt];
  if (unhelpful) {
    const question = before.slice(0, unhelpfulAt).findLast(isAsked);
    return { asked: question ? [question] : [], replied, unhelpfulId: unhelpful.automatic?.answerId ?? null };
  }
  return { asked: before.filter((message) => isAsked(message) && message.createdAt >= waitingSince), replied, unhelpfulId: null };
}

/** When the waits began that a person ended since then, for `exchangeSince`. */
export function waitsEndedSince(messages: readonly Message[], since: number): { waitingSince: number; endedAt: number }[] {
  return messages.flatMap((message, at) => {
    if (!isReply(message) || message.createdAt < since) return [];
    const before = messages.slice(messages.slice(0, at).findLastIndex(isReply) + 1, at);
    const first = before.find(isAsked);
    return first ? [{ waitingSince: first.createdAt, endedAt: message.createdAt }] : [];
  });
}

/** The automatic answers of which the visitor has said so since a person spoke last. */
export function unhelpfulIds(messages: readonly Message[]): ReadonlySet<string> {
  const since = messages.slice(messages.findLastIndex(isReply) + 1);
  return new Set(since.filter(isUnhelpful).flatMap(({ automatic }) => automatic?.answerId ?? []));
}

export function isReply({ author, visibility }: Message): boolean {
  return author.kind === 'agent' && visibility === 'public';
}

export function isAsked({ author, text }: Message): boolean {
  return author.kind === 'visitor' && text.trim() !== '';
}

function isUnhelpful({ automatic }: Message): boolean {
  return automatic?.kind === 'answer' && automatic.helpful === false;
}
